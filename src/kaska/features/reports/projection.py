"""Keeps the sums by interval in step with the ledger.

Nothing about single contacts is kept here: what a contact counted for before and what it counts for now are both made
from its facts in the ledger, up to where the projection has read and up to where it reads now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core import facts as f
from kaska.features.calls.public import Folder, fold, opened
from kaska.features.reports.counted import Sums, count, milliseconds, spend
from kaska.features.reports.cubes import CUBES, DAY, QUARTER
from kaska.features.reports.tables import DEFAULT_ZONE, agent_states, cube_tables, settings, sketches
from kaska.ledger.reader import LedgerFact, stories

CLOSING = (f.ContactOver, f.Classified, f.RecordingReady)
"""the facts that make or change what an ended contact counts for"""


class ReportsProjection:
    """Sums over all ended contacts and all finished states of agents, whatever way the facts are cut into batches."""

    name = "reports"
    kinds = (*CLOSING, f.AgentStateChanged)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        """Add what ``facts`` of one tenant, in ledger order, change."""
        tenant = facts[0].tenant
        sums = Sums()
        changed = list(dict.fromkeys(entry.contact for entry in facts if isinstance(entry.fact, CLOSING)))
        told = await stories(connection, tenant, changed, facts[-1].position)
        for contact in changed:
            recount(sums, told.get(contact, []), facts[0].position)
        states = [entry.fact for entry in facts if isinstance(entry.fact, f.AgentStateChanged)]
        await _spend(connection, tenant, states, sums)
        await _add(connection, tenant, sums)

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget the sums of the transaction's tenant, to be made again from the first fact."""
        for table in (*cube_tables.values(), sketches, agent_states):
            await connection.execute(table.delete())


def recount(sums: Sums, story: Sequence[LedgerFact], since: int) -> None:
    """Take away what a contact counted for before position ``since``, add what it counts for by its whole story."""
    folder: Folder | None = None
    taken = False
    for entry in story:
        if entry.position >= since and not taken:
            count(sums, folder, -1)
            taken = True
        if isinstance(entry.fact, f.ContactOpened):
            folder = folder or opened(entry.fact)
        elif folder is not None and (folder.card.ended_at is None or isinstance(entry.fact, CLOSING)):
            fold(folder, entry.fact)
    count(sums, folder)


async def _spend(connection: AsyncConnection, tenant: str, facts: Sequence[f.AgentStateChanged], sums: Sums) -> None:
    if not facts:
        return
    agents = sorted({fact.agent for fact in facts})
    query = select(agent_states).where(agent_states.c.tenant == tenant, agent_states.c.agent.in_(agents))
    now = {row.agent: (row.state, row.reason, row.since_ms) for row in await connection.execute(query)}
    for fact in facts:
        at = milliseconds(fact.at)
        if fact.agent in now:
            spend(sums, fact.agent, *now[fact.agent], at)
        now[fact.agent] = (fact.state, fact.reason, at)
    rows = [
        {"tenant": tenant, "agent": agent, "state": now[agent][0], "reason": now[agent][1], "since_ms": now[agent][2]}
        for agent in agents
    ]
    put = insert(agent_states)
    changing = {name: put.excluded[name] for name in ("state", "reason", "since_ms")}
    await connection.execute(put.on_conflict_do_update(index_elements=["tenant", "agent"], set_=changing), rows)


async def zone_of(connection: AsyncConnection, tenant: str) -> str:
    """Whose days are kept."""
    found = await connection.execute(select(settings.c.zone).where(settings.c.tenant == tenant))
    return found.scalar_one_or_none() or DEFAULT_ZONE


def day_of(start: int, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) of the local day that a moment belongs to; where midnight is skipped, what follows it."""
    local = datetime.fromtimestamp(start, zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)


async def _add(connection: AsyncConnection, tenant: str, sums: Sums) -> None:
    zone = ZoneInfo(await zone_of(connection, tenant))
    days: dict[int, datetime] = {}

    def day(start: int) -> datetime:
        if start not in days:
            days[start] = day_of(start, zone)
        return days[start]

    for cube in CUBES:
        rows: dict[tuple[Any, ...], list[int]] = {}
        for (name, start, dimensions), values in sums.cubes.items():
            if name == cube.name:
                for key in (
                    (QUARTER, datetime.fromtimestamp(start, UTC), *dimensions),
                    (DAY, day(start), *dimensions),
                ):
                    before = rows.get(key)
                    rows[key] = values if before is None else [a + b for a, b in zip(before, values, strict=True)]
        await _put(connection, tenant, cube.name, rows)
    marks: dict[tuple[Any, ...], list[int]] = {}
    for (start, *rest), contacts in sums.sketches.items():
        key = (day(start), *rest)
        marks.setdefault(key, [0])[0] += contacts
    await _put(connection, tenant, "", marks)


async def _put(connection: AsyncConnection, tenant: str, cube: str, rows: dict[tuple[Any, ...], list[int]]) -> None:
    """Add ``rows`` ({key: sums}) to a cube's table ("" = the sketches), and drop what came to nothing."""
    table = cube_tables[cube] if cube else sketches
    keys = [column.name for column in table.primary_key if column.name != "tenant"]
    measures = [column.name for column in table.c if not column.primary_key]
    given = [
        {"tenant": tenant, **dict(zip(keys, key, strict=True)), **dict(zip(measures, values, strict=True))}
        for key, values in sorted(rows.items())
        if any(values)
    ]
    if not given:
        return
    add = insert(table)
    changing = {name: table.c[name] + add.excluded[name] for name in measures}
    await connection.execute(add.on_conflict_do_update(index_elements=["tenant", *keys], set_=changing), given)
    if any(value < 0 for values in rows.values() for value in values):
        nothing = [table.c[name] == 0 for name in measures]
        starts = sorted({row["start"] for row in given})
        await connection.execute(delete(table).where(table.c.tenant == tenant, table.c.start.in_(starts), *nothing))
