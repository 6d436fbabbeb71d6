"""What a person asks of an audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kaska.audit.figures import SHORT_S, TARGET_S

if TYPE_CHECKING:
    from kaska.audit.readers.mapping import Mapping

FORMATS = ("auto", "asterisk-cdr", "asterisk-cel", "queue-log", "freeswitch-cdr", "csv")


class AuditProblem(Exception):
    """An audit that cannot be made as asked; the message is for a person, ``russian`` the same in Russian."""

    def __init__(self, message: str, russian: str = "") -> None:
        super().__init__(message)
        self.russian = russian or message


@dataclass(frozen=True, slots=True)
class Options:
    """Times are seconds since the epoch; the period is half-open: since ≤ arrival < until."""

    files: tuple[Path, ...]
    zone: ZoneInfo
    now: float
    format: str = "auto"
    since: float | None = None
    until: float | None = None
    target_s: float = TARGET_S
    short_s: float = SHORT_S
    mapping: str | Mapping = ""
    """as written after ``--map``, or taken apart already"""
    profile: str = ""
    month_first: bool = False
    own_names: dict[str, str] = field(default_factory=dict)
    """agent as the log writes him → as he shall be called"""


@dataclass(frozen=True, slots=True)
class Price:
    """What a lost contact costs, in money; None = nobody said."""

    per_lost: float | None = None
    currency: str = "₽"
    said: str = ""
    """how it was reckoned, to be shown"""
