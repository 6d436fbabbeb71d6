"""Routes of publishing, and the names that every screen shows."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel
from sqlalchemy import select

from kaska.core.ports import EngineAway, Inbox
from kaska.features.agents.public import read_agents, read_skills
from kaska.features.engine_door import engine_inbox
from kaska.features.identity.public import CurrentUser, Permission, all_names, audit, require
from kaska.features.numbers.public import TestLine, test_line
from kaska.features.projects.public import read_projects
from kaska.features.publishing import service, trial
from kaska.features.publishing.difference import RULES as AREAS_OF_ONE
from kaska.features.publishing.errors import ConfigurationProblems
from kaska.features.publishing.tables import published_configurations
from kaska.features.queues.public import read_queues
from kaska.features.scenarios.public import known_prompts
from kaska.kit.config import Settings
from kaska.kit.errors import NotFound
from kaska.kit.given import Given, Id
from kaska.kit.http import DatabaseDep, SettingsDep, language_of

router = APIRouter(prefix="/api", tags=["publishing"])

MOST_WAITING = 200
AUDITED = {"sources": "lookups", "recording": "recordings"}
"""area of the configuration → first word of its audited actions, where they differ"""
RULES = "rules"
"""what the one row of an area is called there, which has but one"""


class PublishedRow(BaseModel):
    """``name`` is of the person ``by``, "" when it was the product itself."""

    version: int
    at: datetime
    by: str
    name: str = ""


class FieldChange(BaseModel):
    """``field`` is a dotted path; null = not there."""

    field: str
    before: Any
    after: Any


class WaitingChange(BaseModel):
    """Something edited that is not in force yet; ``by`` is who edited it last, by name."""

    area: str
    id: str
    name: str
    kind: Literal["added", "removed", "changed"]
    fields: list[FieldChange]
    by: str = ""


class Standing(BaseModel):
    """``version`` in force, 0 = none. ``problems``: place ("queues.sales.chain") → what to mend before publishing."""

    version: int
    waiting: list[WaitingChange]
    problems: dict[str, str]


class PublishedNow(BaseModel):
    version: int
    announced: bool
    """False: no engine runs; it takes this version when it starts"""


class Check(BaseModel):
    """``problems``: place → what to mend; empty when publishing would succeed."""

    problems: dict[str, str]


class AgentName(BaseModel):
    name: str
    extension: str


class Directory(BaseModel):
    """Names by identifier."""

    projects: dict[str, str]
    queues: dict[str, str]
    agents: dict[str, AgentName]
    skills: dict[str, str]


@router.get("/publishing")
async def list_published(
    user: Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)], database: DatabaseDep
) -> list[PublishedRow]:
    """The newest 100."""
    table = published_configurations
    async with database.tenant(user.tenant) as connection:
        rows = await connection.execute(
            select(table.c.version, table.c.at, table.c.by).order_by(table.c.version.desc()).limit(100)
        )
        names = await all_names(connection, user.tenant)
        return [PublishedRow.model_validate({**row, "name": names.get(row["by"], "")}) for row in rows.mappings()]


@router.get("/publishing/waiting")
async def read_waiting_changes(
    user: Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)],
    request: Request,
    database: DatabaseDep,
    settings: SettingsDep,
) -> Standing:
    """What was edited and is not in force yet, and what must be mended before it can be."""
    async with database.tenant(user.tenant) as connection:
        found = await service.standing(connection, user.tenant, _prompts(settings, user.tenant))
        waiting = [
            WaitingChange(
                area=one.area,
                id=one.id,
                name=one.name,
                kind=one.kind,
                fields=[FieldChange.model_validate(change) for change in one.fields],
                by=await audit.last_by(
                    connection, AUDITED.get(one.area, one.area), RULES if one.area in AREAS_OF_ONE else one.id
                ),
            )
            for one in found.waiting[:MOST_WAITING]
        ]
    texts = ConfigurationProblems(found.problems).field_texts(language_of(request)) or {}
    return Standing(version=found.version, waiting=waiting, problems=texts)


@router.post("/publishing/{version}/return", status_code=201)
async def return_to_published(
    version: Annotated[int, Path(ge=1, le=2**31 - 1)],
    user: Annotated[CurrentUser, require(Permission.PUBLISH)],
    request: Request,
    database: DatabaseDep,
) -> PublishedNow:
    """Calls are handled as by that version again, at once; what was edited since stays edited and waits."""
    published = await service.return_to(database, user.tenant, user.id, _inbox(request, user.tenant), version)
    return PublishedNow(version=published.configuration.version, announced=published.announced)


@router.get("/publishing/check")
async def check_configuration(
    user: Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)],
    request: Request,
    database: DatabaseDep,
    settings: SettingsDep,
) -> Check:
    """What must be mended before publishing."""
    try:
        async with database.tenant(user.tenant) as connection:
            await service.build(connection, user.tenant, _prompts(settings, user.tenant))
    except ConfigurationProblems as problems:
        return Check(problems=problems.field_texts(language_of(request)) or {})
    return Check(problems={})


@router.post("/publishing", status_code=201)
async def publish_configuration(
    user: Annotated[CurrentUser, require(Permission.PUBLISH)],
    request: Request,
    database: DatabaseDep,
    settings: SettingsDep,
) -> PublishedNow:
    """Makes what was edited the configuration that calls are handled by."""
    inbox = _inbox(request, user.tenant)
    published = await service.publish(database, user.tenant, user.id, inbox, _prompts(settings, user.tenant))
    return PublishedNow(version=published.configuration.version, announced=published.announced)


@router.post("/scenarios/{id}/versions/{version}/rollback", status_code=201)
async def roll_scenario_back(
    id: Id,
    version: Annotated[int, Path(ge=1, le=2**31 - 1)],
    user: Annotated[CurrentUser, require(Permission.PUBLISH)],
    request: Request,
    database: DatabaseDep,
) -> PublishedNow:
    """New calls walk the scenario as it was in that version, at once; nothing else that was edited is published."""
    published = await service.roll_back(database, user.tenant, user.id, _inbox(request, user.tenant), id, version)
    return PublishedNow(version=published.configuration.version, announced=published.announced)


class TrialGiven(Given):
    """``draft``: as it is on the screen; null = as it is stored."""

    draft: dict[str, Any] | None = None


@router.post("/scenarios/{id}/trial", status_code=201)
async def try_scenario(
    id: Id,
    given: TrialGiven,
    user: Annotated[CurrentUser, require(Permission.CONFIGURE)],
    request: Request,
    database: DatabaseDep,
    settings: SettingsDep,
) -> TestLine:
    """A number whose next call, within two minutes, walks the draft; and the account by which the page calls it.

    Real telephones ring; the call counts in no report and nobody owes anything for it. How it goes: "trials" of
    the live picture.
    """
    caller = trial.Caller(user.tenant, user.id, engine_inbox(request, user.tenant))
    number = await trial.prepare(database, caller, id, given.draft, _prompts(settings, user.tenant))
    async with database.tenant(user.tenant) as connection:
        account = await test_line(connection, user.tenant, settings.sip_host, number)
    if account is None:
        raise NotFound
    return account


def _inbox(request: Request, tenant: str) -> Inbox | None:
    try:
        return engine_inbox(request, tenant)
    except EngineAway:
        return None


def _prompts(settings: Settings, tenant: str) -> Container[str] | None:
    """None where no recording was ever made: it cannot be told what will be there."""
    folder = settings.root / "prompts"
    return known_prompts(folder, tenant) if folder.is_dir() else None


@router.get("/directory")
async def read_directory(
    user: Annotated[CurrentUser, require(Permission.WATCH_FLOOR)], database: DatabaseDep
) -> Directory:
    """Names of projects, queues, agents and skills, for every screen that shows their identifiers."""
    async with database.tenant(user.tenant) as connection:
        projects = await read_projects(connection, user.tenant)
        queues = await read_queues(connection, user.tenant)
        agents = await read_agents(connection, user.tenant)
        skills = await read_skills(connection, user.tenant)
    return Directory(
        projects={project.id: project.name for project in projects.values()},
        queues={queue.id: queue.name for queue in queues.values()},
        agents={agent.id: AgentName(name=agent.name, extension=agent.extension) for agent in agents.values()},
        skills={skill.id: skill.name for skill in skills.values()},
    )
