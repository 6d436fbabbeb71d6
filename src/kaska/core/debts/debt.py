"""What we owe to people whom nobody served, and how facts change it. Only open debts are remembered here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaska.core import facts

if TYPE_CHECKING:
    from kaska.core.state import State


@dataclass(slots=True)
class Debt:
    """``owner`` is "agent:ID", "queue:ID" or "project:ID"; ``calling`` is the contact that repays it just now."""

    id: str
    contact: str
    customer: str
    caller: str
    cause: str
    owner: str
    project: str
    opened_at: float
    due_at: float
    attempts: int = 0
    calling: str = ""
    queue: str = ""
    """where the person waited last, "" when in none"""
    priority: int = 0
    tries: int = 0
    """attempts that count: those in quick succession are one, and lines of ours that failed are none"""
    tried_at: float = 0.0
    """when the last of ``tries`` was made"""
    next_at: float = 0.0
    """not called automatically before"""
    ready: bool = False
    """waits for the next agent who is free to call"""
    calls: int = 0
    """contacts that were opened to repay it"""
    claimed_by: str = ""
    claimed_until: float = 0.0
    """he alone works on this person until then"""
    escalated_at: float = 0.0

    def taken_by_other(self, agent: str, at: float) -> bool:
        return self.claimed_until > at and self.claimed_by != agent


def of_person(state: State, debt: Debt) -> list[Debt]:
    """All open debts to the same person, oldest first; of somebody unknown just this one."""
    if not debt.customer:
        return [debt]
    return [state.debts[one] for one in state.debts_of.get(debt.customer, ())]


def opened(state: State, fact: facts.DebtOpened) -> None:
    state.debts[fact.debt] = Debt(
        fact.debt,
        fact.contact,
        fact.customer,
        fact.caller,
        fact.cause,
        fact.owner,
        fact.project,
        fact.at,
        fact.due_at,
        queue=fact.queue,
        priority=fact.priority,
        next_at=fact.next_at or fact.at,
    )
    kind, _, agent = fact.owner.partition(":")
    if kind == "agent" and fact.queue:
        state.debt_turn[fact.queue] = agent
    if fact.customer:
        state.debts_of.setdefault(fact.customer, []).append(fact.debt)


def attempted(state: State, fact: facts.DebtAttempted) -> None:
    debt = state.debts.get(fact.debt)
    if debt is None:
        return
    debt.attempts += 1
    if fact.tries > debt.tries:
        debt.tries, debt.tried_at = fact.tries, fact.at
    _not_before(debt, fact.next_at or fact.at)
    debt.claimed_by, debt.claimed_until = "", 0.0


def _not_before(debt: Debt, at: float) -> None:
    debt.next_at = at
    debt.ready = False


def ready(state: State, fact: facts.DebtReady) -> None:
    state.debts[fact.debt].ready = True


def delayed(state: State, fact: facts.DebtDelayed) -> None:
    _not_before(state.debts[fact.debt], fact.until)


def postponed(state: State, fact: facts.DebtPostponed) -> None:
    debt = state.debts[fact.debt]
    debt.due_at = fact.until
    debt.escalated_at = 0.0
    _not_before(debt, fact.until)


def claimed(state: State, fact: facts.DebtClaimed) -> None:
    debt = state.debts[fact.debt]
    debt.claimed_by, debt.claimed_until = (fact.agent, fact.until) if fact.until else ("", 0.0)


def assigned(state: State, fact: facts.DebtAssigned) -> None:
    state.debts[fact.debt].owner = fact.owner


def escalated(state: State, fact: facts.DebtEscalated) -> None:
    state.debts[fact.debt].escalated_at = fact.at


def closed(state: State, fact: facts.DebtClosed) -> None:
    debt = state.debts.pop(fact.debt)
    if debt.customer:
        of_one = state.debts_of[debt.customer]
        of_one.remove(fact.debt)
        if not of_one:
            del state.debts_of[debt.customer]


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.DebtOpened: opened,
    facts.DebtAttempted: attempted,
    facts.DebtReady: ready,
    facts.DebtDelayed: delayed,
    facts.DebtPostponed: postponed,
    facts.DebtClaimed: claimed,
    facts.DebtAssigned: assigned,
    facts.DebtEscalated: escalated,
    facts.DebtClosed: closed,
}
