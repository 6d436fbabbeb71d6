"""Rows of a tenant's table with one key: the whole repository of plain configuration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection


class TenantRows:
    """``table`` was made by ``tenant_table`` with one key column; ``connection`` is of ``Database.tenant(tenant)``."""

    def __init__(self, connection: AsyncConnection, tenant: str, table: Table) -> None:
        self._connection = connection
        self._tenant = tenant
        self._table = table
        self._key = next(column for column in table.primary_key if column.name != "tenant")

    async def all(self) -> Sequence[RowMapping]:
        """Ordered by the key."""
        statement = select(self._table).where(self._table.c.tenant == self._tenant).order_by(self._key)
        return (await self._connection.execute(statement)).mappings().all()

    async def get(self, key: str) -> RowMapping | None:
        statement = select(self._table).where(self._table.c.tenant == self._tenant, self._key == key)
        return (await self._connection.execute(statement)).mappings().one_or_none()

    async def put(self, **values: Any) -> None:
        """Insert, or change the given columns of the row with the same key."""
        statement = insert(self._table).values(tenant=self._tenant, **values)
        changed = {name: statement.excluded[name] for name in values if name != self._key.name}
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["tenant", self._key.name], set_=changed)
        )

    async def remove(self, key: str) -> bool:
        """False when there was none."""
        statement = delete(self._table).where(self._table.c.tenant == self._tenant, self._key == key)
        return bool((await self._connection.execute(statement)).rowcount)
