"""Listening unheard, whispering, barging in and taking over.

The supervisor's own telephone is rung as a leg of the contact (party "supervisor"); when it is picked up, the switch
lets it hear the agent's leg. Whatever becomes of the conversation, the listening follows it or ends with it.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import (
    AdoptLeg,
    AnswerCall,
    HangUpLeg,
    HoldParty,
    JoinParties,
    Observe,
    RingAgent,
    StopObserving,
)
from kaska.core.contacts import calling, consult, legs, talks
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.debts import dialling
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import device_of
from kaska.core.supervision.monitor import BARGE, MODES, SUPERVISOR, TAKE_OVER, Monitor
from kaska.core.turn import Desk

RING_SECONDS = 25.0

_WITH_SOMEBODY = (Phase.TALKING, Phase.JOINING, Phase.WAITING, Phase.WALKING, Phase.TRANSFERRING)


def of_supervisor(desk: Desk, by: str) -> Monitor | None:
    return next((one for one in desk.state.monitors.values() if one.by == by), None)


# --- what a supervisor asks for ------------------------------------------------------------------------------------


def requested(desk: Desk, event: events.MonitorRequested) -> None:
    contact = desk.state.contacts.get(event.contact)
    if event.mode not in MODES:
        raise Refused("wrong_state")
    if contact is None or contact.phase is not Phase.TALKING:
        raise Refused("nobody_talks")
    if contact.agent == event.by:
        raise Refused("own_call")
    present = of_supervisor(desk, event.by)
    if present is None:
        _ring(desk, contact, event)
    elif present.contact != contact.id:
        raise Refused("already_supervising")
    elif not present.target:
        desk.write(facts.MonitorAsked(desk.at, contact.id, present.leg, event.by, event.mode))
    elif event.mode == TAKE_OVER:
        _take_over(desk, contact, present)
    elif event.mode != present.mode:
        _observe(desk, contact, present, event.mode)


def _ring(desk: Desk, contact: Contact, event: events.MonitorRequested) -> None:
    by = event.by
    if by not in desk.state.configuration.agents:
        raise Refused("no_workplace")
    if desk.state.agents[by].bound:
        raise Refused("agent_busy")
    device = device_of(desk, by)
    if device is None:
        raise Refused("no_device")
    if desk.state.devices.get(device.endpoint) is False:
        raise Refused("device_unreachable")
    leg = f"{contact.id}-a{contact.dialled + 1}"
    _begin(desk, contact, by, event.mode, leg, device.endpoint)
    caller = contact.number if contact.direction == "outbound" else contact.caller
    desk.order(RingAgent(contact.id, leg, by, device.endpoint, caller, contact.caller_name, RING_SECONDS))


def by_phone(desk: Desk, event: events.PhoneDialled, by: str, agent: str, mode: str) -> None:
    """``by`` wants to hear who talks with ``agent``: the call that his telephone makes is his ear. Raises Refused."""
    contact = desk.state.contacts.get(desk.state.agents[agent].contact)
    if contact is None or contact.phase is not Phase.TALKING or contact.agent != agent:
        raise Refused("nobody_talks")
    if agent == by:
        raise Refused("own_call")
    if of_supervisor(desk, by) is not None:
        raise Refused("already_supervising")
    if desk.state.agents[by].bound:
        raise Refused("agent_busy")
    _begin(desk, contact, by, mode, event.leg, event.endpoint)
    desk.order(AdoptLeg(contact.id, event.leg))
    desk.order(AnswerCall(contact.id, event.leg))
    desk.write(facts.LegUp(desk.at, contact.id, event.leg))
    _observe(desk, contact, desk.state.monitors[event.leg], mode)


def _begin(desk: Desk, contact: Contact, by: str, mode: str, leg: str, endpoint: str) -> None:
    desk.write(facts.LegStarted(desk.at, contact.id, leg, SUPERVISOR, by, endpoint))
    desk.write(facts.MonitorAsked(desk.at, contact.id, leg, by, mode))
    if desk.state.agents[by].state not in (AgentState.OFFLINE, AgentState.BREAK):
        presence.set_state(desk, by, AgentState.BREAK, presence.SUPERVISING)


def stopped(desk: Desk, event: events.MonitorStopped) -> None:
    present = of_supervisor(desk, event.by)
    if present is None or present.contact != event.contact:
        raise Refused("not_supervising")
    _over(desk, present)
    desk.order(HangUpLeg(event.contact, present.leg))


def callback_requested(desk: Desk, event: events.CallbackRequested) -> None:
    """Who listens has his telephone in his hand already."""
    if of_supervisor(desk, event.agent) is not None:
        raise Refused("already_supervising")
    dialling.callback_requested(desk, event)


def call_requested(desk: Desk, event: events.CallRequested) -> None:
    if of_supervisor(desk, event.agent) is not None:
        raise Refused("already_supervising")
    calling.requested(desk, event)


# --- what the switch tells -----------------------------------------------------------------------------------------


def leg_answered(desk: Desk, event: events.LegAnswered) -> None:
    monitor = desk.state.monitors.get(event.leg)
    if monitor is None:
        legs.answered(desk, event)
        return
    contact = desk.state.contacts[monitor.contact]
    if contact.legs[event.leg].up:
        return
    desk.write(facts.LegUp(desk.at, contact.id, event.leg))
    if contact.phase is not Phase.TALKING:
        return  # it follows when they talk again, or it ends (keep_up)
    if monitor.mode == TAKE_OVER:
        _take_over(desk, contact, monitor)
    else:
        _observe(desk, contact, monitor, monitor.mode)


def leg_ended(desk: Desk, event: events.LegEnded) -> None:
    monitor = desk.state.monitors.get(event.leg)
    contact = desk.state.contacts.get(event.contact)
    if monitor is not None:
        _over(desk, monitor)
    elif contact is not None and event.leg == contact.agent_leg and contact.phase is Phase.TALKING:
        heir = None if event.switch_failure else _barged_in(desk, contact)
        if heir is not None and contact.leg_alive(event.leg):
            desk.write(facts.LegOver(desk.at, contact.id, event.leg, event.cause, event.source))
            _take_over(desk, contact, heir)
            return
    legs.ended(desk, event)


def command_failed(desk: Desk, event: events.CommandFailed) -> None:
    """A telephone that cannot be rung, or the switch does not let listen: it is over, the conversation goes on."""
    monitor = desk.state.monitors.get(event.leg)
    if monitor is not None:
        _over(desk, monitor)
        if event.command != "RingAgent":
            desk.order(HangUpLeg(event.contact, event.leg))
    legs.command_failed(desk, event)


def resume(desk: Desk) -> None:
    """The connection to the switch came back: ask again, it says when it was done already."""
    for monitor in desk.state.monitors.values():
        contact = desk.state.contacts.get(monitor.contact)
        if contact is not None and monitor.target and contact.leg_alive(monitor.leg):
            desk.order(Observe(contact.id, monitor.leg, monitor.target, monitor.mode))


def keep_up(desk: Desk) -> None:
    """After every event: listening follows the conversation to another agent's leg, and ends with the conversation."""
    for monitor in list(desk.state.monitors.values()):
        contact = desk.state.contacts.get(monitor.contact)
        if contact is None or contact.phase not in _WITH_SOMEBODY or not contact.person_present:
            _over(desk, monitor)
            desk.order(HangUpLeg(monitor.contact, monitor.leg))
        elif contact.phase is Phase.TALKING and contact.legs[monitor.leg].up and monitor.target != contact.agent_leg:
            if monitor.mode == TAKE_OVER:
                _take_over(desk, contact, monitor)
            else:
                _observe(desk, contact, monitor, monitor.mode)


# --- how it is done ------------------------------------------------------------------------------------------------


def _observe(desk: Desk, contact: Contact, monitor: Monitor, mode: str) -> None:
    target = contact.agent_leg
    if mode == BARGE:
        talks.mix(desk, contact)
    desk.write(facts.Monitored(desk.at, contact.id, monitor.leg, monitor.by, contact.agent, mode, target))
    desk.order(Observe(contact.id, monitor.leg, target, mode))


def _over(desk: Desk, monitor: Monitor) -> None:
    desk.write(facts.MonitorOver(desk.at, monitor.contact, monitor.leg, monitor.by))
    desk.order(StopObserving(monitor.contact, monitor.leg))
    agent = desk.state.agents.get(monitor.by)
    if agent is not None and agent.state is AgentState.BREAK and agent.reason == presence.SUPERVISING:
        presence.release(desk, monitor.by)


def _barged_in(desk: Desk, contact: Contact) -> Monitor | None:
    """Who talks with the customer beside the agent, and goes on when the agent leaves."""
    return next(
        (
            one
            for one in desk.state.monitors.values()
            if one.contact == contact.id and one.mode == BARGE and one.target and contact.leg_alive(one.leg)
        ),
        None,
    )


def _take_over(desk: Desk, contact: Contact, monitor: Monitor) -> None:
    """The supervisor becomes the one who talks; the agent's part of the conversation ends as at any end."""
    before, agent_leg, held = contact.agent, contact.agent_leg, bool(contact.held_since)
    talks.over(desk, contact)
    consult.dismiss_all(desk, contact, "cancelled")
    desk.write(facts.TakenOver(desk.at, contact.id, monitor.leg, monitor.by, before))
    presence.set_state(desk, monitor.by, AgentState.TALKING, contact=contact.id)
    if held:
        desk.order(HoldParty(contact.id, contact.customer_leg, False))
    desk.order(JoinParties(contact.id, contact.customer_leg, monitor.leg, mixed=True))
    desk.order(StopObserving(contact.id, monitor.leg))
    if contact.leg_alive(agent_leg):
        desk.order(HangUpLeg(contact.id, agent_leg))
