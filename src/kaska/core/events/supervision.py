"""What a supervisor asks for."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class MonitorRequested:
    """The supervisor ``by`` wants to "listen", "whisper", "barge" in or "take_over"; again: another way of it."""

    at: float
    by: str
    contact: str
    mode: str


@dataclass(frozen=True, slots=True)
class MonitorStopped:
    at: float
    by: str
    contact: str


@dataclass(frozen=True, slots=True)
class WaitingMoved:
    """Somebody who waits goes to ``queue`` ("" = stays in his) and, if ``front``, before everybody there."""

    at: float
    by: str
    contact: str
    queue: str
    front: bool


@dataclass(frozen=True, slots=True)
class AgentStateRequested:
    """The supervisor ``by`` sets an agent's state: "ready", "break" or "offline", with his reason."""

    at: float
    by: str
    agent: str
    state: str
    reason: str


SupervisionEvent = MonitorRequested | MonitorStopped | WaitingMoved | AgentStateRequested
