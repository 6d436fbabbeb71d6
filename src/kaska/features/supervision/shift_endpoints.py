"""Routes of the shift log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from kaska.features.calls.public import names_of
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.reports.public import MEDIA
from kaska.features.supervision import repository, shift_files, shift_log
from kaska.features.supervision.errors import TooManyStates
from kaska.features.supervision.schemas import (
    AgentId,
    ShiftCard,
    ShiftDays,
    ShiftFile,
    ShiftLine,
    ShiftLinesQuery,
    ShiftLog,
    ShiftQuery,
)
from kaska.kit.http import DatabaseDep, language_of

router = APIRouter(prefix="/api/supervision/shift-log", tags=["supervision"])

Steersman = Annotated[CurrentUser, require(Permission.STEER_FLOOR)]
MOST_ROWS = {"xlsx": 60_000, "csv": 400_000}
"""states in a file: a spreadsheet of more takes hundreds of megabytes to make"""
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA[one]: {"schema": {"type": "string", "format": "binary"}} for one in MOST_ROWS}}
}


@router.get("")
async def read_shift_log(user: Steersman, database: DatabaseDep, query: Annotated[ShiftQuery, Query()]) -> ShiftLog:
    """Who was on shift in these days: from when to when, and how long in which state and on which breaks."""
    async with database.tenant(user.tenant) as connection:
        return await shift_log.log(connection, user.tenant, query, datetime.now(UTC))


@router.get("/lines")
async def read_shift_lines(
    user: Steersman, database: DatabaseDep, query: Annotated[ShiftLinesQuery, Query()]
) -> list[ShiftLine]:
    """State after state of some agents, to be drawn."""
    async with database.tenant(user.tenant) as connection:
        return await shift_log.lines(connection, user.tenant, query, datetime.now(UTC))


@router.get("/file", response_class=Response, responses=_FILE)
async def export_shift_log(
    user: Steersman, request: Request, database: DatabaseDep, query: Annotated[ShiftFile, Query()]
) -> Response:
    """Every state as it was, as a file in the reader's language; the export is audited."""
    now, most = datetime.now(UTC), MOST_ROWS[query.format]
    async with database.tenant(user.tenant) as connection:
        span = await shift_log.span_of(connection, user.tenant, query)
        people = await shift_log.who(connection, user.tenant, query)
        rows = await repository.states(connection, user.tenant, people.names, span.moments, most + 1)
        if len(rows) > most:
            raise TooManyStates(most=most)
        marks = await repository.marks(connection, user.tenant, people.names, span.moments)
        names = await names_of(connection, user.tenant, {row.by for row in marks})
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="reports.export", object="shifts",
            details=query.model_dump(mode="json", exclude_defaults=True),
        )  # fmt: skip
    lines = shift_log.file_lines(rows, marks, people, span, query, now)
    period = shift_files.Period(str(span.first), str(span.last), span.zone, now)
    named = {id: name for (_, id), name in names.items()}
    name = f"kaska-shifts-{query.first}-{query.last}.{query.format}"
    return Response(
        await shift_files.written(lines, named, period, query.format, language_of(request)),
        media_type=MEDIA[query.format],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@router.get("/{agent}")
async def read_shift_of_agent(
    agent: AgentId,
    user: Steersman,
    database: DatabaseDep,
    query: Annotated[ShiftDays, Query()],
) -> ShiftCard:
    """Every state of one person, day by day, with the contacts of that time."""
    async with database.tenant(user.tenant) as connection:
        return await shift_log.card(connection, user.tenant, agent, query, datetime.now(UTC))
