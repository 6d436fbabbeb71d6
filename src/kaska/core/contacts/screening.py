"""«Who is it?»: an agent hears who calls before he takes the call, or sends him on.

By his own wish of what a scenario rings him alone for: his extension, dialled in a menu; a step of one agent. By the
queue's of what it offers to him alone. While he listens the person hears what he heard before. 1 takes the call; 2
sends it on, as if nobody had answered there; to a queue that is a rejection like that of the screen.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import HangUpLeg, PlayPrompts, StopPrompts
from kaska.core.contacts import legs
from kaska.core.contacts.contact import Contact, Offer, Phase
from kaska.core.scenarios import speech, walk
from kaska.core.turn import Desk

SECONDS = 20.0
"""to decide in; then it is as if he had not answered"""
TAKE, SEND_ON = "1", "2"
SENT_ON = "sent_on"
"""result of the offer"""
FROM, HIDDEN, KEYS = "code/screen-from", "code/screen-hidden", "code/screen-keys"
"""what he hears before and after the number"""
_REJECTED = 21


def answered(desk: Desk, event: events.LegAnswered) -> bool:
    """He picked up, and is told who it is. False when that is not asked for."""
    contact = desk.state.contacts.get(event.contact)
    offer = contact.offers.get(event.leg) if contact is not None else None
    if contact is None or offer is None or not _wanted(desk, contact, offer) or not contact.leg_alive(event.leg):
        return False
    if not contact.legs[event.leg].up:
        desk.write(facts.LegUp(desk.at, contact.id, event.leg))
        desk.write(facts.Screened(desk.at, contact.id, event.leg, offer.agent, desk.at + SECONDS))
        desk.order(PlayPrompts(contact.id, event.leg, _play(event.leg), told(desk, contact)))
    return True


def _play(leg: str) -> str:
    return f"{leg}-screen"


def _wanted(desk: Desk, contact: Contact, offer: Offer) -> bool:
    if len(contact.offers) > 1:
        return False
    if offer.queue:
        queue = desk.state.configuration.queues.get(offer.queue)
        waits = contact.phase is Phase.WAITING and not contact.calls_out
        return queue is not None and queue.screened and waits and bool(offer.agent)
    profile = desk.state.configuration.agents.get(offer.agent)
    return profile is not None and profile.screened and contact.phase is Phase.WALKING


def told(desk: Desk, contact: Contact) -> tuple[str, ...]:
    """The last digits of the number, two by two, and the keys."""
    language = desk.state.configuration.codes.language
    digits = "".join(letter for letter in contact.caller if letter.isdigit() and letter.isascii())[-10:]
    pairs = [digits[at : at + 2] for at in range(len(digits) % 2, len(digits), 2)]
    said: list[str] = [speech.phrase(FROM if pairs else HIDDEN, language)]
    for pair in pairs:
        said += speech.number(0, language=language) if pair.startswith("0") else ()
        said += speech.number(int(pair), language=language)
    return (*said, speech.phrase(KEYS, language))


def pressed(desk: Desk, event: events.DigitPressed) -> bool:
    """False when the key is none of his."""
    contact = desk.state.contacts.get(event.contact)
    offer = contact.offers.get(event.leg) if contact is not None else None
    if contact is None or offer is None or not offer.screened:
        return False
    if event.digit == TAKE:
        desk.order(StopPrompts(contact.id, offer.leg, _play(offer.leg)))  # who is being told something joins nobody
        legs.accepted(desk, contact, offer)
    elif event.digit == SEND_ON and offer.queue:
        legs.over_offer(desk, contact, offer, "rejected")
        desk.order(HangUpLeg(contact.id, offer.leg, _REJECTED))
    elif event.digit == SEND_ON:
        desk.write(facts.OfferOver(desk.at, contact.id, offer.leg, offer.agent, SENT_ON))
        desk.order(HangUpLeg(contact.id, offer.leg, _REJECTED))  # he is free when it is gone
        walk.unanswered(desk, contact)
    return True
