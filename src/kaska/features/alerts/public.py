"""What the rest of the product uses of alerts."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.alerts import repository
from kaska.features.alerts.watching import FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS, MOST_TRIES, Alerting
from kaska.kit.posting import NotSent

__all__ = [
    "FIRST_RETRY_SECONDS",
    "LONGEST_RETRY_SECONDS",
    "MOST_TRIES",
    "Alerting",
    "NotSent",
    "close_situation",
    "report_situation",
]


async def report_situation(
    connection: AsyncConnection,
    tenant: str,
    *,
    rule: str,
    name: str,
    figure: str,
    limit: float,
    value: float,
    since: datetime,
    project: str = "",
) -> None:
    """A critical situation that no rule of people watches; once, however often it is told. ``rule`` names its cause."""
    if await repository.open_of(connection, tenant, rule) is None:
        await repository.open_situation(
            connection,
            tenant,
            id=secrets.token_hex(8),
            rule=rule,
            name=name,
            project=project,
            figure=figure,
            above=True,
            limit=limit,
            worst=value,
            since=since,
        )


async def close_situation(connection: AsyncConnection, tenant: str, rule: str, at: datetime) -> None:
    """It is over; nothing happens when there was none."""
    lasting = await repository.open_of(connection, tenant, rule)
    if lasting is not None:
        await repository.change_situation(connection, tenant, lasting["id"], until=at)
