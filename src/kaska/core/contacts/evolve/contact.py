"""Birth, legs and end of a contact. What a fact says, happens: no decisions here."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.contacts.contact import Contact, Leg, Phase
from kaska.core.contacts.evolve.line import leave_line
from kaska.core.events import SWITCH_FAILURE
from kaska.core.outgoing import usage as outgoing
from kaska.core.scenarios import trials
from kaska.core.scenarios.trials import TRIAL

if TYPE_CHECKING:
    from kaska.core.state import State

RECENT_LIMIT = 20_000
"""so many ended contacts are remembered at least, so that a late or repeated signal does not bear one again"""
RECENT_SLACK = 2_000
"""and so many more at most"""


def opened(state: State, fact: facts.ContactOpened) -> None:
    state.contacts[fact.contact] = Contact(
        id=fact.contact,
        channel=fact.channel,
        direction=fact.direction,
        number=fact.number,
        caller=fact.caller,
        customer=fact.customer,
        caller_name=fact.caller_name,
        trunk=fact.trunk,
        project=fact.project,
        scenario=fact.scenario,
        scenario_version=fact.scenario_version,
        opened_at=fact.at,
        source=fact.source,
        debt=fact.debt,
        phase=Phase.CALLING if fact.direction == "outbound" else Phase.WALKING,
        edition=state.configuration.version,
    )
    if fact.direction == TRIAL:
        contact = state.contacts[fact.contact]
        contact.edition = trials.opened(state, contact)
    if fact.debt in state.debts:
        state.debts[fact.debt].calling = fact.contact
        state.debts[fact.debt].calls += 1


def leg_started(state: State, fact: facts.LegStarted) -> None:
    contact = state.contact(fact.contact)
    contact.legs[fact.leg] = Leg(fact.leg, fact.party, fact.agent, fact.endpoint)
    if fact.party == "customer":
        contact.customer_leg = fact.leg
    if fact.leg != fact.contact:
        contact.dialled += 1


def leg_up(state: State, fact: facts.LegUp) -> None:
    state.contact(fact.contact).legs[fact.leg].up = True
    outgoing.answered(state, fact.leg, fact.at)


def leg_over(state: State, fact: facts.LegOver) -> None:
    contact = state.contact(fact.contact)
    outgoing.over(state, fact.leg, fact.at)
    if fact.source == SWITCH_FAILURE:
        contact.end_cause = contact.end_cause or SWITCH_FAILURE
    elif fact.leg == contact.customer_leg and not contact.end_cause:
        contact.end_cause = contact.place()
        _judge_short(state, contact, fact.at)
    contact.legs[fact.leg].over = True
    contact.legs[fact.leg].cause = fact.cause
    if fact.leg == contact.customer_leg:
        contact.play = ""
        contact.guard_at = contact.step_until = contact.parked_until = 0.0
        contact.digits_until = fact.at + 5.0 if contact.recording_message else 0.0
        if contact.promised_at and not contact.served:
            contact.end_cause = ""  # the person went home relying on us: nothing has ended


def _judge_short(state: State, contact: Contact, at: float) -> None:
    queue = state.configuration.queues.get(contact.queue)
    limit = queue.short_abandon_seconds if queue is not None else 0.0
    contact.short = contact.phase is Phase.WAITING and at - contact.queued_at < limit


def owner_named(state: State, fact: facts.OwnerNamed) -> None:
    state.contact(fact.contact).owner = fact.owner


def informed(state: State, fact: facts.Informed) -> None:
    state.contact(fact.contact).self_served = True


def gave_up(state: State, fact: facts.GaveUp) -> None:
    contact = state.contact(fact.contact)
    leave_line(contact)
    contact.phase = Phase.ENDING
    contact.end_cause = contact.end_cause or fact.cause


def over(state: State, fact: facts.ContactOver) -> None:
    contact = state.contacts.pop(fact.contact)
    if contact.debt in state.debts:
        state.debts[contact.debt].calling = ""
    state.recent[fact.contact] = fact.at
    if contact.direction == TRIAL:
        trials.over(state, contact, fact.at)
    edition = state.editions.get(contact.edition)
    if edition is not None:
        edition.contacts -= 1
        if edition.contacts <= 0:
            del state.editions[contact.edition]
    if len(state.recent) > RECENT_LIMIT + RECENT_SLACK:
        # many at once: the first of a dict is slow to find where others stood before it
        for ended in list(islice(state.recent, RECENT_SLACK)):
            del state.recent[ended]


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.ContactOpened: opened,
    facts.LegStarted: leg_started,
    facts.LegUp: leg_up,
    facts.LegOver: leg_over,
    facts.OwnerNamed: owner_named,
    facts.Informed: informed,
    facts.GaveUp: gave_up,
    facts.ContactOver: over,
}
