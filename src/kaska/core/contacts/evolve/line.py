"""Waiting in the line, and who was offered to whom. What a fact says, happens: no decisions here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.configuration import Queue
from kaska.core.contacts.contact import Contact, Offer, Phase
from kaska.core.routing.pools import PERSONAL, line_of
from kaska.core.routing.rules import TO_QUEUE

if TYPE_CHECKING:
    from kaska.core.state import State


def queued(state: State, fact: facts.Queued) -> None:
    contact = state.contact(fact.contact)
    queue = state.configuration.queues[fact.queue]
    contact.phase = Phase.WAITING
    contact.queue = fact.queue
    contact.lines = [fact.queue]
    contact.priority = fact.priority
    contact.since = fact.since
    contact.queued_at = fact.at
    _waits(contact, fact.at)
    contact.speak_at = fact.at + queue.announce_every if queue.announce_every else 0.0
    contact.max_wait_at = fact.at + queue.max_wait if queue.max_wait else 0.0
    contact.awaited, contact.await_until = [], 0.0
    contact.rounds = contact.relaxed = 0
    contact.step = 0
    look_on(state, contact)


def reconfigured(state: State, changed: Collection[str]) -> None:
    """Other queues of these names: what is still ahead of those who wait in them is what they say now."""
    for contact in state.contacts.values():
        if contact.queue in changed and contact.phase is Phase.WAITING:
            look_on(state, contact)


def look_on(state: State, contact: Contact) -> None:
    """The clock of relaxations and overflow steps runs (again) from where it stood."""
    queue = state.configuration.queues.get(contact.queue)
    _next_step(contact, queue, contact.step)
    _next_relaxation(contact, queue)


def _next_relaxation(contact: Contact, queue: Queue | None) -> None:
    left = queue.relax[contact.relaxed :] if queue is not None else ()
    contact.relax_at = contact.queued_at + left[0].after if left else 0.0


def _next_step(contact: Contact, queue: Queue | None, number: int) -> None:
    steps = queue.steps if queue is not None else ()
    contact.step = number
    contact.reserve_at, contact.step_to = 0.0, ""
    if number < len(steps):
        contact.reserve_at = contact.queued_at + steps[number].after
        contact.step_to = steps[number].to


def overflowed(state: State, fact: facts.Overflowed) -> None:
    contact = state.contact(fact.contact)
    added = [fact.reserve] if fact.to == TO_QUEUE else [PERSONAL + agent for agent in fact.agents]
    contact.lines += [line for line in added if line not in contact.lines]
    _next_step(contact, state.configuration.queues.get(contact.queue), fact.step + 1)


def overflow_passed(state: State, fact: facts.OverflowPassed) -> None:
    contact = state.contact(fact.contact)
    _next_step(contact, state.configuration.queues.get(contact.queue), fact.step + 1)


def relaxed(state: State, fact: facts.Relaxed) -> None:
    contact = state.contact(fact.contact)
    contact.relaxed = fact.number
    contact.lines.insert(fact.number, line_of(fact.queue, fact.number))
    _next_relaxation(contact, state.configuration.queues.get(fact.queue))


def awaited(state: State, fact: facts.AgentAwaited) -> None:
    contact = state.contact(fact.contact)
    contact.awaited = list(fact.agents)
    contact.await_until = fact.until


def not_awaited(state: State, fact: facts.AgentNotAwaited) -> None:
    contact = state.contact(fact.contact)
    contact.awaited, contact.await_until = [], 0.0


def dequeued(state: State, fact: facts.Dequeued) -> None:
    contact = state.contact(fact.contact)
    waits_no_more(contact, fact.at)
    leave_line(contact)
    if fact.at > contact.queued_at:
        contact.quiet_steps = 0
    contact.phase = Phase.ENDING if fact.reason == "left" else Phase.WALKING


def _waits(contact: Contact, at: float) -> None:
    if not (contact.talked or contact.promised_at or contact.waiting_since):
        contact.waiting_since = at


def waits_no_more(contact: Contact, at: float) -> None:
    contact.waited, contact.waiting_since = contact.waited_until(at), 0.0


def leave_line(contact: Contact) -> None:
    contact.lines = []
    contact.awaited = []
    contact.speak_at = contact.max_wait_at = contact.retry_at = 0.0
    look_no_further(contact)


def look_no_further(contact: Contact) -> None:
    contact.reserve_at = contact.relax_at = contact.await_until = 0.0
    contact.step_to = ""


def offered(state: State, fact: facts.Offered) -> None:
    contact = state.contact(fact.contact)
    contact.presented = True
    contact.offers[fact.leg] = Offer(fact.leg, fact.agent, fact.queue, fact.expires_at)
    if fact.queue and fact.agent and state.load.counts(state.local_day(fact.at)):
        state.load.offered(fact.queue, fact.agent, fact.rule)


def screened(state: State, fact: facts.Screened) -> None:
    offer = state.contact(fact.contact).offers[fact.leg]
    offer.screened, offer.expires_at = True, fact.until


def offer_over(state: State, fact: facts.OfferOver) -> None:
    contact = state.contact(fact.contact)
    contact.offers.pop(fact.leg, None)
    if fact.result == "accepted":
        contact.phase = Phase.JOINING
        contact.agent = fact.agent
        contact.agent_leg = fact.leg
        contact.awaited = []
        look_no_further(contact)


def dialled_by_hand(state: State, fact: facts.DialledByHand) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.JOINING
    contact.agent = fact.agent
    contact.agent_leg = fact.leg


def returned(state: State, fact: facts.ReturnedToLine) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WAITING
    contact.agent = contact.agent_leg = ""
    _waits(contact, fact.at)
    look_on(state, contact)


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.Queued: queued,
    facts.Overflowed: overflowed,
    facts.OverflowPassed: overflow_passed,
    facts.Relaxed: relaxed,
    facts.AgentAwaited: awaited,
    facts.AgentNotAwaited: not_awaited,
    facts.Dequeued: dequeued,
    facts.Offered: offered,
    facts.Screened: screened,
    facts.OfferOver: offer_over,
    facts.DialledByHand: dialled_by_hand,
    facts.ReturnedToLine: returned,
}
