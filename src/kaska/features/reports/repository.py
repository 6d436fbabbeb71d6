"""Queries of reports. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Integer, Row, Table, cast, extract, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.counting.sketch import Sketch
from kaska.features.reports import tables
from kaska.features.reports.cubes import DAY, QUARTER, STATES, Cube
from kaska.features.reports.period import Period

OF_THE_CLOCK = ("half_hour", "slot")
"""rows that a whole day cannot be put into"""
TIMES = ("day", "week", "month", "weekday", *OF_THE_CLOCK)

Key = tuple[Any, ...]
"""what a row is: () for the total, a date, a word, or (weekday, half-hour)"""


@dataclass(frozen=True, slots=True)
class Asked:
    """``where``: dimension → values that count. ``kept``: whether the days of the period's zone are those kept."""

    tenant: str
    period: Period
    by: str
    where: Mapping[str, tuple[str, ...]]
    kept: bool

    @property
    def grain(self) -> str:
        return DAY if self.kept and self.by not in OF_THE_CLOCK else QUARTER


def _key(table: Table, asked: Asked) -> list[ColumnElement[Any]]:
    if not asked.by:
        return []
    if asked.by not in TIMES:
        return [table.c[asked.by]]
    local = func.timezone(asked.period.zone.key, table.c.start)
    weekday = cast(extract("isodow", local), Integer)
    minutes = cast(extract("hour", local), Integer) * 60 + cast(extract("minute", local), Integer)
    half_hour = minutes // 30
    keys: dict[str, list[ColumnElement[Any]]] = {
        "day": [cast(local, Date)],
        "week": [cast(func.date_trunc("week", local), Date)],
        "month": [cast(func.date_trunc("month", local), Date)],
        "weekday": [weekday],
        "half_hour": [half_hour],
        "slot": [weekday, half_hour],
    }
    return keys[asked.by]


def _conditions(table: Table, asked: Asked) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [
        table.c.tenant == asked.tenant,
        table.c.start >= asked.period.since,
        table.c.start < asked.period.until,
    ]
    if "grain" in table.c:
        wanted.append(table.c.grain == asked.grain)
    wanted += [table.c[name].in_(values) for name, values in asked.where.items() if name in table.c]
    return wanted


async def sums(connection: AsyncConnection, cube: Cube, asked: Asked) -> dict[Key, dict[str, int]]:
    """Row → measure → sum. The total (``by`` "") has the row ()."""
    table = tables.cube_tables[cube.name]
    key = _key(table, asked)
    query = select(*key, *(func.sum(table.c[name]) for name in cube.measures)).where(*_conditions(table, asked))
    found: dict[Key, dict[str, int]] = {}
    for row in await connection.execute(query.group_by(*key)):
        values = [int(value or 0) for value in row[len(key) :]]
        found[tuple(row[: len(key)])] = dict(zip(cube.measures, values, strict=True))
    return found


async def states(connection: AsyncConnection, asked: Asked) -> dict[Key, dict[str, int]]:
    """Row → "state_NAME_ms" → milliseconds."""
    table = tables.cube_tables[STATES.name]
    key = _key(table, asked)
    query = select(*key, table.c.state, func.sum(table.c.spent_ms)).where(*_conditions(table, asked))
    found: dict[Key, dict[str, int]] = {}
    for row in await connection.execute(query.group_by(*key, table.c.state)):
        found.setdefault(tuple(row[: len(key)]), {})[f"state_{row[-2]}_ms"] = int(row[-1])
    return found


async def sketches(connection: AsyncConnection, asked: Asked) -> dict[Key, dict[str, Sketch]]:
    """Row → what → sketch. The period must consist of days that are kept."""
    table = tables.sketches
    key = _key(table, asked)
    query = select(*key, table.c.what, table.c.bucket, func.sum(table.c.contacts)).where(*_conditions(table, asked))
    found: dict[Key, dict[str, Sketch]] = {}
    for row in await connection.execute(query.group_by(*key, table.c.what, table.c.bucket)):
        found.setdefault(tuple(row[: len(key)]), {}).setdefault(row[-3], {})[row[-2]] = int(row[-1])
    return found


async def choices(connection: AsyncConnection, tenant: str) -> Row[Any] | None:
    """What the company chose for its reports, if it chose anything."""
    return (await connection.execute(select(tables.settings).where(tables.settings.c.tenant == tenant))).one_or_none()


async def choose(connection: AsyncConnection, tenant: str, values: Mapping[str, Any]) -> None:
    put = insert(tables.settings).values(tenant=tenant, **values)
    await connection.execute(put.on_conflict_do_update(index_elements=["tenant"], set_=dict(values)))


async def values_of(connection: AsyncConnection, tenant: str, cube: Cube, name: str) -> Sequence[str]:
    """Everything that ever stood in a dimension, sorted."""
    table = tables.cube_tables[cube.name]
    column: Column[str] = table.c[name]
    query = select(column).where(table.c.tenant == tenant, table.c.grain == DAY, column != "").distinct()
    return (await connection.execute(query.order_by(column))).scalars().all()
