"""Waiting in a queue: the place said aloud, keys that act, the callback that keeps the place.

Who is asked, and which way out a queue takes, is decided in ``routing/waiting.py``.
"""

from __future__ import annotations

from kaska.core import facts
from kaska.core.commands import HangUpLeg, StartMusic
from kaska.core.configuration import Queue
from kaska.core.contacts.contact import Contact
from kaska.core.contacts.outcomes import EndCause
from kaska.core.debts import book
from kaska.core.modes import opens
from kaska.core.routing import waiting as queue_rules
from kaska.core.routing.estimate import expected_wait
from kaska.core.routing.rules import CALLBACK
from kaska.core.scenarios import speech
from kaska.core.scenarios.graph import Enqueue
from kaska.core.scenarios.steps import LOST, Coming, Kind, answer, enter, go_on, hush, language_of, node_of, say
from kaska.core.turn import Desk


class EnqueueKind(Kind[Enqueue]):
    def stand(self, desk: Desk, contact: Contact, node: Enqueue, detail: str, coming: Coming) -> str | None:
        if node.queue not in desk.state.configuration.queues:
            return node.message or LOST
        queue, full = queue_rules.place_for(desk, node.queue)
        for passed, following in full:
            desk.write(facts.QueueFull(desk.at, contact.id, passed, following))
        room = queue_rules.has_room(desk, desk.state.configuration.queues[queue])
        line_up(desk, contact, queue, node.priority)
        if not room:
            return _turned_away(desk, contact, "full")
        queue_rules.began(desk, contact)
        desk.unattended.append(contact.id)
        return None


def line_up(desk: Desk, contact: Contact, queue: str, priority: int) -> None:
    """Put the contact in line; the called number, the person and the way here add to ``priority``."""
    whole = priority + contact.urgency + queue_rules.standing(desk, contact)
    desk.write(facts.Queued(desk.at, contact.id, queue, whole, contact.since or desk.at))


def _turned_away(desk: Desk, contact: Contact, reason: str) -> str | None:
    """Waiting is not possible (any more): the queue says whether a callback is promised or a message taken instead.
    The node where the way goes on, or None."""
    hush(desk, contact)
    queue = desk.state.configuration.queues.get(contact.queue)
    if queue is not None and queue.instead == CALLBACK and contact.customer:
        promise(desk, contact)
        return None
    return _left(desk, contact, reason)


def turn_away(desk: Desk, contact: Contact, reason: str) -> None:
    go_on(desk, contact, _turned_away(desk, contact, reason))


def wait_aloud(desk: Desk, contact: Contact) -> None:
    """Answer and say the place and the expected wait, as far as they are known; music follows."""
    if contact.offers or not contact.person_present or contact.promised_at:
        return
    queue = desk.state.configuration.queues.get(contact.queue)
    if queue is None:  # unpublished while an agent was about to take the call, who then vanished
        hush(desk, contact)
        leave_for_message(desk, contact, "queue_removed")
        return
    if not queue.holding:
        turn_away(desk, contact, "nobody_free")
        return
    if contact.play:
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
    if not say(desk, contact, prompts + _promotion(desk, contact, queue)):
        desk.order(StartMusic(contact.id, contact.customer_leg))


def _promotion(desk: Desk, contact: Contact, queue: Queue) -> tuple[str, ...]:
    """What is said after the place, one each time in turn; nothing the first time."""
    told = [one.prompts for one in queue.promotions if opens(desk.state, contact.project, one.calendar, desk.at)]
    return told[(contact.rounds - 1) % len(told)] if told and contact.rounds else ()


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
    if wish is None or contact.offers:
        return  # a phone rings for him already
    desk.write(facts.DigitTaken(desk.at, contact.id, digit))
    hush(desk, contact)
    if wish == "callback" and contact.customer:
        promise(desk, contact)
    else:
        leave_for_message(desk, contact, "message")


def leave_for_message(desk: Desk, contact: Contact, reason: str) -> None:
    enter(desk, contact, _left(desk, contact, reason))


def _left(desk: Desk, contact: Contact, reason: str) -> str:
    """Out of the line; the node where the person is asked for a message."""
    node = node_of(desk, contact, contact.node)
    desk.write(facts.Dequeued(desk.at, contact.id, contact.queue, reason))
    return node.message if isinstance(node, Enqueue) and node.message else LOST


def promise(desk: Desk, contact: Contact) -> None:
    """The person goes home relying on us; the place in line stays."""
    desk.write(facts.CallbackPromised(desk.at, contact.id, contact.queue))
    book.open_debt(desk, contact, EndCause.CALLBACK)
    say(desk, contact, (speech.phrase("callback-promised", language_of(contact)),))


def woke(desk: Desk, contact: Contact) -> None:
    """A deadline of the waiting has come after which something is said."""
    if queue_rules.message_due(desk, contact):
        hush(desk, contact)
        leave_for_message(desk, contact, "overflow")
    elif contact.offers:
        return
    elif contact.max_wait_at and contact.max_wait_at <= desk.at:
        turn_away(desk, contact, "too_long")
    elif contact.speak_at and contact.speak_at <= desk.at:
        wait_aloud(desk, contact)
