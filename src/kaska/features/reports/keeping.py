"""Adds sums to what is kept: one statement a table, however many rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.reports.cubes import CUBES, DAY, MONTH
from kaska.features.reports.grains import start_of
from kaska.features.reports.sums import Sums
from kaska.features.reports.tables import cube_tables, sketches
from kaska.kit.bulk import Bulk

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
    adding = _Adding.to(table)
    given = sorted((key, values) for key, values in rows.items() if any(values))
    await adding.bulk.put(connection, tenant, [dict(zip(adding.names, (*key, *of), strict=True)) for key, of in given])
    less = [dict(zip(adding.names, key, strict=False)) for key, values in given if min(values) < 0]
    if less:
        await connection.execute(adding.dropping, {"tenant": tenant, "rows": msgspec.json.encode(less).decode()})


class _Adding:
    """How rows come into a table: ``names`` of the key's columns, then of the sums."""

    def __init__(self, table: Table) -> None:
        keys = [column.name for column in table.primary_key if column.name != "tenant"]
        sums = [column.name for column in table.c if not column.primary_key]
        self.names = [*keys, *sums]
        self.bulk = Bulk(table, self.names, clash="add")
        same = " AND ".join(f"kept.{name} = gone.{name}" for name in keys)
        nothing = " AND ".join(f"kept.{name} = 0" for name in sums)
        self.dropping = text(
            f"DELETE FROM {table.name} AS kept USING "  # noqa: S608 - only names of our own tables and columns
            f"json_populate_recordset(CAST(NULL AS {table.name}), CAST(CAST(:rows AS text) AS json)) AS gone "
            f"WHERE kept.tenant = :tenant AND {same} AND {nothing}"
        )

    @staticmethod
    @lru_cache
    def to(table: Table) -> _Adding:
        return _Adding(table)
