"""Calls that agents make: to a number that they give to the screen, or dial on a desk phone.

A person who is owed a call is called for his debts, by the debt book's rules. The laws of every call outside hold too:
never two of us at once to one person, and only where the outgoing rules let us.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.commands import AdoptLeg
from kaska.core.configuration import AgentProfile, Project
from kaska.core.contacts import transfer
from kaska.core.debts import dialling
from kaska.core.debts.debt import Debt
from kaska.core.outgoing.choice import Way, decide
from kaska.core.ports import Refused
from kaska.core.presence import decide as presence
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import dial_person, offer
from kaska.core.turn import Desk

BY_HAND = "by_hand"
"""rule of an offer to the agent who wants to call"""


def requested(desk: Desk, event: events.CallRequested) -> None:
    """By the screen: the agent's own phone rings, and when he answers it the person is dialled."""
    debt = _owed(desk, event.number)
    if debt is not None:
        dialling.callback_requested(desk, events.CallbackRequested(event.at, event.agent, debt.id, event.contact))
        return
    agent = desk.state.agents.get(event.agent)
    if agent is None or event.agent not in desk.state.configuration.agents:
        raise Refused("not_an_agent")
    if agent.state in (AgentState.RINGING, AgentState.TALKING, AgentState.OFFLINE):
        raise Refused("agent_busy" if agent.state is not AgentState.OFFLINE else "agent_offline")
    if not desk.state.configuration.agents[event.agent].devices:
        raise Refused("no_device")
    if event.project and event.project not in desk.state.configuration.projects:
        raise Refused("no_such_project")
    project = _project(desk, event.agent, event.project)
    way = _way(desk, event.agent, event.number, project)
    if way.refused:
        return
    _open(desk, event.contact, event.number, project, "")
    offer(desk, desk.state.contacts[event.contact], event.agent, "", BY_HAND)


def by_phone(desk: Desk, profile: AgentProfile, event: events.PhoneDialled) -> None:
    """By the telephone itself, which hears it ring until the person answers. The contact is named by its call.

    Works off duty too: a telephone is a telephone. Raises Refused.
    """
    if desk.state.agents[profile.id].bound:
        raise Refused("agent_busy")
    if any(one.by == profile.id for one in desk.state.monitors.values()):
        raise Refused("already_supervising")
    to, named = transfer.dialled(desk, event.dialled)
    if to != transfer.TO_NUMBER:
        raise Refused("no_inside_calls")
    number = event.number or named
    if not transfer.NUMBER.fullmatch(number):
        raise Refused("wrong_number")
    debt = _owed(desk, number)
    if debt is not None:
        dialling.may_be_called_by(desk, debt, profile.id)
    project = _project(desk, profile.id, debt.project if debt is not None else "")
    way = _way(desk, profile.id if debt is None else "", number, project)
    if way.refused:
        raise Refused(way.refused)
    contact = _open(desk, event.leg, number, project, debt.id if debt is not None else "")
    desk.write(facts.LegStarted(desk.at, contact, event.leg, "agent", profile.id, event.endpoint))
    desk.write(facts.DialledByHand(desk.at, contact, event.leg, profile.id))
    presence.set_state(desk, profile.id, AgentState.TALKING, contact=contact)
    desk.order(AdoptLeg(contact, event.leg))
    dial_person(desk, desk.state.contacts[contact], f"{contact}-c1", way)


def _owed(desk: Desk, number: str) -> Debt | None:
    """What we owe this person, the most urgent first; None when nothing."""
    owed = [desk.state.debts[name] for name in desk.state.debts_of.get(number, ())]
    return min(owed, key=lambda debt: (debt.due_at, debt.id), default=None)


def _project(desk: Desk, agent: str, wanted: str) -> Project | None:
    """The wanted one, else that of the first queue which the agent serves, else the first."""
    projects = desk.state.configuration.projects
    queues = desk.state.configuration.queues
    served = [queues[name].project for name in desk.queues_of.get(agent, ()) if name in queues]
    return next((projects[name] for name in (wanted, *served, *projects) if name in projects), None)


def _way(desk: Desk, agent: str, number: str, project: Project | None) -> Way:
    """How to call; that the rules do not let us is written down. Raises Refused when somebody of ours is with him."""
    if dialling.with_us(desk, number):
        raise Refused("already_calling")
    name, trunk = (project.id, project.trunk) if project is not None else ("", "")
    trunk = trunk if trunk in desk.state.configuration.trunks else ""
    way = decide(desk.state, desk.at, number, agent, name, trunk)
    if way.refused:
        desk.write(facts.OutgoingRefused(desk.at, "", agent, number, way.direction, name, way.refused))
    return way


def _open(desk: Desk, contact: str, number: str, project: Project | None, debt: str) -> str:
    shown, trunk, name = (project.caller_id, project.trunk, project.id) if project is not None else ("", "", "")
    trunk = trunk if trunk in desk.state.configuration.trunks else ""
    desk.write(
        facts.ContactOpened(
            desk.at, contact, "voice", "outbound", number, shown, number, "", trunk, name, "", 0, debt=debt
        )
    )
    return contact
