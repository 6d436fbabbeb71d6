"""Reading the ledger, inside ``Database.tenant(…)``."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Select

from kaska.core.facts import Fact
from kaska.ledger.codec import decode_fact
from kaska.ledger.tables import facts, heads


@dataclass(frozen=True, slots=True)
class LedgerFact:
    """``position`` counts 1, 2, 3… in each tenant. ``at`` is seconds since the epoch."""

    position: int
    tenant: str
    at: float
    contact: str
    fact: Fact


async def read_from(connection: AsyncConnection, tenant: str, position: int, limit: int) -> list[LedgerFact]:
    """At most ``limit`` facts after ``position``, in order. Nothing can later appear before what was read."""
    query = _facts().where(facts.c.tenant == tenant, facts.c.position > position).limit(limit)
    return await _read(connection, query)


async def story(connection: AsyncConnection, tenant: str, contact: str) -> list[LedgerFact]:
    """Everything that names this contact, in order; [] when nobody knows it."""
    if not contact:
        return []
    query = _facts().where(facts.c.tenant == tenant, facts.c.contact == contact)
    return await _read(connection, query)


async def head(connection: AsyncConnection, tenant: str) -> int:
    """The newest position, 0 for an empty ledger."""
    found = await connection.execute(select(heads.c.position).where(heads.c.tenant == tenant))
    return int(found.scalar_one_or_none() or 0)


def _facts() -> Select[int, str, str, str, str]:
    c = facts.c
    return select(c.position, c.tenant, c.contact, c.type, cast(c.body, Text)).order_by(c.position)


async def _read(connection: AsyncConnection, query: Select[int, str, str, str, str]) -> list[LedgerFact]:
    found = []
    for position, tenant, contact, type_name, body in await connection.execute(query):
        fact = decode_fact(type_name, body)
        found.append(LedgerFact(position, tenant, fact.at, contact, fact))
    return found
