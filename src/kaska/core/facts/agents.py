"""Agents and their telephones."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class AgentStateChanged:
    """``state`` is a value of presence.AgentState; ``until`` when it ends by itself (0 = it does not)."""

    at: float
    agent: str
    state: str
    reason: str = ""
    until: float = 0.0
    contact: str = ""


@dataclass(frozen=True, slots=True)
class AgentIntended:
    """What the agent wants to be as soon as nothing binds him: "ready", "break" (with a reason) or "offline"."""

    at: float
    agent: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeviceChosen:
    at: float
    agent: str
    device: str


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    at: float
    endpoint: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class PhoneAsked:
    """A telephone of ``agent`` ("" = nobody's) dialled by itself. ``action``: of codes.rules, "" = a number.

    ``refused``: why nothing came of it (code of ports.Refused), which was said to him; "" = it was done, and what
    follows from it follows as facts of its own.
    """

    at: float
    agent: str
    endpoint: str
    dialled: str
    action: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class BreakAnswered:
    """What the break guard said to an agent who asked for a break: "refused", "warned" (he may insist), or "insisted":
    he was warned and goes all the same, and that follows as facts of its own.
    """

    at: float
    agent: str
    answer: str
    reason: str


AgentsFact = AgentStateChanged | AgentIntended | DeviceChosen | DeviceSeen | PhoneAsked | BreakAnswered
