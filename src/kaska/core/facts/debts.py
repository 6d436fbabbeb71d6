"""Whom we owe, from the loss to its end."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class DebtOpened:
    """Somebody was not served. ``owner``: "agent:ID", "queue:ID" or "project:ID"; ``due_at`` by the project's hours.

    ``queue`` is where the person waited last; ``next_at``: not called automatically before.
    """

    at: float
    debt: str
    contact: str
    customer: str
    caller: str
    cause: str
    owner: str
    project: str
    due_at: float
    queue: str = ""
    priority: int = 0
    next_at: float = 0.0


@dataclass(frozen=True, slots=True)
class DebtAttempted:
    """Somebody tried to reach the person: by the call ``contact``, or "" when he says so himself.

    ``result``: "no_answer", "busy", "no_such_number", "failed" (a line of ours), "given_up" (the agent hung up),
    "talked", "refused", "wrong_number". ``tries`` by now; not called automatically before ``next_at``.
    """

    at: float
    debt: str
    contact: str
    agent: str
    reached: bool
    result: str = ""
    tries: int = 0
    next_at: float = 0.0


@dataclass(frozen=True, slots=True)
class DebtReady:
    """The person may be called now: the next agent of the queue who is free is asked to."""

    at: float
    debt: str


@dataclass(frozen=True, slots=True)
class DebtDelayed:
    """Not called automatically before ``until``: out of the hours for calls, or somebody took it to call himself."""

    at: float
    debt: str
    until: float


@dataclass(frozen=True, slots=True)
class DebtPostponed:
    """The person was promised a call at ``until``, which is the deadline now."""

    at: float
    debt: str
    until: float
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DebtClaimed:
    """The agent alone works on this person until ``until``; 0.0 = he let go."""

    at: float
    debt: str
    agent: str
    until: float


@dataclass(frozen=True, slots=True)
class DebtAssigned:
    """``owner`` as in DebtOpened; ``by`` is the person who said so."""

    at: float
    debt: str
    owner: str
    by: str


@dataclass(frozen=True, slots=True)
class DebtEscalated:
    """It is past its deadline: the supervisor's, too."""

    at: float
    debt: str


@dataclass(frozen=True, slots=True)
class DebtClosed:
    """``how``: "called_back", "came_back", "unreachable", "refused", "written_off".

    ``contact`` is the one that served the person, or the last attempt, or "".
    """

    at: float
    debt: str
    how: str
    contact: str = ""
    by: str = ""
    reason: str = ""


DebtsFact = (
    DebtOpened
    | DebtAttempted
    | DebtReady
    | DebtDelayed
    | DebtPostponed
    | DebtClaimed
    | DebtAssigned
    | DebtEscalated
    | DebtClosed
)
