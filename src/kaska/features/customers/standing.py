"""Cards that may have been merged since somebody noted their identifier."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.customers.identity import PHONE
from kaska.features.customers.tables import customers, identities


async def standing_cards(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> dict[str, str]:
    """Card → the card that stands for it now: itself, or the one that took its place. Unknown ones are missing."""
    into: dict[str, str] = {}
    asked = set(ids)
    while asked:
        query = select(customers.c.id, customers.c.merged_into)
        rows = (await connection.execute(query.where(customers.c.tenant == tenant, customers.c.id.in_(asked)))).all()
        into |= {row.id: row.merged_into for row in rows}
        asked = {row.merged_into for row in rows if row.merged_into} - into.keys()
    return {id: _end(into, id) for id in ids if id in into}


def _end(into: dict[str, str], id: str) -> str:
    while into.get(id):
        id = into[id]
    return id


async def phones_of(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> list[str]:
    """All numbers (E.164) of these cards, or of those that stand for them."""
    if not ids:
        return []
    cards = set((await standing_cards(connection, tenant, ids)).values())
    query = select(identities.c.value).where(
        identities.c.tenant == tenant, identities.c.kind == PHONE, identities.c.customer.in_(cards)
    )
    return list((await connection.execute(query.order_by(identities.c.value))).scalars())


async def names_of_cards(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> dict[str, str]:
    """Card → its name."""
    if not ids:
        return {}
    query = select(customers.c.id, customers.c.name).where(customers.c.tenant == tenant, customers.c.id.in_(list(ids)))
    return {row.id: row.name for row in await connection.execute(query)}
