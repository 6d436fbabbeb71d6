"""The first steps of a company, each of which may be taken again without harm."""

from __future__ import annotations

from dataclasses import replace

from kaska.core.configuration import Number
from kaska.features.agents.public import read_agents
from kaska.features.calls.public import anybody_answered
from kaska.features.first_steps import beginning
from kaska.features.first_steps.schemas import CompanyGiven, FirstSteps
from kaska.features.identity.public import CurrentUser, Doors, audit
from kaska.features.numbers.public import browser_line, ensure_browser_line, put_number, read_numbers, read_trunks
from kaska.features.projects.public import put_calendar, put_project, read_calendars, read_projects
from kaska.features.publishing.public import latest
from kaska.features.queues.public import put_queue, read_queues
from kaska.features.scenarios.public import put_draft, read_drafts
from kaska.kit.database import Database
from kaska.ledger.codec import scenario_to_document


async def read(database: Database, tenant: str) -> FirstSteps:
    async with database.system() as connection:
        name = await Doors(connection).tenant_name(tenant)
    async with database.tenant(tenant) as connection:
        numbers = await read_numbers(connection, tenant)
        trunks = await read_trunks(connection, tenant)
        drafts = await read_drafts(connection, tenant)
        projects = await read_projects(connection, tenant)
        agents = await read_agents(connection, tenant)
        answered = await anybody_answered(connection)
    line = browser_line(tenant)
    return FirstSteps(
        name=name,
        company=bool(drafts and projects),
        workplaces=len(agents),
        test_line=line in trunks and beginning.TEST_NUMBER in numbers,
        numbers=[number for number in numbers if number != beginning.TEST_NUMBER],
        trunks=sum(id != line for id in trunks),
        published=await latest(database, tenant) is not None,
        answered=answered,
    )


async def describe(database: Database, user: CurrentUser, given: CompanyGiven) -> None:
    """Hours are written anew; a project, queue or scenario that is there stays as somebody made it."""
    tenant = user.tenant
    async with database.system() as connection:
        await Doors(connection).rename_tenant(tenant, given.name)
    hours = beginning.calendar(given.language, given.timezone, given.days, given.opens, given.closes)
    async with database.tenant(tenant) as connection:
        known = (await read_calendars(connection, tenant)).get(hours.id)
        await put_calendar(
            connection, tenant, hours if known is None else replace(known, timezone=hours.timezone, week=hours.week)
        )
        if not await read_projects(connection, tenant):
            await put_project(connection, tenant, beginning.project(given.name))
        if not await read_queues(connection, tenant):
            await put_queue(connection, tenant, beginning.queue(given.language))
        if not await read_drafts(connection, tenant):
            document = scenario_to_document(beginning.scenario(given.language))
            draft = {name: value for name, value in document.items() if name not in ("id", "version")}
            name = beginning.scenario_name(given.language)
            await put_draft(connection, tenant, beginning.SCENARIO, name=name, draft=draft, is_default=True)
        details = given.model_dump(mode="json")
        await audit.write(
            connection, tenant=tenant, user=user.id, action="first_steps.company", object=given.name, details=details
        )


async def open_line(database: Database, user: CurrentUser, number: str) -> None:
    """Numbers go to the first project and the default scenario, which need not be those that the guide made."""
    tenant = user.tenant
    async with database.tenant(tenant) as connection:
        drafts = await read_drafts(connection, tenant)
        scenario = next((draft.id for draft in drafts if draft.is_default), beginning.SCENARIO)
        project = next(iter(await read_projects(connection, tenant)), beginning.PROJECT)
        await ensure_browser_line(connection, tenant)
        for one in (beginning.TEST_NUMBER, number):
            if one and one not in await read_numbers(connection, tenant):
                await put_number(connection, tenant, Number(one, project, scenario))
        await audit.write(connection, tenant=tenant, user=user.id, action="first_steps.line", object=number)
