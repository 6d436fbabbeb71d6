"""Plain configuration that is saved: nobody's change is lost to another's, and each leaves its trace."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import Table
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity import audit
from kaska.kit.errors import ChangedMeanwhile, GoneMeanwhile, NameTaken, NotFound
from kaska.kit.tenant_rows import TenantRows, revision_of


class Editor(Protocol):
    """Who saves: a CurrentUser."""

    @property
    def tenant(self) -> str: ...
    @property
    def id(self) -> str: ...


async def begin(
    connection: AsyncConnection, user: Editor, table: Table, kind: str, key: str, revision: str | None
) -> RowMapping | None:
    """The row as it is, held for the rest of the transaction.

    ``revision`` is of the row that ``user`` began from; see kit.given.Revised. Raises ChangedMeanwhile, GoneMeanwhile,
    and NameTaken when he began from nothing and there is something now.
    """
    row = await TenantRows(connection, user.tenant, table).locked(key)
    if revision is not None and revision != revision_of(row):
        if not revision:
            raise NameTaken(name=key, fields={"id": "taken"})
        who = await audit.last_by(connection, kind, key) or "?"
        raise (GoneMeanwhile if row is None else ChangedMeanwhile)(who=who)
    return row


async def trace(
    connection: AsyncConnection, user: Editor, table: Table, kind: str, key: str, before: RowMapping | None
) -> RowMapping:
    """Writes down what became of the row since ``begin``; returns it as it is now."""
    after = await TenantRows(connection, user.tenant, table).get(key)
    if after is None:
        raise NotFound
    await audit.write_change(
        connection,
        tenant=user.tenant,
        user=user.id,
        action=f"{kind}.put",
        object=key,
        before=before,
        after=after,
    )
    return after


async def keep(
    connection: AsyncConnection,
    user: Editor,
    table: Table,
    kind: str,
    values: dict[str, Any],
    revision: str | None,
) -> RowMapping:
    """Saves a row; ``values`` holds its key first. ``kind`` is the first word of the traced action."""
    key = str(next(iter(values.values())))
    before = await begin(connection, user, table, kind, key, revision)
    await TenantRows(connection, user.tenant, table).put(**values)
    return await trace(connection, user, table, kind, key, before)


async def drop(connection: AsyncConnection, user: Editor, table: Table, kind: str, key: str) -> None:
    """Deletes a row; the trace keeps what it said. Raises NotFound."""
    rows = TenantRows(connection, user.tenant, table)
    before = await rows.locked(key)
    if before is None:
        raise NotFound
    await rows.remove(key)
    await audit.write_change(
        connection,
        tenant=user.tenant,
        user=user.id,
        action=f"{kind}.delete",
        object=key,
        before=before,
        after=None,
    )
