"""Queries of the debt book. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import Place, phone_matches, plain
from kaska.features.debts.schemas import DebtQuery
from kaska.features.debts.tables import debts


def _chosen(tenant: str, query: DebtQuery, owner: str, now: datetime) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [debts.c.tenant == tenant]
    wanted.append(debts.c.closed_at.is_(None) if query.status == "open" else debts.c.closed_at.is_not(None))
    if owner:
        wanted.append(debts.c.owner == owner)
    if query.cause:
        wanted.append(debts.c.cause == query.cause)
    if query.project:
        wanted.append(debts.c.project == query.project)
    if query.phone.strip():
        wanted.append(phone_matches(debts.c.digits, debts.c.caller, query.phone))
    if query.overdue is not None:
        past = func.coalesce(debts.c.closed_at, now) > debts.c.due_at
        wanted.append(past if query.overdue else ~past)
    return wanted


async def page(
    connection: AsyncConnection, tenant: str, query: DebtQuery, *, owner: str, now: datetime, after: Place | None
) -> Sequence[Row[Any]]:
    """One row more than ``query.limit`` when there are more, in the order that DebtQuery promises."""
    chosen = select(debts).where(*_chosen(tenant, query, owner, now)).limit(query.limit + 1)
    if query.status == "open":
        place = tuple_(debts.c.due_at, debts.c.id)
        if after is not None:
            chosen = chosen.where(place > tuple_(*after))
        chosen = chosen.order_by(debts.c.due_at, debts.c.id)
    else:
        place = tuple_(debts.c.closed_at, debts.c.id)
        if after is not None:
            chosen = chosen.where(place < tuple_(*after))
        chosen = chosen.order_by(debts.c.closed_at.desc(), debts.c.id.desc())
    return (await connection.execute(chosen)).all()


async def debt(connection: AsyncConnection, tenant: str, id: str) -> Row[Any] | None:
    query = select(debts).where(debts.c.tenant == tenant, debts.c.id == plain(id))
    return (await connection.execute(query)).one_or_none()


async def figures(
    connection: AsyncConnection, tenant: str, now: datetime, start: datetime, end: datetime
) -> dict[str, int]:
    """Counts for DebtFigures; the day is [start, end). ``opened_and_recovered`` are today's that are closed well."""
    is_open = debts.c.closed_at.is_(None)
    opened = (debts.c.opened_at >= start) & (debts.c.opened_at < end)
    closed = (debts.c.closed_at >= start) & (debts.c.closed_at < end)
    recovered = debts.c.how.in_(("called_back", "came_back"))
    counted = {
        "owed": is_open,
        "overdue": is_open & (debts.c.due_at < now),
        "opened_today": opened,
        "recovered_by_us_today": closed & (debts.c.how == "called_back"),
        "came_back_today": closed & (debts.c.how == "came_back"),
        "written_off_today": closed & (debts.c.how == "written_off"),
        "opened_and_recovered": opened & recovered,
    }
    query = select(*(func.count().filter(which).label(name) for name, which in counted.items())).where(
        debts.c.tenant == tenant, or_(is_open, opened, closed)
    )
    return dict((await connection.execute(query)).one()._mapping)
