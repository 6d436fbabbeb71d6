"""Queries of the debt book. Every connection here is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Row, case, func, literal, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import Place, local_zone, phone_matches, plain
from kaska.features.debts.schemas import DebtQuery
from kaska.features.debts.tables import debt_events, debts

RECOVERED = ("called_back", "came_back")
SPEEDS = {"five_minutes": 300, "twenty_minutes": 1200, "hour": 3600, "day": 86_400}
"""name → seconds within which the person was served"""

owed_by = case(
    (debts.c.owner.startswith("agent:"), func.substr(debts.c.owner, len("agent:") + 1)), else_=debts.c.closed_by
)
"""the agent whom a debt is counted for: who owes it; who closed it when a queue or a project owed it"""
recovered = debts.c.how.in_(RECOVERED)
_seconds = func.extract("epoch", debts.c.closed_at - debts.c.opened_at)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and the queues he serves."""

    agent: str
    queues: tuple[str, ...] = ()


def speed_is(speed: str) -> ColumnElement[bool]:
    """The person was served that soon, and not sooner; "never": it was closed without it."""
    if speed == "never":
        return debts.c.closed_at.is_not(None) & ~recovered
    names = [*SPEEDS, "later"]
    bounds = [0, *SPEEDS.values()]
    least = bounds[names.index(speed)]
    within = _seconds > least if least else true()
    return recovered & within & (_seconds <= SPEEDS[speed] if speed in SPEEDS else true())


def _chosen(tenant: str, query: DebtQuery, asker: Asker, now: datetime) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [debts.c.tenant == tenant]
    if query.status != "any":
        wanted.append(debts.c.closed_at.is_(None) if query.status == "open" else debts.c.closed_at.is_not(None))
    mine = or_(
        debts.c.owner == f"agent:{asker.agent}", (debts.c.claimed_by == asker.agent) & (debts.c.claimed_until > now)
    )
    if query.owner == "me" or query.scope == "mine":
        wanted.append(mine)
    elif query.scope == "queues":
        wanted.append(or_(mine, debts.c.owner.in_([f"queue:{queue}" for queue in asker.queues])))
    if query.owner and query.owner != "me":
        wanted.append(debts.c.owner == query.owner)
    equal = ((debts.c.cause, query.cause), (debts.c.project, query.project), (debts.c.queue, query.queue))
    wanted += [column == value for column, value in (*equal, (owed_by, query.agent), (debts.c.how, query.how)) if value]
    if query.speed:
        wanted.append(speed_is(query.speed))
    if query.escalated is not None:
        wanted.append(debts.c.escalated_at.is_not(None) if query.escalated else debts.c.escalated_at.is_(None))
    if query.opened_since is not None:
        wanted.append(debts.c.opened_at >= day_start(query.opened_since, query.timezone))
    if query.opened_until is not None:
        wanted.append(debts.c.opened_at < day_start(query.opened_until + timedelta(days=1), query.timezone))
    if query.phone.strip():
        wanted.append(phone_matches(debts.c.digits, debts.c.caller, query.phone))
    if query.overdue is not None:
        past = func.coalesce(debts.c.closed_at, now) > debts.c.due_at
        wanted.append(past if query.overdue else ~past)
    return wanted


async def page(
    connection: AsyncConnection, tenant: str, query: DebtQuery, *, asker: Asker, now: datetime, after: Place | None
) -> Sequence[Row[Any]]:
    """One row more than ``query.limit`` when there are more, in the order that DebtQuery promises."""
    chosen = select(debts).where(*_chosen(tenant, query, asker, now)).limit(query.limit + 1)
    if query.status == "open":
        place = tuple_(debts.c.due_at, debts.c.id)
        if after is not None:
            chosen = chosen.where(place > tuple_(*after))
        chosen = chosen.order_by(debts.c.due_at, debts.c.id)
    else:
        at = place_column(query)
        if after is not None:
            chosen = chosen.where(tuple_(at, debts.c.id) < tuple_(*after))
        chosen = chosen.order_by(at.desc(), debts.c.id.desc())
    return (await connection.execute(chosen)).all()


def place_column(query: DebtQuery) -> Column[datetime]:
    """The time that a page is sorted by."""
    names = {"open": "due_at", "closed": "closed_at", "any": "opened_at"}
    found: Column[datetime] = debts.c[names[query.status]]
    return found


def day_start(day: date, timezone: str) -> datetime:
    """The first moment of a day. :raises UnknownTimezone:"""
    return datetime(day.year, day.month, day.day, tzinfo=local_zone(timezone)).astimezone(UTC)


async def story(connection: AsyncConnection, tenant: str, id: str) -> Sequence[Row[Any]]:
    """The facts of a debt, in order."""
    query = select(debt_events).where(debt_events.c.tenant == tenant, debt_events.c.debt == id)
    return (await connection.execute(query.order_by(debt_events.c.position))).all()


async def debt(connection: AsyncConnection, tenant: str, id: str) -> Row[Any] | None:
    query = select(debts).where(debts.c.tenant == tenant, debts.c.id == plain(id))
    return (await connection.execute(query)).one_or_none()


async def all_known(connection: AsyncConnection, tenant: str, ids: Sequence[str]) -> bool:
    query = select(func.count()).where(debts.c.tenant == tenant, debts.c.id.in_(ids))
    return int((await connection.execute(query)).scalar_one()) == len(set(ids))


async def figures(
    connection: AsyncConnection, tenant: str, now: datetime, start: datetime, end: datetime
) -> dict[str, int]:
    """Counts for DebtFigures; the day is [start, end). ``opened_and_recovered`` are today's that are closed well."""
    is_open = debts.c.closed_at.is_(None)
    opened = (debts.c.opened_at >= start) & (debts.c.opened_at < end)
    closed = (debts.c.closed_at >= start) & (debts.c.closed_at < end)
    counted = {
        "owed": is_open,
        "overdue": is_open & (debts.c.due_at < now),
        "opened_today": opened,
        "recovered_by_us_today": closed & (debts.c.how == "called_back"),
        "came_back_today": closed & (debts.c.how == "came_back"),
        "unreachable_today": closed & (debts.c.how == "unreachable"),
        "refused_today": closed & (debts.c.how == "refused"),
        "written_off_today": closed & (debts.c.how == "written_off"),
        "escalated": is_open & debts.c.escalated_at.is_not(None),
        "opened_and_recovered": opened & recovered,
    }
    query = select(*(func.count().filter(which).label(name) for name, which in counted.items())).where(
        debts.c.tenant == tenant, or_(is_open, opened, closed)
    )
    return dict((await connection.execute(query)).one()._mapping)


_GROUPS: dict[str, ColumnElement[str]] = {
    "project": debts.c.project,
    "queue": debts.c.queue,
    "cause": debts.c.cause,
    "agent": owed_by,
}
GROUPS = tuple(_GROUPS)
_ENDS = ("came_back", "unreachable", "refused", "written_off")


async def recovery(
    connection: AsyncConnection, tenant: str, now: datetime, opened: tuple[datetime, datetime], by: str
) -> Sequence[Row[Any]]:
    """Counts for RecoveryRow of the debts opened in [start, end), by one of GROUPS; "" = of all together."""
    is_open = debts.c.closed_at.is_(None)
    counted: dict[str, ColumnElement[bool]] = {
        "opened": true(),
        "owed": is_open,
        "overdue": is_open & (debts.c.due_at < now),
        "by_us": debts.c.how == "called_back",
        **{end: debts.c.how == end for end in _ENDS},
        **{speed: speed_is(speed) for speed in (*SPEEDS, "later", "never")},
    }
    key = _GROUPS[by] if by else literal("")
    median = func.percentile_cont(0.5).within_group(_seconds).filter(recovered)
    query = select(
        key.label("key"),
        *(func.count().filter(which).label(name) for name, which in counted.items()),
        median.label("median_seconds"),
    ).where(debts.c.tenant == tenant, debts.c.opened_at >= opened[0], debts.c.opened_at < opened[1])
    if by:
        query = query.group_by(key).order_by(func.count().desc(), key)
    return cast(Sequence[Row[Any]], (await connection.execute(query)).all())
