"""Queries of reports. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Integer, Row, Table, cast, extract, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.counting.sketch import Sketch
from kaska.features.reports import tables
from kaska.features.reports.cubes import DAY, MONTH, QUARTER, SLOT, SLOT_SECONDS, STATES, Cube
from kaska.features.reports.period import Period

OF_THE_CLOCK = ("half_hour", "slot")
"""rows that a whole day cannot be put into"""
TIMES = ("day", "week", "month", "weekday", *OF_THE_CLOCK)
_OF_DAYS = ("day", "week", "weekday")
"""rows that a whole month cannot be put into"""

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


@dataclass(frozen=True, slots=True)
class Piece:
    """Sums of one grain that begin in [since, until)."""

    grain: str
    since: datetime
    until: datetime


def pieces(asked: Asked, grains: Collection[str]) -> Iterator[Piece]:
    """The fewest rows of a cube that make up the period: whole months where rows allow it, what is left of the period
    before and after by days; of a week's half-hours likewise."""
    of_the_clock = asked.by in OF_THE_CLOCK
    small = DAY if asked.kept and not of_the_clock else QUARTER
    large = SLOT if of_the_clock else MONTH
    since, until = asked.period.since, asked.period.until
    whole = asked.period.whole_months()
    if not asked.kept or large not in grains or asked.by in _OF_DAYS or whole is None:
        yield Piece(small, since, until)
        return
    for piece in (Piece(small, since, whole[0]), Piece(large, *whole), Piece(small, whole[1], until)):
        if piece.since < piece.until:
            yield piece


def _key(table: Table, asked: Asked, grain: str) -> list[ColumnElement[Any]]:
    if not asked.by:
        return []
    if asked.by not in TIMES:
        return [table.c[asked.by]]
    zone = asked.period.zone.key
    local = func.timezone(zone, table.c.start)
    if grain == SLOT:
        month = func.timezone(zone, func.date_trunc("month", local))
        slot = cast(func.extract("epoch", table.c.start - month), Integer) // SLOT_SECONDS
        weekday, half_hour = slot // 48 + 1, slot % 48
    else:
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


def _conditions(table: Table, asked: Asked, piece: Piece) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [
        table.c.tenant == asked.tenant,
        table.c.grain == piece.grain,
        table.c.start >= piece.since,
        table.c.start < piece.until,
    ]
    return wanted + [table.c[name].in_(values) for name, values in asked.where.items() if name in table.c]


async def sums(
    connection: AsyncConnection, cube: Cube, asked: Asked, measures: Collection[str]
) -> dict[Key, dict[str, int]]:
    """Row → measure → sum, of those ``measures`` only that the cube has."""
    table = tables.cube_tables[cube.name]
    wanted = [name for name in cube.measures if name in measures] or list(cube.measures[:1])
    found: dict[Key, dict[str, int]] = {}
    for piece in pieces(asked, cube.grains):
        key = _key(table, asked, piece.grain)
        query = select(*key, *(func.sum(table.c[name]) for name in wanted))
        for row in await connection.execute(query.where(*_conditions(table, asked, piece)).group_by(*key)):
            values = found.setdefault(tuple(row[: len(key)]), dict.fromkeys(wanted, 0))
            for name, value in zip(wanted, row[len(key) :], strict=True):
                values[name] += int(value or 0)
    return found


async def states(connection: AsyncConnection, asked: Asked) -> dict[Key, dict[str, int]]:
    """Row → "state_NAME_ms" → milliseconds."""
    table = tables.cube_tables[STATES.name]
    found: dict[Key, dict[str, int]] = {}
    for piece in pieces(asked, STATES.grains):
        key = _key(table, asked, piece.grain)
        query = select(*key, table.c.state, func.sum(table.c.spent_ms)).where(*_conditions(table, asked, piece))
        for row in await connection.execute(query.group_by(*key, table.c.state)):
            values, name = found.setdefault(tuple(row[: len(key)]), {}), f"state_{row[-2]}_ms"
            values[name] = values.get(name, 0) + int(row[-1])
    return found


async def sketches(connection: AsyncConnection, asked: Asked, whats: Collection[str]) -> dict[Key, dict[str, Sketch]]:
    """Row → what → sketch, of these ``whats``. The period must consist of days that are kept."""
    table = tables.sketches
    found: dict[Key, dict[str, Sketch]] = {}
    for piece in pieces(asked, (DAY, MONTH)):
        key = _key(table, asked, piece.grain)
        query = select(*key, table.c.what, table.c.bucket, func.sum(table.c.contacts))
        query = query.where(*_conditions(table, asked, piece), table.c.what.in_(sorted(whats)))
        for row in await connection.execute(query.group_by(*key, table.c.what, table.c.bucket)):
            sketch = found.setdefault(tuple(row[: len(key)]), {}).setdefault(row[-3], {})
            sketch[row[-2]] = sketch.get(row[-2], 0) + int(row[-1])
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
