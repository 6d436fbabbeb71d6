"""An agent's own row of the agents' report; of the others only the middle, and only when it tells of nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.counting.peers import middle
from kaska.features.reports import service
from kaska.features.reports.schemas import OwnFigure, OwnFigures, OwnSpan, ReportQuery, ReportRow


def days_of(span: OwnSpan, last: date) -> tuple[date, date]:
    """The day, the week from its Monday, or the month from its first day, up to ``last``."""
    begins = {"day": last, "week": last - timedelta(days=last.weekday()), "month": last.replace(day=1)}
    return begins[span], last


async def own_figures(
    connection: AsyncConnection, tenant: str, agent: str, span: OwnSpan, last: date | None, now: datetime
) -> OwnFigures:
    """``last`` None = today of the company's report zone."""
    chosen = await service.choices(connection, tenant)
    today = now.astimezone(ZoneInfo(chosen.zone)).date()
    first, last = days_of(span, last or today)
    query = ReportQuery(first=first, last=last, by="agent")
    table = await service.make(connection, service.wish(tenant, "agents", query, chosen), compare=False)
    mine = next((row for row in table.rows if row.key[0] == agent), None)
    peers = [row for row in table.rows if row.key[0] not in (agent, "") and _was_there(row)]
    figures = [
        OwnFigure(
            id=column.id, title=column.title, kind=column.kind, note=column.note, good=column.good,
            mine=mine.figures[at].value if mine is not None else None,
            peers=middle(row.figures[at].value for row in peers),
        )
        for at, column in enumerate(table.columns)
    ]  # fmt: skip
    return OwnFigures(first=first, last=last, today=today, zone=table.zone, figures=figures, peers=len(peers))


def _was_there(row: ReportRow) -> bool:
    return any(figure.value for figure in row.figures)
