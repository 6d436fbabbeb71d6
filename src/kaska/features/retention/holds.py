"""What is not to be deleted, whatever the rules say: by whom, why, until when."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import briefs
from kaska.features.customers.public import names_of_cards, standing_cards
from kaska.features.identity.public import CurrentUser, all_names, audit
from kaska.features.retention.errors import DeletedAlready, HoldEndsBefore, LiftedAlready
from kaska.features.retention.schemas import HoldGiven, HoldRow
from kaska.features.retention.tables import recording_deletions, recording_holds
from kaska.kit.errors import NotFound
from kaska.kit.tenant_rows import TenantRows

CONTACT, CUSTOMER = "contact", "customer"
MOST = 500


async def one_at_a_time(connection: AsyncConnection, tenant: str) -> None:
    """Until the transaction ends nobody else decides about deleting, or puts a hold."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"recording_holds {tenant}"))))


def stands(now: datetime) -> ColumnElement[bool]:
    table = recording_holds
    return table.c.lifted_at.is_(None) & or_(table.c.until.is_(None), table.c.until > now)


async def held(connection: AsyncConnection, tenant: str, kind: str, now: datetime) -> list[str]:
    """Identifiers of all contacts, or customers, that are held."""
    table = recording_holds
    query = select(table.c.subject).where(table.c.tenant == tenant, table.c.kind == kind, stands(now)).distinct()
    return list((await connection.execute(query)).scalars())


async def is_held(
    connection: AsyncConnection, tenant: str, contacts: Collection[str], customers: Collection[str], now: datetime
) -> bool:
    """Whether any of these is held; a hold of a card that was merged into another is one of that other, too."""
    if set(contacts) & set(await held(connection, tenant, CONTACT, now)):
        return True
    people = await held(connection, tenant, CUSTOMER, now)
    return bool(set(customers) & {*people, *(await standing_cards(connection, tenant, people)).values()})


async def put(connection: AsyncConnection, user: CurrentUser, given: HoldGiven, now: datetime) -> str:
    """→ the hold's identifier. :raises DeletedAlready, HoldEndsBefore, NotFound:"""
    if given.until is not None and given.until <= now:
        raise HoldEndsBefore(fields={"until": "past"})
    await one_at_a_time(connection, user.tenant)
    if given.kind == CONTACT:
        if given.subject not in await briefs(connection, user.tenant, [given.subject]):
            raise NotFound
        if await TenantRows(connection, user.tenant, recording_deletions).get(given.subject) is not None:
            raise DeletedAlready
    elif given.subject not in await standing_cards(connection, user.tenant, [given.subject]):
        raise NotFound
    id = uuid.uuid4().hex
    values = given.model_dump() | {"id": id, "by": user.id, "at": now}
    await TenantRows(connection, user.tenant, recording_holds).put(**values)
    await _trace(connection, user, "hold", given.subject, {"kind": given.kind, "reason": given.reason, "hold": id})
    return id


async def lift(connection: AsyncConnection, user: CurrentUser, id: str, reason: str, now: datetime) -> None:
    """:raises NotFound, LiftedAlready:"""
    await one_at_a_time(connection, user.tenant)
    rows = TenantRows(connection, user.tenant, recording_holds)
    row = await rows.get(id)
    if row is None:
        raise NotFound
    if row["lifted_at"] is not None:
        raise LiftedAlready
    before = {name: value for name, value in row.items() if name != "tenant"}
    await rows.put(**before | {"lifted_at": now, "lifted_by": user.id, "lifted_why": reason})
    await _trace(connection, user, "lift", row["subject"], {"kind": row["kind"], "reason": reason, "hold": id})


async def _trace(connection: AsyncConnection, user: CurrentUser, verb: str, object: str, told: dict[str, Any]) -> None:
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action=f"retention.{verb}", object=object, details=told
    )


def _chosen(tenant: str, kind: str, subject: str) -> Select[Any]:
    table = recording_holds
    query = select(table).where(table.c.tenant == tenant)
    if kind:
        query = query.where(table.c.kind == kind)
    if subject:
        query = query.where(table.c.subject == subject)
    # those that stand come first
    return query.order_by(table.c.lifted_at.desc().nulls_first(), table.c.at.desc(), table.c.id).limit(MOST)


async def listed(connection: AsyncConnection, tenant: str, kind: str, subject: str, now: datetime) -> list[HoldRow]:
    """``kind`` and ``subject`` "" = all of them."""
    rows = (await connection.execute(_chosen(tenant, kind, subject))).mappings().all()
    people = await all_names(connection, tenant)
    contacts = await briefs(connection, tenant, [row["subject"] for row in rows if row["kind"] == CONTACT])
    cards = await names_of_cards(connection, tenant, [row["subject"] for row in rows if row["kind"] == CUSTOMER])
    numbers = {id: one.customer or one.caller for id, one in contacts.items()}
    return [
        HoldRow(
            **{
                name: row[name]
                for name in ("id", "kind", "subject", "reason", "at", "until", "lifted_at", "lifted_why")
            },
            name=(numbers if row["kind"] == CONTACT else cards).get(row["subject"], ""),
            by=people.get(row["by"], row["by"]),
            lifted_by=people.get(row["lifted_by"], row["lifted_by"]),
            stands=row["lifted_at"] is None and (row["until"] is None or row["until"] > now),
        )
        for row in rows
    ]
