"""What can be done with the debt book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.events import CallbackRequested, DebtWrittenOff
from kaska.core.ports import Inbox
from kaska.features.calls.public import Names, briefs, local_zone, names_of, read_cursor, write_cursor
from kaska.features.debts import repository
from kaska.features.debts.errors import DebtAlreadyClosed, DebtNotFound, NowhereToCall
from kaska.features.debts.schemas import Debt, DebtFigures, DebtPage, DebtQuery
from kaska.features.identity.public import CurrentUser


async def find(connection: AsyncConnection, user: CurrentUser, query: DebtQuery, now: datetime) -> DebtPage:
    """One page of the debt book."""
    owner = f"agent:{user.id}" if query.owner == "me" else query.owner
    after = read_cursor(query.cursor) if query.cursor else None
    rows = await repository.page(connection, user.tenant, query, owner=owner, now=now, after=after)
    shown = rows[: query.limit]
    following = None
    if len(rows) > query.limit:
        last = shown[-1]
        following = write_cursor(last.due_at if query.status == "open" else last.closed_at, last.id)
    return DebtPage(items=await described(connection, user.tenant, shown, now), next_cursor=following)


async def one(connection: AsyncConnection, tenant: str, id: str, now: datetime) -> Debt:
    """:raises DebtNotFound:"""
    row = await repository.debt(connection, tenant, id)
    if row is None:
        raise DebtNotFound
    return (await described(connection, tenant, [row], now))[0]


async def described(connection: AsyncConnection, tenant: str, rows: Sequence[Row[Any]], now: datetime) -> list[Debt]:
    """Debts with what the journal knows of the contacts that left them."""
    told = await briefs(connection, tenant, {row.contact for row in rows})
    people = {person for row in rows for person in (row.last_attempt_by, row.closed_by)}
    owners = {row.owner.partition(":")[2] for row in rows}
    names = await names_of(connection, tenant, people | owners | {row.project for row in rows})
    described = []
    for row in rows:
        contact = told.get(row.contact)
        described.append(
            Debt.model_validate(
                {
                    **row._mapping,
                    **_named(row, names),
                    "caller_name": contact.caller_name if contact else "",
                    "number": contact.number if contact else "",
                    "message": contact.message if contact else "",
                    "message_seconds": contact.message_seconds if contact else 0.0,
                    "status": "open" if row.closed_at is None else "closed",
                    "overdue": (row.closed_at or now) > row.due_at,
                }
            )
        )
    return described


def _named(row: Row[Any], names: Names) -> dict[str, str]:
    kind, _, owner = row.owner.partition(":")
    return {
        "owner_name": names.get((kind, owner), owner),
        "project_name": names.get(("project", row.project), row.project),
        "last_attempt_by_name": names.get(("agent", row.last_attempt_by), row.last_attempt_by),
        "closed_by_name": names.get(("agent", row.closed_by), row.closed_by),
    }


async def figures(connection: AsyncConnection, tenant: str, now: datetime, timezone: str) -> DebtFigures:
    """:raises UnknownTimezone:"""
    start, end = local_day(now, timezone)
    counts = await repository.figures(connection, tenant, now, start, end)
    recovered, opened = counts.pop("opened_and_recovered"), counts["opened_today"]
    return DebtFigures(timezone=timezone, recovered_share=recovered / opened if opened else None, **counts)


def local_day(now: datetime, timezone: str) -> tuple[datetime, datetime]:
    """[start, end) in UTC of the day of ``now`` in ``timezone``: 23, 24 or 25 hours. :raises UnknownTimezone:"""
    zone = local_zone(timezone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)


async def check_open(connection: AsyncConnection, tenant: str, id: str) -> Row[Any]:
    """The debt when it is open. :raises DebtNotFound, DebtAlreadyClosed:"""
    row = await repository.debt(connection, tenant, id)
    if row is None:
        raise DebtNotFound
    if row.closed_at is not None:
        raise DebtAlreadyClosed
    return row


async def call_back(inbox: Inbox, user: CurrentUser, debt: Row[Any]) -> str:
    """Have the engine ring ``user`` and then the debtor; returns the new contact. :raises NowhereToCall, Refused:"""
    if not debt.customer:
        raise NowhereToCall
    contact = f"out-{uuid4().hex}"
    await inbox.submit(CallbackRequested(at=await inbox.now(), agent=user.id, debt=debt.id, contact=contact))
    return contact


async def write_off(inbox: Inbox, user: CurrentUser, debt: str, reason: str) -> None:
    """:raises Refused, EngineAway:"""
    await inbox.submit(DebtWrittenOff(at=await inbox.now(), debt=debt, by=user.id, reason=reason))
