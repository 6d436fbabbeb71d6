"""Who may not call: numbers and beginnings of numbers, kept by hand, in force at once. A call of theirs hears a message
and ends; it is in the books with an outcome of its own, and nobody owes it anything.

A pattern is a number as the edge normalises it ("+79000000001"), or as the line writes it when it is no outside number
("101"); with "*" at its end it is a beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaska.core import events, facts
from kaska.core.ports import Refused

if TYPE_CHECKING:
    from kaska.core.contacts.contact import Contact
    from kaska.core.state import State
    from kaska.core.turn import Desk

ANY_END = "*"
SHORTEST_BEGINNING = 4
"""digits; a shorter one would close the line for a country"""
MOST_ENTRIES = 10_000
_PATTERN = re.compile(r"\+?[0-9]{1,20}\*?", re.ASCII)


@dataclass(slots=True)
class Blocked:
    """``until`` 0.0 = for ever. ``prompt`` "" = the usual message. ``calls``: so many were turned away since."""

    number: str
    reason: str
    by: str
    since: float
    until: float
    prompt: str
    calls: int = 0
    last_at: float = 0.0

    def holds(self, at: float) -> bool:
        return not self.until or at < self.until


def find(state: State, caller: str, at: float) -> Blocked | None:
    """The entry that keeps this caller out now; the longest beginning that fits, and a whole number before it."""
    entries = state.black_list
    if not entries or not caller:
        return None
    for pattern in (caller, *(caller[:length] + ANY_END for length in range(len(caller), 0, -1))):
        entry = entries.get(pattern)
        if entry is not None and entry.holds(at):
            return entry
    return None


def blocked(desk: Desk, event: events.NumberBlocked) -> None:
    """An entry is new, or is another now. Raises Refused."""
    entries = desk.state.black_list
    if not _PATTERN.fullmatch(event.number):
        raise Refused("wrong_number")
    if event.number.endswith(ANY_END) and len(event.number.strip("+*")) < SHORTEST_BEGINNING:
        raise Refused("beginning_too_short")
    if event.until and event.until <= desk.at:
        raise Refused("already_past")
    if event.number not in entries and len(entries) >= MOST_ENTRIES:
        raise Refused("black_list_full")
    desk.write(facts.NumberBlocked(desk.at, event.number, event.reason, event.by, event.until, event.prompt))


def unblocked(desk: Desk, event: events.NumberUnblocked) -> None:
    """Raises Refused."""
    if event.number not in desk.state.black_list:
        raise Refused("not_blocked")
    desk.write(facts.NumberUnblocked(desk.at, event.number, event.by))


def turn_away(desk: Desk, contact: Contact, entry: Blocked) -> None:
    """The contact has just begun; what it hears follows where it would have begun its scenario."""
    desk.write(facts.CallerTurnedAway(desk.at, contact.id, entry.number, entry.reason, entry.prompt))


# --- facts -------------------------------------------------------------------------------------------------------


def number_blocked(state: State, fact: facts.NumberBlocked) -> None:
    before = state.black_list.get(fact.number)
    calls, last_at = (before.calls, before.last_at) if before is not None else (0, 0.0)
    state.black_list[fact.number] = Blocked(
        fact.number, fact.reason, fact.by, fact.at, fact.until, fact.prompt, calls, last_at
    )


def number_unblocked(state: State, fact: facts.NumberUnblocked) -> None:
    state.black_list.pop(fact.number, None)


def caller_turned_away(state: State, fact: facts.CallerTurnedAway) -> None:
    contact = state.contact(fact.contact)
    contact.blocked_by, contact.blocked_prompt = fact.number, fact.prompt
    entry = state.black_list.get(fact.number)
    if entry is not None:
        entry.calls += 1
        entry.last_at = fact.at


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.NumberBlocked: number_blocked,
    facts.NumberUnblocked: number_unblocked,
    facts.CallerTurnedAway: caller_turned_away,
}
