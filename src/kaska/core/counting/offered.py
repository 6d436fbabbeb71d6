"""Who counts as offered, as answered and as answered in time: the one place that decides it for board and reports.

A contact counts once, on the day (and in the interval) of its arrival. Its wait is the time in waiting lines until the
first person answered, a promise to call back was made, or it ended; what it waited after a transfer is not in it, and a
telephone that rings without a line before it is no wait.
"""

from __future__ import annotations

from kaska.core.contacts.outcomes import Outcome


def is_offered(direction: str, *, queued: bool, presented: bool) -> bool:
    """Whether it reached a queue or was presented to somebody; what ended before is counted apart."""
    return direction == "inbound" and (queued or presented)


def is_answered(outcome: str) -> bool:
    """Of the offered. Who left a message or was called back later was not answered."""
    return outcome == Outcome.ANSWERED


def is_short(outcome: str) -> bool:
    """Of the offered: hung up at once, by the queue's own limit."""
    return outcome == Outcome.SHORT_ABANDONED


def in_time(wait_seconds: float, target_seconds: float) -> bool:
    return wait_seconds <= target_seconds
