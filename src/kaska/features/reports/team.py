"""An agent's own day beside the others'."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity.public import CurrentUser
from kaska.features.reports import service
from kaska.features.reports.schemas import MyDay, MyFigure, ReportQuery


async def my_day(connection: AsyncConnection, user: CurrentUser) -> MyDay:
    """``mine`` is null where there is nothing to tell; ``others``: the middle one of the others who worked today."""
    chosen = await service.choices(connection, user.tenant)
    today = datetime.now(ZoneInfo(chosen.zone)).date()
    query = ReportQuery(first=today, last=today, by="agent")
    table = await service.make(connection, service.wish(user.tenant, "agents", query, chosen), compare=False)
    own = next((row for row in table.rows if row.key == [user.id]), None)
    rest = [row for row in table.rows if row is not own and any(figure.value for figure in row.figures)]
    return MyDay(
        day=today,
        figures=[
            MyFigure(
                id=column.id,
                title=column.title,
                kind=column.kind,
                good=column.good,
                mine=None if own is None else own.figures[at].value,
                others=_middle([value for row in rest if (value := row.figures[at].value) is not None]),
            )
            for at, column in enumerate(table.columns)
        ],
        others=len(rest),
    )


def _middle(values: list[float]) -> float | None:
    return sorted(values)[len(values) // 2] if values else None
