"""Callbacks that keep their place in the line."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class CallbackPromised:
    """The person hung up relying on us to call: the contact stays in line, keeping its place."""

    at: float
    contact: str
    queue: str


@dataclass(frozen=True, slots=True)
class CustomerDialled:
    """The promised callback begins with the person; ``agent`` is kept free for the answer."""

    at: float
    contact: str
    leg: str
    agent: str
    queue: str


@dataclass(frozen=True, slots=True)
class CustomerReached:
    """The person answered our call back; ``agent`` rings now, or whoever is free when he is gone."""

    at: float
    contact: str
    leg: str
    agent: str


@dataclass(frozen=True, slots=True)
class CallbackMissed:
    """We called back and the person did not talk to us: again at ``retry_at``, from the same place in line.

    ``missed``: so many calls found nobody by now.
    """

    at: float
    contact: str
    missed: int
    retry_at: float


@dataclass(frozen=True, slots=True)
class CallbackDue:
    """The time for the next call back has come."""

    at: float
    contact: str


CallbackFact = CallbackPromised | CustomerDialled | CustomerReached | CallbackMissed | CallbackDue
