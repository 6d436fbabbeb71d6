"""What a supervisor changes on the floor: where somebody waits, and what an agent is doing."""

from __future__ import annotations

from math import floor

from kaska.core import events, facts
from kaska.core.contacts import ending
from kaska.core.contacts.contact import Phase
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.routing import waiting
from kaska.core.routing.line import key_of
from kaska.core.turn import Desk

STATES = ("ready", "break", "offline")


def moved(desk: Desk, event: events.WaitingMoved) -> None:
    """Another queue, or the front of the line, or both. The time of waiting goes along: it counts in the new line."""
    contact = desk.state.contacts.get(event.contact)
    if contact is None or contact.phase is not Phase.WAITING:
        raise Refused("not_waiting")
    name = event.queue or contact.queue
    queue = desk.state.configuration.queues.get(name)
    if queue is None:
        raise Refused("no_such_queue")
    if name == contact.queue and not event.front:
        raise Refused("waits_there")
    priority = contact.priority
    if event.front:
        first = next((one for one in desk.lines[name].contacts() if one != contact.id), None)
        if first is not None:
            head = desk.state.contacts[first]
            ahead = key_of(head.priority, head.since, head.id, queue.priority_seconds)[0]
            priority = max(priority, floor((contact.since - ahead) / queue.priority_seconds) + 1)
    ending.withdraw_offers(desk, contact)
    desk.write(facts.MovedByHand(desk.at, contact.id, event.by, name, event.front))
    desk.write(facts.Queued(desk.at, contact.id, name, priority, contact.since))
    waiting.began(desk, contact)
    desk.unattended.append(contact.id)


def state_set(desk: Desk, event: events.AgentStateRequested) -> None:
    """A supervisor's word counts as the agent's own; a conversation is finished first."""
    if event.state not in STATES or event.agent not in desk.state.configuration.agents:
        raise Refused("not_an_agent")
    agent = desk.state.agents[event.agent]
    if event.state != "offline" and agent.state is AgentState.OFFLINE:
        raise Refused("agent_away")
    desk.write(facts.AgentStateSet(desk.at, event.agent, event.by, event.state, event.reason))
    if event.state == "ready":
        presence.readied(desk, events.AgentReadied(desk.at, event.agent))
    elif event.state == "break":
        presence.paused(desk, events.AgentPaused(desk.at, event.agent, event.reason))
    else:
        presence.signed_out(desk, events.AgentSignedOut(desk.at, event.agent, event.reason))
