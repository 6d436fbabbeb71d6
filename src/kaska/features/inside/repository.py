"""Queries of calls among ourselves. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.inside.tables import inside_talks

LONGEST_ROWS = 2000


async def talks(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime, agent: str
) -> Sequence[RowMapping]:
    """Those that began in [since, until), newest first. ``agent`` "": everybody's."""
    c = inside_talks.c
    query = select(inside_talks).where(c.tenant == tenant, c.started_at >= since, c.started_at < until)
    if agent:
        query = query.where(or_(c.by == agent, c.to == agent, c.others.contains([agent])))
    return (await connection.execute(query.order_by(c.started_at.desc(), c.talk).limit(LONGEST_ROWS))).mappings().all()
