"""Keeps the list of calls among ourselves in step with the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import cast, delete, insert, not_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import (
    DoorOpened,
    DoorRang,
    DoorTaken,
    DoorUnopened,
    Fact,
    InsideAsked,
    InsideInvited,
    InsideMet,
    InsideOver,
    PageAsked,
    PageRung,
)
from kaska.features.alerts.public import report_situation
from kaska.features.calls.public import moment, plain
from kaska.features.identity.public import audit
from kaska.features.inside.tables import inside_talks
from kaska.ledger.reader import LedgerFact

OF_DOORS = (DoorRang, DoorTaken, DoorOpened, DoorUnopened)


class InsideProjection:
    """One row per call. There are few of them: a statement each."""

    name = "inside"
    kinds = (InsideAsked, InsideMet, InsideInvited, InsideOver, PageAsked, PageRung, *OF_DOORS)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        for entry in facts:
            await _apply(connection, entry)

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget everything of the transaction's tenant, to be applied again from the first fact."""
        await connection.execute(delete(inside_talks))


async def _apply(connection: AsyncConnection, entry: LedgerFact) -> None:
    fact = entry.fact
    if isinstance(fact, OF_DOORS):
        await _of_door(connection, entry, fact)
        return
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
        await _missed(connection, entry, fact)


async def _of_door(connection: AsyncConnection, entry: LedgerFact, fact: Fact) -> None:
    assert isinstance(fact, OF_DOORS)
    c = inside_talks.c
    told = update(inside_talks).where(c.tenant == entry.tenant, c.talk == fact.talk)
    if isinstance(fact, DoorRang):
        await connection.execute(told.values(door=fact.name))
    elif isinstance(fact, DoorTaken):
        await connection.execute(told.values(to=fact.agent))
    elif isinstance(fact, DoorOpened):
        opening = {"at": fact.at, "agent": fact.agent, "way": fact.way}
        await connection.execute(told.values(opened=c.opened.concat(cast([opening], JSONB))))
        await _write_down(connection, entry, fact, fact.agent, "doors.open", {"way": fact.way})
    else:
        await _write_down(connection, entry, fact, "", "doors.stuck", {})


async def _write_down(
    connection: AsyncConnection,
    entry: LedgerFact,
    fact: DoorOpened | DoorUnopened,
    by: str,
    action: str,
    details: dict[str, str],
) -> None:
    told = details | {"position": entry.position, "talk": fact.talk}
    await audit.write_once(connection, tenant=entry.tenant, user=by, action=action, object=fact.door, details=told)


async def _missed(connection: AsyncConnection, entry: LedgerFact, fact: InsideOver) -> None:
    """Somebody was at a door and nobody talked with him: a critical situation until somebody writes down what was
    done, one for each door and day."""
    if fact.result == "talked":
        return
    row = select(inside_talks.c.door).where(inside_talks.c.tenant == entry.tenant, inside_talks.c.talk == fact.talk)
    door = (await connection.execute(row)).scalar_one_or_none()
    if door:
        await report_situation(
            connection,
            entry.tenant,
            rule=f"door {door} {moment(fact.at):%Y-%m-%d}",
            name=door,
            figure="door_missed",
            limit=0.0,
            value=1.0,
            since=moment(fact.at),
        )
