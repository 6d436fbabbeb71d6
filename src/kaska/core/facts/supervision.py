"""What a supervisor does on the floor."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class MonitorAsked:
    """The supervisor's own telephone rings as ``leg``; ``mode`` is "listen", "whisper", "barge" or "take_over"."""

    at: float
    contact: str
    leg: str
    by: str
    mode: str


@dataclass(frozen=True, slots=True)
class Monitored:
    """From now on ``by`` hears the agent's leg ``target`` in this way; ``agent`` "" is somebody outside."""

    at: float
    contact: str
    leg: str
    by: str
    agent: str
    mode: str
    target: str


@dataclass(frozen=True, slots=True)
class MonitorOver:
    at: float
    contact: str
    leg: str
    by: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """``agent``, who listened by ``leg``, talks with the person instead of ``before`` from now on."""

    at: float
    contact: str
    leg: str
    agent: str
    before: str


@dataclass(frozen=True, slots=True)
class MovedByHand:
    """The supervisor ``by`` moved who waits; Queued follows and says where to."""

    at: float
    contact: str
    by: str
    queue: str
    front: bool


@dataclass(frozen=True, slots=True)
class AgentStateSet:
    """The supervisor ``by`` set the agent's state; what follows from it follows as facts of its own."""

    at: float
    agent: str
    by: str
    state: str
    reason: str


SupervisionFact = MonitorAsked | Monitored | MonitorOver | TakenOver | MovedByHand | AgentStateSet
