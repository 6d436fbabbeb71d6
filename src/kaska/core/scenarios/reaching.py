"""Nodes that ring somebody: an agent, several one after another or at once, a number outside.

Whoever is rung has an offer, a number outside one without an agent: the first who answers gets the person.
"""

from __future__ import annotations

from kaska.core.commands import StartMusic
from kaska.core.contacts.contact import Contact
from kaska.core.outgoing import dialling as outgoing
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import offer, offer_outside
from kaska.core.scenarios.crossroads import fields, fill
from kaska.core.scenarios.graph import RingGroup, RingInTurn, ToAgent, ToNumber
from kaska.core.scenarios.steps import Coming, Kind, enter
from kaska.core.turn import Desk

BY_SCENARIO = "scenario"
"""rule of an offer to a number of the scenario"""


def extensions(desk: Desk) -> dict[str, str]:
    """extension → agent"""
    return {profile.extension: profile.id for profile in desk.state.configuration.agents.values() if profile.extension}


def ring(desk: Desk, contact: Contact, *agents: str) -> bool:
    """Offer the contact to these agents; False when none of them is ready and has something that could ring."""
    rung = [agent for agent in agents if _is_ready(desk, agent) and offer(desk, contact, agent, "")]
    if rung:
        desk.order(StartMusic(contact.id, contact.customer_leg))
    return bool(rung)


def _is_ready(desk: Desk, agent: str) -> bool:
    found = desk.state.agents.get(agent)
    return found is not None and found.state is AgentState.READY and agent in desk.state.configuration.agents


class ToAgentKind(Kind[ToAgent]):
    def stand(self, desk: Desk, contact: Contact, node: ToAgent, detail: str, coming: Coming) -> str | None:
        return None if ring(desk, contact, fill(node.agent, fields(desk, contact))) else node.otherwise

    def unanswered(self, desk: Desk, contact: Contact, node: ToAgent) -> str | None:
        return node.otherwise


class RingInTurnKind(Kind[RingInTurn]):
    """``tries`` of the step is the place in the list."""

    def stand(self, desk: Desk, contact: Contact, node: RingInTurn, detail: str, coming: Coming) -> str | None:
        for index in range(contact.tries, len(node.agents)):
            if index == contact.tries and ring(desk, contact, node.agents[index]):
                return None
            if index > contact.tries and _is_ready(desk, node.agents[index]):
                enter(desk, contact, contact.node, index)
                return None
        return node.otherwise

    def unanswered(self, desk: Desk, contact: Contact, node: RingInTurn) -> str | None:
        if contact.tries + 1 >= len(node.agents):
            return node.otherwise
        enter(desk, contact, contact.node, contact.tries + 1)
        return None


class RingGroupKind(Kind[RingGroup]):
    def stand(self, desk: Desk, contact: Contact, node: RingGroup, detail: str, coming: Coming) -> str | None:
        return None if ring(desk, contact, *node.agents) else node.otherwise

    def unanswered(self, desk: Desk, contact: Contact, node: RingGroup) -> str | None:
        return node.otherwise


class ToNumberKind(Kind[ToNumber]):
    def stand(self, desk: Desk, contact: Contact, node: ToNumber, detail: str, coming: Coming) -> str | None:
        configuration = desk.state.configuration
        project = configuration.projects.get(contact.project)
        trunk = node.trunk or (project.trunk if project is not None else "")
        number = fill(node.number, fields(desk, contact))
        if not number:
            return node.otherwise
        way = outgoing.may_call(desk, contact, number, trunk=trunk)
        if way.refused:
            outgoing.refuse(desk, contact, number, "", way)
            return node.otherwise
        offer_outside(desk, contact, number, node.seconds, BY_SCENARIO, way)
        if contact.legs[contact.customer_leg].up:
            desk.order(StartMusic(contact.id, contact.customer_leg))
        return None

    def unanswered(self, desk: Desk, contact: Contact, node: ToNumber) -> str | None:
        return node.otherwise
