"""What agents' wishes, devices and clocks do to their states."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import HangUpLeg
from kaska.core.ports import Refused
from kaska.core.presence.agent import Agent
from kaska.core.presence.states import AgentState
from kaska.core.turn import Desk

SUPERVISING = "supervising"
"""reason of a supervisor's break while his telephone is used for listening"""


def _agent(desk: Desk, agent: str) -> Agent:
    if agent not in desk.state.configuration.agents:
        raise Refused("not_an_agent")
    return desk.state.agents[agent]


def set_state(
    desk: Desk, agent: str, state: AgentState, reason: str = "", until: float = 0.0, contact: str = ""
) -> None:
    desk.write(facts.AgentStateChanged(desk.at, agent, state, reason, until, contact))


def release(desk: Desk, name: str) -> None:
    """Nothing holds the agent any more: he becomes what he wanted to be."""
    agent = desk.state.agents[name]
    if name not in desk.state.configuration.agents:
        set_state(desk, name, AgentState.OFFLINE, "removed")
    elif agent.intent == "ready":
        if _device_lost(desk, name):
            set_state(desk, name, AgentState.NOT_ANSWERING, "device_unreachable")
        else:
            set_state(desk, name, AgentState.READY)
    elif agent.intent == "break":
        set_state(desk, name, AgentState.BREAK, agent.intent_reason)
    else:
        set_state(desk, name, AgentState.OFFLINE, agent.intent_reason)


def wrap_up(desk: Desk, name: str, seconds: float, contact: str) -> None:
    """The conversation is over; the agent has ``seconds`` to write it down before the next one."""
    if seconds > 0.0 and desk.state.agents[name].intent != "offline":
        set_state(desk, name, AgentState.WRAP_UP, until=desk.at + seconds, contact=contact)
    else:
        release(desk, name)


def _device_lost(desk: Desk, agent: str) -> bool:
    """True when every device of the agent is known to be unregistered."""
    devices = desk.state.configuration.agents[agent].devices
    return bool(devices) and all(desk.state.devices.get(device.endpoint) is False for device in devices)


def signed_in(desk: Desk, event: events.AgentSignedIn) -> None:
    agent = _agent(desk, event.agent)
    if agent.state is AgentState.OFFLINE:
        desk.write(facts.AgentIntended(desk.at, event.agent, "break", "signed_in"))
        set_state(desk, event.agent, AgentState.BREAK, "signed_in")


def signed_out(desk: Desk, event: events.AgentSignedOut) -> None:
    """Leaving while a phone rings withdraws the offer: the person must not wait for somebody who is gone."""
    agent = _agent(desk, event.agent)
    if agent.state is AgentState.OFFLINE:
        return
    desk.write(facts.AgentIntended(desk.at, event.agent, "offline", event.reason))
    if agent.state is AgentState.RINGING:
        talk = desk.state.inside.get(agent.contact)
        side = talk.side_of_agent(event.agent) if talk is not None else None
        if side is not None:
            desk.order(HangUpLeg(agent.contact, side.leg, 21))
            return
        contact = desk.state.contacts.get(agent.contact)
        ringing = contact.ringing_leg(event.agent) if contact is not None else ""
        if ringing:
            desk.order(HangUpLeg(agent.contact, ringing, 16))
            return  # the end of the leg ends the offer, and then he is released
    if agent.state is not AgentState.TALKING:
        set_state(desk, event.agent, AgentState.OFFLINE, event.reason)


def readied(desk: Desk, event: events.AgentReadied) -> None:
    agent = _agent(desk, event.agent)
    profile = desk.state.configuration.agents[event.agent]
    if event.device:
        device = next((d for d in profile.devices if d.kind == event.device), None)
        if device is None:
            raise Refused("no_such_device")
        if desk.state.devices.get(device.endpoint) is False:
            raise Refused("device_unreachable")
        if event.device != agent.device:
            desk.write(facts.DeviceChosen(desk.at, event.agent, event.device))
    if agent.intent != "ready":
        desk.write(facts.AgentIntended(desk.at, event.agent, "ready"))
    if agent.bound or agent.state is AgentState.READY:
        return
    if not any(one.by == event.agent for one in desk.state.monitors.values()):
        set_state(desk, event.agent, AgentState.READY)
    elif agent.reason != SUPERVISING:
        set_state(desk, event.agent, AgentState.BREAK, SUPERVISING)


def paused(desk: Desk, event: events.AgentPaused) -> None:
    agent = _agent(desk, event.agent)
    desk.write(facts.AgentIntended(desk.at, event.agent, "break", event.reason))
    if not agent.bound and agent.state is not AgentState.WRAP_UP:
        set_state(desk, event.agent, AgentState.BREAK, event.reason)


def wrap_up_finished(desk: Desk, event: events.WrapUpFinished) -> None:
    agent = _agent(desk, event.agent)
    if agent.state is AgentState.WRAP_UP:
        release(desk, event.agent)


def device_reached(desk: Desk, event: events.DeviceReached) -> None:
    if desk.state.devices.get(event.endpoint) is event.reachable:
        return
    desk.write(facts.DeviceSeen(desk.at, event.endpoint, event.reachable))
    owner = next(
        (
            profile.id
            for profile in desk.state.configuration.agents.values()
            if any(device.endpoint == event.endpoint for device in profile.devices)
        ),
        None,
    )
    if owner is None:
        return
    agent = desk.state.agents.get(owner)
    if agent is None:
        return
    if not event.reachable and agent.state is AgentState.READY and _device_lost(desk, owner):
        set_state(desk, owner, AgentState.NOT_ANSWERING, "device_unreachable")
    elif event.reachable and agent.state is AgentState.NOT_ANSWERING and agent.reason == "device_unreachable":
        release(desk, owner)


def woke(desk: Desk, name: str) -> None:
    agent = desk.state.agents.get(name)
    if agent is not None and agent.until and agent.until <= desk.at:
        release(desk, name)
