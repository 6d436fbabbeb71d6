"""Queries of the colander. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    and_,
    case,
    cast,
    distinct,
    func,
    select,
    true,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.contacts.outcomes import EndCause, Outcome
from kaska.core.counting.holes import Hole
from kaska.features.calls.public import RECOVERED as SERVED
from kaska.features.calls.public import contacts, legs, ran_out, read_cursor
from kaska.features.debts.public import debts

OPEN, OVERDUE, RECOVERED, WRITTEN_OFF = "open", "overdue", "recovered", "written_off"
NOT_SERVED = (Outcome.LOST, Outcome.SHORT_ABANDONED, Outcome.MESSAGE_TAKEN)


@dataclass(frozen=True, slots=True)
class Period:
    """Inbound contacts that arrived in [since, until); ``project`` "" = of all projects."""

    tenant: str
    since: datetime
    until: datetime
    project: str = ""

    @property
    def chosen(self) -> ColumnElement[bool]:
        wanted = [
            contacts.c.tenant == self.tenant,
            contacts.c.direction == "inbound",
            contacts.c.arrived_at >= self.since,
            contacts.c.arrived_at < self.until,
        ]
        if self.project:
            wanted.append(contacts.c.project == self.project)
        return and_(*wanted)


_recovered = debts.c.how.in_(SERVED)
_with_debt = contacts.outerjoin(
    debts, and_(debts.c.tenant == contacts.c.tenant, debts.c.id == contacts.c.debt, contacts.c.debt != "")
)


def _debt_state(now: datetime) -> ColumnElement[str]:
    return case(
        (debts.c.id.is_(None), ""),
        (_recovered, RECOVERED),
        (debts.c.closed_at.is_not(None), WRITTEN_OFF),
        (debts.c.due_at < now, OVERDUE),
        else_=OPEN,
    )


async def ends(connection: AsyncConnection, period: Period, now: datetime) -> Sequence[Row[Any]]:
    """(project, number, outcome, cause, promised, debt, contacts): how everybody's way ended, and what is owed."""
    keys: list[ColumnElement[Any]] = [
        contacts.c.project,
        contacts.c.number,
        contacts.c.outcome,
        contacts.c.cause,
        contacts.c.callback_promised_at.is_not(None).label("promised"),
        _debt_state(now).label("debt"),
    ]
    query: Select[Any] = select(*keys, func.count().label("contacts")).select_from(_with_debt)
    rows: Sequence[Row[Any]] = (await connection.execute(query.where(period.chosen).group_by(*keys))).all()
    return rows


def _local(zone: str) -> tuple[ColumnElement[Any], ColumnElement[int]]:
    """(local date, half-hour since midnight) of the arrival."""
    local = func.timezone(zone, contacts.c.arrived_at)
    half = cast(func.extract("hour", local) * 2 + func.floor(func.extract("minute", local) / 30), Integer)
    return cast(local, Date).label("day"), half.label("half")


async def half_hours(connection: AsyncConnection, period: Period, zone: str) -> Sequence[Row[Any]]:
    """(day, half, offered, lost, closed): who reached a line, who of them was lost, who came in closed hours."""
    day, half = _local(zone)
    queued, lost = contacts.c.queued_at.is_not(None), contacts.c.outcome.in_(NOT_SERVED)
    closed = and_(contacts.c.cause == EndCause.CLOSED_HOURS, lost)
    query = select(
        day,
        half,
        func.count().filter(queued).label("offered"),
        func.count().filter(and_(queued, lost)).label("lost"),
        func.count().filter(closed).label("closed"),
    )
    return (await connection.execute(query.where(period.chosen).group_by("day", "half"))).all()


async def people(connection: AsyncConnection, period: Period, zone: str) -> Sequence[Row[Any]]:
    """(day, half, people): how many different agents talked with those who arrived then."""
    day, half = _local(zone)
    talked = func.unnest(contacts.c.agents).table_valued("agent").render_derived(name="talked")
    query = select(day, half, func.count(distinct(talked.c.agent)).label("people"))
    query = query.select_from(contacts.join(talked, true()))
    return (await connection.execute(query.where(period.chosen).group_by("day", "half"))).all()


async def times(connection: AsyncConnection, period: Period) -> Row[Any]:
    """(handling, waited, gave_up, to_line): mean talk, all waiting, contacts that hung up waiting, median way; s."""
    queued = contacts.c.queued_at.is_not(None)
    gave_up = and_(contacts.c.outcome == Outcome.LOST, contacts.c.cause.in_((EndCause.WAITING, EndCause.RINGING)))
    way = func.extract("epoch", contacts.c.queued_at - contacts.c.arrived_at)
    query = select(
        func.avg(contacts.c.talk_seconds).filter(contacts.c.connected_at.is_not(None)).label("handling"),
        func.coalesce(func.sum(contacts.c.wait_seconds).filter(queued), 0.0).label("waited"),
        func.count().filter(gave_up).label("gave_up"),
        func.percentile_cont(0.5).within_group(way).filter(queued).label("to_line"),
    )
    return (await connection.execute(query.where(period.chosen))).one()


async def steps(connection: AsyncConnection, period: Period, limit: int = 10) -> Sequence[Row[Any]]:
    """(scenario, step, contacts): in which steps people hung up."""
    keys = (contacts.c.scenario, contacts.c.step)
    left = and_(contacts.c.outcome == Outcome.LOST, contacts.c.cause == EndCause.MENU, contacts.c.step != "")
    query = select(*keys, func.count().label("contacts")).where(period.chosen, left).group_by(*keys)
    return (await connection.execute(query.order_by(func.count().desc(), *keys).limit(limit))).all()


async def rings(connection: AsyncConnection, period: Period) -> Row[Any]:
    """(in_vain, vain, taken): offers that timed out, their median ring, the ring within which 90 % took it; s."""
    long = func.extract("epoch", func.coalesce(legs.c.up_at, legs.c.ended_at) - legs.c.started_at)
    vain, taken = legs.c.offer == "timed_out", and_(legs.c.offer == "accepted", legs.c.up_at.is_not(None))
    query = select(
        func.count().filter(vain).label("in_vain"),
        func.percentile_cont(0.5).within_group(long).filter(vain).label("vain"),
        func.percentile_cont(0.9).within_group(long).filter(taken).label("taken"),
    )
    both = contacts.join(legs, and_(legs.c.tenant == contacts.c.tenant, legs.c.contact == contacts.c.id))
    return (await connection.execute(query.select_from(both).where(period.chosen, legs.c.party == "agent"))).one()


async def leaked(
    connection: AsyncConnection, period: Period, holes: Collection[Hole], now: datetime, *, cursor: str, limit: int
) -> Sequence[Row[Any]]:
    """At most ``limit`` contacts that ran out of these holes, newest first, with owner, due_at, closed_at, how."""
    query: Select[Any] = (
        select(contacts, debts.c.owner, debts.c.due_at, debts.c.closed_at, debts.c.how)
        .select_from(_with_debt)
        .where(period.chosen, ran_out(holes, now))
    )
    if cursor:
        query = query.where(tuple_(contacts.c.arrived_at, contacts.c.id) < tuple_(*read_cursor(cursor)))
    query = query.order_by(contacts.c.arrived_at.desc(), contacts.c.id.desc()).limit(limit)
    rows: Sequence[Row[Any]] = (await connection.execute(query)).all()
    return rows
