"""What publishing reads of scenarios, and how it marks them published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.scenarios.history import History
from kaska.features.scenarios.judging import ground_for, known_prompts
from kaska.features.scenarios.tables import scenarios
from kaska.kit.tenant_rows import TenantRows

__all__ = [
    "History",
    "ScenarioDraft",
    "ground_for",
    "known_prompts",
    "mark_published",
    "put_back",
    "put_draft",
    "read_drafts",
]


@dataclass(frozen=True, slots=True)
class ScenarioDraft:
    """``version`` is the one that this draft has or would get when published."""

    id: str
    document: dict[str, Any]
    version: int
    changed: bool
    is_default: bool


async def read_drafts(connection: AsyncConnection, tenant: str) -> list[ScenarioDraft]:
    drafts = []
    for row in await TenantRows(connection, tenant, scenarios).all():
        changed = row["draft"] != row["published"]
        drafts.append(ScenarioDraft(row["id"], row["draft"], row["version"] + int(changed), changed, row["is_default"]))
    return drafts


async def mark_published(connection: AsyncConnection, tenant: str, by: str, drafts: list[ScenarioDraft]) -> None:
    for draft in drafts:
        if draft.changed:
            await History(connection, tenant).add(draft.id, draft.version, by, draft.document)
            await connection.execute(
                update(scenarios)
                .where(scenarios.c.id == draft.id)
                .values(published=draft.document, version=draft.version)
            )


async def put_draft(
    connection: AsyncConnection, tenant: str, id: str, *, name: str, draft: dict[str, Any], is_default: bool = False
) -> None:
    if is_default:  # there is one default, so the earlier one steps down
        await connection.execute(
            update(scenarios).where(scenarios.c.is_default, scenarios.c.id != id).values(is_default=False)
        )
    await TenantRows(connection, tenant, scenarios).put(id=id, name=name, draft=draft, is_default=is_default)


async def put_back(connection: AsyncConnection, tenant: str, id: str, version: int) -> ScenarioDraft | None:
    """The draft becomes what version ``version`` was, as a new version to be published; None when there is none."""
    document = await History(connection, tenant).document(id, version)
    row = await TenantRows(connection, tenant, scenarios).get(id)
    if document is None or row is None:
        return None
    await connection.execute(update(scenarios).where(scenarios.c.id == id).values(draft=document))
    changed = document != row["published"]
    return ScenarioDraft(id, document, row["version"] + int(changed), changed, row["is_default"])
