"""Queries of keys: the doors inside a system transaction, the rest inside ``Database.tenant(…)``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.keys.tables import key_doors, keys


async def behind(connection: AsyncConnection, token_hash: bytes) -> tuple[str, str] | None:
    """(tenant, key) that the token opens."""
    found = (await connection.execute(select(key_doors).where(key_doors.c.token_hash == token_hash))).one_or_none()
    return (found.tenant, found.key) if found else None


async def add_door(connection: AsyncConnection, tenant: str, key: str, token_hash: bytes) -> None:
    await connection.execute(insert(key_doors).values(token_hash=token_hash, tenant=tenant, key=key))


async def close_door(connection: AsyncConnection, tenant: str, key: str) -> None:
    await connection.execute(delete(key_doors).where(key_doors.c.tenant == tenant, key_doors.c.key == key))


async def used(connection: AsyncConnection, tenant: str, key: str, at: datetime) -> None:
    await connection.execute(update(keys).where(keys.c.tenant == tenant, keys.c.id == key).values(last_used_at=at))
