"""Calling whom we owe: by one click, or by itself as soon as an agent is ready and nobody waits for him.

The laws: never two of us at once to one person, never in hours when he may not be called, and never while a live caller
waits whom the agent could take. Several debts of one person are one call.
"""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.configuration import Project
from kaska.core.contacts import ending
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.contacts.outcomes import EndCause
from kaska.core.debts.book import open_one
from kaska.core.debts.debt import Debt, of_person
from kaska.core.debts.hours import first_lawful, may_call, rules_of, wakes_at
from kaska.core.outgoing import dialling as outgoing
from kaska.core.outgoing.choice import Way, decide
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import candidate_in_queue, device_of, offer
from kaska.core.routing.pools import PERSONAL
from kaska.core.turn import Desk

BY_DEBT = "debt"
"""rule of an offer that the debt book made"""


def callback_requested(desk: Desk, event: events.CallbackRequested) -> None:
    """One click: the agent's phone rings, then the person is dialled."""
    debt = desk.state.debts.get(event.debt)
    if debt is None:
        raise Refused("debt_closed")
    if not debt.customer:
        raise Refused("caller_unknown")
    may_be_called_by(desk, debt, event.agent)
    check_caller(desk, event.agent)
    way = _way(desk, debt)
    if way.refused:
        refusal = facts.OutgoingRefused(
            desk.at, "", event.agent, debt.customer, way.direction, debt.project, way.refused
        )
        desk.write(refusal)
        return
    _call(desk, debt, event.contact, event.agent)


def check_caller(desk: Desk, name: str) -> None:
    """Raises Refused when this agent's phone cannot ring for a call that he wants to make."""
    agent = desk.state.agents.get(name)
    if agent is None or name not in desk.state.configuration.agents:
        raise Refused("not_an_agent")
    if agent.state in (AgentState.RINGING, AgentState.TALKING, AgentState.OFFLINE):
        raise Refused("agent_busy" if agent.state is not AgentState.OFFLINE else "agent_offline")
    if not desk.state.configuration.agents[name].devices:
        raise Refused("no_device")


def may_be_called_by(desk: Desk, debt: Debt, agent: str) -> None:
    """Raises Refused: somebody of ours is with this person, works on the debt, or it is no hour for it."""
    if _person_busy(desk, debt):
        raise Refused("already_calling")
    open_one(desk, debt.id, agent)
    if not may_call(desk.state.configuration, debt.project, desk.at):
        raise Refused("forbidden_hours")


def _way(desk: Desk, debt: Debt) -> Way:
    return decide(
        desk.state, desk.at, debt.customer, "", debt.project, outgoing.trunk_for_project(desk, _project(desk, debt))
    )


def _call(desk: Desk, debt: Debt, contact: str, agent: str, queue: str = "", rule: str = "") -> None:
    opened = outgoing.begin(desk, contact, debt.customer, _project(desk, debt), debt.project, debt.id)
    offer(desk, opened, agent, queue, rule)


def _project(desk: Desk, debt: Debt) -> Project | None:
    projects = desk.state.configuration.projects
    return projects.get(debt.project) or next(iter(projects.values()), None)


def _person_busy(desk: Desk, debt: Debt) -> bool:
    """Somebody of ours calls this person, or talks with him, or he calls us; a promised callback keeps its place."""
    if any(one.calling or one.contact in desk.state.contacts for one in of_person(desk.state, debt)):
        return True
    return with_us(desk, debt.customer)


def with_us(desk: Desk, customer: str) -> bool:
    """This person is in a contact that is not over."""
    return any(
        contact.customer == customer and contact.phase is not Phase.ENDING for contact in desk.state.contacts.values()
    )


def woke(desk: Desk, subject: str) -> None:
    """A moment has come at which something is decided for this debt."""
    debt = desk.state.debts[subject]
    configuration = desk.state.configuration
    rules = rules_of(configuration, debt.project)
    if rules.escalates and not debt.escalated_at and debt.due_at + rules.escalate_minutes * 60.0 <= desk.at:
        desk.write(facts.DebtEscalated(desk.at, debt.id))
    wake = wakes_at(configuration, debt)
    if debt.ready or not wake or wake > desk.at:
        return
    lawful = first_lawful(configuration, debt.project, desk.at)
    if lawful > desk.at:
        desk.write(facts.DebtDelayed(desk.at, debt.id, lawful))
    else:
        desk.write(facts.DebtReady(desk.at, debt.id))


def dial_waiting(desk: Desk) -> bool:
    """Offer one debt to an agent for whom nobody waits; when the distribution has done its work. False: none is left.

    Also puts off what may not be called now after all.
    """
    if not desk.owed or not len(desk.ready):
        return False
    for line, debts in desk.owed.by_urgency():
        agent = _agent_of(desk, line)
        if agent is None:
            continue
        for _, name in debts:
            debt = desk.state.debts[name]
            if _put_off(desk, debt):
                return True
            if _may_be_offered(desk, debt, agent):
                _offer_to(desk, debt, agent, line)
                return True
    return False


def _agent_of(desk: Desk, line: str) -> str | None:
    if line.startswith(PERSONAL):
        agent = line.removeprefix(PERSONAL)
        return agent if agent in desk.ready else None
    return candidate_in_queue(desk, desk.state.configuration.queues[line])


def _may_be_offered(desk: Desk, debt: Debt, agent: str) -> bool:
    return not _way(desk, debt).refused and not _person_busy(desk, debt)


def _put_off(desk: Desk, debt: Debt) -> bool:
    """The hours have ended since it became ready, or somebody took it to call himself."""
    claimed = max(one.claimed_until for one in of_person(desk.state, debt))
    until = max(first_lawful(desk.state.configuration, debt.project, desk.at), claimed)
    if until <= desk.at:
        return False
    desk.write(facts.DebtDelayed(desk.at, debt.id, until))
    return True


def _offer_to(desk: Desk, debt: Debt, agent: str, line: str) -> None:
    if device_of(desk, agent) is None:
        desk.write(facts.AgentStateChanged(desk.at, agent, AgentState.NOT_ANSWERING, "no_device"))
        return
    queue = debt.queue if line.startswith(PERSONAL) else line
    _call(desk, debt, f"out-{debt.id}-{debt.calls + 1}", agent, queue, BY_DEBT)


def forbidden(desk: Desk, contact: Contact) -> bool:
    """The hours for calls ended while the agent's phone rang. A promised callback was asked for, at any hour."""
    return bool(contact.debt) and not may_call(desk.state.configuration, contact.project, desk.at)


def person_came(desk: Desk, customer: str) -> None:
    """He calls us himself: nobody need ring him, and the agent who was to is free for him."""
    for name in list(desk.state.debts_of.get(customer, ())) if customer else ():
        calling = desk.state.contacts.get(desk.state.debts[name].calling)
        if calling is not None and calling.repays_unanswered:
            ending.give_up(desk, calling, EndCause.CALLED_US)


def overlooked(desk: Desk) -> list[tuple[str, str]]:
    """Pairs (debt, ready agent) that break the law; [] always. For tests."""
    if not len(desk.ready):
        return []
    return [
        (name, agent)
        for line, debts in desk.owed.by_urgency()
        for _, name in debts
        if (agent := _agent_of(desk, line)) is not None and _may_be_offered(desk, desk.state.debts[name], agent)
    ]
