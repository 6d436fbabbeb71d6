"""Queries of the shift log. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.supervision.tables import agent_states

LONGEST_ROWS = 5000


async def shifts(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime, agent: str
) -> Sequence[RowMapping]:
    """States that touch [since, until), and the supervisors' orders in it; by agent and time. ``until`` of a state is
    null while it lasts. ``agent`` "": everybody's."""
    table = agent_states
    mine = (table.c.tenant == tenant) & (table.c.by == "")
    orders = (table.c.tenant == tenant) & (table.c.by != "")
    if agent:
        mine, orders = mine & (table.c.agent == agent), orders & (table.c.agent == agent)
    following = func.lead(table.c.at).over(partition_by=table.c.agent, order_by=table.c.position)
    columns = (table.c.position, table.c.agent, table.c.at, table.c.state, table.c.reason, table.c.contact, table.c.by)
    # what was before counts too, as far as somebody may be at work in one state
    lasting = select(*columns, following.label("until")).where(mine, table.c.at < until).subquery()
    shown = select(lasting).where(or_(lasting.c.until.is_(None), lasting.c.until > since))
    ordered = select(*columns, table.c.at.label("until")).where(orders, table.c.at >= since, table.c.at < until)
    whole = shown.union_all(ordered).subquery()
    query = select(whole).order_by(whole.c.agent, whole.c.position).limit(LONGEST_ROWS)
    return (await connection.execute(query)).mappings().all()
