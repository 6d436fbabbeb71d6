"""«Call me when he is free»: an agent waits for a colleague who is busy, or for a line while all of ours are taken.

The laws: customers go first; one wish for each pair; every wish ends, by a call, by
time, by its owner, or when one of the two goes home.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.contacts import calling as outside
from kaska.core.inside import calling, reaching
from kaska.core.inside.camps import Camp
from kaska.core.outgoing import dialling as outgoing
from kaska.core.outgoing.choice import CALLS_CAP, LINES_KEPT, NO_TRUNK, decide
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import device_of
from kaska.core.turn import Desk

_FREE = frozenset({AgentState.READY, AgentState.BREAK})
"""who writes a talk down is let finish it"""
LINES_BUSY = frozenset({LINES_KEPT, NO_TRUNK, CALLS_CAP})
CALLED, EXPIRED, CANCELLED, LEFT, REFUSED = "called", "expired", "cancelled", "left", "refused"


def requested(desk: Desk, event: events.CampRequested) -> None:
    """Raises Refused. Who is free already is called at once."""
    agent = desk.state.agents.get(event.agent)
    if agent is None or event.agent not in desk.state.configuration.agents:
        raise Refused("not_an_agent")
    if agent.state is AgentState.OFFLINE:
        raise Refused("agent_offline")
    if device_of(desk, event.agent) is None:
        raise Refused("no_device")
    if event.colleague:
        _check_colleague(desk, event.agent, event.colleague)
    elif not event.number:
        raise Refused("wrong_number")
    name = name_of(event.agent, event.colleague or event.number)
    if name in desk.state.camps:
        raise Refused("camps_already")
    until = desk.at + desk.state.configuration.codes.camp_minutes * 60.0
    desk.write(facts.CampAsked(desk.at, event.agent, event.colleague, event.number, until))


def _check_colleague(desk: Desk, agent: str, colleague: str) -> None:
    if colleague == agent:
        raise Refused("own_number")
    if colleague not in desk.state.configuration.agents:
        raise Refused("no_such_colleague")
    if desk.state.agents[colleague].state is AgentState.OFFLINE:
        raise Refused("colleague_unreachable")


def cancelled(desk: Desk, event: events.CampCancelled) -> None:
    """``colleague`` and ``number`` "": all that he wishes. Raises Refused when there is nothing to cancel."""
    wanted = event.colleague or event.number
    mine = [one for one in desk.state.camps.values() if one.by == event.agent and wanted in ("", one.target)]
    if not mine:
        raise Refused("no_such_camp")
    for camp in mine:
        _over(desk, camp, CANCELLED)


def name_of(by: str, target: str) -> str:
    return f"{by} {target}"


def woke(desk: Desk, name: str) -> None:
    camp = desk.state.camps[name]
    if camp.until <= desk.at:
        _over(desk, camp, EXPIRED)


def meet(desk: Desk) -> None:
    """After every event: call for those whose time has come, in the order in which they asked."""
    for camp in list(desk.state.camps.values()):
        if desk.state.camps.get(name_of(camp.by, camp.target)) is not camp:
            continue  # the other one of the pair was called just now
        if _gone(desk, camp.by) or (camp.to and _gone(desk, camp.to)):
            _over(desk, camp, LEFT)
        elif not _free(desk, camp.by):
            continue
        elif camp.to and _free(desk, camp.to):
            _call_colleague(desk, camp)
        elif not camp.to:
            _call_outside(desk, camp)


def _gone(desk: Desk, agent: str) -> bool:
    known = desk.state.agents.get(agent)
    unknown = known is None or agent not in desk.state.configuration.agents
    return unknown or (known is not None and known.state is AgentState.OFFLINE)


def _free(desk: Desk, agent: str) -> bool:
    return desk.state.agents[agent].state in _FREE and not reaching.why_not(desk, agent)


def _talk(camp: Camp) -> str:
    return f"camp-{camp.by}-{round(camp.at * 1000)}-{camp.serial}"


def _call_colleague(desk: Desk, camp: Camp) -> None:
    for one in (camp, desk.state.camps.get(name_of(camp.to, camp.by))):
        if one is not None:
            _over(desk, one, CALLED)
    calling.by_screen(desk, camp.by, desk.state.configuration.agents[camp.to].extension, _talk(camp))


def _call_outside(desk: Desk, camp: Camp) -> None:
    """As soon as there is a line."""
    project = outside.project_of(desk, camp.by)
    named = project.id if project is not None else ""
    way = decide(desk.state, desk.at, camp.number, camp.by, named, outgoing.trunk_for_project(desk, project))
    if way.refused in LINES_BUSY:
        return
    try:
        outside.requested(desk, events.CallRequested(desk.at, camp.by, camp.number, _talk(camp)))
        _over(desk, camp, REFUSED if way.refused else CALLED)
    except Refused:
        _over(desk, camp, REFUSED)


def _over(desk: Desk, camp: Camp, result: str) -> None:
    desk.write(facts.CampOver(desk.at, camp.by, camp.to, camp.number, result))
