"""Queries of scripts. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.scripts.tables import script_runs, script_versions, scripts
from kaska.kit.database import one_of

NEWEST = 200


async def all_scripts(connection: AsyncConnection, tenant: str) -> Sequence[RowMapping]:
    query = select(scripts).where(scripts.c.tenant == tenant).order_by(scripts.c.archived, scripts.c.name, scripts.c.id)
    return (await connection.execute(query)).mappings().all()


async def script(connection: AsyncConnection, tenant: str, id: str, *, lock: bool = False) -> RowMapping | None:
    query = select(scripts).where(scripts.c.tenant == tenant, scripts.c.id == id)
    query = query.with_for_update() if lock else query
    return (await connection.execute(query)).mappings().one_or_none()


async def put(connection: AsyncConnection, tenant: str, id: str, **values: Any) -> bool:
    """Insert; False when somebody has just made one with the same name."""
    statement = insert(scripts).values(tenant=tenant, id=id, **values).on_conflict_do_nothing()
    return bool((await connection.execute(statement)).rowcount)


async def change(connection: AsyncConnection, tenant: str, id: str, **values: Any) -> None:
    statement = scripts.update().where(scripts.c.tenant == tenant, scripts.c.id == id).values(**values)
    await connection.execute(statement)


async def add_version(
    connection: AsyncConnection, tenant: str, id: str, version: int, by: str, at: datetime, document: dict[str, Any]
) -> None:
    values = {"tenant": tenant, "script": id, "version": version, "at": at, "by": by, "document": document}
    await connection.execute(insert(script_versions).values(**values))


async def versions(connection: AsyncConnection, tenant: str, id: str) -> Sequence[RowMapping]:
    """(version, at, by), the newest first."""
    table = script_versions
    query = select(table.c.version, table.c.at, table.c.by).where(table.c.tenant == tenant, table.c.script == id)
    return (await connection.execute(query.order_by(table.c.version.desc()).limit(NEWEST))).mappings().all()


async def document(connection: AsyncConnection, tenant: str, id: str, version: int) -> dict[str, Any] | None:
    table = script_versions
    query = select(table.c.document).where(table.c.tenant == tenant, table.c.script == id, table.c.version == version)
    found: dict[str, Any] | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def newest_run(connection: AsyncConnection, tenant: str, contact: str, agent: str) -> RowMapping | None:
    """The script that this agent went through last in this conversation."""
    query = select(script_runs).where(
        script_runs.c.tenant == tenant, script_runs.c.contact == contact, script_runs.c.agent == agent
    )
    query = query.order_by(script_runs.c.changed_at.desc()).limit(1)
    return (await connection.execute(query)).mappings().one_or_none()


async def keep_run(connection: AsyncConnection, tenant: str, now: datetime, **values: Any) -> None:
    statement = insert(script_runs).values(tenant=tenant, started_at=now, changed_at=now, **values)
    keys = ("tenant", "contact", "agent", "script")
    changing = {name: statement.excluded[name] for name in (*values, "changed_at") if name not in keys}
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changing))


async def figures(
    connection: AsyncConnection, tenant: str, id: str, version: int
) -> tuple[dict[str, int], dict[str, int]]:
    """(step → conversations that reached it, step → conversations that stand there; "" = the end)."""
    of = (script_runs.c.tenant == tenant) & (script_runs.c.script == id) & (script_runs.c.version == version)
    seen = select(func.unnest(script_runs.c.visited).label("step")).where(of).subquery()
    reached = await connection.execute(select(seen.c.step, func.count()).group_by(seen.c.step))
    standing = await connection.execute(select(script_runs.c.step, func.count()).where(of).group_by(script_runs.c.step))
    return {row[0]: row[1] for row in reached}, {row[0]: row[1] for row in standing}


async def runs_of(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> list[dict[str, Any]]:
    """What was filled in during these conversations."""
    table = script_runs
    query = select(table.c.contact, table.c.script, table.c.filled).where(
        table.c.tenant == tenant, one_of(table.c.contact, contacts)
    )
    rows = await connection.execute(query.order_by(table.c.started_at, table.c.contact))
    return [dict(row._mapping) for row in rows]


async def forget_runs(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> None:
    table = script_runs
    await connection.execute(delete(table).where(table.c.tenant == tenant, one_of(table.c.contact, contacts)))
