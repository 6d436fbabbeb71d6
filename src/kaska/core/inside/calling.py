"""Calling a colleague, or a short number of another site of ours, outside of any conversation with a customer.

The laws: who is in such a talk is offered no customer; what he was doing before he does again afterwards, and what he
wished meanwhile comes true; nobody is owed anything for it.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import (
    AdoptLeg,
    AnswerCall,
    CloseContact,
    HangUpLeg,
    JoinParties,
    StartMusic,
)
from kaska.core.configuration import AgentProfile, Device
from kaska.core.inside import doors, paging, parties
from kaska.core.inside.reaching import INSIDE, RING_SECONDS, colleague_by, device_for, dial, ring, why_not
from kaska.core.inside.sites import site_for
from kaska.core.inside.talk import BY, TO, InsideTalk, Side
from kaska.core.outgoing.dialling import LINE_CAUSES
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.turn import Desk

TALKED, NO_ANSWER, BUSY, UNREACHABLE, GAVE_UP = "talked", "no_answer", "busy", "unreachable", "gave_up"
NORMAL, USER_BUSY, SILENT, ABSENT, REJECTED = 16, 17, 19, 20, 21
"""Q.850"""
_CAUSE_OF = {BUSY: USER_BUSY, NO_ANSWER: SILENT, UNREACHABLE: ABSENT}


def wanted(desk: Desk, dialled: str) -> bool:
    """Is this number one of ours: a colleague's extension, or a short one of another site?"""
    return bool(colleague_by(desk, dialled) or site_for(desk.state.configuration, dialled))


def by_screen(desk: Desk, agent: str, dialled: str, talk: str) -> None:
    """His own telephone rings first, and when he answers it the other one. He may be called himself. Raises Refused."""
    profile = desk.state.configuration.agents[agent]
    _ask(desk, talk, profile, dialled, hand=False)
    device = device_for(desk, agent)
    asked = desk.state.inside[talk]
    _ring(desk, asked, asked.by, device)


def by_phone(desk: Desk, profile: AgentProfile, event: events.PhoneDialled) -> None:
    """His telephone dialled by itself, and hears it ring. Raises Refused."""
    _ask(desk, event.leg, profile, event.dialled, hand=True)
    talk = desk.state.inside[event.leg]
    desk.write(facts.InsideLegStarted(desk.at, talk.id, event.leg, BY, profile.id, event.endpoint, 0.0))
    presence.set_state(desk, profile.id, AgentState.TALKING, INSIDE, contact=talk.id)
    desk.order(AdoptLeg(talk.id, event.leg))
    _call(desk, talk)


def from_site(desk: Desk, event: events.ContactArrived) -> bool:
    """A colleague at another site calls one of ours by his extension. False when it is no such call."""
    trunk = desk.state.configuration.trunks.get(event.trunk)
    colleague = colleague_by(desk, event.number)
    if trunk is None or not trunk.site or not colleague:
        return False
    asked = facts.InsideAsked(desk.at, event.contact, "", event.caller, colleague, event.number, event.trunk, True)
    desk.write(asked)
    desk.write(facts.InsideLegStarted(desk.at, event.contact, event.leg, BY, "", event.trunk, 0.0))
    desk.order(AdoptLeg(event.contact, event.leg))
    _call(desk, desk.state.inside[event.contact], event.caller_name)
    return True


def from_door(desk: Desk, event: events.PhoneDialled) -> bool:
    """Somebody is at a door. False when the telephone is none of a door."""
    door = doors.door_of(desk, event.endpoint)
    if door is None:
        return False
    if event.leg in desk.state.inside or event.leg in desk.state.inside_recent:
        return True
    doors.rang(desk, door, event)
    settle(desk, desk.state.inside[event.leg])
    return True


def _ask(desk: Desk, talk: str, profile: AgentProfile, dialled: str, *, hand: bool) -> None:
    colleague = colleague_by(desk, dialled)
    trunk = "" if colleague else site_for(desk.state.configuration, dialled)
    if colleague == profile.id:
        raise Refused("own_number")
    refused = why_not(desk, colleague) if colleague else ""
    if refused:
        raise Refused(refused)
    device_for(desk, profile.id)
    desk.write(facts.InsideAsked(desk.at, talk, profile.id, profile.extension, colleague, dialled, trunk, hand))


def _call(desk: Desk, talk: InsideTalk, caller_name: str = "") -> None:
    """Ring whom he wants."""
    if not talk.to.agent:
        _dial_site(desk, talk)
        return
    refused = why_not(desk, talk.to.agent)
    if refused:
        _end(desk, talk, BUSY if refused == "colleague_not_free" else UNREACHABLE)
        return
    _ring(desk, talk, talk.to, device_for(desk, talk.to.agent), caller_name)


def _leg(talk: InsideTalk, side: Side) -> str:
    return f"{talk.id}-a{1 if side is talk.by or talk.hand else 2}"


def _ring(desk: Desk, talk: InsideTalk, side: Side, device: Device, caller_name: str = "") -> None:
    """Who is rung sees the other one."""
    leg, until = _leg(talk, side), desk.at + RING_SECONDS
    name = BY if side is talk.by else TO
    desk.write(facts.InsideLegStarted(desk.at, talk.id, leg, name, side.agent, device.endpoint, until))
    ring(desk, talk, side, talk.other(side), caller_name)


def _dial_site(desk: Desk, talk: InsideTalk) -> None:
    leg, until = _leg(talk, talk.to), desk.at + RING_SECONDS
    desk.write(facts.InsideLegStarted(desk.at, talk.id, leg, TO, "", talk.to.number, until))
    dial(desk, talk, talk.to, talk.by, talk.trunk)


# --- what the switch tells -----------------------------------------------------------------------------------------


def answered(desk: Desk, talk: InsideTalk, leg: str) -> None:
    side = talk.side_of(leg)
    if side is None or not side.alive or talk.result or doors.too_late(talk, side):
        desk.order(HangUpLeg(talk.id, leg))
        return
    if side.up:
        return
    desk.write(facts.InsideLegUp(desk.at, talk.id, leg))
    if talk.unanswered:
        doors.answered(desk, talk, side)
    if side.agent:
        presence.set_state(desk, side.agent, AgentState.TALKING, INSIDE, contact=talk.id)
    if talk.page is not None:
        _answered_page(desk, talk, side)
        return
    if side in talk.more:
        parties.answered(desk, talk, side)
        return
    if side is talk.by:
        desk.order(StartMusic(talk.id, leg))
        _call(desk, talk)
        return
    if not talk.by.up:  # his own call, or that of the other site, heard it ring until now
        desk.write(facts.InsideLegUp(desk.at, talk.id, talk.by.leg))
        desk.order(AnswerCall(talk.id, talk.by.leg))
    _join(desk, talk)


def _answered_page(desk: Desk, talk: InsideTalk, side: Side) -> None:
    if side is not talk.by:
        paging.heard(desk, talk, side)
    elif not paging.speak(desk, talk):
        _end(desk, talk, BUSY)


def _join(desk: Desk, talk: InsideTalk) -> None:
    desk.order(JoinParties(talk.id, talk.by.leg, talk.to.leg, keys=talk.door is not None))


def joined(desk: Desk, talk: InsideTalk) -> None:
    if not talk.connected_at and not talk.result and talk.by.alive and talk.to.alive:
        desk.write(facts.InsideMet(desk.at, talk.id))


def leg_ended(desk: Desk, talk: InsideTalk, leg: str, cause: int) -> None:
    side = talk.side_of(leg)
    if side is None or not side.alive:
        return
    desk.write(facts.InsideLegOver(desk.at, talk.id, leg, cause))
    if not talk.result and not _goes_on(desk, talk, side):
        _end(desk, talk, _result(talk, side, cause), cause)
    _give_back(desk, talk, side)
    settle(desk, talk)


def _goes_on(desk: Desk, talk: InsideTalk, left: Side) -> bool:
    if talk.page is not None:
        return paging.goes_on(talk)
    if talk.door is not None and not talk.connected_at:
        return doors.goes_on(desk, talk)
    return bool(talk.connected_at) and parties.goes_on(desk, talk, left)


def _result(talk: InsideTalk, side: Side, cause: int) -> str:
    if talk.connected_at:
        return TALKED
    if side is talk.by:
        return GAVE_UP
    if cause in (USER_BUSY, REJECTED):
        return BUSY
    return UNREACHABLE if cause in LINE_CAUSES else NO_ANSWER


def failed(desk: Desk, talk: InsideTalk, event: events.CommandFailed) -> None:
    if event.command in ("RingAgent", "DialOut", "AdoptLeg"):
        leg_ended(desk, talk, event.leg, ABSENT)
    elif event.command == "AddParty":
        desk.order(HangUpLeg(talk.id, event.leg))
        leg_ended(desk, talk, event.leg, ABSENT)
    elif event.command == "SendDigits":
        doors.failed(desk, talk)
    elif event.command in ("JoinParties", "AnswerCall"):
        _end(desk, talk, UNREACHABLE)


def woke(desk: Desk, name: str) -> None:
    """It rang long enough, or somebody spoke long enough to all."""
    talk = desk.state.inside[name]
    guest = talk.guest
    if paging.is_over(desk, talk):
        _end(desk, talk, TALKED if talk.connected_at else NO_ANSWER)
        return
    if not talk.wakes_at or talk.wakes_at > desk.at:
        return
    if talk.unanswered:
        guest = doors.woke(desk, talk)
        if guest is None:
            settle(desk, talk)
            return
    if guest is not None and not talk.result:
        desk.order(HangUpLeg(talk.id, guest.leg, SILENT))
        leg_ended(desk, talk, guest.leg, SILENT)
    else:
        _end(desk, talk, GAVE_UP if talk.rings(talk.by) else NO_ANSWER)


def resume(desk: Desk) -> None:
    """The connection to the switch came back: what was ordered may have died with it."""
    for talk in list(desk.state.inside.values()):
        if talk.result:
            _hang_up(desk, talk, NORMAL)
        elif talk.page is not None:
            paging.resume(desk, talk)
        elif talk.to.up and talk.by.up and not talk.connected_at:
            _join(desk, talk)
        else:
            parties.resume(desk, talk)
        settle(desk, talk)


# --- what people ask for -------------------------------------------------------------------------------------------


def hang_up(desk: Desk, talk: InsideTalk, agent: str) -> None:
    """Hung up or rejected by the screen. Raises Refused."""
    side = talk.side_of_agent(agent)
    if side is None or not side.alive:
        raise Refused("no_such_call")
    desk.order(HangUpLeg(talk.id, side.leg, REJECTED if talk.rings(side) else NORMAL))


# --- how it ends ---------------------------------------------------------------------------------------------------


def _end(desk: Desk, talk: InsideTalk, result: str, cause: int = 0) -> None:
    """``cause``: why, in the switch's words; who has not been answered yet is told it."""
    if not talk.result:
        desk.write(facts.InsideEnding(desk.at, talk.id, result))
    _hang_up(desk, talk, NORMAL if result in (TALKED, GAVE_UP) else cause or _CAUSE_OF[result])
    settle(desk, talk)


def _hang_up(desk: Desk, talk: InsideTalk, cause: int) -> None:
    for side in talk.legs():
        desk.order(HangUpLeg(talk.id, side.leg, NORMAL if side.up else cause))


def settle(desk: Desk, talk: InsideTalk) -> None:
    """It is over when both legs are gone."""
    if not talk.result or any(talk.legs()) or talk.id not in desk.state.inside:
        return
    by_line = talk.hand and not talk.by.agent and talk.door is None  # a call that came by a line was being recorded
    desk.order(CloseContact(talk.id, recorded=False, unwanted=by_line))
    seconds = max(desk.at - talk.connected_at, 0.0) if talk.connected_at else 0.0
    desk.write(facts.InsideOver(desk.at, talk.id, talk.by.agent, talk.to.agent, talk.to.number, talk.result, seconds))


def _give_back(desk: Desk, talk: InsideTalk, side: Side) -> None:
    """He goes on with what he was doing; who wished something meanwhile gets that."""
    agent = desk.state.agents.get(side.agent)
    if agent is None or not agent.bound or agent.contact != talk.id:
        return
    before = talk.before[agent.id]
    picked_up = side.up and (talk.page is None or side is talk.by)  # what answers by itself tells of nobody there
    if before.state == AgentState.WRAP_UP and before.left and agent.intent != "offline":
        presence.wrap_up(desk, agent.id, before.left, before.contact)
    elif before.state == AgentState.NOT_ANSWERING and agent.intent == "ready" and not picked_up:
        presence.set_state(desk, agent.id, AgentState.NOT_ANSWERING, before.reason)
    else:
        presence.release(desk, agent.id)
