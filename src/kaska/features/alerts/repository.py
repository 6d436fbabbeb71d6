"""Queries of alerts. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.alerting.judge import Rule, Standing
from kaska.features.alerts.tables import alert_deliveries, alert_rules, alert_situations, alert_standings

KEPT_DAYS = 60
"""of what was sent"""


def rule_of(row: Mapping[Any, Any]) -> Rule:
    names = ("id", "figure", "project", "above", "limit", "margin", "window", "hold")
    quiet = tuple((int(start), int(end)) for start, end in row["quiet"])
    return Rule(**{name: row[name] for name in names}, quiet=quiet)


async def enabled_rules(connection: AsyncConnection, tenant: str) -> Sequence[RowMapping]:
    wanted = (alert_rules.c.tenant == tenant) & alert_rules.c.enabled
    return (await connection.execute(select(alert_rules).where(wanted).order_by(alert_rules.c.id))).mappings().all()


async def standings(connection: AsyncConnection, tenant: str) -> dict[str, Standing]:
    rows = await connection.execute(select(alert_standings).where(alert_standings.c.tenant == tenant))
    return {row.rule: Standing(row.raised, row.since, row.turning_since, row.worst) for row in rows}


async def keep_standing(connection: AsyncConnection, tenant: str, rule: str, standing: Standing) -> None:
    values = {
        "raised": standing.raised,
        "since": standing.since,
        "turning_since": standing.turning_since,
        "worst": standing.worst,
    }
    statement = upsert(alert_standings).values(tenant=tenant, rule=rule, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["tenant", "rule"], set_=values))


async def drop_standing(connection: AsyncConnection, tenant: str, rule: str) -> None:
    of = (alert_standings.c.tenant == tenant) & (alert_standings.c.rule == rule)
    await connection.execute(delete(alert_standings).where(of))


async def open_situation(connection: AsyncConnection, tenant: str, **values: Any) -> None:
    await connection.execute(insert(alert_situations).values(tenant=tenant, **values))


async def open_of(connection: AsyncConnection, tenant: str, rule: str) -> RowMapping | None:
    """The situation of a rule that lasts."""
    table = alert_situations
    lasting = (table.c.tenant == tenant) & (table.c.rule == rule) & table.c.until.is_(None)
    found = await connection.execute(select(table).where(lasting).order_by(table.c.since.desc()).limit(1))
    return found.mappings().one_or_none()


async def change_situation(connection: AsyncConnection, tenant: str, id: str, **values: Any) -> None:
    of = (alert_situations.c.tenant == tenant) & (alert_situations.c.id == id)
    await connection.execute(update(alert_situations).where(of).values(**values))


async def situation(connection: AsyncConnection, tenant: str, id: str) -> RowMapping | None:
    of = (alert_situations.c.tenant == tenant) & (alert_situations.c.id == id)
    return (await connection.execute(select(alert_situations).where(of))).mappings().one_or_none()


async def situations(
    connection: AsyncConnection, tenant: str, *, lasting_only: bool, limit: int
) -> Sequence[RowMapping]:
    """Those that last come first, then those over, the newest first."""
    table = alert_situations
    query = select(table).where(table.c.tenant == tenant)
    if lasting_only:
        # also what is over and nobody said what was done, while somebody is on it
        query = query.where(or_(table.c.until.is_(None), (table.c.taken_by != "") & (table.c.done == "")))
    query = query.order_by(table.c.until.is_not(None), table.c.since.desc()).limit(limit)
    return (await connection.execute(query)).mappings().all()


async def began(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime, *, rule: str, project: str, limit: int
) -> Sequence[RowMapping]:
    """The situations that began in [since, until), the newest first; "" = of all rules, of all projects."""
    table = alert_situations
    query = select(table).where(table.c.tenant == tenant, table.c.since >= since, table.c.since < until)
    if rule:
        query = query.where(table.c.rule == rule)
    if project:
        query = query.where(table.c.project == project)
    query = query.order_by(table.c.since.desc(), table.c.id).limit(limit)
    return (await connection.execute(query)).mappings().all()


async def add_deliveries(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        await connection.execute(insert(alert_deliveries), [dict(row) for row in rows])


async def was_sent(connection: AsyncConnection, tenant: str, situation: str) -> bool:
    """Whether anything of this situation was put in the list."""
    of = (alert_deliveries.c.tenant == tenant) & (alert_deliveries.c.situation == situation)
    return (await connection.execute(select(alert_deliveries.c.id).where(of).limit(1))).first() is not None


async def due(connection: AsyncConnection, tenant: str, now: datetime, limit: int = 20) -> Sequence[RowMapping]:
    table = alert_deliveries
    wanted = (table.c.tenant == tenant) & table.c.next_at.is_not(None) & (table.c.next_at <= now)
    query = select(table).where(wanted).order_by(table.c.next_at).limit(limit)
    return (await connection.execute(query)).mappings().all()


async def change_delivery(connection: AsyncConnection, tenant: str, id: str, **values: Any) -> None:
    of = (alert_deliveries.c.tenant == tenant) & (alert_deliveries.c.id == id)
    await connection.execute(update(alert_deliveries).where(of).values(**values))


async def deliveries(connection: AsyncConnection, tenant: str, limit: int) -> Sequence[RowMapping]:
    table = alert_deliveries
    query = select(table).where(table.c.tenant == tenant).order_by(table.c.made_at.desc(), table.c.id).limit(limit)
    return (await connection.execute(query)).mappings().all()


async def forget_old(connection: AsyncConnection, tenant: str, now: datetime) -> None:
    old = (alert_deliveries.c.tenant == tenant) & (alert_deliveries.c.made_at < now - timedelta(days=KEPT_DAYS))
    await connection.execute(delete(alert_deliveries).where(old & alert_deliveries.c.next_at.is_(None)))
