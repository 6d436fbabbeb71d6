from __future__ import annotations

import asyncio
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from kaska.host.postgres import DatabaseUrls
from kaska.kit.database import Database, metadata
from kaska.migrations.run import load_tables, migrate

pytestmark = pytest.mark.database

WALLED = text(
    "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relrowsecurity AND c.relforcerowsecurity "
    "AND EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname)"
)
RIGHTS = text("SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = 'kaska_app' "
              "AND table_schema = :schema AND table_name = :table")  # fmt: skip


async def test_many_may_start_at_once_and_again(postgres: DatabaseUrls) -> None:
    await asyncio.gather(*(migrate(postgres.owner) for _ in range(3)))
    began = time.monotonic()
    await migrate(postgres.owner)
    assert time.monotonic() - began < 2


async def test_every_table_is_walled_and_granted(postgres: DatabaseUrls) -> None:
    await migrate(postgres.owner)
    load_tables()
    database = Database(postgres.owner)
    async with database.system() as connection:
        walled = {(str(schema), str(table)) for schema, table in await connection.execute(WALLED)}
        assert walled == {(t.schema or "public", t.name) for t in metadata.sorted_tables if t.info.get("tenant_wall")}
        for table in metadata.sorted_tables:
            place = {"schema": table.schema or "public", "table": table.name}
            rights = set((await connection.execute(RIGHTS, place)).scalars())
            append_only = {"SELECT", "INSERT"}
            assert rights == (append_only if table.info.get("append_only") else append_only | {"UPDATE", "DELETE"})
    await database.close()


async def test_the_revisions_make_what_the_code_describes(untouched_postgres: DatabaseUrls) -> None:
    """A table or column that was added to the code without a revision fails here."""
    await migrate(untouched_postgres.owner)
    load_tables()

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name in (None, "ledger"),
                "include_object": lambda _, name, kind, *__: (kind, name) != ("table", "alembic_version"),
            },
        )
        return list(compare_metadata(context, metadata))

    database = Database(untouched_postgres.owner)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()
