"""Bringing waiting contacts and ready agents together, after every event.

The law: when an event has been handled, nobody waits whom a ready agent could take.
"""

from __future__ import annotations

from kaska.core import facts
from kaska.core.commands import RingAgent
from kaska.core.configuration import Device
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.presence.states import AgentState
from kaska.core.routing.line import Key
from kaska.core.routing.policies import longest_idle
from kaska.core.turn import Desk

RING_DEFAULT_SECONDS = 20.0


def distribute(desk: Desk) -> None:
    """Offer every freed contact and every freed agent; each only once, in the order in which they became free."""
    while desk.freed_contacts or desk.freed_agents:
        if desk.freed_agents:
            _find_contact(desk, desk.freed_agents.pop(0))
        else:
            _find_agent(desk, desk.freed_contacts.pop(0))


def _find_contact(desk: Desk, agent: str) -> None:
    if agent not in desk.ready:
        return
    best: tuple[Key, str] | None = None
    for queue in desk.queues_of.get(agent, ()):
        head = desk.lines[queue].first_free()
        if head is not None and (best is None or head < best[0]):
            best = (head, queue)
    if best is not None:
        offer(desk, desk.state.contacts[best[0][2]], agent, best[1])


def _find_agent(desk: Desk, subject: str) -> None:
    contact = desk.state.contacts.get(subject)
    if contact is None or not contact.may_be_offered:
        return
    for name in contact.lines:
        agent = longest_idle.choose(desk.ready, name)
        if agent is not None:
            offer(desk, contact, agent, name)
            return


def device_of(desk: Desk, agent: str) -> Device | None:
    """The device that rings: the chosen one, else the first registered, else the first; None when there is none."""
    profile = desk.state.configuration.agents.get(agent)
    if profile is None or not profile.devices:
        return None
    chosen = desk.state.agents[agent].device
    reachable = [device for device in profile.devices if desk.state.devices.get(device.endpoint)]
    for device in (*reachable, *profile.devices):
        if device.kind == chosen and desk.state.devices.get(device.endpoint, True):
            return device
    return reachable[0] if reachable else profile.devices[0]


def offer(desk: Desk, contact: Contact, agent: str, queue_name: str) -> bool:
    """Present the contact to the agent. False (and the agent is set aside) when he has nothing that could ring."""
    device = device_of(desk, agent)
    if device is None:
        _set_aside(desk, agent, "no_device")
        return False
    queue = desk.state.configuration.queues.get(queue_name)
    ring = queue.ring_seconds if queue is not None else RING_DEFAULT_SECONDS
    leg = f"{contact.id}-a{contact.dialled + 1}"
    desk.write(facts.LegStarted(desk.at, contact.id, leg, "agent", agent, device.endpoint))
    desk.write(facts.Offered(desk.at, contact.id, leg, agent, queue_name, desk.at + ring))
    desk.write(facts.AgentStateChanged(desk.at, agent, AgentState.RINGING, contact=contact.id))
    desk.order(
        RingAgent(
            contact.id,
            leg,
            agent,
            device.endpoint,
            contact.caller if contact.direction == "inbound" else contact.number,
            contact.caller_name,
            ring + 2.0,
            record=contact.calls_out,
        )
    )
    return True


def _set_aside(desk: Desk, agent: str, reason: str) -> None:
    desk.write(facts.AgentStateChanged(desk.at, agent, AgentState.NOT_ANSWERING, reason))
    # whoever was to be offered is still free: look again among the others
    desk.freed_contacts.extend(
        key[2] for queue in desk.queues_of.get(agent, ()) if (key := desk.lines[queue].first_free()) is not None
    )


def waits_unserved(desk: Desk) -> list[tuple[str, str]]:
    """Pairs (contact, agent) that break the law; [] always. For tests and the continuous check."""
    broken = []
    for contact in desk.state.contacts.values():
        if contact.phase is not Phase.WAITING or not contact.may_be_offered:
            continue
        for name in contact.lines:
            agent = longest_idle.choose(desk.ready, name)
            if agent is not None:
                broken.append((contact.id, agent))
    return broken
