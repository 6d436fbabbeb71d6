"""Waiting in a queue: the place said aloud, keys that act, the callback that keeps the place."""

from __future__ import annotations

from kaska.core import facts
from kaska.core.commands import HangUpLeg, StartMusic
from kaska.core.contacts.contact import Contact
from kaska.core.contacts.outcomes import EndCause
from kaska.core.debts import book
from kaska.core.routing.estimate import expected_wait
from kaska.core.scenarios import speech
from kaska.core.scenarios.graph import Enqueue
from kaska.core.scenarios.steps import LOST, Coming, Kind, answer, enter, hush, language_of, node_of, say
from kaska.core.turn import Desk


class EnqueueKind(Kind[Enqueue]):
    def stand(self, desk: Desk, contact: Contact, node: Enqueue, detail: str, coming: Coming) -> str | None:
        if node.queue not in desk.state.configuration.queues:
            return node.message or LOST
        priority = node.priority + contact.urgency
        desk.write(facts.Queued(desk.at, contact.id, node.queue, priority, contact.since or desk.at))
        desk.unattended.append(contact.id)
        return None


def wait_aloud(desk: Desk, contact: Contact) -> None:
    """Answer and say the place and the expected wait, as far as they are known; music follows."""
    if contact.play or contact.offer is not None or not contact.person_present or contact.promised_at:
        return
    queue = desk.state.configuration.queues.get(contact.queue)
    if queue is None:  # unpublished while an agent was about to take the call, who then vanished
        leave_for_message(desk, contact, "queue_removed")
        return
    answer(desk, contact)
    language = language_of(contact)
    place = desk.lines[contact.queue].place(contact.id)
    prompts: tuple[str, ...] = speech.place(place, language) if place else ()
    seconds = expected_wait(desk.state.pace.get(contact.queue, ()), place, desk.at)
    if seconds is not None:
        prompts += speech.expected_wait(seconds, language)
    node = node_of(desk, contact, contact.node)
    if queue.offer_after and desk.at - contact.queued_at >= queue.offer_after and isinstance(node, Enqueue):
        prompts += (speech.phrase("queue-offer", language),) if node.keys else ()
    if not say(desk, contact, prompts):
        desk.order(StartMusic(contact.id, contact.customer_leg))


def said(desk: Desk, contact: Contact) -> None:
    """What was said while waiting is over."""
    desk.write(facts.PromptsOver(desk.at, contact.id, contact.play))
    if contact.promised_at:
        desk.order(HangUpLeg(contact.id, contact.customer_leg))
    else:
        desk.order(StartMusic(contact.id, contact.customer_leg))


def pressed(desk: Desk, contact: Contact, digit: str) -> None:
    node = node_of(desk, contact, contact.node)
    wish = node.keys.get(digit) if isinstance(node, Enqueue) else None
    if wish is None or contact.offer is not None:
        return  # a phone rings for him already
    desk.write(facts.DigitTaken(desk.at, contact.id, digit))
    hush(desk, contact)
    if wish == "callback" and contact.customer:
        promise(desk, contact)
    else:
        leave_for_message(desk, contact, "message")


def leave_for_message(desk: Desk, contact: Contact, reason: str) -> None:
    node = node_of(desk, contact, contact.node)
    desk.write(facts.Dequeued(desk.at, contact.id, contact.queue, reason))
    enter(desk, contact, node.message if isinstance(node, Enqueue) and node.message else LOST)


def promise(desk: Desk, contact: Contact) -> None:
    """The person goes home relying on us; the place in line stays."""
    desk.write(facts.CallbackPromised(desk.at, contact.id, contact.queue))
    book.open_debt(desk, contact, EndCause.CALLBACK)
    say(desk, contact, (speech.phrase("callback-promised", language_of(contact)),))


def woke(desk: Desk, contact: Contact) -> None:
    """The earliest due deadline of the waiting has come."""
    at = desk.at
    if contact.reserve_at and contact.reserve_at <= at:
        reserve = desk.state.configuration.queues[contact.queue].reserve
        desk.write(facts.Overflowed(at, contact.id, contact.queue, reserve))
    elif contact.max_wait_at and contact.max_wait_at <= at:
        hush(desk, contact)
        leave_for_message(desk, contact, "too_long")
    elif contact.speak_at and contact.speak_at <= at:
        wait_aloud(desk, contact)
