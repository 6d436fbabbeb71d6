"""What publishing reads of scenarios, and how it marks them published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.scenarios.history import History
from kaska.features.scenarios.judging import ground_for, known_prompts
from kaska.features.scenarios.kind_words import KINDS
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
    "read_names",
    "read_played",
    "read_questions",
    "read_steps",
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


async def read_names(connection: AsyncConnection, tenant: str) -> dict[str, str]:
    """scenario → its name."""
    return {row["id"]: row["name"] for row in await TenantRows(connection, tenant, scenarios).all()}


async def read_played(connection: AsyncConnection, tenant: str) -> dict[str, list[str]]:
    """prompt → names of the scenarios that play it, in the draft or as published."""
    played: dict[str, list[str]] = {}
    for row in await TenantRows(connection, tenant, scenarios).all():
        for prompt in sorted({*_prompts_in(row["draft"]), *_prompts_in(row["published"])}):
            played.setdefault(prompt, []).append(row["name"])
    return played


async def read_questions(connection: AsyncConnection, tenant: str) -> dict[str, str]:
    """ "SCENARIO ANSWER" of a question in a survey, "ANSWER" of one that stands alone → its name, as published, else as
    in the draft; those that have a name."""
    named: dict[str, str] = {}
    for row in await TenantRows(connection, tenant, scenarios).all():
        for document in (row["draft"], row["published"]):
            nodes = document.get("nodes") if isinstance(document, dict) else None
            for node in nodes.values() if isinstance(nodes, dict) else ():
                named |= _named("", [node]) | _named(f"{row['id']} ", _listed(node, "questions"))
    return named


def _named(before: str, questions: list[Any]) -> dict[str, str]:
    """A draft may be anything: only what looks like a question counts."""
    return {
        before + answer: name
        for one in questions
        if isinstance(one, dict)
        and isinstance(answer := one.get("answer"), str)
        and isinstance(name := one.get("name"), str)
        and name.strip()
    }


async def read_steps(connection: AsyncConnection, tenant: str) -> dict[tuple[str, str], tuple[str, str]]:
    """(scenario, node) → what people call the step, (Russian, English); as published, else as in the draft."""
    named: dict[tuple[str, str], tuple[str, str]] = {}
    for row in await TenantRows(connection, tenant, scenarios).all():
        for document in (row["draft"], row["published"]):
            for node, kind in _kinds_in(document):
                russian, english = KINDS[kind][0] if kind in KINDS else (kind, kind)
                named[row["id"], node] = (
                    f"{row['name']} → {russian} ({node})",
                    f"{row['name']} → {english} ({node})",
                )
    return named


def _kinds_in(document: Any) -> Iterator[tuple[str, str]]:
    """A draft may be anything: only what looks like a node counts."""
    nodes = document.get("nodes") if isinstance(document, dict) else None
    for name, node in nodes.items() if isinstance(nodes, dict) else ():
        kind = node.get("kind") if isinstance(node, dict) else None
        if isinstance(kind, str):
            yield name, kind


def _prompts_in(document: Any) -> Iterator[str]:
    """A draft may be anything: only what looks like a list of prompts counts."""
    nodes = document.get("nodes") if isinstance(document, dict) else None
    for node in nodes.values() if isinstance(nodes, dict) else ():
        for part in (node, *_listed(node, "questions")):
            yield from (one for one in _listed(part, "prompts") if isinstance(one, str))


def _listed(part: Any, name: str) -> list[Any]:
    found = part.get(name) if isinstance(part, dict) else None
    return found if isinstance(found, list) else []


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
    connection: AsyncConnection,
    tenant: str,
    id: str,
    *,
    name: str,
    draft: dict[str, Any],
    is_default: bool = False,
    **edited: Any,
) -> None:
    """``edited``: further columns. The revision grows by one."""
    if is_default:  # there is one default, so the earlier one steps down
        await connection.execute(
            update(scenarios).where(scenarios.c.is_default, scenarios.c.id != id).values(is_default=False)
        )
    rows = TenantRows(connection, tenant, scenarios)
    await rows.put(id=id, name=name, draft=draft, is_default=is_default, **edited)
    await connection.execute(
        update(scenarios)
        .where(scenarios.c.tenant == tenant, scenarios.c.id == id)
        .values(revision=scenarios.c.revision + 1)
    )


async def put_back(connection: AsyncConnection, tenant: str, id: str, version: int) -> ScenarioDraft | None:
    """The draft becomes what version ``version`` was, as a new version to be published; None when there is none."""
    document = await History(connection, tenant).document(id, version)
    row = await TenantRows(connection, tenant, scenarios).get(id)
    if document is None or row is None:
        return None
    await connection.execute(
        update(scenarios).where(scenarios.c.id == id).values(draft=document, revision=scenarios.c.revision + 1)
    )
    changed = document != row["published"]
    return ScenarioDraft(id, document, row["version"] + int(changed), changed, row["is_default"])
