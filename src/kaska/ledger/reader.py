"""Reading the ledger, inside ``Database.tenant(…)``."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Text, any_, bindparam, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Select

from kaska.core.facts import TYPE_NAMES, Fact
from kaska.ledger.codec import decode_fact
from kaska.ledger.tables import facts, heads

RECENT = 4000
"""facts remembered of a tenant"""


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


async def read_between(
    connection: AsyncConnection, tenant: str, position: int, last: int, kinds: Collection[type[Fact]] = ()
) -> list[LedgerFact]:
    """The facts after ``position`` up to ``last``, in order; of these ``kinds`` only, () = of all."""
    query = _facts().where(facts.c.tenant == tenant, facts.c.position > position, facts.c.position <= last)
    if kinds:
        query = query.where(facts.c.type == any_(bindparam("kinds", type_=ARRAY(Text))))
        return await _read(connection, query, {"kinds": sorted(TYPE_NAMES[kind] for kind in kinds)})
    return await _read(connection, query)


class RecentFacts:
    """The newest facts of each tenant, read once for all who follow the ledger in one process."""

    def __init__(self, kept: int = RECENT) -> None:
        self._kept = kept
        self._known: dict[str, list[LedgerFact]] = {}
        """without gaps, so that a position is a place"""
        self._reading: dict[str, asyncio.Lock] = {}

    async def between(
        self,
        connection: AsyncConnection,
        tenant: str,
        position: int,
        last: int,
        kinds: Collection[type[Fact]] = (),
    ) -> list[LedgerFact]:
        """What ``read_between`` gives; ``last`` must be visible in the transaction."""
        async with self._reading.setdefault(tenant, asyncio.Lock()):
            known = self._known.get(tenant, [])
            if known and position + 1 < known[0].position:
                return await read_between(connection, tenant, position, last, kinds)  # far behind the others
            if not known or position > known[-1].position:
                known, end = [], position
            else:
                end = known[-1].position
            if last > end:
                try:
                    known = [*known, *await read_between(connection, tenant, end, last)]
                except ValueError:  # what cannot be read may be of a kind that this reader does not need
                    return await read_between(connection, tenant, position, last, kinds)
                if not known or known[-1].position - known[0].position + 1 != len(known):
                    self._known.pop(tenant, None)  # a hole, which the laws report
                    return await read_between(connection, tenant, position, last, kinds)
                self._known[tenant] = known[-self._kept :]
            begin = position + 1 - known[0].position
            found = known[begin : begin + last - position]
        return [entry for entry in found if type(entry.fact) in kinds] if kinds else found


async def story(connection: AsyncConnection, tenant: str, contact: str) -> list[LedgerFact]:
    """Everything that names this contact, in order; [] when nobody knows it."""
    if not contact:
        return []
    query = _facts().where(facts.c.tenant == tenant, facts.c.contact == contact)
    return await _read(connection, query)


async def stories(
    connection: AsyncConnection, tenant: str, contacts: Collection[str], last: int, kinds: Collection[type[Fact]] = ()
) -> dict[str, list[LedgerFact]]:
    """Contact → what names it up to position ``last``, in order, of these ``kinds`` only (() = of all); contacts nobody
    knows are missing."""
    found: dict[str, list[LedgerFact]] = {}
    if not contacts:
        return found
    ids = bindparam("ids", type_=ARRAY(Text))
    query = _facts().where(facts.c.tenant == tenant, facts.c.contact == any_(ids), facts.c.position <= last)
    given: dict[str, Any] = {"ids": list(contacts)}
    if kinds:
        query = query.where(facts.c.type == any_(bindparam("kinds", type_=ARRAY(Text))))
        given["kinds"] = sorted(TYPE_NAMES[kind] for kind in kinds)
    for entry in await _read(connection, query, given):
        found.setdefault(entry.contact, []).append(entry)
    return found


async def head(connection: AsyncConnection, tenant: str) -> int:
    """The newest position, 0 for an empty ledger."""
    found = await connection.execute(select(heads.c.position).where(heads.c.tenant == tenant))
    return int(found.scalar_one_or_none() or 0)


def _facts() -> Select[int, str, str, str, str]:
    c = facts.c
    return select(c.position, c.tenant, c.contact, c.type, cast(c.body, Text)).order_by(c.position)


async def _read(
    connection: AsyncConnection, query: Select[int, str, str, str, str], given: dict[str, Any] | None = None
) -> list[LedgerFact]:
    found = []
    for position, tenant, contact, type_name, body in await connection.execute(query, given):
        fact = decode_fact(type_name, body)
        found.append(LedgerFact(position, tenant, fact.at, contact, fact))
    return found
