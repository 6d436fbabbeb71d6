"""Routes of the reports."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from kaska.features.calls.public import local_zone
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.reports import export, own, repository, service
from kaska.features.reports.recounting import recount_from_the_first_fact
from kaska.features.reports.schemas import (
    OwnFigures,
    OwnSpan,
    ReportChoices,
    ReportChoicesGiven,
    ReportFile,
    ReportList,
    ReportQuery,
    ReportTable,
)
from kaska.kit.http import DatabaseDep, language_of

router = APIRouter(prefix="/api/reports", tags=["reports"])

Reader = Annotated[CurrentUser, require(Permission.READ_REPORTS)]
RECOUNTED = ("zone", "return_days", "sales", "not_target")
ReportId = Annotated[str, Path(min_length=1, max_length=40)]

_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: {"schema": {"type": "string", "format": "binary"}} for media in export.MEDIA.values()}}
}


@router.get("")
async def list_reports(user: Reader, database: DatabaseDep) -> ReportList:
    """The standard reports and what they can be asked."""
    async with database.tenant(user.tenant) as connection:
        return await service.listing(connection, user.tenant)


@router.put("/choices")
async def choose_for_reports(
    given: ReportChoicesGiven, user: Annotated[CurrentUser, require(Permission.CONFIGURE)], database: DatabaseDep
) -> ReportChoices:
    """Zone, tariff, what is a sale, who came again. Anything but the tariff has all counted again from the ledger."""
    local_zone(given.zone)
    async with database.tenant(user.tenant) as connection:
        before = await service.choices(connection, user.tenant)
        await repository.choose(connection, user.tenant, given.model_dump())
        if any(getattr(before, name) != getattr(given, name) for name in RECOUNTED):
            await recount_from_the_first_fact(connection, user.tenant)
        await audit.write(
            connection,
            tenant=user.tenant,
            user=user.id,
            action="reports.choices",
            object="reports",
            details=given.model_dump(),
        )
        return await service.choices(connection, user.tenant)


@router.get("/own")
async def read_own_figures(
    user: Annotated[CurrentUser, require(Permission.TAKE_CALLS)],
    database: DatabaseDep,
    span: OwnSpan = "day",
    last: Annotated[date | None, Query(description="the last day; null = today")] = None,
) -> OwnFigures:
    """My row of the agents' report for the day, or the week or month so far, beside the median of the others."""
    async with database.tenant(user.tenant) as connection:
        return await own.own_figures(connection, user.tenant, user.id, span, last, datetime.now(UTC))


@router.get("/{report_id}")
async def read_report(
    report_id: ReportId, user: Reader, database: DatabaseDep, query: Annotated[ReportQuery, Query()]
) -> ReportTable:
    """A report over a period; every figure says what it opens in the journal."""
    async with database.tenant(user.tenant) as connection:
        wanted = service.wish(user.tenant, report_id, query, await service.choices(connection, user.tenant))
        return await service.make(connection, wanted, compare=query.compare)


@router.get("/{report_id}/file", response_class=Response, responses=_FILE)
async def export_report(
    report_id: ReportId, user: Reader, request: Request, database: DatabaseDep, query: Annotated[ReportFile, Query()]
) -> Response:
    """The same as a file, in the reader's language; the export is audited."""
    chosen = query.model_dump(mode="json", exclude_defaults=True)
    async with database.tenant(user.tenant) as connection:
        wanted = service.wish(user.tenant, report_id, query, await service.choices(connection, user.tenant))
        table = await service.make(connection, wanted, compare=query.compare)
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="reports.export", object=report_id, details=chosen
        )
    name = f"kaska-{report_id}-{query.first}-{query.last}.{query.format}"
    return Response(
        await export.written(table, query.format, language_of(request)),
        media_type=export.MEDIA[query.format],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
