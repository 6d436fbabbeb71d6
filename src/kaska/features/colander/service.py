"""The colander of a period: counted from the books, priced, and with what would close its holes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.contacts.outcomes import Outcome
from kaska.core.counting.closing import Evidence, Rings, closings
from kaska.core.counting.colander import Colander, Leak, Worth, price_of
from kaska.core.counting.hole_words import Texts
from kaska.core.counting.holes import MENDED_BY_SERVING, PLACE_OF, Hole, hole_of
from kaska.core.counting.picture import document
from kaska.core.counting.week import Week
from kaska.features.calls.public import summaries, write_cursor
from kaska.features.colander import repository, schemas
from kaska.features.colander.errors import WrongPeriod
from kaska.features.colander.repository import OPEN, OVERDUE, RECOVERED, Period
from kaska.features.colander.tables import colander_settings
from kaska.features.projects.public import read_calendars, read_projects
from kaska.features.scenarios.public import read_steps
from kaska.kit.tenant_rows import TenantRows

LONGEST_DAYS = 400
TARGET_S = 20.0
ROW = "worth"
DEFAULT_ZONE = "Europe/Moscow"


class End(NamedTuple):
    """So many contacts whose way ended alike; see ``repository.ends``."""

    project: str
    number: str
    outcome: str
    cause: str
    promised: bool
    debt: str
    contacts: int


def counted(ends: Sequence[End], worths: list[Worth]) -> Colander:
    """Every contact once. A callback that is promised and not due yet is under way, an overdue one has leaked."""
    found = Colander()
    for end in ends:
        hole = hole_of(end.outcome, end.cause) if end.outcome else None
        if not end.outcome and end.promised and end.debt == OVERDUE:
            hole = Hole.CALLBACK
        recovered = end.debt == RECOVERED
        if hole is not None and not (hole in MENDED_BY_SERVING and recovered):
            price = price_of(worths, end.project, end.number)
            money = None if price is None else 0.0 if recovered else price * end.contacts
            owed = end.contacts if end.debt in (OPEN, OVERDUE) else 0
            found.leak(hole, Leak(end.contacts, end.contacts if recovered else 0, owed, money))
        elif not end.outcome:
            found.under_way += end.contacts
        elif end.outcome == Outcome.SELF_SERVED:
            found.self_served += end.contacts
        elif end.outcome == Outcome.BLOCKED:
            found.blocked += end.contacts
        else:
            found.reached += end.contacts
    return found


def checked_period(tenant: str, query: schemas.PeriodQuery) -> Period:
    """:raises WrongPeriod:"""
    if not timedelta(minutes=1) <= query.until - query.since <= timedelta(days=LONGEST_DAYS):
        raise WrongPeriod(days=LONGEST_DAYS, fields={"from": "", "to": ""})
    return Period(tenant, query.since, query.until, query.project)


async def zone_of(connection: AsyncConnection, tenant: str, project: str) -> str:
    """The project's time zone; of all projects that of the first one."""
    projects = await read_projects(connection, tenant)
    calendars = await read_calendars(connection, tenant)
    chosen = projects.get(project) or next(iter(projects.values()), None)
    calendar = calendars.get(chosen.calendar) if chosen is not None else None
    return calendar.timezone if calendar is not None else DEFAULT_ZONE


async def settings_of(connection: AsyncConnection, tenant: str) -> schemas.ColanderSettings:
    row = await TenantRows(connection, tenant, colander_settings).get(ROW)
    return schemas.ColanderSettings() if row is None else schemas.ColanderSettings.model_validate(row["document"])


async def colander(connection: AsyncConnection, period: Period, now: datetime) -> schemas.Colander:
    zone = await zone_of(connection, period.tenant, period.project)
    settings = await settings_of(connection, period.tenant)
    worths = [Worth(**one.model_dump()) for one in settings.worths]
    found = counted([End._make(row) for row in await repository.ends(connection, period, now)], worths)
    evidence = await _evidence(connection, period, zone, found)
    drawn = document(found, closings(evidence), currency=settings.currency)
    return schemas.Colander.model_validate({**drawn, "timezone": zone})


async def _evidence(connection: AsyncConnection, period: Period, zone: str, found: Colander) -> Evidence:
    times = await repository.times(connection, period)
    halves = await repository.half_hours(connection, period, zone)
    week, closed = Week(), dict[tuple[int, int], int]()
    for row in halves:
        key = (row.day.weekday(), row.half)
        if row.closed:
            closed[key] = closed.get(key, 0) + row.closed
        if row.offered:
            cell = week.cell(*key)
            cell.offered += row.offered
            cell.lost += row.lost
    for row in await repository.people(connection, period, zone):
        week.see(row.day.toordinal(), row.half, row.people)
    week.spread(*_days(period, zone))
    week.reckon(times.handling, times.waited / times.gave_up if times.gave_up else None, TARGET_S)
    return Evidence(
        found.arrived,
        {hole: leak.contacts for hole, leak in found.leaks.items()},
        week,
        await _steps(connection, period),
        None if times.to_line is None else float(times.to_line),
        _rings(await repository.rings(connection, period)),
        closed,
        {hole: leak.owed for hole, leak in found.leaks.items()},
    )


def _days(period: Period, zone: str) -> tuple[int, int]:
    """First and last local day, as ordinals. What is still to come is not a day without contacts."""
    local = ZoneInfo(zone)
    last = min(period.until, datetime.now(UTC)) - timedelta(microseconds=1)
    first = period.since.astimezone(local).toordinal()
    return first, max(first, last.astimezone(local).toordinal())


async def _steps(connection: AsyncConnection, period: Period) -> list[tuple[str | Texts, int]]:
    """Where people hung up, by the names of scenarios; by what they were called then when they are no more."""
    left = await repository.steps(connection, period)
    named = await read_steps(connection, period.tenant) if left else {}
    told = [((row.scenario, row.step), row.contacts) for row in left]
    return [(_step_words(key, named) or f"{key[0]} / {key[1]}", contacts) for key, contacts in told]


def _step_words(key: tuple[str, str], named: Mapping[tuple[str, str], Texts]) -> Texts | None:
    """What the step is called; with its key in the scenario only where another step is called so too."""
    if key not in named:
        return None
    plain = {one: _without_key(texts, one[1]) for one, texts in named.items()}
    alone = list(plain.values()).count(plain[key]) == 1
    return plain[key] if alone else named[key]


def _without_key(texts: Texts, step: str) -> Texts:
    russian, english = texts
    return russian.removesuffix(f" ({step})"), english.removesuffix(f" ({step})")


def _rings(row: Any) -> Rings | None:
    if not row.in_vain or row.vain is None:
        return None
    return Rings(row.in_vain, float(row.vain), None if row.taken is None else float(row.taken))


async def leaked(
    connection: AsyncConnection, tenant: str, query: schemas.LeakedQuery, now: datetime
) -> schemas.LeakedPage:
    """Who ran out of a place, newest first, with who owes them."""
    holes = [hole for hole in Hole if PLACE_OF[hole] is query.place and query.hole in (None, hole)]
    rows = await repository.leaked(
        connection, checked_period(tenant, query), holes, now, cursor=query.cursor, limit=query.limit + 1
    )
    shown = rows[: query.limit]
    items = [
        schemas.Leaked(
            contact=summary, owner=row.owner or "", due_at=row.due_at, closed_at=row.closed_at, how=row.how or ""
        )
        for summary, row in zip(await summaries(connection, tenant, shown), shown, strict=True)
    ]
    more = len(rows) > query.limit
    return schemas.LeakedPage(
        items=items, next_cursor=write_cursor(shown[-1].arrived_at, shown[-1].id) if more else None
    )
