"""What telephones do by themselves: calls that their users dial, and transfers that they ask for.

A code of the published table does what it says. Who talks consults by a second call of his telephone, and then asks for
the two to be put together; who talks with nobody calls somebody outside. What cannot be is said, and why.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.codes import acting, words
from kaska.core.codes.rules import PARK
from kaska.core.commands import AnswerTransfer, SayAndHangUp
from kaska.core.configuration import AgentProfile
from kaska.core.contacts import calling, consult, picking, transfer
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.inside import calling as inside
from kaska.core.ports import Refused
from kaska.core.turn import Desk

MOST_KEPT = 64
"""so much of what was dialled is written down"""


def dialled(desk: Desk, event: events.PhoneDialled) -> None:
    if inside.from_door(desk, event):
        return
    codes = desk.state.configuration.codes
    asked = codes.read(event.dialled)
    profile = owner_of(desk, event.endpoint)
    refused = ""
    said: tuple[str, ...] = ()
    try:
        if profile is None:
            raise Refused("not_an_agent")
        if asked is not None:
            said = acting.act(desk, profile, event, asked)
        else:
            _number(desk, profile, event)
            return
    except Refused as refusal:
        refused = refusal.code
        said = words.refused(refused, codes.language)
    action = asked.action if asked is not None else ""
    who = profile.id if profile is not None else ""
    desk.write(facts.PhoneAsked(desk.at, who, event.endpoint, event.dialled[:MOST_KEPT], action, refused))
    if said:
        desk.order(SayAndHangUp(event.leg, event.leg, said))


def _number(desk: Desk, profile: AgentProfile, event: events.PhoneDialled) -> None:
    contact = acting.talk_of(desk, profile.id, event.endpoint)
    if contact is not None:
        consult.by_phone(desk, contact, event)
    else:
        calling.by_phone(desk, profile, event)


def transferred(desk: Desk, event: events.PhoneTransferred) -> None:
    contact = desk.state.contacts.get(event.contact)
    talks = contact is not None and contact.phase is Phase.TALKING
    if not event.replaces:
        asked = desk.state.configuration.codes.read(event.dialled)
        if asked is None:
            transfer.by_phone(desk, event)
        elif contact is None or asked.action != PARK or not _parked(desk, contact, event, asked.more):
            desk.order(AnswerTransfer(event.contact, event.leg, False))
    elif contact is None or not talks or not consult.completed_by_phone(desk, contact, event.leg, event.replaces):
        desk.order(AnswerTransfer(event.contact, event.leg, False))


def _parked(desk: Desk, contact: Contact, event: events.PhoneTransferred, more: str) -> bool:
    """The telephone sends the person to a parking place. False when that cannot be."""
    if contact.phase is not Phase.TALKING or event.leg != contact.agent_leg or not contact.agent:
        return False
    try:
        place = picking.place_for(desk, contact, acting.place_of(more))
    except Refused:
        return False
    desk.order(AnswerTransfer(contact.id, event.leg, True))
    picking.park(desk, contact, contact.agent, place)
    return True


def owner_of(desk: Desk, endpoint: str) -> AgentProfile | None:
    """Whose telephone it is."""
    profiles = desk.state.configuration.agents.values()
    return next((one for one in profiles if any(device.endpoint == endpoint for device in one.devices)), None)
