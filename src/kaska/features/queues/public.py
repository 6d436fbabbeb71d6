"""What publishing reads of queues."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Queue
from kaska.features.queues.tables import queues
from kaska.kit.tenant_rows import TenantRows

_COLUMNS = tuple(field.name for field in fields(Queue))


async def read_queues(connection: AsyncConnection, tenant: str) -> dict[str, Queue]:
    rows = await TenantRows(connection, tenant, queues).all()
    return {row["id"]: Queue(**{name: row[name] for name in _COLUMNS}) for row in rows}


async def put_queue(connection: AsyncConnection, tenant: str, queue: Queue) -> None:
    await TenantRows(connection, tenant, queues).put(**{name: getattr(queue, name) for name in _COLUMNS})
