"""Queries of reconciliation. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.reconciliation.comparison import CdrWitnessed, Detail, Witnessed
from kaska.features.reconciliation.tables import cdr_calls, differences, runs, switch_calls

Key = tuple[str, str]
"""(contact, kind)"""

_WITNESSED = [
    switch_calls.c[name]
    for name in ("contact", "number", "caller", "arrived_at", "ended_at", "talk_seconds", "outcome_hint")
]

_CDR = [
    cdr_calls.c[name]
    for name in ("contact", "number", "caller", "arrived_at", "ended_at", "noted_at", "disposition", "talked")
]


async def put(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, or replace those that are there. All rows name the same columns."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    changing = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changing), list(rows))


async def witnessed_between(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime
) -> dict[str, Witnessed]:
    """Calls that ended in [since, until)."""
    query = select(*_WITNESSED).where(
        switch_calls.c.tenant == tenant, switch_calls.c.ended_at >= since, switch_calls.c.ended_at < until
    )
    return {row[0]: Witnessed(*row) for row in await connection.execute(query)}


async def witnessed(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> dict[str, Witnessed]:
    if not contacts:
        return {}
    query = select(*_WITNESSED).where(switch_calls.c.tenant == tenant, switch_calls.c.contact.in_(list(contacts)))
    return {row[0]: Witnessed(*row) for row in await connection.execute(query)}


async def cdr_between(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime
) -> dict[str, CdrWitnessed]:
    """Calls whose CDR ended in [since, until)."""
    query = select(*_CDR).where(
        cdr_calls.c.tenant == tenant, cdr_calls.c.ended_at >= since, cdr_calls.c.ended_at < until
    )
    return {row[0]: CdrWitnessed(*row) for row in await connection.execute(query)}


async def cdr_of(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> dict[str, CdrWitnessed]:
    if not contacts:
        return {}
    query = select(*_CDR).where(cdr_calls.c.tenant == tenant, cdr_calls.c.contact.in_(list(contacts)))
    return {row[0]: CdrWitnessed(*row) for row in await connection.execute(query)}


async def open_keys(connection: AsyncConnection, tenant: str) -> set[Key]:
    query = select(differences.c.contact, differences.c.kind).where(
        differences.c.tenant == tenant, differences.c.resolved_at.is_(None)
    )
    return {(row.contact, row.kind) for row in await connection.execute(query)}


async def put_differences(connection: AsyncConnection, tenant: str, found: Mapping[Key, Detail], now: datetime) -> None:
    """Open them, or open them again; ``first_seen`` of those known stays."""
    if not found:
        return
    statement = insert(differences)
    reopened = {"detail": statement.excluded.detail, "resolved_at": None, "explanation": ""}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["tenant", "contact", "kind"], set_=reopened),
        [
            {"tenant": tenant, "contact": contact, "kind": kind, "detail": detail, "first_seen": now}
            for (contact, kind), detail in sorted(found.items(), key=lambda item: item[0])
        ],
    )


async def resolve(connection: AsyncConnection, tenant: str, gone: Mapping[Key, str], now: datetime) -> None:
    """Close the differences ``gone`` with their explanations."""
    for (contact, kind), explanation in sorted(gone.items()):
        await connection.execute(
            update(differences)
            .where(differences.c.tenant == tenant, differences.c.contact == contact, differences.c.kind == kind)
            .values(resolved_at=now, explanation=explanation)
        )


async def open_counts(connection: AsyncConnection, tenant: str) -> dict[str, int]:
    """kind → how many are open."""
    query = (
        select(differences.c.kind, func.count().label("total"))
        .where(differences.c.tenant == tenant, differences.c.resolved_at.is_(None))
        .group_by(differences.c.kind)
    )
    return {row.kind: row.total for row in await connection.execute(query)}


async def open_rows(connection: AsyncConnection, tenant: str, limit: int) -> Sequence[Row[Any]]:
    query = select(differences).where(differences.c.tenant == tenant, differences.c.resolved_at.is_(None))
    order = (differences.c.first_seen.desc(), differences.c.contact, differences.c.kind)
    return (await connection.execute(query.order_by(*order).limit(limit))).all()


async def resolved_rows(connection: AsyncConnection, tenant: str, limit: int) -> Sequence[Row[Any]]:
    query = select(differences).where(differences.c.tenant == tenant, differences.c.resolved_at.is_not(None))
    order = (differences.c.resolved_at.desc(), differences.c.contact, differences.c.kind)
    return (await connection.execute(query.order_by(*order).limit(limit))).all()


async def last_run(connection: AsyncConnection, tenant: str) -> Row[Any] | None:
    return (await connection.execute(select(runs).where(runs.c.tenant == tenant))).one_or_none()


async def mask_callers(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> None:
    """Leave out who called in these contacts; the counts and times of the switch's records stay."""
    for table in (switch_calls, cdr_calls):
        of = (table.c.tenant == tenant) & table.c.contact.in_(list(contacts))
        await connection.execute(update(table).where(of).values(caller=""))
    of = (differences.c.tenant == tenant) & differences.c.contact.in_(list(contacts))
    await connection.execute(update(differences).where(of).values(detail=differences.c.detail.op("-")("caller")))
