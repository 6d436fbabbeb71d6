"""What publishing reads of projects."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Calendar, Project
from kaska.features.projects.tables import calendars, projects
from kaska.kit.tenant_rows import TenantRows


async def read_projects(connection: AsyncConnection, tenant: str) -> dict[str, Project]:
    rows = await TenantRows(connection, tenant, projects).all()
    return {
        row["id"]: Project(
            id=row["id"],
            name=row["name"],
            calendar=row["calendar"],
            caller_id=row["caller_id"],
            trunk=row["trunk"],
            debt_minutes=row["debt_minutes"],
            priorities=row["priorities"],
        )
        for row in rows
    }


async def read_calendars(connection: AsyncConnection, tenant: str) -> dict[str, Calendar]:
    rows = await TenantRows(connection, tenant, calendars).all()
    return {
        row["id"]: Calendar(
            id=row["id"],
            timezone=row["timezone"],
            week=tuple(_day(day) for day in row["week"]),
            days={date: _day(day) for date, day in sorted(row["days"].items())},
            modes={name: tuple(_day(day) for day in week) for name, week in row["modes"].items()},
            holidays=tuple(row["holidays"]),
            name=row["name"],
            mode_names=row["mode_names"],
        )
        for row in rows
    }


def _day(intervals: list[Any]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in intervals)


async def put_project(connection: AsyncConnection, tenant: str, project: Project) -> None:
    await TenantRows(connection, tenant, projects).put(
        id=project.id,
        name=project.name,
        calendar=project.calendar,
        caller_id=project.caller_id,
        trunk=project.trunk,
        debt_minutes=project.debt_minutes,
        priorities=project.priorities,
    )


async def put_calendar(connection: AsyncConnection, tenant: str, calendar: Calendar) -> None:
    await TenantRows(connection, tenant, calendars).put(
        id=calendar.id,
        timezone=calendar.timezone,
        week=calendar.week,
        days=calendar.days,
        modes=calendar.modes,
        holidays=list(calendar.holidays),
        name=calendar.name,
        mode_names=calendar.mode_names,
    )
