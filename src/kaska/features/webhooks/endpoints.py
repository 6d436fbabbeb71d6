"""Routes of webhooks, and of what was delivered to them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.alerts.public import close_situation
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.projects.public import read_projects
from kaska.features.webhooks import outbox, repository
from kaska.features.webhooks.errors import IsSwitchedOff, NotAnAddress, UnknownProject
from kaska.features.webhooks.posting import OFF, REMOVED, situation_of
from kaska.features.webhooks.schemas import HookDelivery, HookGiven, HookMade, HookRow, TestSent
from kaska.features.webhooks.tables import webhooks
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep
from kaska.kit.posting import is_postable
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"])

Administrator = Annotated[CurrentUser, require(Permission.MANAGE_INTEGRATIONS)]
DeliveryId = Annotated[str, Path(pattern=r"^[0-9a-f]{1,40}$")]


@router.get("")
async def list_webhooks(user: Administrator, database: DatabaseDep) -> list[HookRow]:
    async with database.tenant(user.tenant) as connection:
        return [_row(row) for row in await TenantRows(connection, user.tenant, webhooks).all()]


@router.put("/{id}")
async def put_webhook(id: Id, given: HookGiven, user: Administrator, database: DatabaseDep) -> HookMade:
    """A new one gets a secret, which this answer alone tells: receivers check X-Kaska-Signature with it.

    Nothing that happened before it was made or switched on is told.
    """
    if not is_postable(given.url):
        raise NotAnAddress(fields={"url": "wrong"})
    async with database.tenant(user.tenant) as connection:
        if given.project and given.project not in await read_projects(connection, user.tenant):
            raise UnknownProject(project=given.project, fields={"project": "unknown"})
        rows = TenantRows(connection, user.tenant, webhooks)
        before = await rows.locked(id)
        secret = secrets.token_urlsafe(32) if before is None else None
        await rows.put(id=id, **await _standing(connection, user.tenant, id, given, before), **_kept(given, secret))
        if not given.enabled:
            await repository.give_up(connection, user.tenant, id, OFF)
        after = await rows.get(id)
        await audit.write_change(
            connection,
            tenant=user.tenant,
            user=user.id,
            action="webhooks.put",
            object=id,
            before=_told(before),
            after=_told(after),
            called=given.name,
        )
    assert after is not None
    return HookMade(**_row(after).model_dump(), secret=secret)


@router.post("/{id}/secret")
async def change_webhook_secret(id: Id, user: Administrator, database: DatabaseDep) -> HookMade:
    """A new secret, told by this answer alone; the old one signs nothing any more."""
    secret = secrets.token_urlsafe(32)
    async with database.tenant(user.tenant) as connection:
        row = await TenantRows(connection, user.tenant, webhooks).locked(id)
        if row is None:
            raise NotFound
        await repository.change(connection, user.tenant, id, secret=secret)
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="webhooks.secret", object=id, called=row["name"]
        )
    return HookMade(**_row(row).model_dump(), secret=secret)


@router.delete("/{id}", status_code=204)
async def delete_webhook(id: Id, user: Administrator, database: DatabaseDep) -> None:
    """What was to be delivered is given up; the list of deliveries says so."""
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, webhooks)
        row = await rows.locked(id)
        if row is None:
            raise NotFound
        await rows.remove(id)
        await repository.give_up(connection, user.tenant, id, REMOVED)
        await close_situation(connection, user.tenant, situation_of(id), datetime.now(UTC))
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="webhooks.delete", object=id, called=row["name"]
        )


@router.post("/{id}/test", status_code=202)
async def test_webhook(id: Id, user: Administrator, database: DatabaseDep) -> TestSent:
    """An event "test"; what became of it is in the list of deliveries within seconds."""
    async with database.tenant(user.tenant) as connection:
        row = await TenantRows(connection, user.tenant, webhooks).get(id)
        if row is None:
            raise NotFound
        if not row["enabled"]:
            raise IsSwitchedOff(webhook=id)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="webhooks.test", object=id)
        return TestSent(delivery=await outbox.test(connection, user.tenant, row))


@router.get("/deliveries")
async def list_webhook_deliveries(
    user: Administrator,
    database: DatabaseDep,
    webhook: Annotated[str, Query(pattern=r"^([a-z0-9][a-z0-9_-]{0,39})?$")] = "",
    unfinished: Annotated[bool, Query()] = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[HookDelivery]:
    """The newest first; kept for 30 days. ``unfinished``: only those that were not delivered."""
    async with database.tenant(user.tenant) as connection:
        rows = await repository.log(connection, user.tenant, webhook=webhook, unfinished=unfinished, limit=limit)
    return [HookDelivery.model_validate(dict(row)) for row in rows]


@router.post("/deliveries/{delivery}/again", status_code=202)
async def redeliver_webhook(delivery: DeliveryId, user: Administrator, database: DatabaseDep) -> HookDelivery:
    """Once more, under the same identifier and with the same body."""
    now = datetime.now(UTC)
    async with database.tenant(user.tenant) as connection:
        row = await repository.delivery(connection, user.tenant, delivery)
        hook = await TenantRows(connection, user.tenant, webhooks).get(row["webhook"]) if row is not None else None
        if row is None or hook is None:
            raise NotFound
        if not hook["enabled"]:
            raise IsSwitchedOff(webhook=hook["id"])
        await repository.change_delivery(
            connection, user.tenant, delivery, next_at=now, delivered_at=None, problem="", tries=0
        )
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="webhooks.again", object=delivery, called=hook["name"]
        )
        row = await repository.delivery(connection, user.tenant, delivery)
    assert row is not None
    return HookDelivery.model_validate(dict(row))


def _kept(given: HookGiven, secret: str | None) -> dict[str, Any]:
    new = {"secret": secret} if secret is not None else {}
    return given.model_dump(mode="json") | {"events": sorted(set(given.events))} | new


async def _standing(
    connection: AsyncConnection, tenant: str, id: str, given: HookGiven, before: RowMapping | None
) -> dict[str, Any]:
    """Since when it is told of what happens; switching it on makes it begin anew, and ends what told of its failing."""
    if before is not None and (before["enabled"] or not given.enabled):
        return {"secret": before["secret"], "since": before["since"]}
    now = datetime.now(UTC)
    await close_situation(connection, tenant, situation_of(id), now)
    secret = {} if before is None else {"secret": before["secret"]}
    return {"since": now, "failing_since": None, "switched_off_at": None, **secret}


def _row(row: RowMapping) -> HookRow:
    return HookRow.model_validate({name: row[name] for name in HookRow.model_fields})


def _told(row: RowMapping | None) -> dict[str, Any] | None:
    names = ("name", "url", "events", "project", "enabled")
    return None if row is None else {name: row[name] for name in names}
