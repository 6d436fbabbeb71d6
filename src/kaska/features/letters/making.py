"""Gathers what a letter tells. ``connection`` is of ``Database.tenant(…)``; days are of the company's report zone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.audit.telling.blocks import Report as Told
from kaska.core.counting.peers import middle
from kaska.features.colander.public import Period as Span
from kaska.features.colander.public import colander
from kaska.features.debts.public import debts
from kaska.features.identity.public import all_names
from kaska.features.letters import month
from kaska.features.letters.due import last_day
from kaska.features.letters.wording import Floor, Letter, Owed, agent_day, manager_day
from kaska.features.projects.public import read_projects
from kaska.features.reports.public import ReportTable, beginning, choices, paper, report, totals

MOST_AGENTS = 30
"""in the manager's letter"""
WORKED = ("contacts", "timed_out", "rejected", "present")
"""columns of the agents' report: any of them above zero tells that somebody worked"""


async def agents_letter(
    connection: AsyncConnection, tenant: str, agent: str, day: date, language: str, now: datetime, project: str = ""
) -> Letter:
    """An agent's day, whatever he did in it; ``project``: beside those who worked in it."""
    rows = await _agents(connection, tenant, day)
    beside = await who_worked(connection, tenant, day, project) if project else rows.keys()
    others = [row for key, row in rows.items() if key not in (agent, "") and key in beside and row.get("contacts")]
    known = {name: middle(row.get(name) for row in others) for name in _known(others)}
    peers = {name: figure for name, figure in known.items() if figure is not None}
    owed = await _owed(connection, tenant, day, now, agent)
    name = (await all_names(connection, tenant)).get(agent, agent)
    named = await _project(connection, tenant, project)
    return agent_day(name, day, rows.get(agent, {}), peers, owed, language, named)


async def who_worked(connection: AsyncConnection, tenant: str, day: date, project: str) -> set[str]:
    """Agents who were on duty on a day; of a project, those who talked or whose telephone rang in its contacts."""
    rows = await _agents(connection, tenant, day, project)
    return {agent for agent, row in rows.items() if any(row.get(name) for name in WORKED)}


async def managers_letter(
    connection: AsyncConnection, tenant: str, day: date, language: str, now: datetime, project: str = ""
) -> Letter:
    """The company's day, or a project's."""
    halves = await report(connection, tenant, "minimal", (day, day), "half_hour", project=project)
    week_before = day - timedelta(days=7)
    before = await report(connection, tenant, "minimal", (week_before, week_before), "day", project=project)
    level = await report(connection, tenant, "service", (day, day), "day", project=project)
    lost = [(row.figures[_at(halves, "abandoned")].value or 0.0, row.label.en) for row in halves.rows]
    most, worst = max(lost, key=lambda one: one[0], default=(0.0, ""))
    people = await report(connection, tenant, "agents", (day, day), "agent", project=project)
    agents = [
        (row.label.ru, figures.get("contacts", 0.0), figures.get("timed_out", 0.0))
        for at, row in enumerate(people.rows[:MOST_AGENTS])
        if (figures := _row(people, at)).get("contacts") or figures.get("present")
    ]
    named = await _project(connection, tenant, project)
    floor = Floor(totals(halves), totals(level), totals(before), worst if most else "", most, agents, named)
    return manager_day(day, floor, await _owed(connection, tenant, day, now, project=project), language)


async def a_month(
    connection: AsyncConnection, tenant: str, about: date, language: str, now: datetime
) -> tuple[Told, int]:
    """The monthly audit, and how many contacts nobody served; ``about`` is the first of the month."""
    days, before = (about, last_day(about)), _before(about)
    tables = {id: await report(connection, tenant, id, days, by) for id, by in month.ASKED.items()}
    earlier = {id: totals(await report(connection, tenant, id, before, by)) for id, by in month.COMPARED.items()}
    zone = ZoneInfo((await choices(connection, tenant)).zone)
    span = Span(tenant, beginning(days[0], zone), beginning(days[1] + timedelta(days=1), zone), "")
    holes = await colander(connection, span, now)
    return month.told(about, tables, earlier, holes, language), holes.whole.contacts


async def document(told: Told) -> bytes:
    """As a PDF. :raises CannotDraw: when the server has no font for it."""
    return await asyncio.to_thread(paper, told)


def _before(about: date) -> tuple[date, date]:
    end = about - timedelta(days=1)
    return end.replace(day=1), end


def _row(table: ReportTable, at: int) -> dict[str, float]:
    pairs = zip(table.columns, table.rows[at].figures, strict=True)
    return {column.id: figure.value for column, figure in pairs if figure.value is not None}


def _at(table: ReportTable, id: str) -> int:
    return next(at for at, column in enumerate(table.columns) if column.id == id)


def _known(rows: Sequence[dict[str, float]]) -> set[str]:
    return {name for row in rows for name in row}


async def _agents(
    connection: AsyncConnection, tenant: str, day: date, project: str = ""
) -> dict[str, dict[str, float]]:
    """Agent → column → figure."""
    table = await report(connection, tenant, "agents", (day, day), "agent", project=project)
    return {row.key[0]: _row(table, at) for at, row in enumerate(table.rows)}


async def _project(connection: AsyncConnection, tenant: str, project: str) -> str:
    """Its name; "" for none."""
    found = (await read_projects(connection, tenant)).get(project) if project else None
    return found.name if found is not None else project


async def _owed(
    connection: AsyncConnection, tenant: str, day: date, now: datetime, agent: str = "", project: str = ""
) -> Owed:
    """Of the company, a project, or one agent."""
    zone = ZoneInfo((await choices(connection, tenant)).zone)
    since, until = beginning(day, zone), beginning(day + timedelta(days=1), zone)
    is_open = debts.c.closed_at.is_(None)
    closed = (debts.c.closed_at >= since) & (debts.c.closed_at < until)
    mine: Any = is_open & (debts.c.owner == f"agent:{agent}") if agent else is_open
    query = select(
        func.count().filter(closed & (debts.c.closed_by == agent) if agent else closed),
        func.count().filter(mine),
        func.count().filter(mine & (debts.c.due_at < now)),
        func.min(debts.c.due_at).filter(mine & (debts.c.due_at >= now)),
    ).where(debts.c.tenant == tenant, *([debts.c.project == project] if project else []))
    done, owed, overdue, next_due = (await connection.execute(query)).one()
    due = "" if next_due is None else next_due.astimezone(zone).strftime("%d.%m %H:%M")
    return Owed(done, owed, overdue, due)
