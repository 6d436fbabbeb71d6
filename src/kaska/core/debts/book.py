"""The debt book: who was not served, who owes them, until when, and what settles it."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.calendar import due_after_open_minutes
from kaska.core.contacts.contact import Contact
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import offer
from kaska.core.turn import Desk

DEFAULT_DEBT_MINUTES = 20


def debt_id(contact: str) -> str:
    return f"d-{contact}"


def open_debt(desk: Desk, contact: Contact, cause: str) -> None:
    """Write down that we owe this person; does nothing when this contact's debt is open already."""
    debt = debt_id(contact.id)
    if debt in desk.state.debts:
        return
    owner = _owner(contact)
    desk.write(
        facts.DebtOpened(
            desk.at,
            debt,
            contact.id,
            contact.customer,
            contact.caller,
            cause,
            owner,
            contact.project,
            due_at(desk, contact.project),
        )
    )


def _owner(contact: Contact) -> str:
    if contact.owner:
        return contact.owner
    if contact.queue:
        return f"queue:{contact.queue}"
    asked = [leg.agent for leg in contact.legs.values() if leg.agent]
    if asked:
        return f"agent:{asked[-1]}"
    return f"project:{contact.project}"


def due_at(desk: Desk, project: str) -> float:
    """When a debt made now is due: so many open minutes of the project from now."""
    configuration = desk.state.configuration
    found = configuration.projects.get(project)
    minutes = found.debt_minutes if found is not None else DEFAULT_DEBT_MINUTES
    calendar = configuration.calendars.get(found.calendar) if found is not None else None
    if calendar is None:
        return desk.at + minutes * 60.0
    return due_after_open_minutes(calendar, desk.at, minutes)


def served(desk: Desk, contact: Contact, by: str, at: float) -> list[str]:
    """The person talked with us at ``at``: everything owed to this person by then is settled.

    Returns the contacts whose debts these were.
    """
    how = "called_back" if contact.calls_out else "came_back"
    owed = list(desk.state.debts_of.get(contact.customer, ())) if contact.customer else []
    for own in (contact.debt, debt_id(contact.id)):
        if own in desk.state.debts and own not in owed:
            owed.append(own)
    settled = [desk.state.debts[debt] for debt in owed if desk.state.debts[debt].opened_at <= at]
    for debt in settled:
        desk.write(facts.DebtClosed(desk.at, debt.id, how, contact.id, by))
    return [debt.contact for debt in settled]


def not_reached(desk: Desk, contact: Contact, agent: str) -> None:
    """We dialled and the person did not answer: the debt stays, with one more attempt."""
    debt = contact.debt or debt_id(contact.id)
    if debt in desk.state.debts:
        desk.write(facts.DebtAttempted(desk.at, debt, contact.id, agent, reached=False))


def callback_requested(desk: Desk, event: events.CallbackRequested) -> None:
    """One click: the agent's phone rings, then the person is dialled."""
    debt = desk.state.debts.get(event.debt)
    agent = desk.state.agents.get(event.agent)
    if debt is None:
        raise Refused("debt_closed")
    if not debt.customer:
        raise Refused("caller_unknown")
    if debt.calling or debt.contact in desk.state.contacts:  # a promised callback still keeps its place
        raise Refused("already_calling")
    if agent is None or event.agent not in desk.state.configuration.agents:
        raise Refused("not_an_agent")
    if agent.state in (AgentState.RINGING, AgentState.TALKING, AgentState.OFFLINE):
        raise Refused("agent_busy" if agent.state is not AgentState.OFFLINE else "agent_offline")
    if not desk.state.configuration.agents[event.agent].devices:
        raise Refused("no_device")
    project = desk.state.configuration.projects.get(debt.project) or next(
        iter(desk.state.configuration.projects.values()), None
    )
    trunk = project.trunk if project is not None else ""
    if trunk not in desk.state.configuration.trunks:
        raise Refused("no_trunk")
    desk.write(
        facts.ContactOpened(
            desk.at,
            event.contact,
            "voice",
            "outbound",
            debt.customer,
            project.caller_id if project is not None else "",
            debt.customer,
            "",
            trunk,
            debt.project,
            "",
            0,
            debt=event.debt,
        )
    )
    offer(desk, desk.state.contacts[event.contact], event.agent, "")


def written_off(desk: Desk, event: events.DebtWrittenOff) -> str:
    """Returns the contact whose debt it was."""
    debt = desk.state.debts.get(event.debt)
    if debt is None:
        raise Refused("debt_closed")
    desk.write(facts.DebtClosed(desk.at, event.debt, "written_off", "", event.by, event.reason))
    return debt.contact
