"""Taking a person whom somebody else is asked to take: who rings at a colleague, waits in a line, or is parked.

Parking is sending on to nobody: the person hears music until somebody takes him, or he comes back to who parked him.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.contacts import ending, talks, transfer
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import device_of, offer
from kaska.core.routing.pools import PERSONAL, queue_of
from kaska.core.turn import Desk

PARKED_SECONDS = 120.0
PICKED_UP = "picked_up"
"""rule of an offer to who asked for it himself"""
RINGING, WAITING, PARKED, TALKING = "ringing", "waiting", "parked", "talking"
"""where a person is taken from"""


def park_requested(desk: Desk, event: events.ParkRequested) -> None:
    contact = talks.of(desk, event.agent, event.contact)
    if contact.consults:
        raise Refused("consulting")
    transfer.part(desk, contact)
    desk.write(facts.Parked(desk.at, contact.id, event.agent, desk.at + PARKED_SECONDS))


def pick_up_requested(desk: Desk, event: events.PickUpRequested) -> None:
    """``contact`` "": whoever rings longest at a colleague of the agent's queues."""
    _may_take_calls(desk, event.agent, event.contact)
    contact = desk.state.contacts.get(event.contact) if event.contact else _rings_longest(desk, event.agent)
    place = _place(contact) if contact is not None else ""
    if contact is None or not place:
        raise Refused("nobody_to_pick_up")
    if place != PARKED and not _his(desk, contact, event.agent):
        raise Refused("not_his_queue")
    queue = desk.state.configuration.queues.get(contact.queue) if contact.phase is Phase.WAITING else None
    desk.write(facts.PickedUp(desk.at, contact.id, event.agent, place))
    if queue is None or not queue.rings_all:  # where all ring, his phone is one more
        ending.withdraw_offers(desk, contact)
    offer(desk, contact, event.agent, queue.id if queue is not None else "", PICKED_UP)


def reconnect_requested(desk: Desk, event: events.ReconnectRequested) -> None:
    """The person hears music until the agent's telephone, which rings anew, is answered. Unanswered, he is sent on."""
    contact = talks.of(desk, event.agent, event.contact)
    if contact.consults:
        raise Refused("consulting")
    _needs_telephone(desk, event.agent)
    transfer.part(desk, contact)
    desk.write(facts.CutOff(desk.at, contact.id, event.agent, desk.at + PARKED_SECONDS))
    desk.write(facts.PickedUp(desk.at, contact.id, event.agent, TALKING))
    offer(desk, contact, event.agent, "", PICKED_UP)


def came_back(desk: Desk, contact: Contact) -> bool:
    """Parked for too long: back to who parked him. False when the clock told something else."""
    if not contact.parked_until or contact.parked_until > desk.at:
        return False
    transfer.unanswered(desk, contact)
    return True


def _may_take_calls(desk: Desk, name: str, subject: str) -> None:
    """Raises Refused when his phone cannot ring now. Who writes down a talk may have the same person back."""
    if name not in desk.state.configuration.agents:
        raise Refused("not_an_agent")
    agent = desk.state.agents[name]
    if agent.state is AgentState.OFFLINE:
        raise Refused("agent_offline")
    if agent.bound or (agent.state is AgentState.WRAP_UP and agent.contact != subject):
        raise Refused("agent_busy")
    if any(one.by == name for one in desk.state.monitors.values()):
        raise Refused("already_supervising")
    _needs_telephone(desk, name)


def _needs_telephone(desk: Desk, name: str) -> None:
    device = device_of(desk, name)
    if device is None:
        raise Refused("no_device")
    if desk.state.devices.get(device.endpoint) is False:
        raise Refused("device_unreachable")


def _place(contact: Contact) -> str:
    """Where the person may be taken from; "" when he may not."""
    if not contact.person_present or (contact.calls_out and not contact.reached and not contact.between):
        return ""
    if contact.parked_until:
        return PARKED
    if contact.offers and contact.phase in (Phase.WAITING, Phase.WALKING, Phase.TRANSFERRING):
        return RINGING
    return WAITING if contact.phase is Phase.WAITING and not contact.retry_at else ""


def _rings_longest(desk: Desk, agent: str) -> Contact | None:
    ringing = [one for one in desk.state.contacts.values() if _place(one) == RINGING and _his(desk, one, agent)]
    return min(ringing, key=lambda one: (one.since or one.opened_at, one.id), default=None)


def _his(desk: Desk, contact: Contact, agent: str) -> bool:
    """He serves the line in which the person waits, or a queue of a colleague whose phone rings."""
    own = {queue_of(line) for line in desk.queues_of.get(agent, ())}
    if PERSONAL + agent in contact.lines or agent in contact.awaited:
        return True
    lines = list(contact.lines)
    for asked in contact.offers.values():
        lines += desk.queues_of.get(asked.agent, ()) if asked.agent else ()
    return any(queue_of(line) in own for line in lines)
