"""Routes of projects and calendars."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.projects.schemas import CalendarGiven, CalendarRow, ProjectGiven, ProjectRow
from kaska.features.projects.tables import calendars, projects
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api", tags=["projects"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("/projects")
async def list_projects(user: Reader, database: DatabaseDep) -> list[ProjectRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, projects).all()
    return [ProjectRow.model_validate(dict(row)) for row in rows]


@router.put("/projects/{id}")
async def put_project(id: Id, given: ProjectGiven, user: Editor, database: DatabaseDep) -> ProjectRow:
    values = given.model_dump()
    async with database.tenant(user.tenant) as connection:
        await TenantRows(connection, user.tenant, projects).put(id=id, **values)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="projects.put", object=id)
    return ProjectRow(id=id, **values)


@router.delete("/projects/{id}", status_code=204)
async def delete_project(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await TenantRows(connection, user.tenant, projects).remove(id):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="projects.delete", object=id)


@router.get("/calendars")
async def list_calendars(user: Reader, database: DatabaseDep) -> list[CalendarRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, calendars).all()
    return [CalendarRow.model_validate(dict(row)) for row in rows]


@router.put("/calendars/{id}")
async def put_calendar(id: Id, given: CalendarGiven, user: Editor, database: DatabaseDep) -> CalendarRow:
    values = given.model_dump(mode="json")
    async with database.tenant(user.tenant) as connection:
        await TenantRows(connection, user.tenant, calendars).put(id=id, **values)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="calendars.put", object=id)
    return CalendarRow(id=id, **values)


@router.delete("/calendars/{id}", status_code=204)
async def delete_calendar(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await TenantRows(connection, user.tenant, calendars).remove(id):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="calendars.delete", object=id)
