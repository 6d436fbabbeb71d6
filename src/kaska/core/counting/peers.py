"""What an agent sees of the others: the middle, and only when it tells of nobody."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

FEWEST = 2
"""the middle of one would be that person's figure"""


def middle(figures: Iterable[float | None]) -> float | None:
    """The median of the figures of the others; None when fewer than ``FEWEST`` of them have one (None = has none)."""
    known = [figure for figure in figures if figure is not None]
    return median(known) if len(known) >= FEWEST else None
