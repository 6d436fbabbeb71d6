"""The ledger's rows as they are stored, in batches: for those who check them. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ARRAY, Text, any_, bindparam, cast, func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.ledger.canonical import Row
from kaska.ledger.tables import facts

_c = facts.c
_COLUMNS = (_c.position, _c.at, _c.contact, _c.type, cast(_c.body, Text), cast(_c.journal, Text), _c.seq)
_SELECT = select(*_COLUMNS)

_BEFORE = text(
    "SELECT asked FROM unnest(CAST(:contacts AS text[])) AS asked WHERE EXISTS "
    "(SELECT FROM ledger.facts WHERE tenant = :tenant AND contact = asked AND position <= :position)"
)

FIRST_CONTACT = ("", 0)
"""before every contact"""


async def by_position(connection: AsyncConnection, tenant: str, after: int, last: int, limit: int) -> list[Row]:
    """At most ``limit`` rows after position ``after`` up to ``last``, in order; holes are passed over."""
    query = _SELECT.where(_c.tenant == tenant, _c.position > after, _c.position <= last)
    return _rows(await connection.execute(query.order_by(_c.position).limit(limit)))


async def by_contact(
    connection: AsyncConnection, tenant: str, after: tuple[str, int], last: int, limit: int
) -> list[Row]:
    """At most ``limit`` rows with a contact, ordered by (contact, position), after that pair; positions to ``last``."""
    query = _SELECT.where(
        _c.tenant == tenant, _c.contact > "", _c.position <= last, tuple_(_c.contact, _c.position) > after
    )
    return _rows(await connection.execute(query.order_by(_c.contact, _c.position).limit(limit)))


async def of_contacts(connection: AsyncConnection, tenant: str, contacts: Collection[str], last: int) -> list[Row]:
    """All rows of these contacts up to position ``last``, ordered by (contact, position)."""
    asked = any_(bindparam("contacts", list(contacts), type_=ARRAY(Text)))
    query = _SELECT.where(_c.tenant == tenant, _c.contact == asked, _c.position <= last)
    return _rows(await connection.execute(query.order_by(_c.contact, _c.position)))


async def named_before(connection: AsyncConnection, tenant: str, contacts: Collection[str], position: int) -> set[str]:
    """Those of ``contacts`` that a row up to ``position`` names."""
    found = await connection.execute(_BEFORE, {"tenant": tenant, "contacts": list(contacts), "position": position})
    return set(found.scalars())


async def newest_position(connection: AsyncConnection, tenant: str) -> int:
    """The last position that a fact really has; 0 without facts."""
    found = await connection.execute(select(func.max(_c.position)).where(_c.tenant == tenant))
    return int(found.scalar_one() or 0)


def _rows(result: object) -> list[Row]:
    return [Row(*row) for row in result]  # type: ignore[attr-defined]  # Result of the seven columns
