"""What became of people who were lost: reached later, the same day, or never.

Decisive is the person's last loss: whoever was lost, served and lost again is owed again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    NEVER = "never"
    LATER = "later"
    """served on a later day"""
    SAME_DAY = "same_day"
    UNKNOWN = "unknown"
    """served on that day; whether before or after is not known"""
    EARLIER_ONLY = "earlier_only"
    """served before the loss, and not since"""


def fate(loss: float, after: float | None, day_of: Callable[[float], int], *, same: bool, before: bool) -> Fate:
    """``loss``: the last one; ``after``: the first time served after it. ``same``, ``before``: was the person served in
    the moment of that loss, and at any time before it. Seconds since the epoch; ``day_of`` numbers the days of the
    project's time zone."""
    if after is not None:
        return Fate.SAME_DAY if day_of(after) == day_of(loss) else Fate.LATER
    if same:
        return Fate.UNKNOWN
    return Fate.EARLIER_ONLY if before else Fate.NEVER


@dataclass(slots=True)
class LostCallers:
    """How many people had each fate."""

    never: int = 0
    later: int = 0
    same_day: int = 0
    unknown: int = 0
    earlier_only: int = 0

    def add(self, one: Fate) -> None:
        setattr(self, one.value, getattr(self, one.value) + 1)

    @property
    def total(self) -> int:
        return self.never + self.later + self.same_day + self.unknown + self.earlier_only
