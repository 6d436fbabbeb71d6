"""What is not in the figures, and why. Nothing is dropped silently: rows = rows in contacts + rows left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

EXAMPLES = 5
"""lines named for each reason; of the rest there is the number"""


class Why(StrEnum):
    NOT_A_CALL = "agent or system event, not a call"
    UNKNOWN_EVENT = "non-standard event"
    BROKEN = "broken row"
    CUT_OFF = "half a row at the end of the file"
    IMPOSSIBLE_TIME = "impossible time"
    NEGATIVE = "negative duration"
    NO_CALL_ID = "no call id"
    DUPLICATE = "the same row again"
    SAME_FILE = "the same file again"
    LOCAL_LEG = "Local/ leg: the same call once more"
    OTHER_LEG = "another leg of the same call"
    INTERNAL = "internal call"
    UNFINISHED = "call without an end in the log"
    BEGAN_BEFORE = "call whose beginning is not in the log"
    OUTSIDE_PERIOD = "outside the period"
    TOLD_ALREADY = "call told by another file"
    HEADER = "header"
    EMPTY = "empty row"
    NOT_OUTCOME = "outcome that was mapped to be left out"
    UNKNOWN_OUTCOME = "outcome that was not mapped"


@dataclass(slots=True)
class Reason:
    rows: int = 0
    lines: list[str] = field(default_factory=list)
    """``file:line`` of the first ones"""


@dataclass(slots=True)
class LeftOut:
    """Rows left out, by reason."""

    reasons: dict[Why, Reason] = field(default_factory=dict)

    def add(self, why: Why, place: tuple[str, int], rows: int = 1) -> None:
        reason = self.reasons.get(why)
        if reason is None:
            reason = self.reasons[why] = Reason()
        reason.rows += rows
        if len(reason.lines) < EXAMPLES:
            reason.lines.append(f"{place[0]}:{place[1]}")

    @property
    def rows(self) -> int:
        return sum(reason.rows for reason in self.reasons.values())
