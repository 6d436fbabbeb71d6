"""The talk: hold, transfers, asking aside, parking. What a fact says, happens: no decisions here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.contacts.contact import Consult, Contact, Phase
from kaska.core.contacts.evolve.line import leave_line, waits_no_more
from kaska.core.events import SWITCH_FAILURE

if TYPE_CHECKING:
    from kaska.core.state import State

HOLD_REMINDER_SECONDS = 60.0
"""for who came by no queue"""
PACE_LENGTH = 20


def connected(state: State, fact: facts.Connected) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.TALKING
    if not contact.talked:
        waits_no_more(contact, fact.at)
        contact.answered_at_once = not contact.promised_at
    contact.talked = True
    contact.agent = fact.agent
    contact.agent_leg = fact.leg
    contact.connected_at = fact.at
    _held_no_more(contact)
    contact.held_seconds = 0.0
    contact.end_cause = ""
    contact.between = contact.recalled = False
    contact.transferred_by = ""
    contact.legs[fact.leg].talked = True
    from_line = bool(contact.lines)
    leave_line(contact)
    if fact.agent and state.load.counts(state.local_day(fact.at)):
        state.load.connected(fact.agent)
    if fact.agent and contact.customer:
        state.load.met(fact.agent, contact.customer)
    if contact.queue and from_line:
        pace = state.pace.setdefault(contact.queue, [])
        pace.append(fact.at)
        del pace[:-PACE_LENGTH]


def held(state: State, fact: facts.Held) -> None:
    contact = state.contact(fact.contact)
    if fact.held:
        contact.held_since = contact.held_since or fact.at
        _remind(state, contact, fact.at)
    elif contact.held_since:
        contact.held_seconds += fact.at - contact.held_since
        _held_no_more(contact)


def _remind(state: State, contact: Contact, at: float) -> None:
    queue = state.configuration.queues.get(contact.queue)
    seconds = queue.hold_reminder if queue is not None else HOLD_REMINDER_SECONDS
    contact.remind_at = at + seconds if seconds else 0.0


def _held_no_more(contact: Contact) -> None:
    contact.held_since = contact.remind_at = 0.0
    contact.reminded = False


def hold_reminded(state: State, fact: facts.HoldReminded) -> None:
    contact = state.contact(fact.contact)
    contact.reminded = True
    _remind(state, contact, fact.at)


def talk_over(state: State, fact: facts.TalkOver) -> None:
    contact = state.contact(fact.contact)
    if fact.agent and state.load.counts(state.local_day(fact.at)):
        state.load.talked(fact.agent, fact.seconds)
    contact.phase = Phase.ENDING
    _held_no_more(contact)
    contact.pause_until = 0.0
    contact.agent = contact.agent_leg = ""
    contact.end_cause = contact.end_cause or contact.place()


def transferred(state: State, fact: facts.Transferred | facts.Parked | facts.CutOff) -> None:
    """The promise of a callback was kept by the talk that ends here."""
    contact = state.contact(fact.contact)
    contact.phase = Phase.TRANSFERRING
    contact.between = True
    contact.transferred_by = fact.by
    if contact.promised_at:
        contact.promised_at = 0.0
        contact.callbacks += 1
    if contact.end_cause != SWITCH_FAILURE:
        contact.end_cause = ""


def parked(state: State, fact: facts.Parked | facts.CutOff) -> None:
    transferred(state, fact)
    contact = state.contact(fact.contact)
    contact.parked_since, contact.parked_until = fact.at, fact.until
    contact.parked_place = fact.place if isinstance(fact, facts.Parked) else 0


def picked_up(state: State, fact: facts.PickedUp) -> None:
    state.contact(fact.contact).parked_until = 0.0


def transfer_returned(state: State, fact: facts.TransferReturned) -> None:
    contact = state.contact(fact.contact)
    contact.parked_until = 0.0
    contact.phase = Phase.TRANSFERRING
    contact.agent = contact.agent_leg = ""
    contact.recalled = True


def consult_started(state: State, fact: facts.ConsultStarted) -> None:
    consult = Consult(fact.leg, fact.agent, fact.number, fact.expires_at, own_leg=fact.own_leg)
    state.contact(fact.contact).consults[fact.leg] = consult


def consult_answered(state: State, fact: facts.ConsultAnswered) -> None:
    consult = state.contact(fact.contact).consults[fact.leg]
    consult.answered_at = fact.at
    consult.expires_at = 0.0


def consult_held(state: State, fact: facts.ConsultHeld) -> None:
    state.contact(fact.contact).consults[fact.leg].held = fact.held


def consult_shared(state: State, fact: facts.ConsultShared) -> None:
    consult = state.contact(fact.contact).consults[fact.leg]
    consult.shared = True
    consult.held = False
    consult.own_leg = ""


def consult_over(state: State, fact: facts.ConsultOver) -> None:
    del state.contact(fact.contact).consults[fact.leg]


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.Connected: connected,
    facts.Held: held,
    facts.HoldReminded: hold_reminded,
    facts.TalkOver: talk_over,
    facts.Transferred: transferred,
    facts.TransferReturned: transfer_returned,
    facts.Parked: parked,
    facts.CutOff: parked,
    facts.PickedUp: picked_up,
    facts.ConsultStarted: consult_started,
    facts.ConsultAnswered: consult_answered,
    facts.ConsultHeld: consult_held,
    facts.ConsultShared: consult_shared,
    facts.ConsultOver: consult_over,
}
