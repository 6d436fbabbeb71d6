"""Adds sums to what is kept: one statement a table, however many rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.reports.cubes import CUBES, DAY, MONTH
from kaska.features.reports.grains import start_of
from kaska.features.reports.sums import Sums
from kaska.features.reports.tables import cube_tables, sketches

Rows = dict[tuple[Any, ...], Sequence[int]]
"""key (without the tenant) → sums"""


async def add(connection: AsyncConnection, tenant: str, sums: Sums, zone: ZoneInfo) -> None:
    """Add everything, at every grain that is kept, and drop rows that came to nothing."""
    grains = {cube.name: cube.grains for cube in CUBES}
    rows: dict[str, Rows] = {}
    for (name, quarter, dimensions), values in sums.cubes.items():
        table = rows.setdefault(name, {})
        for grain in grains[name]:
            _more(table, (grain, start_of(grain, quarter, zone), *dimensions), values)
    marks: Rows = {}
    for (quarter, *rest), contacts in sums.sketches.items():
        for grain in (DAY, MONTH):
            _more(marks, (grain, start_of(grain, quarter, zone), *rest), (contacts,))
    for name, found in rows.items():
        await put(connection, tenant, cube_tables[name], found)
    await put(connection, tenant, sketches, marks)


def _more(rows: Rows, key: tuple[Any, ...], values: Sequence[int]) -> None:
    before = rows.get(key)
    rows[key] = values if before is None else [a + b for a, b in zip(before, values, strict=True)]


async def put(connection: AsyncConnection, tenant: str, table: Table, rows: Rows) -> None:
    """Add ``rows`` to the sums of a table."""
    given = sorted((key, values) for key, values in rows.items() if any(values))
    if not given:
        return
    adding, dropping = statements(table)
    await connection.execute(adding, {"tenant": tenant, **_columns(table, given)})
    less = [(key, values) for key, values in given if min(values) < 0]
    if less:
        keys = {name: column for name, column in _columns(table, less).items() if name.startswith("k")}
        await connection.execute(dropping, {"tenant": tenant, **keys})


def _columns(table: Table, rows: Sequence[tuple[tuple[Any, ...], Sequence[int]]]) -> Mapping[str, list[Any]]:
    """Rows turned into columns: k0, k1 … of the key, m0, m1 … of the sums."""
    keys = zip(*(key for key, _ in rows), strict=True)
    sums = zip(*(values for _, values in rows), strict=True)
    return {f"k{at}": list(column) for at, column in enumerate(keys)} | {
        f"m{at}": list(column) for at, column in enumerate(sums)
    }


@lru_cache
def statements(table: Table) -> tuple[Any, Any]:
    """(adds rows, drops those of them that came to nothing)"""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's dialects carry no types
    keys = [column for column in table.primary_key if column.name != "tenant"]
    sums = [column for column in table.c if not column.primary_key]

    def arrays(prefix: str, columns: Sequence[Any]) -> str:
        kinds = [column.type.compile(dialect) for column in columns]
        return ", ".join(f"CAST(:{prefix}{at} AS {kind}[])" for at, kind in enumerate(kinds))

    names = ", ".join(["tenant", *(column.name for column in (*keys, *sums))])
    place = ", ".join(["tenant", *(column.name for column in keys)])
    more = ", ".join(f"{column.name} = {table.name}.{column.name} + excluded.{column.name}" for column in sums)
    adding = (
        f"INSERT INTO {table.name} ({names}) "  # noqa: S608 - only names of our own tables and columns
        f"SELECT :tenant, given.* FROM unnest({arrays('k', keys)}, {arrays('m', sums)}) AS given "
        f"ON CONFLICT ({place}) DO UPDATE SET {more}"
    )
    named = ", ".join(column.name for column in keys)
    same = " AND ".join(f"{table.name}.{column.name} = given.{column.name}" for column in keys)
    nothing = " AND ".join(f"{table.name}.{column.name} = 0" for column in sums)
    dropping = (
        f"DELETE FROM {table.name} USING unnest({arrays('k', keys)}) AS given ({named}) "  # noqa: S608 - likewise
        f"WHERE {table.name}.tenant = :tenant AND {same} AND {nothing}"
    )
    return text(adding), text(dropping)
