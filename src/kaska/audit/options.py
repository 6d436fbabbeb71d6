"""What a person asks of an audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from kaska.audit.figures import SHORT_S, TARGET_S

FORMATS = ("auto", "asterisk-cdr", "asterisk-cel", "queue-log", "freeswitch-cdr", "csv")


class AuditProblem(Exception):
    """An audit that cannot be made as asked; the message is for a person."""


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
    mapping: str = ""
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
