"""PostgreSQL sessions with the tenant's walls up.

Every table of a tenant is made by ``tenant_table`` and so has a ``tenant`` column and row-level security; every query
runs inside ``Database.tenant(...)``, which tells PostgreSQL whose rows may be seen. Outside of it nothing is visible.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import ARRAY, Column, ColumnElement, MetaData, Table, Text, any_, literal, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

APPLICATION_ROLE = "kaska_app"


def tenant_table(name: str, *items: Any, primary_key: tuple[str, ...], schema: str | None = None) -> Table:
    """A table whose rows belong to tenants. ``tenant`` is added as the first column and first part of the key."""
    columns = [Column("tenant", Text, primary_key=True, nullable=False), *items]
    for item in columns:
        if isinstance(item, Column) and item.name in primary_key:
            item.primary_key = True
    return Table(name, metadata, *columns, schema=schema, info={"tenant_wall": True})


def one_of(column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """``column`` is one of ``values``, for lists of any length. ``column.in_`` is a statement of its own for every
    length, and each connection keeps a hundred statements prepared: with long lists, millions of small objects."""
    return column == any_(literal(list(values), ARRAY(column.type)))


def wall_statements(table: Table) -> tuple[str, ...]:
    """SQL that raises the row-level wall around a tenant table."""
    name = f'"{table.schema}"."{table.name}"' if table.schema else f'"{table.name}"'
    return (
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY tenant_wall ON {name} USING (tenant = current_setting('kaska.tenant', true)) "
        f"WITH CHECK (tenant = current_setting('kaska.tenant', true))",
    )


class Database:
    """A pool of connections as the application's role.

    ``url`` is ``postgresql://user:password@host:port/name`` or with ``?host=/socket/dir``.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url.replace("postgresql://", "postgresql+asyncpg://", 1),
            pool_size=pool_size,
            max_overflow=5,
            pool_timeout=5,
            pool_pre_ping=True,
            hide_parameters=True,  # what people say must not get into logs with an error
            # our queries are short: compiling them first takes longer than running them
            connect_args={"timeout": 5, "command_timeout": 30, "server_settings": {"jit": "off"}},
        )

    @asynccontextmanager
    async def tenant(self, tenant: str) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees and writes the rows of ``tenant`` only; commits at the end, rolls back on error."""
        async with self.engine.begin() as connection:
            await connection.execute(text("SELECT set_config('kaska.tenant', :tenant, true)"), {"tenant": tenant})
            yield connection

    @asynccontextmanager
    async def system(self) -> AsyncIterator[AsyncConnection]:
        """A transaction without a tenant: only tables that belong to nobody (tenants, positions) can be seen."""
        async with self.engine.begin() as connection:
            yield connection

    async def close(self) -> None:
        await self.engine.dispose()
