"""What the rest of the product uses of reports."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.reports import service
from kaska.features.reports.export import paper, shown, told
from kaska.features.reports.export import words as file_words
from kaska.features.reports.people import forget_people
from kaska.features.reports.period import Period, beginning
from kaska.features.reports.projection import ReportsProjection
from kaska.features.reports.recounting import rebuild
from kaska.features.reports.schemas import ReportChoices, ReportQuery, ReportTable
from kaska.features.reports.service import choices
from kaska.features.reports.sheet import MEDIA, Cell, Sheet, as_csv, as_pdf, as_xlsx

__all__ = [
    "MEDIA",
    "Cell",
    "Period",
    "ReportChoices",
    "ReportTable",
    "ReportsProjection",
    "Sheet",
    "as_csv",
    "as_pdf",
    "as_xlsx",
    "beginning",
    "choices",
    "file_words",
    "forget_people",
    "paper",
    "rebuild",
    "report",
    "shown",
    "told",
    "totals",
]


async def report(
    connection: AsyncConnection, tenant: str, id: str, days: tuple[date, date], by: str = "", **narrowed: str
) -> ReportTable:
    """A standard report over days (both belong to it) of the company's report zone."""
    query = ReportQuery(first=days[0], last=days[1], by=by, **narrowed)  # type: ignore[arg-type]  # names of its fields
    wanted = service.wish(tenant, id, query, await choices(connection, tenant))
    return await service.make(connection, wanted, compare=False)


def totals(table: ReportTable) -> dict[str, float]:
    """Column → figure of all rows together; what cannot be told is missing."""
    pairs = zip(table.columns, table.total.figures, strict=True)
    return {column.id: figure.value for column, figure in pairs if figure.value is not None}
