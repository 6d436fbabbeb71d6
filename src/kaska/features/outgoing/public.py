"""What publishing and the running product use of outgoing rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import AgentProfile
from kaska.core.outgoing.rules import Caps, Line, OutgoingRules
from kaska.features.identity.public import roles_of
from kaska.features.outgoing.plan import plan_of
from kaska.features.outgoing.projection import OutgoingProjection
from kaska.features.outgoing.schemas import CapsGiven, OutgoingFields
from kaska.features.outgoing.tables import RULES, outgoing_rules

__all__ = ["OutgoingProjection", "read_outgoing", "rules_of"]


async def read_outgoing(connection: AsyncConnection, tenant: str, agents: dict[str, AgentProfile]) -> OutgoingRules:
    """The rules as edited, each exception resolved to the ``agents`` it is about."""
    table = outgoing_rules
    found = await connection.execute(select(table.c.document).where(table.c.id == RULES))
    document = found.scalar_one_or_none()
    if document is None:
        return OutgoingRules()
    return rules_of(OutgoingFields.model_validate(document), agents.values(), await roles_of(connection, tenant))


def rules_of(given: OutgoingFields, agents: Iterable[AgentProfile], roles: dict[str, str]) -> OutgoingRules:
    """``roles``: person → role."""
    rules = OutgoingRules(
        plan=plan_of("RU", tuple(given.local_codes), tuple(given.emergency)),
        everybody=tuple(given.allowed),
        automatic=tuple(given.automatic),
        lines=tuple(Line(one.trunk, tuple(one.directions), one.capacity, one.kept) for one in given.lines),
        prices={str(direction): price for direction, price in given.prices.items()},
        each_agent=_caps(given.each_agent),
        each_project=_caps(given.each_project),
        company=_caps(given.company),
        night_from=given.night_from,
        night_to=given.night_to,
        night=tuple(given.night),
    )
    own: dict[str, tuple[str, ...]] = {}
    caps: dict[str, Caps] = {}
    for kind in ("role", "skill", "agent"):  # what comes later is nearer to the person, and counts
        for one in (one for one in given.exceptions if one.kind == kind):
            for agent in agents:
                if _is_about(kind, one.id, agent, roles):
                    if one.allowed is not None:
                        own[agent.id] = tuple(one.allowed)
                    if one.caps is not None:
                        caps[agent.id] = _caps(one.caps)
    projects = [one for one in given.exceptions if one.kind == "project"]
    return replace(
        rules,
        agents=own,
        agent_caps=caps,
        projects={one.id: tuple(one.allowed) for one in projects if one.allowed is not None},
        project_caps={one.id: _caps(one.caps) for one in projects if one.caps is not None},
    )


def _is_about(kind: str, id: str, agent: AgentProfile, roles: dict[str, str]) -> bool:
    if kind == "agent":
        return agent.id == id
    return id in agent.skills if kind == "skill" else roles.get(agent.id) == id


def _caps(given: CapsGiven) -> Caps:
    return Caps(given.calls, given.minutes, given.money)
