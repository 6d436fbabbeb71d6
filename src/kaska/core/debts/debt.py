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
    )
    if fact.customer:
        state.debts_of.setdefault(fact.customer, []).append(fact.debt)


def attempted(state: State, fact: facts.DebtAttempted) -> None:
    if fact.debt in state.debts:
        state.debts[fact.debt].attempts += 1


def closed(state: State, fact: facts.DebtClosed) -> None:
    debt = state.debts.pop(fact.debt)
    if debt.customer:
        of_person = state.debts_of[debt.customer]
        of_person.remove(fact.debt)
        if not of_person:
            del state.debts_of[debt.customer]


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.DebtOpened: opened,
    facts.DebtAttempted: attempted,
    facts.DebtClosed: closed,
}
