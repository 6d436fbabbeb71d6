"""A contact from its first signal to its end."""

from __future__ import annotations

from kaska.core.events import LIVE
from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ContactOpened:
    """Born at the first signal. ``direction`` is "inbound", "outbound", or "trial": a person of ours tries a
    draft. ``debt`` is what an outbound one repays."""

    at: float
    contact: str
    channel: str
    direction: str
    number: str
    caller: str
    customer: str
    caller_name: str
    trunk: str
    project: str
    scenario: str
    scenario_version: int
    source: str = LIVE
    debt: str = ""


@dataclass(frozen=True, slots=True)
class LegStarted:
    """``party`` is "customer", "agent", "supervisor", or "second": a second call that an agent's telephone made by
    itself, to ask somebody aside. ``endpoint`` is what was dialled (agent's device, or the person's number)."""

    at: float
    contact: str
    leg: str
    party: str
    agent: str = ""
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class LegUp:
    """The leg was answered (for an arriving call: we answered it)."""

    at: float
    contact: str
    leg: str


@dataclass(frozen=True, slots=True)
class LegOver:
    """``source`` is LIVE, RECONCILE or SWITCH_FAILURE."""

    at: float
    contact: str
    leg: str
    cause: int
    source: str = LIVE


@dataclass(frozen=True, slots=True)
class OwnerNamed:
    """Who will owe the answer: "agent:ID" or "queue:ID"."""

    at: float
    contact: str
    owner: str


@dataclass(frozen=True, slots=True)
class Informed:
    """The person heard the information to its end."""

    at: float
    contact: str


@dataclass(frozen=True, slots=True)
class GaveUp:
    """Nothing more is tried for this contact; its remaining legs are hung up. ``cause`` is an EndCause value."""

    at: float
    contact: str
    cause: str


@dataclass(frozen=True, slots=True)
class ContactOver:
    """``outcome`` and ``cause`` are values of contacts.outcomes; exactly one of these per contact, always the last."""

    at: float
    contact: str
    outcome: str
    cause: str


@dataclass(frozen=True, slots=True)
class Classified:
    at: float
    contact: str
    agent: str
    topic: str
    result: str
    note: str
    heard_from: str = ""
    refusal: str = ""
    next_step: str = ""
    next_at: float = 0.0


@dataclass(frozen=True, slots=True)
class CallerTurnedAway:
    """The caller is on the black list by its entry ``number``: he hears ``prompt`` ("" = the usual one) and is hung
    up."""

    at: float
    contact: str
    number: str
    reason: str
    prompt: str = ""


ContactFact = (
    ContactOpened
    | LegStarted
    | LegUp
    | LegOver
    | OwnerNamed
    | Informed
    | GaveUp
    | ContactOver
    | Classified
    | CallerTurnedAway
)
