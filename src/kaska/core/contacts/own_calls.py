"""What telephones do by themselves: calls that their users dial, and transfers that they ask for.

Who talks with nobody calls somebody outside. Who talks consults by a second call of his telephone, and then asks for
the two to be put together. What cannot be is told so.
"""

from __future__ import annotations

from kaska.core import events
from kaska.core.commands import AnswerTransfer, HangUpLeg
from kaska.core.configuration import AgentProfile
from kaska.core.contacts import calling, consult, transfer
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.ports import Refused
from kaska.core.turn import Desk

NOT_DONE = 21
"""Q.850: rejected"""


def dialled(desk: Desk, event: events.PhoneDialled) -> None:
    profile = owner_of(desk, event.endpoint)
    contact = talk_of(desk, profile.id, event.endpoint) if profile is not None else None
    try:
        if profile is None:
            raise Refused("not_an_agent")
        if contact is not None:
            consult.by_phone(desk, contact, event)
        else:
            calling.by_phone(desk, profile, event)
    except Refused:
        desk.order(HangUpLeg(event.leg, event.leg, NOT_DONE))


def transferred(desk: Desk, event: events.PhoneTransferred) -> None:
    if not event.replaces:
        transfer.by_phone(desk, event)
        return
    contact = desk.state.contacts.get(event.contact)
    talks = contact is not None and contact.phase is Phase.TALKING
    if contact is None or not talks or not consult.completed_by_phone(desk, contact, event.leg, event.replaces):
        desk.order(AnswerTransfer(event.contact, event.leg, False))


def owner_of(desk: Desk, endpoint: str) -> AgentProfile | None:
    """Whose telephone it is."""
    profiles = desk.state.configuration.agents.values()
    return next((one for one in profiles if any(device.endpoint == endpoint for device in one.devices)), None)


def talk_of(desk: Desk, agent: str, endpoint: str) -> Contact | None:
    """The conversation that he has by this telephone."""
    contact = desk.state.contacts.get(desk.state.agents[agent].contact)
    if contact is None or contact.phase is not Phase.TALKING or contact.agent != agent:
        return None
    return contact if contact.legs[contact.agent_leg].endpoint == endpoint else None
