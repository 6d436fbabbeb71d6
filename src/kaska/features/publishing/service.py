"""Publishing: collect, judge, number, keep, announce."""

from __future__ import annotations

import time
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import AgentProfile, Configuration, Project
from kaska.core.events import ConfigurationPublished
from kaska.core.ports import EngineAway, Inbox
from kaska.core.scenarios.graph import Scenario
from kaska.features.agents.public import device_secrets as read_device_secrets
from kaska.features.agents.public import put_agent, read_agents, read_skills
from kaska.features.codes.public import read_codes
from kaska.features.debts.public import read_debt_rules
from kaska.features.doors.public import door_secrets, read_doors
from kaska.features.identity.public import audit
from kaska.features.lookups.public import read_sources
from kaska.features.numbers.public import read_numbers, read_trunks, trunk_secrets
from kaska.features.outgoing.public import read_outgoing
from kaska.features.projects.public import read_calendars, read_projects
from kaska.features.publishing.check import problems_of
from kaska.features.publishing.difference import Pending, pending
from kaska.features.publishing.errors import ConfigurationProblems
from kaska.features.publishing.problem import Problem
from kaska.features.publishing.tables import published_configurations
from kaska.features.queues.public import read_queues
from kaska.features.recordings.public import read_recording
from kaska.features.scenarios.public import ScenarioDraft, mark_published, put_back, read_drafts
from kaska.kit.database import Database
from kaska.kit.errors import NotFound
from kaska.ledger.codec import decode_configuration, encode_configuration, scenario_from_document
from kaska.ledger.notation import NotationError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Published:
    """``announced`` False: kept, but no engine was there to hear of it; it reads the newest one when it starts."""

    configuration: Configuration
    announced: bool


async def build(connection: AsyncConnection, tenant: str, prompts: Container[str] | None = None) -> Configuration:
    """What would be published now. Raises ConfigurationProblems listing everything to mend."""
    configuration, _ = await _collect(connection, tenant, prompts)
    return configuration


async def _collect(
    connection: AsyncConnection, tenant: str, prompts: Container[str] | None = None
) -> tuple[Configuration, list[ScenarioDraft]]:
    configuration, drafts, problems = await _gather(connection, tenant)
    # while a scenario cannot be read, complaints about references to it would only confuse
    problems = problems or problems_of(configuration, prompts)
    if problems:
        raise ConfigurationProblems(problems)
    return configuration, drafts


async def _gather(connection: AsyncConnection, tenant: str) -> tuple[Configuration, list[ScenarioDraft], list[Problem]]:
    """What is edited now, and why some scenarios of it cannot be read."""
    drafts = [draft for draft in await read_drafts(connection, tenant) if _is_begun(draft)]
    scenarios, problems = scenarios_of(drafts)
    agents = await read_agents(connection, tenant)
    configuration = Configuration(
        tenant=tenant,
        version=await _last_version(connection) + 1,
        default_scenario=next((d.id for d in drafts if d.is_default), drafts[0].id if drafts else ""),
        projects=await _projects(connection, tenant),
        numbers=await read_numbers(connection, tenant),
        trunks=await read_trunks(connection, tenant),
        scenarios=scenarios,
        queues=await read_queues(connection, tenant),
        agents=agents,
        calendars=await read_calendars(connection, tenant),
        sources=await read_sources(connection, tenant),
        outgoing=await read_outgoing(connection, tenant, agents),
        recording=await read_recording(connection),
        codes=await read_codes(connection, tenant, agents),
        doors=await read_doors(connection, tenant),
        skills=await read_skills(connection, tenant),
    )
    return configuration, drafts, problems


@dataclass(frozen=True, slots=True)
class Standing:
    """``version`` is the one in force (0: none); ``waiting`` what a publishing would change; ``problems`` what to mend
    before it."""

    version: int
    waiting: list[Pending]
    problems: list[Problem]


async def standing(connection: AsyncConnection, tenant: str, prompts: Container[str] | None = None) -> Standing:
    """How what is edited stands to what is in force."""
    running = await newest(connection)
    edited, drafts, problems = await _gather(connection, tenant)
    unreadable = {draft.id for draft in drafts} - set(edited.scenarios)
    waiting = pending(running, edited, unreadable)
    return Standing(running.version if running else 0, waiting, problems or problems_of(edited, prompts))


async def return_to(database: Database, tenant: str, by: str, inbox: Inbox | None, version: int) -> Published:
    """Calls are handled as by ``version`` again, under a new number. What was edited since stays edited and waits.

    People and their telephones stay those of now: nobody who left comes back, nobody loses his telephone; skills and
    queues are the old ones. Raises NotFound, ConfigurationProblems when the old one does not fit the people of now.
    """
    async with database.tenant(tenant) as connection:
        await alone(connection, tenant)
        table = published_configurations
        body = await connection.execute(select(table.c.body).where(table.c.version == version))
        found = body.scalar_one_or_none()
        if found is None:
            raise NotFound
        old = decode_configuration(found)
        agents = {
            id: _as_before(now, old.agents.get(id)) for id, now in (await read_agents(connection, tenant)).items()
        }
        configuration = replace(old, version=await _last_version(connection) + 1, agents=agents)
        if problems := problems_of(configuration):
            raise ConfigurationProblems(problems)
        await keep(connection, configuration, by, "publishing.return_to", str(version))
    return Published(configuration, await announce(configuration, inbox))


def _as_before(now: AgentProfile, old: AgentProfile | None) -> AgentProfile:
    if old is None:
        return now
    return replace(
        now,
        skills=old.skills,
        queues=old.queues,
        conversion=old.conversion,
        text_capacity=old.text_capacity,
        screened=old.screened,
    )


async def _projects(connection: AsyncConnection, tenant: str) -> dict[str, Project]:
    """Projects with the rules of their debt books."""
    projects, rules = await read_projects(connection, tenant), await read_debt_rules(connection, tenant)
    return {name: replace(one, debts=rules.get(name, one.debts)) for name, one in projects.items()}


def _is_begun(draft: ScenarioDraft) -> bool:
    """Somebody's new, still empty scenario keeps nobody from publishing the rest."""
    return bool(draft.document.get("nodes")) or draft.is_default or draft.version > 1


def scenarios_of(drafts: list[ScenarioDraft]) -> tuple[dict[str, Scenario], list[Problem]]:
    """Those that can be read, and why the others cannot."""
    scenarios: dict[str, Scenario] = {}
    problems = []
    for draft in drafts:
        document: dict[str, Any] = {**draft.document, "id": draft.id, "version": draft.version}
        try:
            scenarios[draft.id] = scenario_from_document(document)
        except NotationError as error:
            problems.append(Problem(f"scenarios.{draft.id}", "malformed", str(error)))
    return scenarios, problems


async def publish(
    database: Database, tenant: str, by: str, inbox: Inbox | None, prompts: Container[str] | None = None
) -> Published:
    """A new version, kept in the database and then announced. Raises ConfigurationProblems.

    ``prompts``: recordings that are there; None when that is not known.
    """
    async with database.tenant(tenant) as connection:
        await alone(connection, tenant)
        configuration, drafts = await _collect(connection, tenant, prompts)
        await mark_published(connection, tenant, by, drafts)
        await keep(connection, configuration, by, "publishing.publish", str(configuration.version))
    return Published(configuration, await announce(configuration, inbox))


async def roll_back(
    database: Database, tenant: str, by: str, inbox: Inbox | None, scenario: str, version: int
) -> Published:
    """One scenario becomes what it was in ``version``, everything else stays as published: drafts of others wait on.

    Its draft becomes the same. Raises NotFound, ConfigurationProblems when the old one does not fit what is there now.
    """
    async with database.tenant(tenant) as connection:
        await alone(connection, tenant)
        before = await newest(connection)
        draft = await put_back(connection, tenant, scenario, version)
        if before is None or draft is None or scenario not in before.scenarios:
            raise NotFound
        walked, problems = scenarios_of([draft])
        configuration = replace(before, version=before.version + 1, scenarios={**before.scenarios, **walked})
        problems = problems or problems_of(configuration)
        if problems:
            raise ConfigurationProblems(problems)
        await mark_published(connection, tenant, by, [draft])
        await keep(connection, configuration, by, "publishing.roll_back", f"{scenario} {version}")
    return Published(configuration, await announce(configuration, inbox))


async def set_skills(
    database: Database, tenant: str, by: str, inbox: Inbox | None, agent: str, skills: dict[str, int]
) -> Published:
    """One agent's skills change at once, everything else stays as published. Raises NotFound."""
    async with database.tenant(tenant) as connection:
        await alone(connection, tenant)
        before = await newest(connection)
        profile = before.agents.get(agent) if before is not None else None
        if before is None or profile is None:
            raise NotFound
        await put_agent(connection, tenant, agent, profile.extension, skills)
        agents = {**before.agents, agent: replace(profile, skills=skills)}
        configuration = replace(before, version=before.version + 1, agents=agents)
        await keep(connection, configuration, by, "agents.set_skills", agent)
    return Published(configuration, await announce(configuration, inbox))


async def alone(connection: AsyncConnection, tenant: str) -> None:
    """One at a time, so that versions have no gaps and nobody's half-made change is published by another."""
    await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('publish ' || :t))"), {"t": tenant})


async def keep(connection: AsyncConnection, configuration: Configuration, by: str, action: str, object: str) -> None:
    await connection.execute(
        insert(published_configurations).values(
            tenant=configuration.tenant,
            version=configuration.version,
            at=datetime.now(UTC),
            by=by,
            body=encode_configuration(configuration).decode(),
        )
    )
    await audit.write(connection, tenant=configuration.tenant, user=by, action=action, object=object)


async def announce(configuration: Configuration, inbox: Inbox | None) -> bool:
    """False when no engine heard it."""
    if inbox is None:
        return False
    try:
        await inbox.submit(ConfigurationPublished(time.time(), configuration))
    except EngineAway:
        log.warning("published without an engine", tenant=configuration.tenant, version=configuration.version)
        return False
    return True


async def latest(database: Database, tenant: str) -> Configuration | None:
    """The newest published configuration, for an engine that starts."""
    async with database.tenant(tenant) as connection:
        return await newest(connection)


async def newest(connection: AsyncConnection) -> Configuration | None:
    """The configuration in force; None before anything was published."""
    table = published_configurations
    found = await connection.execute(select(table.c.body).order_by(table.c.version.desc()).limit(1))
    body = found.scalar_one_or_none()
    return None if body is None else decode_configuration(body)


async def publish_if_changed(database: Database, tenant: str, by: str, inbox: Inbox | None = None) -> Configuration:
    """The newest configuration, published now if what people edited differs from it."""
    before = await latest(database, tenant)
    async with database.tenant(tenant) as connection:
        now = await build(connection, tenant)
    if before is not None and replace(now, version=before.version) == before:
        return before
    return (await publish(database, tenant, by, inbox)).configuration


async def device_secrets(database: Database, tenant: str) -> dict[str, str]:
    """endpoint → SIP password, for provisioning the switch."""
    async with database.tenant(tenant) as connection:
        of_doors = await door_secrets(connection, tenant)
        return await read_device_secrets(connection) | await trunk_secrets(connection, tenant) | of_doors


async def _last_version(connection: AsyncConnection) -> int:
    found = await connection.execute(select(func.max(published_configurations.c.version)))
    return int(found.scalar_one_or_none() or 0)
