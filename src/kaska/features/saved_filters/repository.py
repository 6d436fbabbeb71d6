"""Queries of saved filters. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.saved_filters.tables import saved_filters


async def seen_by(connection: AsyncConnection, tenant: str, user: str) -> Sequence[RowMapping]:
    """A person's own and everybody's, by name."""
    table = saved_filters
    query = select(table).where(table.c.tenant == tenant, or_(table.c.owner == user, table.c.shared))
    query = query.order_by(func.lower(table.c.name), table.c.id)
    return (await connection.execute(query)).mappings().all()


async def count_of(connection: AsyncConnection, tenant: str, user: str) -> int:
    table = saved_filters
    query = select(func.count()).where(table.c.tenant == tenant, table.c.owner == user)
    return int((await connection.execute(query)).scalar_one())


async def named(connection: AsyncConnection, tenant: str, user: str, name: str) -> str | None:
    """The identifier of the person's filter with this name."""
    table = saved_filters
    query = select(table.c.id).where(table.c.tenant == tenant, table.c.owner == user, table.c.name == name)
    return (await connection.execute(query)).scalar_one_or_none()
