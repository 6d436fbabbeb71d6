"""Routes of the first steps: the short guide that a new installation opens with."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request

from kaska.core.ports import EngineAway, Inbox
from kaska.features.engine_door import engine_inbox
from kaska.features.first_steps import service
from kaska.features.first_steps.beginning import TEST_NUMBER
from kaska.features.first_steps.schemas import CompanyGiven, FirstSteps, LineGiven
from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.numbers.public import TestLine, test_line
from kaska.features.publishing.public import publish
from kaska.kit.errors import NotFound
from kaska.kit.http import DatabaseDep, SettingsDep

router = APIRouter(prefix="/api/first-steps", tags=["first steps"])

Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("")
async def read_first_steps(user: Editor, database: DatabaseDep) -> FirstSteps:
    """How far the company has come."""
    return await service.read(database, user.tenant)


@router.put("/company")
async def describe_company(given: CompanyGiven, user: Editor, database: DatabaseDep) -> FirstSteps:
    """Name, time zone and hours; makes what is missing of calendar, project, queue, scenario; keeps what is there."""
    await service.describe(database, user, given)
    return await service.read(database, user.tenant)


@router.post("/line")
async def open_line(
    given: LineGiven,
    user: Annotated[CurrentUser, require(Permission.PUBLISH)],
    request: Request,
    database: DatabaseDep,
) -> FirstSteps:
    """The test number that the page can call, a real number beside it when one is given, and all of it in force."""
    await service.open_line(database, user, given.number)
    await publish(database, user.tenant, user.id, _inbox(request, user.tenant))
    return await service.read(database, user.tenant)


@router.get("/line")
async def read_test_line(user: Editor, database: DatabaseDep, settings: SettingsDep) -> TestLine:
    """By what account and which number the page calls the company, as a customer would."""
    async with database.tenant(user.tenant) as connection:
        account = await test_line(connection, user.tenant, settings.sip_host, TEST_NUMBER)
    if account is None:
        raise NotFound
    return account


def _inbox(request: Request, tenant: str) -> Inbox | None:
    try:
        return engine_inbox(request, tenant)
    except EngineAway:
        return None
