"""Calls that we make."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class OutgoingStarted:
    """The leg is dialled by ``trunk``. ``agent`` asked for it, "" = nobody: a callback, a step of a scenario or queue.
    ``price`` is money per minute of ``direction``."""

    at: float
    contact: str
    leg: str
    trunk: str
    number: str
    direction: str
    agent: str
    project: str
    price: float


@dataclass(frozen=True, slots=True)
class OutgoingRerouted:
    """The line before could not do it (``cause``, Q.850): the same leg is dialled by ``trunk``."""

    at: float
    contact: str
    leg: str
    trunk: str
    cause: int


@dataclass(frozen=True, slots=True)
class OutgoingRefused:
    """A number was not called. ``reason``: "direction_closed", "night_closed", "calls_cap", "spending_cap",
    "lines_kept", "no_trunk"."""

    at: float
    contact: str
    agent: str
    number: str
    direction: str
    project: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutgoingCut:
    """A call is ended because a cap of the day is reached. ``scope``: "agent:ID", "project:ID" or "company"."""

    at: float
    contact: str
    leg: str
    scope: str


OutgoingFact = OutgoingStarted | OutgoingRerouted | OutgoingRefused | OutgoingCut
