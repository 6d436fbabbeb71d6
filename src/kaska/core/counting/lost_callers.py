"""What became of people who were lost: reached later, the same day, or never.

One ``Story`` a person, made of moments in any order and of stories of other periods. Decisive is the person's last
loss: whoever was lost, served and lost again is owed again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

NEVER_HAPPENED = float("-inf")

Story = tuple[float, float, float, bool]
"""(last loss or -inf, first time served after it or +inf, last time served at all or -inf, served in the moment of the
loss); seconds since the epoch"""

NOTHING: Story = (NEVER_HAPPENED, float("inf"), NEVER_HAPPENED, False)


class Fate(StrEnum):
    NEVER = "never"
    LATER = "later"
    """served on a later day"""
    SAME_DAY = "same_day"
    UNKNOWN = "unknown"
    """served on that day; whether before or after is not known"""
    EARLIER_ONLY = "earlier_only"
    """served before the loss, and not since"""


def lost(story: Story, at: float) -> Story:
    return together(story, (at, float("inf"), NEVER_HAPPENED, False))


def served(story: Story, at: float) -> Story:
    last_loss, first_after, last_served, same = story
    if at > last_loss:
        first_after = min(first_after, at)
    elif at == last_loss:
        same = True
    return last_loss, first_after, max(last_served, at), same


def together(one: Story, other: Story) -> Story:
    """The story of both periods. Exact when the later period begins after the other's end, or has one moment."""
    early, late = (one, other) if one[0] <= other[0] else (other, one)
    last_loss, first_after, last_served, same = late
    if early[0] == last_loss:
        return last_loss, min(first_after, early[1]), max(last_served, early[2]), same or early[3]
    for at in (early[1], early[2]):
        if last_loss < at < float("inf"):
            first_after = min(first_after, at)
        same = same or (at == last_loss != NEVER_HAPPENED)
    return last_loss, first_after, max(last_served, early[2]), same


def fate(story: Story, day_of: Callable[[float], int]) -> Fate | None:
    """None for a person who was never lost. ``day_of`` numbers the days of the project's time zone."""
    last_loss, first_after, last_served, same = story
    if last_loss == NEVER_HAPPENED:
        return None
    if first_after != float("inf"):
        return Fate.SAME_DAY if day_of(first_after) == day_of(last_loss) else Fate.LATER
    if same:
        return Fate.UNKNOWN
    return Fate.EARLIER_ONLY if last_served != NEVER_HAPPENED else Fate.NEVER


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
