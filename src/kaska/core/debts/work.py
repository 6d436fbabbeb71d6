"""What people do with debts besides calling: take, assign, postpone, say what came of an attempt."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.debts.book import (
    BUSY,
    CALLED_BACK,
    NO_ANSWER,
    REFUSED,
    TALKED,
    UNREACHABLE,
    WRONG_NUMBER,
    attempt,
    close,
    open_one,
)
from kaska.core.debts.debt import of_person
from kaska.core.debts.hours import may_call, rules_of
from kaska.core.ports import Refused
from kaska.core.turn import Desk

REPORTED = (NO_ANSWER, BUSY, WRONG_NUMBER, REFUSED, TALKED)
"""what a person can say of an attempt made without us"""
_END_OF = {WRONG_NUMBER: UNREACHABLE, REFUSED: REFUSED, TALKED: CALLED_BACK}


def taken(desk: Desk, event: events.DebtTaken) -> None:
    """The agent works on this person now: nobody else calls for a while, and the debts are his."""
    if event.agent not in desk.state.configuration.agents:
        raise Refused("not_an_agent")
    debt = open_one(desk, event.debt, event.agent)
    until = desk.at + rules_of(desk.state.configuration, debt.project).lease_minutes * 60.0
    for one in of_person(desk.state, debt):
        desk.write(facts.DebtClaimed(desk.at, one.id, event.agent, until))
        if one.owner != f"agent:{event.agent}":
            desk.write(facts.DebtAssigned(desk.at, one.id, f"agent:{event.agent}", event.agent))


def let_go(desk: Desk, event: events.DebtLetGo) -> None:
    """The agent does not work on this person any more; the debts stay his."""
    debt = open_one(desk, event.debt, event.agent)
    for one in of_person(desk.state, debt):
        if one.claimed_by == event.agent:
            desk.write(facts.DebtClaimed(desk.at, one.id, event.agent, 0.0))


def assigned(desk: Desk, event: events.DebtGiven) -> None:
    """Somebody says who owes it."""
    debt = desk.state.debts.get(event.debt)
    if debt is None:
        raise Refused("debt_closed")
    configuration = desk.state.configuration
    kind, _, name = event.owner.partition(":")
    known: dict[str, object] = {"agent": configuration.agents, "queue": configuration.queues}
    if name not in known.get(kind, ()):  # type: ignore[operator]  # both are dicts by name
        raise Refused("no_such_owner")
    if debt.owner != event.owner:
        desk.write(facts.DebtAssigned(desk.at, debt.id, event.owner, event.by))


def postponed(desk: Desk, event: events.DebtPutOff) -> None:
    """The person was promised a call at ``until``: that is the deadline of everything owed to him now."""
    debt = open_one(desk, event.debt, event.agent)
    if event.until <= desk.at:
        raise Refused("already_past")
    if not may_call(desk.state.configuration, debt.project, event.until):
        raise Refused("forbidden_hours")
    for one in of_person(desk.state, debt):
        desk.write(facts.DebtPostponed(desk.at, one.id, event.until, event.agent, event.note))


def reported(desk: Desk, event: events.DebtReported) -> list[str]:
    """What came of an attempt, for everything this person is owed. Returns the contacts that need not go on."""
    debt = open_one(desk, event.debt, event.agent)
    debts = of_person(desk.state, debt)
    if any(one.calling for one in debts):
        raise Refused("already_calling")
    if event.result not in REPORTED:
        raise Refused("wrong_state")
    end = _END_OF.get(event.result)
    if end is None:
        return attempt(desk, debts, "", event.agent, event.result)
    for one in debts:
        reached = event.result != WRONG_NUMBER
        desk.write(
            facts.DebtAttempted(desk.at, one.id, "", event.agent, reached, event.result, one.tries, one.next_at),
        )
    reason = event.note or (WRONG_NUMBER if event.result == WRONG_NUMBER else "")
    return close(desk, debts, end, "", event.agent, reason)
