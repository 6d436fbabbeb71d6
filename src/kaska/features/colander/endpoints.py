"""Routes of the colander."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from kaska.features.colander import service
from kaska.features.colander.schemas import Colander, ColanderSettings, LeakedPage, LeakedQuery, PeriodQuery
from kaska.features.colander.tables import colander_settings
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api/colander", tags=["colander"])

Reader = Annotated[CurrentUser, require(Permission.READ_COLANDER)]


@router.get("")
async def read_colander(user: Reader, database: DatabaseDep, query: Annotated[PeriodQuery, Query()]) -> Colander:
    """The way of every contact of the period from the line to a person, and the holes it ran out of."""
    period = service.checked_period(user.tenant, query)
    async with database.tenant(user.tenant) as connection:
        return await service.colander(connection, period, datetime.now(UTC))


@router.get("/contacts")
async def list_leaked_contacts(
    user: Reader, database: DatabaseDep, query: Annotated[LeakedQuery, Query()]
) -> LeakedPage:
    """The contacts behind a hole, newest first, with who owes them."""
    async with database.tenant(user.tenant) as connection:
        return await service.leaked(connection, user.tenant, query, datetime.now(UTC))


@router.get("/settings")
async def read_colander_settings(user: Reader, database: DatabaseDep) -> ColanderSettings:
    """What a lost contact costs, by project and number; the most particular line counts."""
    async with database.tenant(user.tenant) as connection:
        return await service.settings_of(connection, user.tenant)


@router.put("/settings")
async def set_colander_settings(
    given: ColanderSettings, user: Annotated[CurrentUser, require(Permission.CONFIGURE)], database: DatabaseDep
) -> ColanderSettings:
    async with database.tenant(user.tenant) as connection:
        await TenantRows(connection, user.tenant, colander_settings).put(id=service.ROW, document=given.model_dump())
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="colander.settings", object=service.ROW,
            details=given.model_dump(exclude_none=True),
        )  # fmt: skip
    return given
