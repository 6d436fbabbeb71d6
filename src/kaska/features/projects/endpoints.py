"""Routes of projects and calendars."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlalchemy.engine import RowMapping

from kaska.core import events, facts
from kaska.features.engine_door import engine_inbox
from kaska.features.identity.public import CurrentUser, Permission, audit, kept, require
from kaska.features.projects.production_calendar import with_year, year_of
from kaska.features.projects.public import put_calendar as keep_calendar
from kaska.features.projects.public import read_calendars
from kaska.features.projects.schemas import (
    CalendarGiven,
    CalendarRow,
    ModeGiven,
    ModeNow,
    ProductionYear,
    ProjectGiven,
    ProjectRow,
)
from kaska.features.projects.tables import calendars, projects
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api", tags=["projects"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]
Year = Annotated[int, Path(ge=2020, le=2035)]


@router.get("/projects")
async def list_projects(user: Reader, database: DatabaseDep) -> list[ProjectRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, projects).all()
    return [_project(row) for row in rows]


@router.put("/projects/{id}")
async def put_project(id: Id, given: ProjectGiven, user: Editor, database: DatabaseDep) -> ProjectRow:
    values = {"id": id, **given.model_dump(exclude={"revision"})}
    async with database.tenant(user.tenant) as connection:
        return _project(await kept.keep(connection, user, projects, "projects", values, given.revision))


@router.delete("/projects/{id}", status_code=204)
async def delete_project(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, projects, "projects", id)


@router.get("/calendars")
async def list_calendars(user: Reader, database: DatabaseDep) -> list[CalendarRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, calendars).all()
    return [_calendar(row) for row in rows]


@router.put("/calendars/{id}")
async def put_calendar(id: Id, given: CalendarGiven, user: Editor, database: DatabaseDep) -> CalendarRow:
    values = {"id": id, **given.model_dump(mode="json", exclude={"revision"})}
    async with database.tenant(user.tenant) as connection:
        return _calendar(await kept.keep(connection, user, calendars, "calendars", values, given.revision))


@router.delete("/calendars/{id}", status_code=204)
async def delete_calendar(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, calendars, "calendars", id)


@router.get("/production-calendar/{year}")
async def read_production_calendar(year: Year, user: Reader) -> ProductionYear:
    """Russia's days off, working weekends and shortened days, as far as the decree of that year is known."""
    return ProductionYear.model_validate(year_of(year), from_attributes=True)


@router.post("/calendars/{id}/production-calendar/{year}")
async def take_production_calendar(id: Id, year: Year, user: Editor, database: DatabaseDep) -> CalendarRow:
    """Puts that year's days into the calendar; days described by hand stay. Calls heed it after publishing."""
    async with database.tenant(user.tenant) as connection:
        before = await kept.begin(connection, user, calendars, "calendars", id, None)
        calendar = (await read_calendars(connection, user.tenant)).get(id)
        if calendar is None:
            raise NotFound
        await keep_calendar(connection, user.tenant, with_year(calendar, year))
        return _calendar(await kept.trace(connection, user, calendars, "calendars", id, before))


def _project(row: RowMapping) -> ProjectRow:
    return ProjectRow.model_validate({**row, "revision": revision_of(row)})


def _calendar(row: RowMapping) -> CalendarRow:
    return CalendarRow.model_validate({**row, "revision": revision_of(row)})


@router.put("/projects/{id}/mode")
async def switch_mode(
    id: Id,
    given: ModeGiven,
    user: Annotated[CurrentUser, require(Permission.SWITCH_MODE)],
    request: Request,
    database: DatabaseDep,
) -> ModeNow:
    """Sets the project's mode by hand, at once and for all new steps of calls; "" lets the calendar decide again."""
    inbox = engine_inbox(request, user.tenant)
    now = await inbox.now()
    until = now + given.minutes * 60.0 if given.mode and given.minutes else 0.0
    happened = await inbox.submit(events.ModeSwitched(now, id, given.mode, until, user.id))
    async with database.tenant(user.tenant) as connection:
        details = {"mode": given.mode, "minutes": given.minutes}
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="projects.mode", object=id, details=details
        )
    switched = next(fact for fact in happened if isinstance(fact, facts.ModeSwitched))
    return ModeNow(project=id, mode=switched.mode, until=switched.until)
