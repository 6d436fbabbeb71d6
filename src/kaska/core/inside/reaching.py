"""Who can be reached for a call among ourselves, and how his telephone is rung."""

from __future__ import annotations

from kaska.core.commands import DialOut, RingAgent
from kaska.core.configuration import Device
from kaska.core.inside.talk import InsideTalk, Side
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import device_of
from kaska.core.turn import Desk

INSIDE = "inside"
"""reason of the state of an agent who is in such a talk"""
RING_SECONDS = 30.0


def colleague_by(desk: Desk, extension: str) -> str:
    """The agent with this extension; "" = nobody."""
    agents = desk.state.configuration.agents.values()
    return next((one.id for one in agents if extension and one.extension == extension), "")


def why_not(desk: Desk, agent: str) -> str:
    """Why this agent's telephone cannot ring for a colleague now; "" = it can. Off duty, too: he may be there."""
    known = desk.state.agents[agent]
    if known.bound or any(one.by == agent for one in desk.state.monitors.values()):
        return "colleague_not_free"
    device = device_of(desk, agent)
    if device is None or desk.state.devices.get(device.endpoint) is False:
        return "colleague_unreachable"
    return ""


def device_for(desk: Desk, agent: str) -> Device:
    """Raises Refused."""
    device = device_of(desk, agent)
    if device is None:
        raise Refused("no_device")
    return device


def ring(desk: Desk, talk: InsideTalk, side: Side, other: Side, caller_name: str = "") -> None:
    """His telephone rings and shows the other one, or ``caller_name``. That his leg began is written already."""
    presence.set_state(desk, side.agent, AgentState.RINGING, INSIDE, contact=talk.id)
    shown = desk.state.configuration.agents.get(other.agent)
    said = shown.name if shown is not None else caller_name
    seconds = RING_SECONDS + 2.0
    desk.order(RingAgent(talk.id, side.leg, side.agent, side.endpoint, other.number, said, seconds, inside=True))


def dial(desk: Desk, talk: InsideTalk, side: Side, other: Side, trunk: str) -> None:
    """The same at another site."""
    caller = desk.state.configuration.agents.get(other.agent)
    name = caller.name if caller is not None else ""
    seconds = RING_SECONDS + 2.0
    desk.order(DialOut(talk.id, side.leg, trunk, side.number, other.number, seconds, caller_name=name))
