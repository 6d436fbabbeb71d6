"""Routes of queues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter

from kaska.features.identity.public import CurrentUser, Permission, kept, require
from kaska.features.queues.schemas import QueueGiven, QueueRow
from kaska.features.queues.tables import queues
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api", tags=["queues"])

Watcher = Annotated[CurrentUser, require(Permission.WATCH_FLOOR)]  # every screen shows names of queues
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("/queues")
async def list_queues(user: Watcher, database: DatabaseDep) -> list[QueueRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, queues).all()
    return [_row(row) for row in rows]


@router.put("/queues/{id}")
async def put_queue(id: Id, given: QueueGiven, user: Editor, database: DatabaseDep) -> QueueRow:
    values = {"id": id, **given.model_dump(exclude={"revision"})}
    async with database.tenant(user.tenant) as connection:
        return _row(await kept.keep(connection, user, queues, "queues", values, given.revision))


@router.delete("/queues/{id}", status_code=204)
async def delete_queue(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, queues, "queues", id)


def _row(row: Mapping[Any, Any]) -> QueueRow:
    return QueueRow.model_validate({**row, "revision": revision_of(row)})
