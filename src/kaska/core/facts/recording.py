"""What is recorded, paused, kept and deleted."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class RecordingChosen:
    """Whether the recording of the conversation is kept."""

    at: float
    contact: str
    on: bool


@dataclass(frozen=True, slots=True)
class RecordingReady:
    """``name`` "" says that it is missing, and ``problem`` why. ``pauses``: (where in it, how long), in seconds."""

    at: float
    contact: str
    name: str
    seconds: float
    problem: str = ""
    pauses: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RecordingDeleted:
    """``size`` in bytes and ``sha256`` (hexadecimal) are of the file as it was; ``rule`` is the name of the rule of
    keeping and ``days`` how long it keeps; ``by``: what deleted it."""

    at: float
    contact: str
    name: str
    sha256: str
    size: int
    rule: str
    days: float
    by: str


@dataclass(frozen=True, slots=True)
class RecordingDecided:
    """``rule`` "" = none fits, and what no rule forbids is recorded."""

    at: float
    contact: str
    on: bool
    rule: str = ""


@dataclass(frozen=True, slots=True)
class RecordingTold:
    """Both parties hear that the talk is recorded."""

    at: float
    contact: str


@dataclass(frozen=True, slots=True)
class RecordingPaused:
    """``reason``: "agent", "script", "card". It ends by itself at ``until``; 0.0 = it does not."""

    at: float
    contact: str
    by: str
    reason: str
    until: float


@dataclass(frozen=True, slots=True)
class RecordingResumed:
    """``seconds`` are silent in the recording. ``reason`` also "time" (forgotten), "talk" (another agent talks now), or
    "failed": the switch could not pause, and everything was recorded."""

    at: float
    contact: str
    by: str
    reason: str
    seconds: float


RecordingFact = (
    RecordingChosen
    | RecordingReady
    | RecordingDeleted
    | RecordingDecided
    | RecordingTold
    | RecordingPaused
    | RecordingResumed
)
