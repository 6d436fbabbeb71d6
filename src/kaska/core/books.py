"""The day's books in one row: what the line of the terminal and the board show.

A contact is counted on the local day on which the fact happened. Formulas: counting.md of the handbook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaska.core import facts
from kaska.core.contacts.outcomes import Outcome

if TYPE_CHECKING:
    from kaska.core.state import State


@dataclass(slots=True)
class Books:
    """Counts since local midnight of ``day`` (ISO date)."""

    day: str = ""
    arrived: int = 0
    offered: int = 0
    """reached a queue or a person"""
    answered: int = 0
    message_taken: int = 0
    self_served: int = 0
    short_abandoned: int = 0
    blocked: int = 0
    """turned away by the black list"""
    lost: int = 0
    called_back: int = 0
    recovered: int = 0
    """debts closed because the person was served"""
    ended: int = 0


_BY_OUTCOME = {
    Outcome.ANSWERED: "answered",
    Outcome.MESSAGE_TAKEN: "message_taken",
    Outcome.SELF_SERVED: "self_served",
    Outcome.SHORT_ABANDONED: "short_abandoned",
    Outcome.BLOCKED: "blocked",
    Outcome.LOST: "lost",
    Outcome.CALLED_BACK: "called_back",
}


def count(state: State, fact: facts.Fact) -> None:
    """Count one fact, if its class is in COUNTED; call it before the fact changes the state."""
    day = state.local_day(fact.at)
    if day != state.books.day:
        state.books = Books(day)
    books = state.books
    if isinstance(fact, facts.ContactOpened):
        books.arrived += fact.direction == "inbound"
    elif isinstance(fact, facts.Queued):
        contact = state.contact(fact.contact)
        books.offered += contact.direction == "inbound" and not contact.queued_at
    elif isinstance(fact, facts.DebtClosed):
        books.recovered += fact.how in ("called_back", "came_back")
    elif isinstance(fact, facts.ContactOver) and state.contact(fact.contact).direction == "inbound":
        books.ended += 1
        name = _BY_OUTCOME.get(Outcome(fact.outcome))
        if name is not None:
            setattr(books, name, getattr(books, name) + 1)


COUNTED: frozenset[type[facts.Fact]] = frozenset(
    {facts.ContactOpened, facts.Queued, facts.DebtClosed, facts.ContactOver}
)
