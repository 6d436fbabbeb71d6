"""Who gets a letter that is ordered for each agent or each manager.

``connection`` is of ``Database.tenant(…)``. Whoever has no e-mail is a recipient too: it is told that he got nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.routing.pools import queues_by_agent
from kaska.features.agents.public import read_agents
from kaska.features.identity.public import ActivePerson, Role, active_people
from kaska.features.letters.due import AGENT_DAY
from kaska.features.letters.making import who_worked
from kaska.features.queues.public import read_queues

MANAGERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


def each_of(kind: str, people: Iterable[ActivePerson], agents: Collection[str]) -> list[ActivePerson]:
    """``agents``: ids of those whose day a letter to each agent tells."""
    if kind == AGENT_DAY:
        return [person for person in people if person.id in agents]
    return [person for person in people if person.role in MANAGERS]


async def of_the_day(
    connection: AsyncConnection, tenant: str, letter: Mapping[Any, Any], about: date
) -> list[ActivePerson]:
    """Those whom the letter ``about`` a day or month goes to: of agents, whoever worked on it."""
    agents = await who_worked(connection, tenant, about, letter["project"]) if letter["kind"] == AGENT_DAY else ()
    return each_of(letter["kind"], await active_people(connection, tenant), agents)


async def without_address(connection: AsyncConnection, tenant: str, letter: Mapping[Any, Any]) -> list[str]:
    """Names of those whom the letter would go to, had they an e-mail: of agents, whoever may serve the project."""
    agents = await _may_serve(connection, tenant, letter["project"]) if letter["kind"] == AGENT_DAY else ()
    people = each_of(letter["kind"], await active_people(connection, tenant), agents)
    return [person.name for person in people if not person.email]


async def _may_serve(connection: AsyncConnection, tenant: str, project: str) -> set[str]:
    agents = await read_agents(connection, tenant)
    if not project:
        return set(agents)
    queues = await read_queues(connection, tenant)
    requires = {id: queue.requires for id, queue in queues.items() if queue.project == project}
    served = queues_by_agent({id: agent.skills for id, agent in agents.items()}, requires)
    return {agent for agent, own in served.items() if own}
