"""Speaking to a group: the telephones of all of it who are free answer by themselves, hear, and are heard by nobody.

A call among ourselves with one who speaks and those who hear. The laws: who is busy is left alone, and who speaks is
told how many do not hear him; it ends with him, when nobody hears him any more, and after ``MOST_SECONDS``, so that no
customer waits long for those who listen.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import AddParty, AdoptLeg, AnswerCall, PlayPrompts, RingAgent
from kaska.core.configuration import AgentProfile, Device
from kaska.core.inside import reaching
from kaska.core.inside.reaching import INSIDE
from kaska.core.inside.talk import BY, InsideTalk, Side
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import device_of
from kaska.core.scenarios import speech
from kaska.core.turn import Desk

MOST_SECONDS = 60.0
ANSWER_SECONDS = 8.0
"""a telephone that does not answer by itself rings so long"""
HEAR, BUSY = SAID = ("code/page-hear", "code/page-busy")


def requested(desk: Desk, event: events.PageRequested) -> None:
    """By the screen: his own telephone rings first, and when he answers it theirs do. Raises Refused."""
    profile = desk.state.configuration.agents.get(event.agent)
    if profile is None:
        raise Refused("no_workplace")
    _check(desk, event.agent, event.queue)
    device = reaching.device_for(desk, event.agent)
    if desk.state.devices.get(device.endpoint) is False:
        raise Refused("device_unreachable")
    _ask(desk, event.talk, profile, event.queue, "", hand=False)
    talk, leg = desk.state.inside[event.talk], f"{event.talk}-a1"
    until = desk.at + reaching.RING_SECONDS
    desk.write(facts.InsideLegStarted(desk.at, talk.id, leg, BY, profile.id, device.endpoint, until))
    reaching.ring(desk, talk, talk.by, talk.to, desk.state.configuration.queues[event.queue].name)


def by_phone(desk: Desk, profile: AgentProfile, event: events.PhoneDialled, queue: str) -> None:
    """He dialled, and hears how many hear him. Raises Refused."""
    _check(desk, profile.id, queue)
    _ask(desk, event.leg, profile, queue, event.dialled, hand=True)
    talk = desk.state.inside[event.leg]
    desk.write(facts.InsideLegStarted(desk.at, talk.id, event.leg, BY, profile.id, event.endpoint, 0.0))
    presence.set_state(desk, profile.id, AgentState.TALKING, INSIDE, contact=talk.id)
    desk.write(facts.InsideLegUp(desk.at, talk.id, event.leg))
    desk.order(AdoptLeg(talk.id, event.leg))
    desk.order(AnswerCall(talk.id, event.leg))
    speak(desk, talk)
    desk.order(PlayPrompts(talk.id, event.leg, f"{talk.id}-p", _counts(desk, talk)))


def _check(desk: Desk, agent: str, queue: str) -> None:
    if queue not in desk.state.configuration.queues:
        raise Refused("no_such_queue")
    if desk.state.agents[agent].bound:
        raise Refused("agent_busy")
    if any(one.by == agent for one in desk.state.monitors.values()):
        raise Refused("already_supervising")
    if not _group(desk, agent, queue)[0]:
        raise Refused("nobody_free")


def _ask(desk: Desk, talk: str, profile: AgentProfile, queue: str, dialled: str, *, hand: bool) -> None:
    desk.write(facts.InsideAsked(desk.at, talk, profile.id, profile.extension, "", dialled, "", hand))
    desk.write(facts.PageAsked(desk.at, talk, profile.id, queue))


def _group(desk: Desk, speaker: str, queue: str) -> tuple[list[tuple[AgentProfile, Device]], tuple[str, ...]]:
    """Who of the group can hear it now, by which telephone; and who are on duty and cannot."""
    hear, busy = [], []
    for profile in desk.state.configuration.agents.values():
        known = desk.state.agents[profile.id]
        if profile.id == speaker or queue not in desk.queues_of.get(profile.id, ()):
            continue
        device = device_of(desk, profile.id)
        if known.state is AgentState.OFFLINE:
            continue
        if device is None or reaching.why_not(desk, profile.id):
            busy.append(profile.id)
        else:
            hear.append((profile, device))
    return hear, tuple(busy)


def speak(desk: Desk, talk: InsideTalk) -> bool:
    """Who speaks is there: let all hear him. False when nobody is free any more."""
    hear, busy = _group(desk, talk.by.agent, talk.page.queue if talk.page is not None else "")
    desk.write(facts.PageBegun(desk.at, talk.id, busy, desk.at + MOST_SECONDS))
    if not hear:
        return False
    desk.order(AddParty(talk.id, talk.by.leg))
    name = desk.state.configuration.agents[talk.by.agent].name
    for place, (profile, device) in enumerate(hear, 2):
        leg = f"{talk.id}-a{place}"
        desk.write(facts.PageRung(desk.at, talk.id, leg, profile.id, device.endpoint))
        presence.set_state(desk, profile.id, AgentState.RINGING, INSIDE, contact=talk.id)
        ring = (talk.id, leg, profile.id, device.endpoint, talk.by.number, name, ANSWER_SECONDS)
        desk.order(RingAgent(*ring, inside=True, auto=True))
    return True


def _counts(desk: Desk, talk: InsideTalk) -> tuple[str, ...]:
    """«Вас слышат» … «два». «Заняты» … «один»."""
    language = desk.state.configuration.codes.language
    said = (speech.phrase(HEAR, language), *speech.number(len(talk.more), language=language))
    busy = talk.page.busy if talk.page is not None else ()
    return (*said, speech.phrase(BUSY, language), *speech.number(len(busy), language=language)) if busy else said


def heard(desk: Desk, talk: InsideTalk, side: Side) -> None:
    """His telephone answered."""
    desk.order(AddParty(talk.id, side.leg, muted=True))
    if not talk.connected_at:
        desk.write(facts.InsideMet(desk.at, talk.id))


def goes_on(talk: InsideTalk) -> bool:
    """Somebody's leg is gone. False when nobody speaks, or nobody hears it."""
    return talk.by.alive and any(side.alive for side in talk.more)


def is_over(desk: Desk, talk: InsideTalk) -> bool:
    """Has he spoken for too long?"""
    return talk.page is not None and 0.0 < talk.page.until <= desk.at and not talk.result


def resume(desk: Desk, talk: InsideTalk) -> None:
    """The connection to the switch came back: what was ordered may have died with it."""
    for side in talk.present():
        desk.order(AddParty(talk.id, side.leg, muted=side is not talk.by))
