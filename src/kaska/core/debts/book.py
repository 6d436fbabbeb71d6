"""The debt book: who was not served, who owes them, until when, and what settles it."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.contacts.contact import Contact
from kaska.core.debts.debt import Debt, of_person
from kaska.core.debts.hours import due_at, rules_of
from kaska.core.debts.rules import TO_LAST_AGENT, TO_ROUND_ROBIN
from kaska.core.ports import Refused
from kaska.core.routing.waiting import standing
from kaska.core.scenarios.trials import TRIAL
from kaska.core.turn import ON_DUTY, Desk

CALLED_BACK, CAME_BACK, UNREACHABLE, REFUSED, WRITTEN_OFF = (
    "called_back",
    "came_back",
    "unreachable",
    "refused",
    "written_off",
)
RECOVERED = (CALLED_BACK, CAME_BACK)
"""ends of a debt in which the person was served"""
ENDS = (*RECOVERED, UNREACHABLE, REFUSED, WRITTEN_OFF)

NO_ANSWER, BUSY, NO_SUCH_NUMBER, FAILED, GIVEN_UP = "no_answer", "busy", "no_such_number", "failed", "given_up"
TALKED, WRONG_NUMBER = "talked", "wrong_number"
COUNTED = frozenset({NO_ANSWER, BUSY, NO_SUCH_NUMBER})
"""results that say something of the person; a line of ours that failed and an agent who hung up say nothing"""
_RESULT_OF = {1: NO_SUCH_NUMBER, 28: NO_SUCH_NUMBER, 17: BUSY, 21: BUSY} | dict.fromkeys(
    (3, 27, 34, 38, 41, 42, 44, 58, 127), FAILED
)
"""Q.850 → result of an attempt; all others mean that nobody answered"""


def open_debt(desk: Desk, contact: Contact, cause: str) -> None:
    """Write down that we owe this person; does nothing when this contact's debt is open already, or one of ours tries
    a draft."""
    debt = contact.own_debt
    if debt in desk.state.debts or contact.direction == TRIAL:
        return
    configuration = desk.state.configuration
    priority = contact.priority if contact.queue else contact.urgency + standing(desk, contact)
    desk.write(
        facts.DebtOpened(
            desk.at,
            debt,
            contact.id,
            contact.customer,
            contact.caller,
            cause,
            _owner(desk, contact),
            contact.project,
            due_at(configuration, contact.project, desk.at, cause, priority),
            contact.queue,
            priority,
            desk.at + rules_of(configuration, contact.project).automatic_minutes * 60.0,
        )
    )


def _owner(desk: Desk, contact: Contact) -> str:
    """Whom the scenario named; else by the project's rule; else the queue, whoever was asked last, the project."""
    if contact.owner:
        return contact.owner
    assign = rules_of(desk.state.configuration, contact.project).assign
    agent = None
    if assign == TO_LAST_AGENT and contact.customer:
        agent = desk.state.load.known_by.get(contact.customer)
    elif assign == TO_ROUND_ROBIN and contact.queue:
        agent = _next_in_turn(desk, contact.queue)
    if agent is not None and agent in desk.state.configuration.agents:
        return f"agent:{agent}"
    if contact.queue:
        return f"queue:{contact.queue}"
    asked = [leg.agent for leg in contact.legs.values() if leg.agent]
    if asked:
        return f"agent:{asked[-1]}"
    return f"project:{contact.project}"


def _next_in_turn(desk: Desk, queue: str) -> str | None:
    """The agent at work in this queue who comes after the one that owed last; None when nobody is at work."""
    agents = sorted(
        agent.id
        for agent in desk.state.agents.values()
        if agent.state in ON_DUTY and queue in desk.queues_of.get(agent.id, ())
    )
    last = desk.state.debt_turn.get(queue, "")
    return next((agent for agent in agents if agent > last), agents[0] if agents else None)


def served(desk: Desk, contact: Contact, by: str, at: float) -> list[str]:
    """The person talked with us at ``at``: everything owed to this person by then is settled.

    Returns the contacts that need not go on: whose debts these were, and those that were to repay them.
    """
    how = CALLED_BACK if contact.calls_out else CAME_BACK
    settled = [debt for debt in _owed_to(desk, contact) if debt.opened_at <= at]
    return close(desk, settled, how, contact.id, by)


def _owed_to(desk: Desk, contact: Contact) -> list[Debt]:
    """What is owed to this contact's person, and what this contact itself is about."""
    owed = list(desk.state.debts_of.get(contact.customer, ())) if contact.customer else []
    for own in (contact.debt, contact.own_debt):
        if own in desk.state.debts and own not in owed:
            owed.append(own)
    return [desk.state.debts[debt] for debt in owed]


def close(desk: Desk, debts: list[Debt], how: str, contact: str = "", by: str = "", reason: str = "") -> list[str]:
    """Returns the contacts that need not go on, as ``served`` does."""
    idle = [one for debt in debts for one in (debt.contact, debt.calling) if one]
    for debt in debts:
        desk.write(facts.DebtClosed(desk.at, debt.id, how, contact, by, reason))
    return idle


def not_reached(desk: Desk, contact: Contact, agent: str, result: str = "") -> list[str]:
    """We dialled and did not get to talk: one more attempt for all that this person is owed.

    ``result``: known otherwise than by the end of the person's line. Returns what need not go on.
    """
    if not result:
        leg = contact.legs.get(contact.customer_leg)
        result = _RESULT_OF.get(leg.cause, NO_ANSWER) if leg is not None else FAILED
    return attempt(desk, _owed_to(desk, contact), contact.id, agent, result)


def attempt(desk: Desk, debts: list[Debt], contact: str, agent: str, result: str) -> list[str]:
    """An attempt that found nobody; who was looked for often enough is unreachable. Returns what need not go on."""
    idle: list[str] = []
    for debt in debts:
        rules = rules_of(desk.state.configuration, debt.project)
        spacing = rules.spacing_minutes * 60.0
        counts = result in COUNTED and (not debt.tries or desk.at - debt.tried_at >= spacing)
        tries = debt.tries + counts
        desk.write(
            facts.DebtAttempted(desk.at, debt.id, contact, agent, False, result, tries, desk.at + spacing),
        )
        if counts and rules.tries and tries >= rules.tries:
            idle += close(desk, [debt], UNREACHABLE, contact, agent)
    return idle


def open_one(desk: Desk, name: str, agent: str) -> Debt:
    """The open debt that ``agent`` wants to work on. Raises Refused when it is closed, or another works on it."""
    debt = desk.state.debts.get(name)
    if debt is None:
        raise Refused("debt_closed")
    if any(one.taken_by_other(agent, desk.at) for one in of_person(desk.state, debt)):
        raise Refused("already_promised")
    return debt


def written_off(desk: Desk, event: events.DebtWrittenOff) -> list[str]:
    """Returns the contacts that need not go on."""
    debt = desk.state.debts.get(event.debt)
    if debt is None:
        raise Refused("debt_closed")
    return close(desk, [debt], WRITTEN_OFF, "", event.by, event.reason)
