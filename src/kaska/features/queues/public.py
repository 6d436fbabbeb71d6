"""What publishing reads of queues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_type_hints

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Queue
from kaska.features.queues.tables import queues
from kaska.kit.tenant_rows import TenantRows
from kaska.ledger.codec import to_plain
from kaska.ledger.notation import from_document

_TYPES = get_type_hints(Queue)
_COLUMNS = tuple(field.name for field in fields(Queue))


def queue_of(row: Mapping[str, Any]) -> Queue:
    """A row of the table, or what the API was given with its ``id``. Raises NotationError naming the column."""
    path = ("queues", row["id"])
    return Queue(**{name: from_document(row[name], _TYPES[name], (*path, name)) for name in _COLUMNS})


async def read_queues(connection: AsyncConnection, tenant: str) -> dict[str, Queue]:
    return {row["id"]: queue_of(dict(row)) for row in await TenantRows(connection, tenant, queues).all()}


def row_of(queue: Queue) -> dict[str, Any]:
    return {name: to_plain(getattr(queue, name), _TYPES[name]) for name in _COLUMNS}


async def put_queue(connection: AsyncConnection, tenant: str, queue: Queue) -> None:
    await TenantRows(connection, tenant, queues).put(**row_of(queue))
