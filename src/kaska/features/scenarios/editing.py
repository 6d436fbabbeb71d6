"""Storing a draft, with two editors at once told of each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity.public import CurrentUser, audit
from kaska.features.scenarios import public
from kaska.features.scenarios.errors import EditedMeanwhile
from kaska.features.scenarios.schemas import ScenarioGiven
from kaska.features.scenarios.tables import scenarios
from kaska.kit.tenant_rows import TenantRows

ONE_SITTING = timedelta(minutes=10)
"""drafts are saved every few seconds while somebody works: one line of the audit log for so long"""


async def store(connection: AsyncConnection, user: CurrentUser, id: str, given: ScenarioGiven) -> RowMapping:
    """The row as stored. Raises EditedMeanwhile when ``given.revision`` is not the newest."""
    of_it = (scenarios.c.tenant == user.tenant, scenarios.c.id == id)
    columns = (scenarios.c.revision, scenarios.c.edited_by, scenarios.c.edited_at)
    before = (await connection.execute(select(*columns).where(*of_it).with_for_update())).mappings().one_or_none()
    newest = before["revision"] if before is not None else 0
    if given.revision is not None and given.revision != newest:
        raise EditedMeanwhile(by=(before["edited_by"] if before is not None else "") or "?")
    now = datetime.now(UTC)
    edited: dict[str, Any] = {"edited_by": user.name, "edited_at": now}
    if given.layout is not None:
        edited["layout"] = given.layout
    await public.put_draft(
        connection, user.tenant, id, name=given.name, draft=given.draft, is_default=given.is_default, **edited
    )
    last = before["edited_at"] if before is not None and before["edited_by"] == user.name else None
    if last is None or now - last > ONE_SITTING:
        await audit.write(connection, tenant=user.tenant, user=user.id, action="scenarios.put", object=id)
    row = await TenantRows(connection, user.tenant, scenarios).get(id)
    assert row is not None, "just stored"
    return row
