"""Calls that agents make: to a number that they give to the screen, or dial on a desk phone.

A colleague's extension, or a short number of another site of ours, is a call among ourselves (``core.inside``).

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
from kaska.core.inside import calling as inside
from kaska.core.outgoing import dialling as outgoing
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
    if inside.wanted(desk, event.number):
        dialling.check_caller(desk, event.agent)
        inside.by_screen(desk, event.agent, event.number, event.contact)
        return
    debt = _owed(desk, event.number)
    if debt is not None:
        dialling.callback_requested(desk, events.CallbackRequested(event.at, event.agent, debt.id, event.contact))
        return
    dialling.check_caller(desk, event.agent)
    if event.project and event.project not in desk.state.configuration.projects:
        raise Refused("no_such_project")
    project = project_of(desk, event.agent, event.project)
    way = _way(desk, event.agent, event.number, project)
    if way.refused:
        return
    offer(desk, outgoing.begin(desk, event.contact, event.number, project, _id(project)), event.agent, "", BY_HAND)


def by_phone(desk: Desk, profile: AgentProfile, event: events.PhoneDialled) -> None:
    """By the telephone itself, which hears it ring until the person answers. The contact is named by its call.

    Works off duty too: a telephone is a telephone. Raises Refused.
    """
    if desk.state.agents[profile.id].bound:
        raise Refused("agent_busy")
    if any(one.by == profile.id for one in desk.state.monitors.values()):
        raise Refused("already_supervising")
    if inside.wanted(desk, event.dialled):
        inside.by_phone(desk, profile, event)
        return
    to, named = transfer.dialled(desk, event.dialled)
    if to != transfer.TO_NUMBER:
        raise Refused("wrong_number")
    number = event.number or named
    if not transfer.NUMBER.fullmatch(number):
        raise Refused("wrong_number")
    debt = _owed(desk, number)
    if debt is not None:
        dialling.may_be_called_by(desk, debt, profile.id)
    project = project_of(desk, profile.id, debt.project if debt is not None else "")
    way = _way(desk, profile.id if debt is None else "", number, project)
    if way.refused:
        raise Refused(way.refused)
    repays = debt.id if debt is not None else ""
    contact = outgoing.begin(desk, event.leg, number, project, _id(project), repays)
    desk.write(facts.LegStarted(desk.at, contact.id, event.leg, "agent", profile.id, event.endpoint))
    desk.write(facts.DialledByHand(desk.at, contact.id, event.leg, profile.id))
    presence.set_state(desk, profile.id, AgentState.TALKING, contact=contact.id)
    desk.order(AdoptLeg(contact.id, event.leg))
    dial_person(desk, contact, f"{contact.id}-c1", way)


def _owed(desk: Desk, number: str) -> Debt | None:
    """What we owe this person, the most urgent first; None when nothing."""
    owed = [desk.state.debts[name] for name in desk.state.debts_of.get(number, ())]
    return min(owed, key=lambda debt: (debt.due_at, debt.id), default=None)


def project_of(desk: Desk, agent: str, wanted: str = "") -> Project | None:
    """The wanted one, else that of the first queue which the agent serves, else the first."""
    projects = desk.state.configuration.projects
    queues = desk.state.configuration.queues
    served = [queues[name].project for name in desk.queues_of.get(agent, ()) if name in queues]
    return next((projects[name] for name in (wanted, *served, *projects) if name in projects), None)


def _way(desk: Desk, agent: str, number: str, project: Project | None) -> Way:
    """How to call; that the rules do not let us is written down. Raises Refused when somebody of ours is with him.

    A short number is no person: any of us may call 112, or a partner, while another does.
    """
    if number.startswith("+") and dialling.with_us(desk, number):
        raise Refused("already_calling")
    way = decide(desk.state, desk.at, number, agent, _id(project), outgoing.trunk_for_project(desk, project))
    if way.refused:
        desk.write(facts.OutgoingRefused(desk.at, "", agent, number, way.direction, _id(project), way.refused))
    return way


def _id(project: Project | None) -> str:
    return project.id if project is not None else ""
