"""Rows of a tenant's table with one key: the whole repository of plain configuration."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection


def revision_of(row: Mapping[Any, Any] | None, names: Sequence[str] = ()) -> str:
    """What a row says as 16 hexadecimal digits, so that whoever saves can tell what he began from; "" for no row.

    ``names``: only these columns; all but the tenant when empty.
    """
    if row is None:
        return ""
    said = {name: value for name, value in row.items() if (name in names if names else name != "tenant")}
    text = json.dumps(said, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


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

    async def locked(self, key: str) -> RowMapping | None:
        """The row, which nobody else changes or makes until the transaction ends."""
        name = f"{self._table.name} {self._tenant} {key}"
        await self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))
        return await self.get(key)

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
