"""Keeps the list of calls among ourselves in step with the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import cast, delete, insert, not_, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import InsideAsked, InsideInvited, InsideMet, InsideOver, PageAsked, PageRung
from kaska.features.calls.public import moment, plain
from kaska.features.inside.tables import inside_talks
from kaska.ledger.reader import LedgerFact


class InsideProjection:
    """One row per call. There are few of them: a statement each."""

    name = "inside"
    kinds = (InsideAsked, InsideMet, InsideInvited, InsideOver, PageAsked, PageRung)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        for entry in facts:
            await _apply(connection, entry)

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget everything of the transaction's tenant, to be applied again from the first fact."""
        await connection.execute(delete(inside_talks))


async def _apply(connection: AsyncConnection, entry: LedgerFact) -> None:
    fact = entry.fact
    assert isinstance(fact, InsideAsked | InsideMet | InsideInvited | InsideOver | PageAsked | PageRung)
    if isinstance(fact, InsideAsked):
        values = {
            "tenant": entry.tenant,
            "talk": fact.talk,
            "by": fact.by,
            "caller": plain(fact.caller),
            "to": fact.to,
            "number": plain(fact.number),
            "trunk": fact.trunk,
            "started_at": moment(fact.at),
        }
        await connection.execute(insert(inside_talks).values(**values))
        return
    told = update(inside_talks).where(inside_talks.c.tenant == entry.tenant, inside_talks.c.talk == fact.talk)
    if isinstance(fact, InsideMet):
        await connection.execute(told.values(connected_at=moment(fact.at)))
    elif isinstance(fact, InsideInvited):
        c, who = inside_talks.c, cast([fact.agent or plain(fact.number)], JSONB)
        told = told.where(not_(c.others.contains(who)))
        if fact.agent:  # it may have come back to one of the first two
            told = told.where(c.by != fact.agent, c.to != fact.agent)
        await connection.execute(told.values(others=c.others.concat(who)))
    elif isinstance(fact, PageAsked):
        await connection.execute(told.values(page=fact.queue))
    elif isinstance(fact, PageRung):
        others = inside_talks.c.others.concat(cast([fact.agent], JSONB))
        await connection.execute(told.values(others=others))
    else:
        await connection.execute(told.values(ended_at=moment(fact.at), result=fact.result, seconds=fact.seconds))
