"""Nodes at which we speak and the caller listens, or leaves a message."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import RecordMessage
from kaska.core.contacts import ending
from kaska.core.contacts.contact import Contact
from kaska.core.scenarios.graph import Finish, Inform, Play, TakeMessage, Voicemail
from kaska.core.scenarios.steps import EMERGENCY, Coming, Kind, enter, go_on, hush, node_of, say
from kaska.core.turn import Desk

MESSAGE_GUARD_SECONDS = 15.0


class PlayKind(Kind[Play]):
    def stand(self, desk: Desk, contact: Contact, node: Play, detail: str, coming: Coming) -> str | None:
        return None if say(desk, contact, node.prompts) else node.next

    def said(self, desk: Desk, contact: Contact, node: Play) -> str | None:
        return node.next

    def pressed(self, desk: Desk, contact: Contact, node: Play, digit: str) -> None:
        # typed ahead; what is being said (a recording notice perhaps) is said to its end
        desk.write(facts.DigitTaken(desk.at, contact.id, contact.digits + digit))


class InformKind(Kind[Inform]):
    def stand(self, desk: Desk, contact: Contact, node: Inform, detail: str, coming: Coming) -> str | None:
        if coming.typed in node.choices:
            return node.choices[coming.typed]
        return None if say(desk, contact, node.prompts) else node.next

    def said(self, desk: Desk, contact: Contact, node: Inform) -> str | None:
        desk.write(facts.Informed(desk.at, contact.id))
        return node.next

    def pressed(self, desk: Desk, contact: Contact, node: Inform, digit: str) -> None:
        if digit in node.choices:
            hush(desk, contact)
            desk.write(facts.DigitTaken(desk.at, contact.id, digit))
            enter(desk, contact, node.choices[digit])


class FinishKind(Kind[Finish]):
    def detail(self, desk: Desk, contact: Contact, node: Finish) -> str:
        return "served" if node.served else ""

    def stand(self, desk: Desk, contact: Contact, node: Finish, detail: str, coming: Coming) -> str | None:
        return None if node.prompts and say(desk, contact, node.prompts) else ""

    def said(self, desk: Desk, contact: Contact, node: Finish) -> str | None:
        return ""


class MessageKind(Kind[TakeMessage]):
    def detail(self, desk: Desk, contact: Contact, node: TakeMessage) -> str:
        return "closed_hours" if node.closed_hours else ""

    def stand(self, desk: Desk, contact: Contact, node: TakeMessage, detail: str, coming: Coming) -> str | None:
        if not say(desk, contact, coming.remark + node.prompts):
            _ask_message(desk, contact, node.max_seconds)
        return None

    def said(self, desk: Desk, contact: Contact, node: TakeMessage) -> str | None:
        _ask_message(desk, contact, node.max_seconds)
        return None


class VoicemailKind(Kind[Voicemail]):
    def stand(self, desk: Desk, contact: Contact, node: Voicemail, detail: str, coming: Coming) -> str | None:
        desk.write(facts.OwnerNamed(desk.at, contact.id, node.owner))
        if not say(desk, contact, node.prompts):
            _ask_message(desk, contact, node.max_seconds)
        return None

    def said(self, desk: Desk, contact: Contact, node: Voicemail) -> str | None:
        _ask_message(desk, contact, node.max_seconds)
        return None


def _ask_message(desk: Desk, contact: Contact, max_seconds: int) -> None:
    until = desk.at + max_seconds + MESSAGE_GUARD_SECONDS
    desk.write(facts.MessageAsked(desk.at, contact.id, contact.id, until))
    desk.order(RecordMessage(contact.id, contact.customer_leg, contact.id, max_seconds))


def ask_again(desk: Desk, contact: Contact) -> None:
    """The connection to the switch is back: the message may have to be recorded anew."""
    node = node_of(desk, contact, contact.node)
    seconds = node.max_seconds if isinstance(node, (TakeMessage, Voicemail)) else EMERGENCY.max_seconds
    desk.order(RecordMessage(contact.id, contact.customer_leg, contact.id, seconds))


def message_recorded(desk: Desk, event: events.MessageRecorded) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or not contact.recording_message:
        return
    name = event.name if event.seconds > 0.0 else ""
    desk.write(facts.MessageTaken(desk.at, contact.id, name, event.seconds))
    if contact.person_present:
        node = node_of(desk, contact, contact.node)
        go_on(desk, contact, node.next if isinstance(node, (TakeMessage, Voicemail)) else "")
    else:
        ending.settle(desk, contact)


def message_unheard(desk: Desk, contact: Contact) -> None:
    """The end of a message was never told: it is taken as not left."""
    desk.write(facts.MessageTaken(desk.at, contact.id, "", 0.0))
    if contact.person_present:
        go_on(desk, contact, "")
    else:
        ending.settle(desk, contact)
