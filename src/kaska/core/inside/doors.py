"""Somebody at a door: the telephones of those who may let him in ring, and who answers first talks with him.

A call among ourselves whose one side is a telephone at a door. The laws: it rings who is free, and who becomes free
while the visitor waits; customers go first; only who talks with him opens, and each opening is a fact; whom nobody
answers is told so, and does not vanish: the call is in the list of calls among ourselves with how it ended.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import AdoptLeg, HangUpLeg, RingAgent, SayAndHangUp, SendDigits
from kaska.core.configuration import Door
from kaska.core.inside import reaching
from kaska.core.inside.reaching import INSIDE
from kaska.core.inside.talk import BY, InsideTalk, Side
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import device_of
from kaska.core.scenarios import speech
from kaska.core.turn import Desk

NO_ANSWER = "no_answer"
NORMAL, SILENT, ELSEWHERE = 16, 19, 26
"""Q.850"""
SCREEN, PHONE = "screen", "phone"
AWAY = (AgentState.OFFLINE, AgentState.BREAK)
"""who is reached by his own name only, not as one of a queue"""
NOBODY = "code/door-nobody"


def door_of(desk: Desk, endpoint: str) -> Door | None:
    """The door whose telephone this is."""
    return next((one for one in desk.state.configuration.doors.values() if one.endpoint == endpoint), None)


def rang(desk: Desk, door: Door, event: events.PhoneDialled) -> None:
    """Its button was pressed; whatever number its telephone dials by that."""
    until = desk.at + door.ring_seconds
    desk.write(facts.InsideAsked(desk.at, event.leg, "", door.extension, "", "", "", True))
    desk.write(facts.DoorRang(desk.at, event.leg, door.id, door.name, until))
    desk.write(facts.InsideLegStarted(desk.at, event.leg, event.leg, BY, "", event.endpoint, 0.0))
    desk.order(AdoptLeg(event.leg, event.leg))
    look_on(desk, desk.state.inside[event.leg])


def meet(desk: Desk) -> None:
    """Visitors who wait reach whoever has become free."""
    for talk in list(desk.state.inside.values()):
        if talk.unanswered:
            _offer(desk, talk)


def _wanted(desk: Desk, talk: InsideTalk) -> list[str]:
    """Agents who may still be rung for it: free or busy, and not rung for it before."""
    configuration = desk.state.configuration
    door = configuration.doors.get(talk.door.id) if talk.door is not None else None
    if door is None:
        return []
    on_duty = [
        agent
        for agent in configuration.agents
        if door.queue in desk.queues_of.get(agent, ()) and desk.state.agents[agent].state not in AWAY
    ]
    rung = {side.agent for side in talk.more}
    named = [agent for agent in dict.fromkeys((*door.agents, *on_duty)) if agent in configuration.agents]
    return [agent for agent in named if agent not in rung]


def _offer(desk: Desk, talk: InsideTalk) -> None:
    door = desk.state.configuration.doors.get(talk.door.id) if talk.door is not None else None
    if door is None or talk.door is None:
        return
    free = [agent for agent in _wanted(desk, talk) if not reaching.why_not(desk, agent)]
    until = talk.door.until
    if door.in_turn:
        free = [] if any(side.alive for side in talk.more) else free[:1]
        until = min(until, desk.at + door.each_seconds)
    for agent in free:
        device = device_of(desk, agent)
        if device is None:
            continue
        leg = f"{talk.id}-a{len(talk.sides)}"  # the other side has no leg yet
        desk.write(facts.DoorOffered(desk.at, talk.id, leg, agent, device.endpoint, until))
        presence.set_state(desk, agent, AgentState.RINGING, INSIDE, contact=talk.id)
        seconds = until - desk.at + 2.0
        shown = (door.extension, door.name)
        desk.order(RingAgent(talk.id, leg, agent, device.endpoint, *shown, seconds, inside=True))


def look_on(desk: Desk, talk: InsideTalk) -> None:
    """Ring whoever may be rung; when there is nobody to wait for any more, the visitor is told so."""
    _offer(desk, talk)
    if not any(side.alive for side in talk.more) and not _reachable(desk, talk):
        _give_up(desk, talk)


def _reachable(desk: Desk, talk: InsideTalk) -> bool:
    """Is there anybody who may become free in time?"""
    return any(reaching.why_not(desk, agent) == "colleague_not_free" for agent in _wanted(desk, talk))


def _give_up(desk: Desk, talk: InsideTalk) -> None:
    """He hears that nobody answers, and his call is over: the switch says it alone."""
    desk.write(facts.InsideEnding(desk.at, talk.id, NO_ANSWER))
    for side in talk.legs():
        if side is not talk.by:
            desk.order(HangUpLeg(talk.id, side.leg, SILENT))
    word = speech.phrase(NOBODY, desk.state.configuration.codes.language)
    desk.order(SayAndHangUp(talk.id, talk.by.leg, (word,)))
    desk.write(facts.InsideLegOver(desk.at, talk.id, talk.by.leg, NORMAL))


def too_late(talk: InsideTalk, side: Side) -> bool:
    """His telephone rang for the visitor too, and another one has answered."""
    return talk.door is not None and not talk.unanswered and side in talk.more and not side.aside


def answered(desk: Desk, talk: InsideTalk, side: Side) -> None:
    """The first one: the others ring no more, and miss nothing."""
    desk.write(facts.DoorTaken(desk.at, talk.id, side.leg, side.agent))
    for other in talk.more:
        if other.alive:
            desk.order(HangUpLeg(talk.id, other.leg, ELSEWHERE))


def goes_on(desk: Desk, talk: InsideTalk) -> bool:
    """Somebody's leg is gone before two have met. False when it is over by that."""
    if not talk.by.alive:
        return False
    if talk.unanswered:
        look_on(desk, talk)
        return True
    return talk.to.alive


def woke(desk: Desk, talk: InsideTalk) -> Side | None:
    """The time of one is over: his side, whose telephone is to be silent. Or that of all is."""
    if talk.door is not None and talk.door.until > desk.at:
        return next((side for side in talk.more if side.alive and not side.up), None)
    _give_up(desk, talk)
    return None


# --- letting him in ------------------------------------------------------------------------------------------------


def open_requested(desk: Desk, event: events.DoorOpenRequested) -> None:
    """By the screen of who talks with him. Raises Refused."""
    talk = desk.state.inside.get(event.contact)
    side = talk.side_of_agent(event.agent) if talk is not None else None
    if talk is None or side is None or talk.door is None or not _may_open(talk, side):
        raise Refused("no_such_call")
    door = desk.state.configuration.doors.get(talk.door.id)
    if door is None or not door.opens:
        raise Refused("no_lock")
    desk.write(facts.DoorOpened(desk.at, talk.id, door.id, event.agent, SCREEN))
    desk.order(SendDigits(talk.id, talk.by.leg, door.opens))


def keyed(desk: Desk, event: events.DigitPressed) -> bool:
    """By the keys of his telephone, which the door hears by itself. False: it was pressed in something else."""
    talk = desk.state.inside.get(event.contact)
    if talk is None or talk.door is None:
        return False
    side, door = talk.side_of(event.leg), desk.state.configuration.doors.get(talk.door.id)
    if side is None or not side.agent or door is None or not door.opens or not _may_open(talk, side):
        return True
    desk.write(facts.DoorKeyed(desk.at, talk.id, event.leg, event.digit))
    if talk.door.keyed.get(event.leg, "").endswith(door.opens):
        desk.write(facts.DoorOpened(desk.at, talk.id, door.id, side.agent, PHONE))
    return True


def _may_open(talk: InsideTalk, side: Side) -> bool:
    """Do the two hear each other?"""
    together = side in talk.present() and talk.by in talk.present() and bool(talk.connected_at) and not talk.result
    return together and not side.held_by and not talk.by.held_by


def failed(desk: Desk, talk: InsideTalk) -> None:
    """The digits were not sent."""
    if talk.door is not None:
        desk.write(facts.DoorUnopened(desk.at, talk.id, talk.door.id))
