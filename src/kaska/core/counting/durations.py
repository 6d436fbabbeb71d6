"""Means and percentiles of waiting and handling times, from whole-second histograms that can be added up."""

from __future__ import annotations

from collections.abc import Mapping


def mean(total: float, count: int) -> float | None:
    """None when nothing was counted. ASA is the mean wait of answered contacts, zero waits included."""
    return total / count if count else None


def percentile(histogram: Mapping[int, int], rank: float) -> int | None:
    """The least value that ``rank`` (0 to 1) of all values do not exceed (nearest rank); None for an empty histogram.

    ``histogram`` gives how often each value stands.
    """
    count = sum(histogram.values())
    if not count:
        return None
    wanted, passed = max(1, -(-count * rank // 1)), 0
    for value in sorted(histogram):
        passed += histogram[value]
        if passed >= wanted:
            return value
    return max(histogram)
