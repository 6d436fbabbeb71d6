"""What is done about debts."""

from __future__ import annotations

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class DebtTaken:
    """An agent works on this person now: the debts are his, and nobody else calls for a while."""

    at: float
    debt: str
    agent: str


@dataclass(frozen=True, slots=True)
class DebtLetGo:
    """The agent works on this person no more."""

    at: float
    debt: str
    agent: str


@dataclass(frozen=True, slots=True)
class DebtGiven:
    """Somebody says who owes it: "agent:ID" or "queue:ID"."""

    at: float
    debt: str
    owner: str
    by: str


@dataclass(frozen=True, slots=True)
class DebtPutOff:
    """The person was promised a call at ``until``."""

    at: float
    debt: str
    agent: str
    until: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class DebtReported:
    """What came of an attempt, said by the agent: "no_answer", "busy", "wrong_number", "refused", "talked"."""

    at: float
    debt: str
    agent: str
    result: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DebtWrittenOff:
    at: float
    debt: str
    by: str
    reason: str


DebtsEvent = DebtTaken | DebtLetGo | DebtGiven | DebtPutOff | DebtReported | DebtWrittenOff
