"""Routes of scenarios."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.scenarios import public
from kaska.features.scenarios.schemas import ScenarioGiven, ScenarioRow
from kaska.features.scenarios.tables import scenarios
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api", tags=["scenarios"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("/scenarios")
async def list_scenarios(user: Reader, database: DatabaseDep) -> list[ScenarioRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, scenarios).all()
    return [ScenarioRow.model_validate(dict(row)) for row in rows]


@router.put("/scenarios/{id}")
async def put_scenario(id: Id, given: ScenarioGiven, user: Editor, database: DatabaseDep) -> ScenarioRow:
    """Stores the draft; calls walk it only after publishing."""
    async with database.tenant(user.tenant) as connection:
        await public.put_draft(
            connection, user.tenant, id, name=given.name, draft=given.draft, is_default=given.is_default
        )
        await audit.write(connection, tenant=user.tenant, user=user.id, action="scenarios.put", object=id)
        row = await TenantRows(connection, user.tenant, scenarios).get(id)
    return ScenarioRow.model_validate(dict(row or {}))


@router.delete("/scenarios/{id}", status_code=204)
async def delete_scenario(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await TenantRows(connection, user.tenant, scenarios).remove(id):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="scenarios.delete", object=id)
