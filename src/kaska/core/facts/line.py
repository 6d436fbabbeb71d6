"""The line: waiting, and who was offered to whom."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Queued:
    """Waits from now on. ``since`` is the moment the place counts from (kept through a callback)."""

    at: float
    contact: str
    queue: str
    priority: int
    since: float


@dataclass(frozen=True, slots=True)
class QueueFull:
    """As many wait in ``queue`` as may: the person waits in the queue ``to`` instead."""

    at: float
    contact: str
    queue: str
    to: str


@dataclass(frozen=True, slots=True)
class AgentAwaited:
    """Only ``agents`` are asked until ``until``, though they are busy. ``rule`` is the policy that says so."""

    at: float
    contact: str
    agents: tuple[str, ...]
    until: float
    rule: str


@dataclass(frozen=True, slots=True)
class AgentNotAwaited:
    """From now on everybody is asked. ``reason``: "too_long", "agent_left" (none of them is on duty any more)."""

    at: float
    contact: str
    reason: str


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Waited long enough for less skill to do: ``level`` of ``skill`` suffices now, 0 = it is not required any more.

    ``number`` counts the queue's relaxations from 1.
    """

    at: float
    contact: str
    queue: str
    number: int
    skill: str
    level: int


@dataclass(frozen=True, slots=True)
class Overflowed:
    """Nobody took it in time: step ``step`` of the queue's way out was taken.

    ``to`` "queue": the agents of the queue ``reserve`` are asked too; "group": ``agents`` are; "partner", "mobile":
    the number ``reserve`` is dialled too.
    """

    at: float
    contact: str
    queue: str
    reserve: str
    to: str = "queue"
    step: int = 0
    agents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverflowPassed:
    """The step's time came and it did not apply. ``reason``: "short_line", "short_wait", "hours", "promised", "gone"
    (what it leads to is not configured any more).
    """

    at: float
    contact: str
    queue: str
    step: int
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dequeued:
    """Waits no more without having been connected.

    ``reason``: "message", "too_long", "left", "queue_removed", "full", "nobody_free", "overflow".
    """

    at: float
    contact: str
    queue: str
    reason: str


@dataclass(frozen=True, slots=True)
class Offered:
    """One contact presented to one agent, whose leg is ``leg``; several at once when all phones ring.

    ``agent`` "": presented to somebody outside, whose number is the leg's endpoint. ``rule``: why to this one (a
    policy, "training", "group", an overflow step's kind, "scenario" for a number of the scenario); "" = he was ready
    longest, or became free.
    """

    at: float
    contact: str
    leg: str
    agent: str
    queue: str
    expires_at: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Screened:
    """``agent`` picked up and hears who it is; he takes the call or sends it on until ``until``."""

    at: float
    contact: str
    leg: str
    agent: str
    until: float


@dataclass(frozen=True, slots=True)
class OfferOver:
    """``result``: "accepted", "rejected", "timed_out", "withdrawn", "failed"; "sent_on" by who heard who it is."""

    at: float
    contact: str
    leg: str
    agent: str
    result: str


@dataclass(frozen=True, slots=True)
class DialledByHand:
    """An agent dialled the person on his telephone, of which ``leg`` is the call; it hears the person's ringing."""

    at: float
    contact: str
    leg: str
    agent: str


@dataclass(frozen=True, slots=True)
class ReturnedToLine:
    """The agent vanished between accepting and talking: the person waits on, in the old place."""

    at: float
    contact: str
    agent: str


LineFact = (
    Queued
    | QueueFull
    | AgentAwaited
    | AgentNotAwaited
    | Relaxed
    | Overflowed
    | OverflowPassed
    | Dequeued
    | Offered
    | Screened
    | OfferOver
    | DialledByHand
    | ReturnedToLine
)
