"""Queries of webhooks. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.webhooks.tables import webhook_deliveries as deliveries
from kaska.features.webhooks.tables import webhooks

KEPT = timedelta(days=30)
"""of what was sent"""


async def listening(connection: AsyncConnection, tenant: str) -> Sequence[RowMapping]:
    wanted = (webhooks.c.tenant == tenant) & webhooks.c.enabled
    return (await connection.execute(select(webhooks).where(wanted).order_by(webhooks.c.id))).mappings().all()


async def change(connection: AsyncConnection, tenant: str, id: str, **values: Any) -> None:
    of = (webhooks.c.tenant == tenant) & (webhooks.c.id == id)
    await connection.execute(update(webhooks).where(of).values(**values))


async def failed(connection: AsyncConnection, tenant: str, id: str, at: datetime) -> None:
    """Begins to fail at ``at``, unless it did before."""
    of = (webhooks.c.tenant == tenant) & (webhooks.c.id == id) & webhooks.c.failing_since.is_(None)
    await connection.execute(update(webhooks).where(of).values(failing_since=at))


async def add(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        await connection.execute(insert(deliveries), [dict(row) for row in rows])


async def with_due(connection: AsyncConnection, tenant: str, now: datetime) -> list[str]:
    """The webhooks to which something is to be sent by now."""
    wanted = (deliveries.c.tenant == tenant) & (deliveries.c.next_at <= now)
    query = select(deliveries.c.webhook).where(wanted).distinct().order_by(deliveries.c.webhook)
    return list((await connection.execute(query)).scalars())


async def due(
    connection: AsyncConnection, tenant: str, webhook: str, now: datetime, limit: int
) -> Sequence[RowMapping]:
    """In the order of what happened."""
    wanted = (deliveries.c.tenant == tenant) & (deliveries.c.webhook == webhook) & (deliveries.c.next_at <= now)
    query = select(deliveries).where(wanted).order_by(deliveries.c.made_at, deliveries.c.position, deliveries.c.id)
    return (await connection.execute(query.limit(limit))).mappings().all()


async def delivery(connection: AsyncConnection, tenant: str, id: str) -> RowMapping | None:
    of = (deliveries.c.tenant == tenant) & (deliveries.c.id == id)
    return (await connection.execute(select(deliveries).where(of))).mappings().one_or_none()


async def change_delivery(connection: AsyncConnection, tenant: str, id: str, **values: Any) -> None:
    of = (deliveries.c.tenant == tenant) & (deliveries.c.id == id)
    await connection.execute(update(deliveries).where(of).values(**values))


async def give_up(connection: AsyncConnection, tenant: str, webhook: str, problem: str) -> None:
    """Nothing of this webhook is tried any more."""
    of = (deliveries.c.tenant == tenant) & (deliveries.c.webhook == webhook) & deliveries.c.next_at.is_not(None)
    await connection.execute(update(deliveries).where(of).values(next_at=None, problem=problem))


async def log(
    connection: AsyncConnection, tenant: str, *, webhook: str, unfinished: bool, limit: int
) -> Sequence[RowMapping]:
    """The newest first; ``unfinished``: only those that were not delivered."""
    query = select(deliveries).where(deliveries.c.tenant == tenant)
    if webhook:
        query = query.where(deliveries.c.webhook == webhook)
    if unfinished:
        query = query.where(deliveries.c.delivered_at.is_(None))
    query = query.order_by(deliveries.c.made_at.desc(), deliveries.c.id).limit(limit)
    return (await connection.execute(query)).mappings().all()


async def forget_old(connection: AsyncConnection, tenant: str, now: datetime) -> None:
    old = (deliveries.c.tenant == tenant) & (deliveries.c.made_at < now - KEPT) & deliveries.c.next_at.is_(None)
    await connection.execute(delete(deliveries).where(old))


async def forget_contacts(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> None:
    """What was or would be told of these contacts, with whom they were."""
    of = (deliveries.c.tenant == tenant) & deliveries.c.contact.in_(list(contacts))
    await connection.execute(delete(deliveries).where(of))
