"""Nodes that ring somebody: an agent, several one after another, a number outside.

An agent is rung through an offer, of which a contact has one at a time: groups are rung one after another.
"""

from __future__ import annotations

from kaska.core import facts
from kaska.core.commands import DialOut, HangUpLeg, JoinParties, StartMusic
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import offer
from kaska.core.scenarios.crossroads import fields, fill
from kaska.core.scenarios.graph import RingGroup, RingInTurn, ToAgent, ToNumber
from kaska.core.scenarios.steps import Coming, Kind, answer, enter, hush
from kaska.core.turn import Desk

OUTSIDE_GUARD_SECONDS = 5.0
"""beyond the ringing time, until we stop believing that its end will be told"""


def extensions(desk: Desk) -> dict[str, str]:
    """extension → agent"""
    return {profile.extension: profile.id for profile in desk.state.configuration.agents.values() if profile.extension}


def ring(desk: Desk, contact: Contact, agent: str) -> bool:
    """Offer the contact to this agent; False when he is not ready or has nothing that could ring."""
    found = desk.state.agents.get(agent)
    ready = found is not None and found.state is AgentState.READY and agent in desk.state.configuration.agents
    if not ready or not offer(desk, contact, agent, ""):
        return False
    desk.order(StartMusic(contact.id, contact.customer_leg))
    return True


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
        return _next_try(desk, contact, len(node.agents), node.otherwise)


class RingGroupKind(Kind[RingGroup]):
    """Who did not answer is not ready any more, so nobody is rung twice but by coming back; ``tries`` bounds that."""

    def stand(self, desk: Desk, contact: Contact, node: RingGroup, detail: str, coming: Coming) -> str | None:
        ready = [agent for agent in node.agents if _is_ready(desk, agent)]
        for agent in sorted(ready, key=lambda agent: desk.state.agents[agent].since):
            if ring(desk, contact, agent):
                return None
        return node.otherwise

    def unanswered(self, desk: Desk, contact: Contact, node: RingGroup) -> str | None:
        return _next_try(desk, contact, len(node.agents), node.otherwise)


def _is_ready(desk: Desk, agent: str) -> bool:
    found = desk.state.agents.get(agent)
    return found is not None and found.state is AgentState.READY


def _next_try(desk: Desk, contact: Contact, most: int, otherwise: str) -> str | None:
    if contact.tries + 1 >= most:
        return otherwise
    enter(desk, contact, contact.node, contact.tries + 1)
    return None


class ToNumberKind(Kind[ToNumber]):
    def stand(self, desk: Desk, contact: Contact, node: ToNumber, detail: str, coming: Coming) -> str | None:
        configuration = desk.state.configuration
        project = configuration.projects.get(contact.project)
        trunk = node.trunk or (project.trunk if project is not None else "")
        number = fill(node.number, fields(desk, contact))
        if trunk not in configuration.trunks or not number:
            return node.otherwise
        leg = f"{contact.id}-c{contact.dialled + 1}"
        until = desk.at + node.seconds + OUTSIDE_GUARD_SECONDS
        desk.write(facts.LegStarted(desk.at, contact.id, leg, "outside", endpoint=number))
        desk.write(facts.OutsideDialled(desk.at, contact.id, leg, number, until))
        caller_id = project.caller_id if project is not None else ""
        desk.order(DialOut(contact.id, leg, trunk, number, caller_id, node.seconds))
        if contact.legs[contact.customer_leg].up:
            desk.order(StartMusic(contact.id, contact.customer_leg))
        return None

    def unanswered(self, desk: Desk, contact: Contact, node: ToNumber) -> str | None:
        return node.otherwise


def outside_rings(contact: Contact) -> bool:
    """A number outside is being rung for the person."""
    return contact.phase is Phase.WALKING and contact.leg_alive(contact.outside)


def outside_answered(desk: Desk, contact: Contact) -> None:
    """The number outside picked up: the two are brought together."""
    desk.write(facts.LegUp(desk.at, contact.id, contact.outside))
    hush(desk, contact)
    answer(desk, contact)
    desk.order(JoinParties(contact.id, contact.customer_leg, contact.outside))


def drop_outside(desk: Desk, contact: Contact) -> None:
    """Nobody needs the ringing number any more."""
    if contact.leg_alive(contact.outside):
        desk.order(HangUpLeg(contact.id, contact.outside))
