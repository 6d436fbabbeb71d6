"""Taking a person whom somebody else is asked to take: who rings at a colleague, waits in a line, or is parked.

Parking is sending on to nobody: the person hears music until somebody takes him, or he comes back to who parked him.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import AdoptLeg, AnswerCall
from kaska.core.configuration import Queue
from kaska.core.contacts import ending, legs, talks, transfer
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import RING_DEFAULT_SECONDS, device_of, offer
from kaska.core.routing.pools import PERSONAL, queue_of
from kaska.core.turn import Desk

PICKED_UP = "picked_up"
"""rule of an offer to who asked for it himself"""
RINGING, WAITING, PARKED, TALKING = "ringing", "waiting", "parked", "talking"
"""where a person is taken from"""


def park_requested(desk: Desk, event: events.ParkRequested) -> None:
    contact = talks.of(desk, event.agent, event.contact)
    park(desk, contact, event.agent, place_for(desk, contact))


def place_for(desk: Desk, contact: Contact, wanted: int = 0) -> int:
    """Where the person may be parked: ``wanted``, or the first place that is free. Raises Refused."""
    if contact.consults:
        raise Refused("consulting")
    taken = {one.parked_place for one in desk.state.contacts.values() if one.parked_until}
    if wanted and wanted in taken:
        raise Refused("place_taken")
    return wanted or next(number for number in range(1, len(taken) + 2) if number not in taken)


def park(desk: Desk, contact: Contact, by: str, place: int) -> None:
    transfer.part(desk, contact)
    desk.write(facts.Parked(desk.at, contact.id, by, desk.at + desk.state.configuration.codes.parked_seconds, place))


def parked_at(desk: Desk, place: int) -> str:
    """The contact that is parked there; 0: who is parked longest. Raises Refused."""
    parked = [one for one in desk.state.contacts.values() if one.parked_until and place in (0, one.parked_place)]
    if not parked:
        raise Refused("nobody_parked")
    return min(parked, key=lambda one: (one.parked_until, one.id)).id


def ringing_at(desk: Desk, agent: str) -> str:
    """The contact for which this agent's telephone rings. Raises Refused."""
    contact = desk.state.contacts.get(desk.state.agents[agent].contact)
    if contact is None or contact.offer_to(agent) is None:
        raise Refused("nobody_to_pick_up")
    return contact.id


def pick_up_requested(desk: Desk, event: events.PickUpRequested) -> None:
    """``contact`` "": whoever rings longest at a colleague of the agent's queues."""
    _may_take_calls(desk, event.agent, event.contact)
    _needs_telephone(desk, event.agent)
    contact, place = _wanted(desk, event.agent, event.contact)
    queue = _queue_of(desk, contact)
    desk.write(facts.PickedUp(desk.at, contact.id, event.agent, place))
    if queue is None or not queue.rings_all:  # where all ring, his phone is one more
        ending.withdraw_offers(desk, contact)
    offer(desk, contact, event.agent, queue.id if queue is not None else "", PICKED_UP)


def by_phone(desk: Desk, event: events.PhoneDialled, agent: str, wanted: str = "") -> None:
    """As ``pick_up_requested``, by a call of his telephone's own: nothing rings, that call is his leg of the contact.

    Raises Refused.
    """
    _may_take_calls(desk, agent, wanted)
    contact, place = _wanted(desk, agent, wanted)
    queue = _queue_of(desk, contact)
    until = desk.at + RING_DEFAULT_SECONDS
    desk.write(facts.PickedUp(desk.at, contact.id, agent, place))
    desk.write(facts.LegStarted(desk.at, contact.id, event.leg, "agent", agent, event.endpoint))
    desk.write(
        facts.Offered(desk.at, contact.id, event.leg, agent, queue.id if queue is not None else "", until, PICKED_UP)
    )
    presence.set_state(desk, agent, AgentState.RINGING, contact=contact.id)
    desk.order(AdoptLeg(contact.id, event.leg))
    desk.order(AnswerCall(contact.id, event.leg))
    legs.accepted(desk, contact, contact.offers[event.leg])


def _wanted(desk: Desk, agent: str, named: str) -> tuple[Contact, str]:
    """Whom he wants, and where that person is. Raises Refused."""
    contact = desk.state.contacts.get(named) if named else _rings_longest(desk, agent)
    place = _place(contact) if contact is not None else ""
    if contact is None or not place:
        raise Refused("nobody_to_pick_up")
    if place != PARKED and not _his(desk, contact, agent):
        raise Refused("not_his_queue")
    return contact, place


def _queue_of(desk: Desk, contact: Contact) -> Queue | None:
    return desk.state.configuration.queues.get(contact.queue) if contact.phase is Phase.WAITING else None


def reconnect_requested(desk: Desk, event: events.ReconnectRequested) -> None:
    """The person hears music until the agent's telephone, which rings anew, is answered. Unanswered, he is sent on."""
    contact = talks.of(desk, event.agent, event.contact)
    if contact.consults:
        raise Refused("consulting")
    _needs_telephone(desk, event.agent)
    transfer.part(desk, contact)
    desk.write(facts.CutOff(desk.at, contact.id, event.agent, desk.at + desk.state.configuration.codes.parked_seconds))
    desk.write(facts.PickedUp(desk.at, contact.id, event.agent, TALKING))
    offer(desk, contact, event.agent, "", PICKED_UP)


def came_back(desk: Desk, contact: Contact) -> bool:
    """Parked for too long: back to who parked him. False when the clock told something else."""
    if not contact.parked_until or contact.parked_until > desk.at:
        return False
    transfer.unanswered(desk, contact)
    return True


def _may_take_calls(desk: Desk, name: str, subject: str) -> None:
    """Raises Refused when he cannot take one now. Who writes down a talk may have the same person back."""
    if name not in desk.state.configuration.agents:
        raise Refused("not_an_agent")
    agent = desk.state.agents[name]
    if agent.state is AgentState.OFFLINE:
        raise Refused("agent_offline")
    if agent.bound or (agent.state is AgentState.WRAP_UP and agent.contact != subject):
        raise Refused("agent_busy")
    if any(one.by == name for one in desk.state.monitors.values()):
        raise Refused("already_supervising")


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
