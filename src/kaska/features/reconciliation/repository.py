"""Queries of reconciliation. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Subquery, Table, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import ERASED, contacts
from kaska.features.reconciliation.comparison import NOT_RECORDED, CdrWitnessed, Counted, Detail, Witnessed
from kaska.features.reconciliation.tables import cdr_calls, differences, runs, switch_calls, switch_counts
from kaska.features.reports.public import Period
from kaska.kit.database import one_of

BESIDE = timedelta(minutes=1)

_arrived = func.coalesce(differences.c.arrived_at, differences.c.first_seen)

_CONTACTS = (
    select(
        contacts.c.tenant,
        contacts.c.id.label("contact"),
        *(contacts.c[name] for name in ("direction", "arrived_at", "connected_at", "ended_at")),
        *(contacts.c[name] for name in ("recording", "recording_problem")),
    )
    .where(contacts.c.channel == "voice")
    .subquery()
)

Key = tuple[str, str]
"""(contact, kind)"""

_WITNESSED = [
    switch_calls.c[name]
    for name in ("contact", "number", "caller", "arrived_at", "ended_at", "talk_seconds", "outcome_hint")
]

_CDR = [
    cdr_calls.c[name]
    for name in ("contact", "number", "caller", "arrived_at", "ended_at", "noted_at", "disposition", "talked")
]


async def put(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, or replace those that are there. All rows name the same columns."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    changing = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changing), list(rows))


async def witnessed_between(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime
) -> dict[str, Witnessed]:
    """Calls that ended in [since, until)."""
    query = select(*_WITNESSED).where(
        switch_calls.c.tenant == tenant, switch_calls.c.ended_at >= since, switch_calls.c.ended_at < until
    )
    return {row[0]: Witnessed(*row) for row in await connection.execute(query)}


async def witnessed(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> dict[str, Witnessed]:
    if not contacts:
        return {}
    query = select(*_WITNESSED).where(switch_calls.c.tenant == tenant, one_of(switch_calls.c.contact, contacts))
    return {row[0]: Witnessed(*row) for row in await connection.execute(query)}


async def cdr_between(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime
) -> dict[str, CdrWitnessed]:
    """Calls whose CDR ended in [since, until)."""
    query = select(*_CDR).where(
        cdr_calls.c.tenant == tenant, cdr_calls.c.ended_at >= since, cdr_calls.c.ended_at < until
    )
    return {row[0]: CdrWitnessed(*row) for row in await connection.execute(query)}


async def cdr_of(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> dict[str, CdrWitnessed]:
    if not contacts:
        return {}
    query = select(*_CDR).where(cdr_calls.c.tenant == tenant, one_of(cdr_calls.c.contact, contacts))
    return {row[0]: CdrWitnessed(*row) for row in await connection.execute(query)}


async def open_keys(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> set[Key]:
    """Of these contacts."""
    if not contacts:
        return set()
    return await _open_keys(connection, tenant, one_of(differences.c.contact, contacts))


async def open_keys_of(connection: AsyncConnection, tenant: str, kinds: Collection[str]) -> set[Key]:
    return await _open_keys(connection, tenant, one_of(differences.c.kind, kinds))


async def _open_keys(connection: AsyncConnection, tenant: str, which: ColumnElement[bool]) -> set[Key]:
    query = select(differences.c.contact, differences.c.kind).where(
        differences.c.tenant == tenant, differences.c.resolved_at.is_(None), which
    )
    return {(row.contact, row.kind) for row in await connection.execute(query)}


async def open_contacts(connection: AsyncConnection, tenant: str, after: str, limit: int) -> list[str]:
    """The next ``limit`` contacts that differ, in the order of their names, beginning behind ``after``."""
    query = (
        select(differences.c.contact)
        .distinct()
        .where(differences.c.tenant == tenant, differences.c.resolved_at.is_(None), differences.c.contact > after)
        .order_by(differences.c.contact)
        .limit(limit)
    )
    return list((await connection.execute(query)).scalars())


async def put_differences(
    connection: AsyncConnection,
    tenant: str,
    found: Mapping[Key, Detail],
    arrived_at: Mapping[str, datetime],
    now: datetime,
) -> None:
    """Open them, or open them again; ``first_seen`` of those known stays. ``arrived_at``: when each contact did."""
    if not found:
        return
    statement = insert(differences)
    same = {name: statement.excluded[name] for name in ("detail", "arrived_at")}
    reopened = {**same, "resolved_at": None, "explanation": ""}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["tenant", "contact", "kind"], set_=reopened),
        [
            {
                "tenant": tenant,
                "contact": contact,
                "kind": kind,
                "detail": detail,
                "first_seen": now,
                "arrived_at": arrived_at.get(contact),
            }
            for (contact, kind), detail in sorted(found.items(), key=lambda item: item[0])
        ],
    )


async def resolve(connection: AsyncConnection, tenant: str, gone: Mapping[Key, str], now: datetime) -> None:
    """Close the differences ``gone`` with their explanations."""
    if not gone:
        return
    this = (differences.c.contact == bindparam("of")) & (differences.c.kind == bindparam("which"))
    await connection.execute(
        update(differences)
        .where(differences.c.tenant == tenant, this)
        .values(resolved_at=now, explanation=bindparam("why")),
        [{"of": contact, "which": kind, "why": why} for (contact, kind), why in sorted(gone.items())],
    )


async def open_counts(connection: AsyncConnection, tenant: str) -> dict[str, int]:
    """kind → how many are open."""
    query = (
        select(differences.c.kind, func.count().label("total"))
        .where(differences.c.tenant == tenant, differences.c.resolved_at.is_(None))
        .group_by(differences.c.kind)
    )
    return {row.kind: row.total for row in await connection.execute(query)}


async def open_rows(connection: AsyncConnection, tenant: str, limit: int) -> Sequence[Row[Any]]:
    query = select(differences).where(differences.c.tenant == tenant, differences.c.resolved_at.is_(None))
    order = (differences.c.first_seen.desc(), differences.c.contact, differences.c.kind)
    return (await connection.execute(query.order_by(*order).limit(limit))).all()


async def resolved_rows(connection: AsyncConnection, tenant: str, limit: int) -> Sequence[Row[Any]]:
    query = select(differences).where(differences.c.tenant == tenant, differences.c.resolved_at.is_not(None))
    order = (differences.c.resolved_at.desc(), differences.c.contact, differences.c.kind)
    return (await connection.execute(query.order_by(*order).limit(limit))).all()


async def last_run(connection: AsyncConnection, tenant: str) -> Row[Any] | None:
    return (await connection.execute(select(runs).where(runs.c.tenant == tenant))).one_or_none()


async def mask_callers(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> None:
    """Leave out who called in these contacts; the counts and times of the switch's records stay."""
    for table in (switch_calls, cdr_calls):
        of = (table.c.tenant == tenant) & one_of(table.c.contact, contacts)
        await connection.execute(update(table).where(of).values(caller=""))
    of = (differences.c.tenant == tenant) & one_of(differences.c.contact, contacts)
    await connection.execute(update(differences).where(of).values(detail=differences.c.detail.op("-")("caller")))


def _arrived_in(period: Period) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _arrived >= period.since, _arrived < period.until


async def differing_by_day(
    connection: AsyncConnection, tenant: str, period: Period
) -> dict[date, dict[str, tuple[int, int]]]:
    """day → kind → (open, explained): differences by the day on which their contacts arrived."""
    day = func.date(func.timezone(period.zone.key, _arrived)).label("day")
    still_open = func.count().filter(differences.c.resolved_at.is_(None))
    query = (
        select(day, differences.c.kind, still_open, func.count())
        .where(differences.c.tenant == tenant, *_arrived_in(period))
        .group_by(day, differences.c.kind)
    )
    found: dict[date, dict[str, tuple[int, int]]] = {}
    for when, kind, unresolved, total in await connection.execute(query):
        found.setdefault(when, {})[kind] = (unresolved, total - unresolved)
    return found


async def differences_of(connection: AsyncConnection, tenant: str, period: Period, limit: int) -> Sequence[Row[Any]]:
    """Differences about contacts that arrived in the period; those that are open first."""
    query = select(differences).where(differences.c.tenant == tenant, *_arrived_in(period))
    order = (differences.c.resolved_at.is_not(None), _arrived, differences.c.contact, differences.c.kind)
    return (await connection.execute(query.order_by(*order).limit(limit))).all()


async def counted_by_day(
    connection: AsyncConnection, tenant: str, period: Period
) -> tuple[list[Counted], dict[datetime, int]]:
    """The last reading of the switch's counter on each day; of each life of the switch, the last one before those."""
    c = switch_counts.c
    day = func.date(func.timezone(period.zone.key, c.read_at)).label("day")
    within = (
        select(c.started_at, day, c.unaccounted, c.read_at)
        .ext(distinct_on(c.started_at, day))
        .where(c.tenant == tenant, c.read_at >= period.since, c.read_at < period.until)
        .order_by(c.started_at, day, c.read_at.desc())
    )
    rows = sorted(await connection.execute(within), key=lambda row: row.read_at)
    earlier = (
        select(c.started_at, c.unaccounted)
        .ext(distinct_on(c.started_at))
        .where(c.tenant == tenant, c.read_at < period.since, c.started_at.in_({row.started_at for row in rows}))
        .order_by(c.started_at, c.read_at.desc())
    )
    before = {row.started_at: row.unaccounted for row in await connection.execute(earlier)}
    return [Counted(row.started_at, row.day, row.unaccounted) for row in rows], before


async def told_by_day(
    connection: AsyncConnection, tenant: str, period: Period, settled_before: datetime
) -> dict[date, Row[Any]]:
    """day → switch, cdr, ledger, talked, recordings; ``died``: calls that the switch died with, which have no CDR;
    ``unwanted``: conversations that were not to be recorded, or whose recording was erased.

    What ended at ``settled_before`` or later is left out.
    """
    book, cel, cdr = (_arrived_about(table, tenant, period) for table in (_CONTACTS, switch_calls, cdr_calls))
    name = func.coalesce(book.c.contact, cel.c.contact)
    together = book.join(cel, book.c.contact == cel.c.contact, full=True).join(cdr, cdr.c.contact == name, full=True)
    arrived = func.coalesce(book.c.arrived_at, cel.c.arrived_at, cdr.c.arrived_at)
    ended = func.coalesce(book.c.ended_at, cel.c.ended_at, cdr.c.noted_at)
    day = func.date(func.timezone(period.zone.key, arrived)).label("day")
    known, talked = book.c.contact.is_not(None), book.c.connected_at.is_not(None)
    query = (
        select(
            day,
            func.count(cel.c.contact).label("switch"),
            func.count(cdr.c.contact).label("cdr"),
            func.count().filter(known, book.c.direction != "outbound").label("ledger"),
            func.count().filter(talked).label("talked"),
            func.count().filter(talked, book.c.recording != "").label("recordings"),
            func.count().filter(cel.c.outcome_hint == "", cdr.c.contact.is_(None)).label("died"),
            func.count()
            .filter(talked, book.c.recording == "", book.c.recording_problem.in_((ERASED, NOT_RECORDED)))
            .label("unwanted"),
        )
        .select_from(together)
        .where(arrived >= period.since, arrived < period.until, ended < settled_before)
        .where(~known | book.c.ended_at.is_not(None))
        .group_by(day)
    )
    return {row.day: row for row in await connection.execute(query)}


def _arrived_about(table: Any, tenant: str, period: Period) -> Subquery:
    """What arrived in the period or a moment beside it: the witnesses' clocks differ by milliseconds, and the first of
    them that knows a contact says to which day it belongs."""
    moments = (table.c.arrived_at >= period.since - BESIDE, table.c.arrived_at < period.until + BESIDE)
    query = select(*(column for column in table.c if column.name != "tenant")).where(table.c.tenant == tenant, *moments)
    return query.subquery()
