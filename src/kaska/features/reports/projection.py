"""Keeps the sums by interval in step with the ledger.

What a contact counted for before and what it counts for now are both made from its facts in the ledger, up to where the
projection has read and up to where it reads now. Of single contacts only is kept which person came when.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core import facts as f
from kaska.features.calls.public import Folder, fold, masked, opened
from kaska.features.reports import keeping, people
from kaska.features.reports.counted import count, milliseconds, spend
from kaska.features.reports.repository import choices
from kaska.features.reports.sums import Sums
from kaska.features.reports.tables import DEFAULT_ZONE, agent_states, cube_tables, sketches, visits
from kaska.features.reports.visits import Choice, visit_of
from kaska.kit.bulk import Bulk
from kaska.kit.database import one_of
from kaska.ledger.reader import LedgerFact, stories

CLOSING = (f.ContactOver, f.Classified, f.RecordingReady)
"""the facts that make or change what an ended contact counts for"""

TOLD = (
    f.ContactOpened,
    f.LegStarted,
    f.Queued,
    f.Overflowed,
    f.Dequeued,
    f.CallbackPromised,
    f.Offered,
    f.OfferOver,
    f.ReturnedToLine,
    f.Connected,
    f.TalkOver,
    *CLOSING,
)
"""the facts of a contact's story that any figure is made of; the others are not even read"""


_PUT_STATES = Bulk(agent_states, ("agent", "state", "reason", "since_ms"), clash="replace")


class ReportsProjection:
    """Sums over all ended contacts and all finished states of agents, whatever way the facts are cut into batches."""

    name = "reports"
    kinds = (*CLOSING, f.AgentStateChanged)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        """Add what ``facts`` of one tenant, in ledger order, change."""
        tenant = facts[0].tenant
        sums = Sums()
        zone, choice = await chosen(connection, tenant)
        changed = list(dict.fromkeys(entry.contact for entry in facts if isinstance(entry.fact, CLOSING)))
        if changed:
            told = await stories(connection, tenant, changed, facts[-1].position, TOLD)
            nameless = await masked(connection, tenant, changed)
            moved: list[people.Change] = []
            for contact in changed:
                moved.append(recount(sums, told.get(contact, []), facts[0].position, choice, nameless))
            await people.change(connection, tenant, sums, moved, choice)
        states = [entry.fact for entry in facts if isinstance(entry.fact, f.AgentStateChanged)]
        await _spend(connection, tenant, states, sums)
        await keeping.add(connection, tenant, sums, zone)

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget the sums of the transaction's tenant, to be made again from the first fact."""
        for table in (*cube_tables.values(), sketches, agent_states, visits):
            await connection.execute(table.delete())


def recount(sums: Sums, story: Sequence[LedgerFact], since: int, choice: Choice, nameless: set[str]) -> people.Change:
    """Take away what a contact counted for before position ``since``, add what it counts for by its whole story.

    Returns what it was, and is, as a visit.
    """
    folder: Folder | None = None
    before, taken = None, False
    for entry in story:
        if entry.position >= since and not taken:
            count(sums, folder, -1)
            before, taken = visit_of(folder, choice, nameless), True
        if isinstance(entry.fact, f.ContactOpened):
            folder = folder or opened(entry.fact)
        elif folder is not None and (folder.card.ended_at is None or isinstance(entry.fact, CLOSING)):
            fold(folder, entry.fact)
    count(sums, folder)
    return before, visit_of(folder, choice, nameless)


async def _spend(connection: AsyncConnection, tenant: str, facts: Sequence[f.AgentStateChanged], sums: Sums) -> None:
    if not facts:
        return
    agents = sorted({fact.agent for fact in facts})
    query = select(agent_states).where(agent_states.c.tenant == tenant, one_of(agent_states.c.agent, agents))
    now = {row.agent: (row.state, row.reason, row.since_ms) for row in await connection.execute(query)}
    for fact in facts:
        at = milliseconds(fact.at)
        if fact.agent in now:
            spend(sums, fact.agent, *now[fact.agent], at)
        now[fact.agent] = (fact.state, fact.reason, at)
    rows = [
        {"agent": agent, "state": now[agent][0], "reason": now[agent][1], "since_ms": now[agent][2]} for agent in agents
    ]
    await _PUT_STATES.put(connection, tenant, rows)


async def chosen(connection: AsyncConnection, tenant: str) -> tuple[ZoneInfo, Choice]:
    """Whose days are kept, and what the company says of its contacts."""
    row = await choices(connection, tenant)
    if row is None:
        return ZoneInfo(DEFAULT_ZONE), Choice()
    return ZoneInfo(row.zone), Choice(row.return_days, frozenset(row.sales), frozenset(row.not_target))
