"""Queries of letters. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.letters.tables import letters, sendings

KEPT_DAYS = 400
"""of what was sent"""


async def enabled(connection: AsyncConnection, tenant: str) -> Sequence[RowMapping]:
    query = select(letters).where(letters.c.tenant == tenant, letters.c.enabled).order_by(letters.c.id)
    return (await connection.execute(query)).mappings().all()


async def begin(connection: AsyncConnection, tenant: str, letter: str, about: date) -> bool:
    """Note that a letter to each one is made now; False when it was. Nobody else makes it meanwhile."""
    fresh = letters.c.made_about.is_(None) | (letters.c.made_about < about)
    mark = update(letters).where(letters.c.tenant == tenant, letters.c.id == letter, fresh).values(made_about=about)
    return bool((await connection.execute(mark)).rowcount)


async def make(
    connection: AsyncConnection,
    tenant: str,
    letter: Mapping[Any, Any],
    about: date,
    now: datetime,
    *,
    email: str,
    person: str = "",
) -> bool:
    """Put a letter among those to be sent, or to be told of when there is no ``email``; False when it is there
    already, sent or not."""
    values = {"letter": letter["id"], "about": about, "person": person, "kind": letter["kind"], "email": email}
    put = insert(sendings).values(tenant=tenant, **values, made_at=now, next_at=now if email else None)
    return bool((await connection.execute(put.on_conflict_do_nothing())).rowcount)


async def take_due(connection: AsyncConnection, tenant: str, now: datetime, until: datetime) -> RowMapping | None:
    """One that is due; nobody else takes it before ``until``."""
    due = select(sendings.c.letter, sendings.c.about, sendings.c.person).where(
        sendings.c.tenant == tenant, sendings.c.next_at <= now
    )
    due = due.order_by(sendings.c.next_at).limit(1).with_for_update(skip_locked=True)
    found = (await connection.execute(due)).one_or_none()
    if found is None:
        return None
    taken = update(sendings).where(*_of(tenant, found._mapping))
    taken = taken.values(next_at=until, tries=sendings.c.tries + 1).returning(*sendings.c)
    return (await connection.execute(taken)).mappings().one()


async def change(connection: AsyncConnection, tenant: str, sending: Mapping[Any, Any], **values: Any) -> None:
    await connection.execute(update(sendings).where(*_of(tenant, sending)).values(**values))


async def sent(connection: AsyncConnection, tenant: str, limit: int) -> Sequence[RowMapping]:
    """The newest first."""
    query = select(sendings).where(sendings.c.tenant == tenant)
    query = query.order_by(sendings.c.made_at.desc(), sendings.c.letter, sendings.c.person).limit(limit)
    return (await connection.execute(query)).mappings().all()


async def forget_old(connection: AsyncConnection, tenant: str, now: datetime) -> None:
    old = (sendings.c.tenant == tenant) & (sendings.c.made_at < now - timedelta(days=KEPT_DAYS))
    await connection.execute(delete(sendings).where(old, sendings.c.next_at.is_(None)))


def _of(tenant: str, sending: Mapping[Any, Any]) -> tuple[Any, ...]:
    key = (sendings.c.letter, sendings.c.about, sendings.c.person)
    return sendings.c.tenant == tenant, *(column == sending[column.name] for column in key)
