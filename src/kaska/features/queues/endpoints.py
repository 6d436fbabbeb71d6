"""Routes of queues."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.queues.schemas import QueueGiven, QueueRow
from kaska.features.queues.tables import queues
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api", tags=["queues"])

Watcher = Annotated[CurrentUser, require(Permission.WATCH_FLOOR)]  # every screen shows names of queues
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("/queues")
async def list_queues(user: Watcher, database: DatabaseDep) -> list[QueueRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, queues).all()
    return [QueueRow.model_validate(dict(row)) for row in rows]


@router.put("/queues/{id}")
async def put_queue(id: Id, given: QueueGiven, user: Editor, database: DatabaseDep) -> QueueRow:
    async with database.tenant(user.tenant) as connection:
        await TenantRows(connection, user.tenant, queues).put(id=id, **given.model_dump())
        await audit.write(connection, tenant=user.tenant, user=user.id, action="queues.put", object=id)
    return QueueRow(id=id, **given.model_dump())


@router.delete("/queues/{id}", status_code=204)
async def delete_queue(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await TenantRows(connection, user.tenant, queues).remove(id):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="queues.delete", object=id)
