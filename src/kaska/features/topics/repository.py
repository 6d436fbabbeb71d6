"""Queries of topics. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, Table, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.topics.defaults import REFUSALS, RESULTS, SOURCES, TOPICS
from kaska.features.topics.schemas import Choice, ContactResult, Topic, TopicLists, TopicTree
from kaska.features.topics.tables import choices, results, topics

KINDS = {"sources": "source", "refusals": "refusal"}


async def read(connection: AsyncConnection, tenant: str) -> TopicTree:
    """The company's lists; a company without any gets the default ones."""
    found = await _read(connection, tenant)
    if not (found.topics and found.results and found.sources and found.refusals):
        await seed(connection, tenant, found)
        found = await _read(connection, tenant)
    return TopicTree(**found.model_dump(), revision=hashlib.sha256(found.model_dump_json().encode()).hexdigest())


async def _read(connection: AsyncConnection, tenant: str) -> TopicLists:
    named = await _rows(connection, tenant, choices)
    return TopicLists(
        topics=[_shaped(Topic, row) for row in await _rows(connection, tenant, topics)],
        results=[_shaped(ContactResult, row) for row in await _rows(connection, tenant, results)],
        sources=[_shaped(Choice, row) for row in named if row["kind"] == "source"],
        refusals=[_shaped(Choice, row) for row in named if row["kind"] == "refusal"],
    )


def _shaped(kind: Any, row: RowMapping) -> Any:
    # what was once kept is shown as it is, also if the rules for input have become stricter
    return kind.model_construct(**{name: row[name] for name in kind.model_fields})


async def _rows(connection: AsyncConnection, tenant: str, table: Table) -> Sequence[RowMapping]:
    query = select(table).where(table.c.tenant == tenant).order_by(table.c.place, table.c.id)
    return (await connection.execute(query)).mappings().all()


async def seed(connection: AsyncConnection, tenant: str, found: TopicLists) -> None:
    """Give ``tenant`` the default of each list that is empty."""
    fresh: list[tuple[Table, list[dict[str, Any]]]] = []
    if not found.topics:
        fresh.append((topics, [{"id": id, "parent": parent, "title": title} for id, parent, title in TOPICS]))
    if not found.results:
        rows = [{"id": id, "title": title, "asks_refusal": why, "asks_next": then} for id, title, why, then in RESULTS]
        fresh.append((results, rows))
    for kind, mine, given in (("source", found.sources, SOURCES), ("refusal", found.refusals, REFUSALS)):
        if not mine:
            fresh.append((choices, [{"kind": kind, "id": id, "title": title} for id, title in given]))
    for table, rows in fresh:
        placed = [{"tenant": tenant, "place": place, **row} for place, row in enumerate(rows)]
        await connection.execute(insert(table).on_conflict_do_nothing(), placed)


async def write(connection: AsyncConnection, tenant: str, lists: TopicLists) -> None:
    """Make the lists so. What is left out is archived and stands at the end."""
    await _put(connection, tenant, topics, [topic.model_dump() for topic in lists.topics], {})
    await _put(connection, tenant, results, [result.model_dump() for result in lists.results], {})
    for name, kind in KINDS.items():
        await _put(connection, tenant, choices, [one.model_dump() for one in getattr(lists, name)], {"kind": kind})


async def _put(
    connection: AsyncConnection, tenant: str, table: Table, rows: list[dict[str, Any]], of: dict[str, str]
) -> None:
    left_out = update(table).where(table.c.tenant == tenant, table.c.id.not_in([row["id"] for row in rows]))
    for name, value in of.items():
        left_out = left_out.where(table.c[name] == value)
    await connection.execute(left_out.values(archived=True, place=len(rows)))
    if not rows:
        return
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    changing = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    placed = [{"tenant": tenant, "place": place, **of, **row} for place, row in enumerate(rows)]
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changing), placed)
