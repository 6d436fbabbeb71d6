"""Routes of the history of alerts, a report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.alerts import history, history_files, repository
from kaska.features.alerts.errors import TooManySituations, WrongDays
from kaska.features.alerts.schemas import HistoryFile, HistoryQuery, SituationHistory
from kaska.features.identity.public import CurrentUser, Permission, all_names, audit, require
from kaska.features.projects.public import read_projects
from kaska.features.reports.public import MEDIA, beginning, choices
from kaska.kit.http import DatabaseDep, language_of

router = APIRouter(prefix="/api/alerts/history", tags=["alerts"])

Reader = Annotated[CurrentUser, require(Permission.READ_REPORTS)]
MOST_DAYS = 1100
MOST_SITUATIONS = 20_000
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()}}
}


@router.get("")
async def read_alerts_history(
    user: Reader, database: DatabaseDep, query: Annotated[HistoryQuery, Query()]
) -> SituationHistory:
    """What left its limits in these days: when, for how long, who took it up after how long, what was done."""
    async with database.tenant(user.tenant) as connection:
        return await _told(connection, user.tenant, query, datetime.now(UTC))


@router.get("/file", response_class=Response, responses=_FILE)
async def export_alerts_history(
    user: Reader, request: Request, database: DatabaseDep, query: Annotated[HistoryFile, Query()]
) -> Response:
    """The same as a file, in the reader's language; the export is audited."""
    now = datetime.now(UTC)
    async with database.tenant(user.tenant) as connection:
        told = await _told(connection, user.tenant, query, now)
        projects = {id: one.name for id, one in (await read_projects(connection, user.tenant)).items()}
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="reports.export", object="alerts",
            details=query.model_dump(mode="json", exclude_defaults=True),
        )  # fmt: skip
    name = f"kaska-alerts-{query.first}-{query.last}.{query.format}"
    return Response(
        await history_files.written(told, projects, query.format, language_of(request), now),
        media_type=MEDIA[query.format],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


async def _told(connection: AsyncConnection, tenant: str, query: HistoryQuery, now: datetime) -> SituationHistory:
    """:raises WrongDays, TooManySituations:"""
    if not 0 <= (query.last - query.first).days < MOST_DAYS or query.first.year < 1990 or query.last.year > 9000:
        raise WrongDays(most=MOST_DAYS)
    zone = (await choices(connection, tenant)).zone
    since = beginning(query.first, ZoneInfo(zone))
    until = beginning(query.last + timedelta(days=1), ZoneInfo(zone))
    rows = await repository.began(
        connection, tenant, since, until, rule=query.rule, project=query.project, limit=MOST_SITUATIONS + 1
    )
    if len(rows) > MOST_SITUATIONS:
        raise TooManySituations(most=MOST_SITUATIONS)
    situations = history.named(rows, await all_names(connection, tenant))
    rules, total = history.summed(situations, now)
    return SituationHistory(
        first=query.first, last=query.last, zone=zone, rules=rules, total=total, situations=situations
    )
