"""The shift log as screens and files have it: who was in which state, why, from when to when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.routing.pools import lines_of, queue_of, queues_by_agent
from kaska.features.agents.public import read_agents
from kaska.features.calls.public import briefs, names_of
from kaska.features.queues.public import read_queues
from kaska.features.reports.public import choices
from kaska.features.supervision import repository, stretches
from kaska.features.supervision.errors import NoSuchAgent, WrongPeriod
from kaska.features.supervision.schemas import (
    ShiftCard,
    ShiftContact,
    ShiftDay,
    ShiftDays,
    ShiftLine,
    ShiftLinesQuery,
    ShiftLog,
    ShiftMark,
    ShiftNow,
    ShiftPerson,
    ShiftQuery,
    ShiftSpent,
    ShiftState,
    ShiftStretch,
)
from kaska.features.supervision.shift_files import Line
from kaska.features.supervision.stretches import OFFLINE, Began, Stretch, Worked, midnight

MOST_DAYS = 7
MOST_STRETCHES = 60_000
"""of all lines asked for at once: as many calls as a hundred agents take in a day, and more"""
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Span:
    """Local days and the moments they are: [since, until)."""

    first: date
    last: date
    zone: ZoneInfo
    since: datetime
    until: datetime

    @property
    def moments(self) -> tuple[datetime, datetime]:
        return self.since, self.until

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


async def span_of(connection: AsyncConnection, tenant: str, asked: ShiftDays) -> Span:
    """In the company's report zone. :raises WrongPeriod:"""
    if not 0 <= (asked.last - asked.first).days < MOST_DAYS or asked.first.year < 1990 or asked.last.year > 9000:
        raise WrongPeriod
    zone = ZoneInfo((await choices(connection, tenant)).zone)
    end = midnight(asked.last + timedelta(days=1), zone)
    return Span(asked.first, asked.last, zone, midnight(asked.first, zone), end)


async def log(connection: AsyncConnection, tenant: str, query: ShiftQuery, now: datetime) -> ShiftLog:
    """Everybody's totals, by name. Those who were never on shift are left out unless they are asked for."""
    span = await span_of(connection, tenant, query)
    people = await who(connection, tenant, query)
    counted = worked_by(await repository.sums(connection, tenant, people.names, span.moments, now), span, now)
    marked: dict[str, int] = {}
    for row in await repository.marks(connection, tenant, people.names, span.moments):
        marked[row.agent] = marked.get(row.agent, 0) + 1
    told = [
        _person(agent, name, people.extensions.get(agent, ""), counted.get(agent, Worked()), marked.get(agent, 0))
        for agent, name in people.names.items()
    ]
    shown = [one for one in told if query.absent or one.came_at is not None or one.marks]
    shown.sort(key=lambda one: (one.name.casefold(), one.agent))
    return ShiftLog(
        first=span.first, last=span.last, zone=span.zone.key, since=span.since, until=span.until, told_at=now,
        people=shown, absent=sum(one.came_at is None for one in told),
    )  # fmt: skip


def worked_by(rows: Iterable[Row[Any]], span: Span, now: datetime) -> dict[str, Worked]:
    """agent → what ``repository.sums`` says of him, as ``stretches.worked`` would."""
    found: dict[str, Worked] = {}
    for row in rows:
        one = found.setdefault(row.agent, Worked())
        if row.open_since is not None and now < span.until:
            one.now = Stretch(max(row.open_since, span.since), None, row.state, row.reason, began=row.open_since)
        if row.state == OFFLINE:
            continue
        one.add(row.state, row.reason, row.seconds, row.times)
        one.came = row.start if one.came is None else min(one.came, row.start)
        one.from_before = one.from_before or row.from_before
        one.left = row.stop if one.left is None else max(one.left, row.stop)
    for one in found.values():
        if one.left is not None and (one.left >= span.until or (one.now is not None and one.now.state != OFFLINE)):
            one.left = None
    return found


@dataclass(frozen=True, slots=True)
class Who:
    """agent → name, and extension of those who have a workplace now."""

    names: dict[str, str]
    extensions: dict[str, str]


async def who(connection: AsyncConnection, tenant: str, query: ShiftQuery) -> Who:
    """Whom the log is asked about. By queue and project go the skills that people have now."""
    agents = await read_agents(connection, tenant)
    asked: Collection[str]
    if query.queue or query.project:
        queues = {
            id: one
            for id, one in (await read_queues(connection, tenant)).items()
            if query.queue in ("", id) and query.project in ("", one.project)
        }
        lines = {line: needs for one in queues.values() for line, needs in lines_of(one).items()}
        served = queues_by_agent({id: one.skills for id, one in agents.items()}, lines)
        asked = [agent for agent, found in served.items() if any(queue_of(line) in queues for line in found)]
    else:
        asked = {*agents, *await repository.everybody(connection, tenant)}
    chosen = [agent for agent in asked if query.agent in ("", agent)]
    named = await names_of(connection, tenant, chosen)
    names = {id: agents[id].name if id in agents else named.get(("agent", id), id) for id in chosen}
    return Who(names, {id: one.extension for id, one in agents.items()})


async def lines(connection: AsyncConnection, tenant: str, query: ShiftLinesQuery, now: datetime) -> list[ShiftLine]:
    """:raises WrongPeriod:"""
    span = await span_of(connection, tenant, query)
    read = repository.changes if query.brief else repository.states
    told = dict(cut_lines(await read(connection, tenant, query.agent, span.moments, MOST_STRETCHES), span, now))
    marks = await _marks(connection, tenant, query.agent, span)
    return [
        ShiftLine(
            agent=agent,
            states=[
                ShiftStretch(**_seconds(one))
                for one in (stretches.in_few_words if query.brief else list)(told.get(agent, []))
            ],
            marks=marks.get(agent, []),
        )
        for agent in dict.fromkeys(query.agent)
    ]


def cut_lines(rows: Sequence[Row[Any]], span: Span, now: datetime) -> Iterable[tuple[str, list[Stretch]]]:
    """Rows of ``repository.states`` as lines of the agents, in their order."""
    for agent, states in groupby(rows, lambda row: row.agent):
        began = [Began(row.at, row.state, row.reason, row.contact) for row in states]
        yield agent, stretches.stretches(began, span.since, span.until, now)


async def card(connection: AsyncConnection, tenant: str, agent: str, asked: ShiftDays, now: datetime) -> ShiftCard:
    """:raises NoSuchAgent, WrongPeriod:"""
    span = await span_of(connection, tenant, asked)
    people = await who(connection, tenant, ShiftQuery(first=asked.first, last=asked.last, agent=agent))
    if agent not in people.names:
        raise NoSuchAgent
    rows = await repository.states(connection, tenant, [agent], span.moments, MOST_STRETCHES)
    line = next((one for _, one in cut_lines(rows, span, now)), [])
    marks = (await _marks(connection, tenant, [agent], span)).get(agent, [])
    days = []
    for day, part in zip(span.days, stretches.by_days(line, span.days, span.zone, now), strict=True):
        since, until = midnight(day, span.zone), midnight(day + timedelta(days=1), span.zone)
        if since > now:
            break
        told = _totals(stretches.worked(part, until, now))
        mine = [one for one in marks if since.timestamp() <= one.at < until.timestamp()]
        states = [ShiftState(**_seconds(one), contact=one.contact) for one in part]
        days.append(ShiftDay(**told, day=day, states=states, marks=mine))
    known = await briefs(connection, tenant, {one.contact for one in line if one.contact})
    return ShiftCard(
        agent=agent, name=people.names[agent], zone=span.zone.key, told_at=now, days=days,
        contacts={
            id: ShiftContact(
                person=one.number if one.direction == "outbound" and not one.customer else one.customer or one.caller,
                name=one.caller_name,
                direction=one.direction,
            )
            for id, one in known.items()
        },
    )  # fmt: skip


def file_lines(
    rows: Sequence[Row[Any]], marks: Sequence[Row[Any]], people: Who, span: Span, query: ShiftQuery, now: datetime
) -> list[Line]:
    """By name; without those who were never on shift, unless they are asked for."""
    told = dict(cut_lines(rows, span, now))
    beside: dict[str, list[Row[Any]]] = {}
    for mark in marks:
        beside.setdefault(mark.agent, []).append(mark)
    found = []
    for agent, name in sorted(people.names.items(), key=lambda pair: (pair[1].casefold(), pair[0])):
        line, mine = told.get(agent, []), beside.get(agent, [])
        if query.absent or mine or any(one.state != OFFLINE for one in line):
            found.append(Line(name, people.extensions.get(agent, ""), line, mine))
    return found


async def _marks(
    connection: AsyncConnection, tenant: str, agents: Collection[str], span: Span
) -> dict[str, list[ShiftMark]]:
    rows = await repository.marks(connection, tenant, agents, span.moments)
    names = await names_of(connection, tenant, {row.by for row in rows})
    found: dict[str, list[ShiftMark]] = {}
    for row in rows:
        mark = ShiftMark(
            at=row.at.timestamp(),
            what=row.state,
            reason=row.reason,
            by=row.by,
            by_name=names.get(("agent", row.by), row.by),
        )
        found.setdefault(row.agent, []).append(mark)
    return found


def _person(agent: str, name: str, extension: str, one: Worked, marks: int) -> ShiftPerson:
    now = one.now
    return ShiftPerson(
        **_totals(one), agent=agent, name=name, extension=extension, marks=marks,
        now=None if now is None else ShiftNow(state=now.state, reason=now.reason, since=now.began or now.at),
    )  # fmt: skip


def _totals(one: Worked) -> dict[str, Any]:
    """The fields of ShiftTotals."""
    return {
        "came_at": one.came,
        "left_at": one.left,
        "from_before": one.from_before,
        "on_shift": one.on_shift,
        "spent": [
            ShiftSpent(state=state, reason=reason, seconds=told.seconds, times=told.times)
            for (state, reason), told in sorted(one.spent.items())
        ],
    }


def _seconds(one: Stretch) -> dict[str, Any]:
    """The fields of ShiftStretch."""
    until = one.until.timestamp() if one.until is not None else None
    return {"at": one.at.timestamp(), "until": until, "state": one.state, "reason": one.reason}
