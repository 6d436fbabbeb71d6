"""Many rows in one statement: they travel as one JSON text, and the database takes them apart.

Bound value by value, a row of fifty columns costs more of our time than everything else about it, and each row is a
statement of its own for the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import CursorResult, Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

_quote = postgresql.dialect().identifier_preparer  # type: ignore[no-untyped-call]
_encode = msgspec.json.Encoder().encode

Clash = Literal["keep", "replace", "add"]


class Bulk:
    """Puts rows of one tenant into one of the tables of ``kit.database.tenant_table``.

    ``columns``: those that are given, without ``tenant``. ``clash`` says what happens to a row whose key is there
    already: it stays ("keep"), takes the new values ("replace"), or gets them added to its own ("add").
    """

    def __init__(
        self, table: Table, columns: Sequence[str], *, clash: Clash = "keep", returning: Sequence[str] = ()
    ) -> None:
        name = _quote.format_table(table)
        given = ", ".join(map(_quote.quote, columns))
        keys = [column.name for column in table.primary_key]
        statement = (
            f"INSERT INTO {name} AS kept (tenant, {given}) SELECT :tenant, {given} "  # noqa: S608 — names of our tables
            f"FROM json_populate_recordset(CAST(NULL AS {name}), CAST(CAST(:rows AS text) AS json)) "
            f"ON CONFLICT ({', '.join(map(_quote.quote, keys))}) "
            + _on_clash([column for column in columns if column not in keys], clash)
        )
        if returning:
            statement += f" RETURNING {', '.join(f'kept.{_quote.quote(column)}' for column in returning)}"
        self._statement = text(statement)

    async def put(self, connection: AsyncConnection, tenant: str, rows: Sequence[object]) -> CursorResult[Any] | None:
        """``rows``: dicts or dataclasses of plain values, moments, lists and dicts, with at least ``columns``.

        Two rows with one key are refused by the database unless the clash is "keep". None when there are no rows.
        """
        if not rows:
            return None
        return await connection.execute(self._statement, {"tenant": tenant, "rows": _encode(rows).decode()})


def _on_clash(columns: Sequence[str], clash: Clash) -> str:
    if clash == "keep":
        return "DO NOTHING"
    plus = "kept.{0} + excluded.{0}" if clash == "add" else "excluded.{0}"
    return "DO UPDATE SET " + ", ".join(f"{column} = {plus.format(column)}" for column in map(_quote.quote, columns))
