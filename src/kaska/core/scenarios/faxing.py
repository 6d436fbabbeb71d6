"""The node at which a fax machine sends, and what becomes of a fax that broke off.

What came is told by the file, not by the line: the line's end, the machine's word and our own deadline only make us
look at it. So nothing that arrived is lost, whoever hangs up, and whichever part of us is away at that moment.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import CollectFax, HangUpLeg, ReceiveFax
from kaska.core.contacts import ending
from kaska.core.contacts.contact import Contact
from kaska.core.scenarios.graph import Fax
from kaska.core.scenarios.steps import Coming, Kind, go_on, node_of, say
from kaska.core.turn import Desk

LONGEST_SECONDS = 7200.0
"""a hundred pages at the slowest speed; a machine that takes longer hangs"""
LOOK_SECONDS = 15.0
"""after which it is asked again what came: who was asked may have died"""
MOST_LOOKS = 4
UNHEARD = "unheard"
"""problem of a fax of which nobody could tell what came"""


class FaxKind(Kind[Fax]):
    def stand(self, desk: Desk, contact: Contact, node: Fax, detail: str, coming: Coming) -> str | None:
        desk.write(facts.OwnerNamed(desk.at, contact.id, node.owner))
        if not say(desk, contact, node.prompts):
            _ask(desk, contact)
        return None

    def said(self, desk: Desk, contact: Contact, node: Fax) -> str | None:
        _ask(desk, contact)
        return None


def _ask(desk: Desk, contact: Contact) -> None:
    name = f"{contact.id}-f{contact.faxes + 1}" if contact.faxes else contact.id
    desk.write(facts.FaxAsked(desk.at, contact.id, name, desk.at + LONGEST_SECONDS))
    desk.order(ReceiveFax(contact.id, contact.customer_leg, name))


def ended(desk: Desk, event: events.FaxEnded) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is not None and contact.receiving_fax and event.leg == contact.customer_leg:
        look(desk, contact)


def look(desk: Desk, contact: Contact) -> None:
    """Nothing more comes: what is there?"""
    desk.write(facts.FaxOver(desk.at, contact.id, desk.at + LOOK_SECONDS))
    desk.order(CollectFax(contact.id, contact.receiving_fax))


def woke(desk: Desk, contact: Contact) -> None:
    if contact.fax_looks >= MOST_LOOKS:
        _taken(desk, contact, facts.FaxTaken(desk.at, contact.id, "", 0, "", UNHEARD))
        return
    if contact.person_present and not contact.fax_looks:
        desk.order(HangUpLeg(contact.id, contact.customer_leg))
    look(desk, contact)


def resume(desk: Desk, contact: Contact) -> None:
    """The switch was out of reach: the fax may be coming still, may have come, or was never asked for."""
    if contact.person_present and not contact.fax_looks:
        desk.order(ReceiveFax(contact.id, contact.customer_leg, contact.receiving_fax))
    else:
        desk.order(CollectFax(contact.id, contact.receiving_fax))


def received(desk: Desk, event: events.FaxReceived) -> None:
    contact = desk.state.contacts.get(event.contact)
    if contact is None or contact.receiving_fax != event.name:
        return
    name = event.name if event.pages > 0 else ""
    _taken(desk, contact, facts.FaxTaken(desk.at, contact.id, name, event.pages, event.station, event.problem))


def failed(desk: Desk, contact: Contact, event: events.CommandFailed) -> None:
    """The switch would not receive: there may be something from before. Nobody could look: it stays unknown."""
    if event.command == "ReceiveFax":
        look(desk, contact)
    else:
        _taken(desk, contact, facts.FaxTaken(desk.at, contact.id, "", 0, "", event.reason))


def _taken(desk: Desk, contact: Contact, fact: facts.FaxTaken) -> None:
    desk.write(fact)
    if contact.person_present:
        node = node_of(desk, contact, contact.node)
        go_on(desk, contact, node.next if isinstance(node, Fax) else "")
    else:
        ending.settle(desk, contact)
