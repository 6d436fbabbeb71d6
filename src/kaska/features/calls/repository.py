"""Queries of the journal. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.card import plain
from kaska.features.calls.choosing import chosen
from kaska.features.calls.errors import WrongCursor
from kaska.features.calls.schemas import ContactChoice
from kaska.features.calls.tables import contacts, legs, names

Place = tuple[datetime, str]
"""where a page ended: the time it is sorted by, and the identifier"""


def write_cursor(moment: datetime, id: str) -> str:
    """Where a page ended, as text for the next request."""
    return base64.urlsafe_b64encode(f"{moment.isoformat()} {id}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> Place:
    """:raises WrongCursor: when it was not made by ``write_cursor``."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, contact = text.split(" ", 1)
        arrived_at = datetime.fromisoformat(moment).astimezone(UTC)
        if "\x00" in contact:
            raise WrongCursor
    except (binascii.Error, UnicodeError, ValueError, OverflowError) as error:
        raise WrongCursor from error
    return arrived_at, contact


async def page(
    connection: AsyncConnection, tenant: str, choice: ContactChoice, *, cursor: str, limit: int
) -> Sequence[Row[Any]]:
    """At most ``limit`` contacts after ``cursor``, newest first; equal times by identifier."""
    query = select(contacts).where(*chosen(tenant, choice))
    if cursor:
        arrived_at, contact = read_cursor(cursor)
        query = query.where(tuple_(contacts.c.arrived_at, contacts.c.id) < tuple_(arrived_at, contact))
    query = query.order_by(contacts.c.arrived_at.desc(), contacts.c.id.desc()).limit(limit)
    return (await connection.execute(query)).all()


async def contact(connection: AsyncConnection, tenant: str, id: str) -> Row[Any] | None:
    query = select(contacts).where(contacts.c.tenant == tenant, contacts.c.id == plain(id))
    return (await connection.execute(query)).one_or_none()


async def legs_of(connection: AsyncConnection, tenant: str, id: str) -> Sequence[Row[Any]]:
    query = select(legs).where(legs.c.tenant == tenant, legs.c.contact == plain(id))
    return (await connection.execute(query.order_by(legs.c.started_at, legs.c.leg))).all()


async def names_of(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> dict[tuple[str, str], str]:
    """(kind, identifier) → name, of those among ``ids`` that were ever published."""
    query = select(names.c.kind, names.c.id, names.c.name).where(names.c.tenant == tenant, names.c.id.in_(list(ids)))
    return {(row.kind, row.id): row.name for row in await connection.execute(query)}
