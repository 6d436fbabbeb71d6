"""Queries of audits. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.audits.tables import audit_profiles, foreign_audits
from kaska.kit.tenant_rows import TenantRows

_BRIEF = [
    *(column for column in foreign_audits.c if column.name not in ("result", "options")),
    foreign_audits.c.result["figures"]["offered"].astext.label("offered"),
    foreign_audits.c.result["figures"]["answered"].astext.label("answered"),
]


async def all_briefs(connection: AsyncConnection, tenant: str, limit: int = 100) -> Sequence[Row[Any]]:
    """Newest first, without their results."""
    query = select(*_BRIEF).where(foreign_audits.c.tenant == tenant)
    rows: Sequence[Row[Any]] = (
        await connection.execute(query.order_by(foreign_audits.c.created_at.desc()).limit(limit))
    ).all()
    return rows


async def brief(connection: AsyncConnection, tenant: str, audit: str) -> Row[Any] | None:
    query = select(*_BRIEF).where(foreign_audits.c.tenant == tenant, foreign_audits.c.id == audit)
    row: Row[Any] | None = (await connection.execute(query)).one_or_none()
    return row


async def result(connection: AsyncConnection, tenant: str, audit: str) -> Any:
    """What was counted, or None."""
    query = select(foreign_audits.c.result)
    return await connection.scalar(query.where(foreign_audits.c.tenant == tenant, foreign_audits.c.id == audit))


async def states(connection: AsyncConnection, tenant: str) -> dict[str, Row[Any]]:
    """Id → state and created_at, of all audits."""
    columns = [foreign_audits.c[name] for name in ("id", "state", "created_at")]
    query = select(*columns)
    rows: Sequence[Row[Any]] = (await connection.execute(query.where(foreign_audits.c.tenant == tenant))).all()
    return {row.id: row for row in rows}


async def change(connection: AsyncConnection, tenant: str, audit: str, **values: Any) -> None:
    chosen = (foreign_audits.c.tenant == tenant) & (foreign_audits.c.id == audit)
    await connection.execute(update(foreign_audits).where(chosen).values(**values))


def audits(connection: AsyncConnection, tenant: str) -> TenantRows:
    return TenantRows(connection, tenant, foreign_audits)


def profiles(connection: AsyncConnection, tenant: str) -> TenantRows:
    return TenantRows(connection, tenant, audit_profiles)
