"""Queries of messages by mail. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import contacts
from kaska.features.debts.public import debts
from kaska.features.voicemail.due import Left, Rule, Wanted
from kaska.features.voicemail.tables import message_rules, message_sendings

KEPT_DAYS = 400
"""of what was sent; more than LOOKED_BACK, else it would be sent again"""
LOOKED_BACK = timedelta(days=7)
"""messages that ended longer ago are not looked at any more"""

_OF_THE_CONTACT = (
    "caller", "caller_name", "number", "arrived_at", "queue", "project", "message", "message_seconds", "fax",
    "fax_pages", "fax_station", "fax_problem",
)  # fmt: skip
_LEFT = or_(contacts.c.message != "", contacts.c.fax != "")
_MESSAGES = contacts.join(debts, (debts.c.tenant == contacts.c.tenant) & (debts.c.contact == contacts.c.id))


async def rules(connection: AsyncConnection, tenant: str) -> list[Rule]:
    """Those in force."""
    query = select(message_rules).where(message_rules.c.tenant == tenant, message_rules.c.enabled)
    rows = (await connection.execute(query.order_by(message_rules.c.id))).mappings()
    return [Rule(row["id"], row["owner"], since_of(row["addresses"])) for row in rows]


def since_of(addresses: Mapping[str, str]) -> dict[str, datetime]:
    """A row's ``addresses``."""
    return {email: datetime.fromisoformat(since) for email, since in addresses.items()}


async def messages(connection: AsyncConnection, tenant: str, now: datetime) -> list[Left]:
    """The newest messages and faxes that somebody owes an answer, or owed it; those of erased persons are not there."""
    query = select(contacts.c.id, debts.c.owner, debts.c.project, contacts.c.ended_at).select_from(_MESSAGES)
    query = query.where(contacts.c.tenant == tenant, _LEFT, contacts.c.ended_at > now - LOOKED_BACK)
    rows = await connection.execute(query.order_by(contacts.c.ended_at, contacts.c.id, debts.c.opened_at))
    return [Left(*row) for row in rows]


async def made(connection: AsyncConnection, tenant: str, ids: Sequence[str]) -> list[tuple[str, str]]:
    """(contact, e-mail) of what was sent of these contacts, or is on its way."""
    query = select(message_sendings.c.contact, message_sendings.c.email)
    query = query.where(message_sendings.c.tenant == tenant, message_sendings.c.contact.in_(ids))
    return [(row.contact, row.email) for row in await connection.execute(query)]


async def make(connection: AsyncConnection, tenant: str, found: Sequence[Wanted], now: datetime) -> None:
    """Put these among what is to be sent; what is there already stays as it is."""
    rows = [
        {"tenant": tenant, "contact": one.contact, "email": one.email, "rule": one.rule, "owner": one.owner}
        | {"made_at": now, "next_at": now}
        for one in found
    ]
    if rows:
        await connection.execute(insert(message_sendings).on_conflict_do_nothing(), rows)


async def take_due(connection: AsyncConnection, tenant: str, now: datetime, until: datetime) -> RowMapping | None:
    """One that is due; nobody else takes it before ``until``."""
    table = message_sendings
    due = select(table.c.contact, table.c.email).where(table.c.tenant == tenant, table.c.next_at <= now)
    due = due.order_by(table.c.next_at).limit(1).with_for_update(skip_locked=True)
    found = (await connection.execute(due)).mappings().one_or_none()
    if found is None:
        return None
    taken = update(table).where(*_of(tenant, found)).values(next_at=until, tries=table.c.tries + 1)
    return (await connection.execute(taken.returning(*table.c))).mappings().one()


async def message(connection: AsyncConnection, tenant: str, contact: str) -> RowMapping | None:
    """What the letter says of the message and of its debt; None when there is none (any more)."""
    told = [contacts.c[name] for name in _OF_THE_CONTACT]
    query = select(*told, debts.c.owner, debts.c.due_at, debts.c.closed_at).select_from(_MESSAGES)
    query = query.where(contacts.c.tenant == tenant, contacts.c.id == contact, _LEFT)
    return (await connection.execute(query.order_by(debts.c.opened_at.desc()).limit(1))).mappings().one_or_none()


async def change(connection: AsyncConnection, tenant: str, sending: Mapping[Any, Any], **values: Any) -> None:
    await connection.execute(update(message_sendings).where(*_of(tenant, sending)).values(**values))


async def sent(connection: AsyncConnection, tenant: str, limit: int) -> Sequence[RowMapping]:
    """The newest first."""
    table = message_sendings
    query = select(table).where(table.c.tenant == tenant)
    query = query.order_by(table.c.made_at.desc(), table.c.contact, table.c.email).limit(limit)
    return (await connection.execute(query)).mappings().all()


async def forget_old(connection: AsyncConnection, tenant: str, now: datetime) -> None:
    table = message_sendings
    old = (table.c.tenant == tenant) & (table.c.made_at < now - timedelta(days=KEPT_DAYS))
    await connection.execute(delete(table).where(old, table.c.next_at.is_(None)))


def _of(tenant: str, sending: Mapping[Any, Any]) -> tuple[Any, ...]:
    table = message_sendings
    return table.c.tenant == tenant, table.c.contact == sending["contact"], table.c.email == sending["email"]
