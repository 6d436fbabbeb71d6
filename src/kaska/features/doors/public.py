"""What publishing reads of doors."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Door
from kaska.features.doors.schemas import DoorFields
from kaska.features.doors.tables import doors
from kaska.kit.tenant_rows import TenantRows

__all__ = ["door_secrets", "read_doors"]


async def read_doors(connection: AsyncConnection, tenant: str) -> dict[str, Door]:
    rows = await TenantRows(connection, tenant, doors).all()
    return {row["id"]: _door(row["id"], row["endpoint"], DoorFields.model_validate(row["document"])) for row in rows}


async def door_secrets(connection: AsyncConnection, tenant: str) -> dict[str, str]:
    """endpoint → SIP password."""
    return {row["endpoint"]: row["secret"] for row in await TenantRows(connection, tenant, doors).all()}


def _door(id: str, endpoint: str, given: DoorFields) -> Door:
    return Door(
        id,
        given.name,
        endpoint,
        given.extension,
        tuple(given.agents),
        given.queue,
        given.in_turn,
        given.ring_seconds,
        given.each_seconds,
        given.opens,
        given.camera,
    )
