"""Bringing waiting contacts and ready agents together, after every event.

The law: when an event has been handled, nobody waits whom a ready agent could take. A contact that waits on purpose for
somebody in particular can be taken by him only; how long it does so is limited by its queue's policy (``waiting``).
"""

from __future__ import annotations

from math import floor

from kaska.core import facts
from kaska.core.commands import RingAgent
from kaska.core.configuration import Device, Queue
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.outgoing import dialling as outgoing
from kaska.core.outgoing.choice import Way
from kaska.core.presence.states import AgentState
from kaska.core.routing.line import Key
from kaska.core.routing.policies.ring_all import more_may_ring
from kaska.core.routing.pools import PERSONAL, queue_of
from kaska.core.routing.rules import RING_ALL
from kaska.core.turn import ON_DUTY, PRIORITY_SECONDS, Desk

RING_DEFAULT_SECONDS = 20.0
CALLBACK_RING_SECONDS = 40.0
CUSTOMER = "customer"


def distribute(desk: Desk) -> None:
    """Offer every freed contact and every freed agent; each only once, in the order in which they became free.

    Then let more phones ring where all shall ring.
    """
    idle: list[str] = []
    while desk.restless or idle:
        if desk.left_agents:
            _wait_no_longer_for(desk, desk.left_agents.pop(0))
        elif desk.freed_agents:
            agent = desk.freed_agents.pop(0)
            if not _find_contact(desk, agent):
                idle.append(agent)
        elif desk.freed_contacts:
            _find_agent(desk, desk.freed_contacts.pop(0))
        elif desk.rung:
            _ring_one_more(desk, desk.rung.pop(0))
        else:
            _join_ringing(desk, idle.pop(0))


def _wait_no_longer_for(desk: Desk, agent: str) -> None:
    """He went off duty: those who wait for nobody else on duty are for everybody again."""
    line = desk.lines.get(PERSONAL + agent)
    for subject in line.contacts() if line is not None else ():
        awaited = desk.state.contacts[subject].awaited
        if awaited and not any(desk.state.agents[one].state in ON_DUTY for one in awaited):
            desk.write(facts.AgentNotAwaited(desk.at, subject, "agent_left"))


def _find_contact(desk: Desk, agent: str) -> bool:
    if agent not in desk.ready:
        return False
    best = _best_line(desk, agent)
    if best is None:
        return False
    head, line = best
    contact = desk.state.contacts[head[2]]
    queue = contact.queue if line.startswith(PERSONAL) else queue_of(line)
    return offer(desk, contact, agent, queue)


def _best_line(desk: Desk, agent: str) -> tuple[Key, str] | None:
    """(head, line) of the contact that this agent takes next."""
    lines = desk.lines
    best: tuple[Key, str] | None = None
    tiers = desk.tiers.get(agent)
    if tiers is not None:
        return _best_in_his_order(desk, agent, tiers)
    for name in desk.queues_of.get(agent, ()):
        head = lines[name].first_free()
        if head is not None and (best is None or head < best[0]):
            best = (head, name)
    personal = lines.get(PERSONAL + agent)
    head = personal.first_free() if personal is not None else None
    if head is not None and (best is None or head < best[0]):
        best = (head, PERSONAL + agent)
    return best


def _best_in_his_order(desk: Desk, agent: str, tiers: dict[str, int]) -> tuple[Key, str] | None:
    """As ``_best_line``, but at equal priority his own order of queues decides before the time of waiting does.

    Waiting raises the priority by a point every ``priority_seconds``; whole points are compared.
    """
    found: list[tuple[int, int, Key, str]] = []
    for name in (*desk.queues_of.get(agent, ()), PERSONAL + agent):
        line = desk.lines.get(name)
        head = line.first_free() if line is not None else None
        if head is not None:
            queue = desk.state.contacts[head[2]].queue
            described = desk.state.configuration.queues.get(queue)
            seconds = described.priority_seconds if described is not None else PRIORITY_SECONDS
            found.append((-floor((desk.at - head[0]) / seconds), tiers.get(queue, len(tiers)), head, name))
    if not found:
        return None
    _, _, head, name = min(found)
    return head, name


def candidate(desk: Desk, contact: Contact) -> tuple[str, str, str] | None:
    """(agent, queue, rule) whom the contact would be offered to now; None when nobody who could take it is ready."""
    ready, queues = desk.ready, desk.state.configuration.queues
    if contact.awaited:
        agent = next((agent for agent in contact.awaited if agent in ready), None)
        own = queues.get(contact.queue)
        return (agent, contact.queue, own.policy.name if own is not None else "") if agent is not None else None
    for line in contact.lines:
        if line.startswith(PERSONAL):
            agent = line.removeprefix(PERSONAL)
            if agent in ready:
                return agent, contact.queue, "group"
            continue
        queue = queues.get(queue_of(line))
        found = desk.choice.choose(queue, line) if queue is not None else None
        if found is not None:
            return found[0], queue_of(line), found[1]
    return None


def candidate_in_queue(desk: Desk, queue: Queue) -> str | None:
    """The ready agent to whom the queue's next contact would go."""
    found = desk.choice.choose(queue, queue.id)
    return found[0] if found is not None else None


def _find_agent(desk: Desk, subject: str) -> None:
    contact = desk.state.contacts.get(subject)
    if contact is None or not contact.may_be_offered:
        return
    found = candidate(desk, contact)
    if found is not None:
        offer(desk, contact, *found)


def _ring_one_more(desk: Desk, subject: str) -> None:
    """One more phone for a contact for which all shall ring; the offer brings it here again."""
    contact = desk.state.contacts.get(subject)
    if contact is None or not more_may_ring(desk.state.configuration.queues.get(contact.queue), contact):
        return
    found = candidate(desk, contact)
    if found is not None:
        offer(desk, contact, *found)


def _join_ringing(desk: Desk, agent: str) -> None:
    """Nobody waits for him; he may ring too for whom other phones ring."""
    if not desk.ringing or agent not in desk.ready:
        return
    heads = [
        head
        for name in (*desk.queues_of.get(agent, ()), PERSONAL + agent)
        if name in desk.ringing and (head := desk.ringing[name].first_free()) is not None
    ]
    if heads:
        contact = desk.state.contacts[min(heads)[2]]
        offer(desk, contact, agent, contact.queue, RING_ALL)


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


def offer(desk: Desk, contact: Contact, agent: str, queue_name: str, rule: str = "") -> bool:
    """Present the contact to the agent. False (and the agent is set aside) when he has nothing that could ring."""
    device = device_of(desk, agent)
    if device is None:
        _set_aside(desk, agent, "no_device")
        return False
    own = desk.state.configuration.queues.get(contact.queue)
    person_first = own is not None and own.callback_first == CUSTOMER and contact.promised_at and not contact.reached
    if person_first and not (way := way_to_person(desk, contact)).refused:
        return _dial_first(desk, contact, agent, way)
    queue = desk.state.configuration.queues.get(queue_name)
    ring = queue.ring_seconds if queue is not None else RING_DEFAULT_SECONDS
    leg = f"{contact.id}-a{contact.dialled + 1}"
    desk.write(facts.LegStarted(desk.at, contact.id, leg, "agent", agent, device.endpoint))
    desk.write(facts.Offered(desk.at, contact.id, leg, agent, queue_name, desk.at + ring, rule))
    desk.write(facts.AgentStateChanged(desk.at, agent, AgentState.RINGING, contact=contact.id))
    desk.order(
        RingAgent(
            contact.id,
            leg,
            agent,
            device.endpoint,
            contact.number if contact.direction == "outbound" else contact.caller,
            contact.caller_name,
            ring + 2.0,
        )
    )
    return True


def _dial_first(desk: Desk, contact: Contact, agent: str, way: Way) -> bool:
    """A promised callback that begins with the person: the agent is kept free until the person answers or does not."""
    desk.write(facts.AgentStateChanged(desk.at, agent, AgentState.RINGING, "calling_back", contact=contact.id))
    leg = f"{contact.id}-c{contact.dialled + 1}"
    desk.write(facts.CustomerDialled(desk.at, contact.id, leg, agent, contact.queue))
    dial_person(desk, contact, leg, way)
    return True


def dial_person(desk: Desk, contact: Contact, leg: str, way: Way) -> None:
    """Call the person; ``way`` is not refused."""
    desk.write(facts.LegStarted(desk.at, contact.id, leg, "customer", endpoint=contact.dials))
    outgoing.dial(desk, contact, leg, contact.dials, CALLBACK_RING_SECONDS, way, asked_by(contact))


def way_to_person(desk: Desk, contact: Contact) -> Way:
    return outgoing.may_call(desk, contact, contact.dials, asked_by(contact))


def asked_by(contact: Contact) -> str:
    """Whose wish it is that we call this person; "" when we owe him the call."""
    return contact.agent if contact.direction == "outbound" and not contact.debt else ""


def offer_outside(
    desk: Desk, contact: Contact, number: str, ring_seconds: float, kind: str, way: Way, agent: str = ""
) -> None:
    """Present the contact to somebody outside, who is no agent of ours; our agents go on being asked beside.

    ``way`` is not refused; ``agent`` asked for it, if anybody did.
    """
    leg = f"{contact.id}-a{contact.dialled + 1}"
    queue = contact.queue if contact.phase is Phase.WAITING else ""
    desk.write(facts.LegStarted(desk.at, contact.id, leg, "agent", "", number))
    desk.write(facts.Offered(desk.at, contact.id, leg, "", queue, desk.at + ring_seconds, kind))
    outgoing.dial(desk, contact, leg, number, ring_seconds + 2.0, way, agent)


def _set_aside(desk: Desk, agent: str, reason: str) -> None:
    desk.write(facts.AgentStateChanged(desk.at, agent, AgentState.NOT_ANSWERING, reason))
    # whoever was to be offered is still free: look again among the others
    desk.freed_contacts.extend(
        key[2] for line in desk.queues_of.get(agent, ()) if (key := desk.lines[line].first_free()) is not None
    )


def waits_unserved(desk: Desk) -> list[tuple[str, str]]:
    """Pairs (contact, agent) that break the law; [] always. For tests and the continuous check."""
    broken = []
    for contact in desk.state.contacts.values():
        if contact.phase is Phase.WAITING and contact.may_be_offered:
            found = candidate(desk, contact)
            if found is not None:
                broken.append((contact.id, found[0]))
    return broken
