"""Callbacks that keep their place. What a fact says, happens: no decisions here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.contacts.contact import Phase
from kaska.core.contacts.evolve.line import look_no_further, look_on, waits_no_more

if TYPE_CHECKING:
    from kaska.core.state import State


def callback_promised(state: State, fact: facts.CallbackPromised) -> None:
    contact = state.contact(fact.contact)
    contact.promised_at = fact.at
    waits_no_more(contact, fact.at)
    contact.speak_at = contact.max_wait_at = 0.0


def customer_dialled(state: State, fact: facts.CustomerDialled) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.DIALLING
    contact.agent = fact.agent
    contact.awaited = []
    look_no_further(contact)


def customer_reached(state: State, fact: facts.CustomerReached) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WAITING
    contact.agent = ""
    look_on(state, contact)


def callback_missed(state: State, fact: facts.CallbackMissed) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WAITING
    contact.agent = contact.agent_leg = ""
    contact.missed = fact.missed
    contact.retry_at = fact.retry_at
    contact.end_cause = ""
    look_on(state, contact)


def callback_due(state: State, fact: facts.CallbackDue) -> None:
    state.contact(fact.contact).retry_at = 0.0


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.CallbackPromised: callback_promised,
    facts.CustomerDialled: customer_dialled,
    facts.CustomerReached: customer_reached,
    facts.CallbackMissed: callback_missed,
    facts.CallbackDue: callback_due,
}
