"""Routes of alerts: rules and webhooks, the critical situations, what was sent."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from sqlalchemy.engine import RowMapping

from kaska.features.alerts import repository
from kaska.features.alerts.errors import NotAnAddress, TakenAlready, UnknownProject, UnknownWebhook
from kaska.features.alerts.history import named
from kaska.features.alerts.schemas import (
    Delivery,
    DoneGiven,
    RuleGiven,
    RuleRow,
    Situation,
    WebhookGiven,
    WebhookMade,
    WebhookRow,
)
from kaska.features.alerts.tables import alert_rules, alert_webhooks
from kaska.features.identity.public import CurrentUser, Permission, active_names, audit, require
from kaska.features.projects.public import read_projects
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep
from kaska.kit.posting import is_postable
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api/alerts", tags=["alerts"])

Watcher = Annotated[CurrentUser, require(Permission.STEER_FLOOR)]
Editor = Annotated[CurrentUser, require(Permission.EDIT_ALERTS)]
SituationId = Annotated[str, Path(min_length=1, max_length=64)]


@router.get("/rules")
async def list_alert_rules(user: Editor, database: DatabaseDep) -> list[RuleRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, alert_rules).all()
    return [RuleRow.model_validate({name: row[name] for name in RuleRow.model_fields}) for row in rows]


@router.put("/rules/{id}")
async def put_alert_rule(id: Id, given: RuleGiven, user: Editor, database: DatabaseDep) -> RuleRow:
    """Heeded within seconds."""
    async with database.tenant(user.tenant) as connection:
        hooks = {row["id"] for row in await TenantRows(connection, user.tenant, alert_webhooks).all()}
        for hook in given.webhooks:
            if hook not in hooks:
                raise UnknownWebhook(webhook=hook, fields={"webhooks": "unknown"})
        if given.project and given.project not in await read_projects(connection, user.tenant):
            raise UnknownProject(project=given.project, fields={"project": "unknown"})
        rows, after = TenantRows(connection, user.tenant, alert_rules), given.model_dump(mode="json")
        before = await rows.locked(id)
        await rows.put(id=id, **after)
        await audit.write_change(
            connection, tenant=user.tenant, user=user.id, action="alerts.put", object=id,
            before=_told(before), after=after, called=given.name,
        )  # fmt: skip
    return RuleRow(id=id, **given.model_dump())


@router.delete("/rules/{id}", status_code=204)
async def delete_alert_rule(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, alert_rules)
        row = await rows.locked(id)
        if row is None:
            raise NotFound
        await rows.remove(id)
        await audit.write_change(
            connection, tenant=user.tenant, user=user.id, action="alerts.delete", object=id,
            before=_told(row), after=None, called=row["name"],
        )  # fmt: skip


@router.get("/webhooks")
async def list_alert_webhooks(user: Editor, database: DatabaseDep) -> list[WebhookRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, alert_webhooks).all()
    return [WebhookRow(id=row["id"], url=row["url"]) for row in rows]


@router.put("/webhooks/{id}")
async def put_alert_webhook(id: Id, given: WebhookGiven, user: Editor, database: DatabaseDep) -> WebhookMade:
    """A new secret every time: whoever receives checks X-Kaska-Signature with it."""
    if not is_postable(given.url):
        raise NotAnAddress(fields={"url": "wrong"})
    secret = secrets.token_urlsafe(32)
    async with database.tenant(user.tenant) as connection:
        await TenantRows(connection, user.tenant, alert_webhooks).put(id=id, url=given.url, secret=secret)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="alerts.put_webhook", object=id)
    return WebhookMade(id=id, url=given.url, secret=secret)


@router.delete("/webhooks/{id}", status_code=204)
async def delete_alert_webhook(id: Id, user: Editor, database: DatabaseDep) -> None:
    """What rules would have sent there is given up, and the list of deliveries says so."""
    async with database.tenant(user.tenant) as connection:
        if not await TenantRows(connection, user.tenant, alert_webhooks).remove(id):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="alerts.delete_webhook", object=id)


@router.get("/situations")
async def list_situations(
    user: Watcher,
    database: DatabaseDep,
    lasting: Annotated[bool, Query()] = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[Situation]:
    """What left its limits, since when, who is on it and what was done; those that last come first.

    ``lasting``: without those that are over and dealt with.
    """
    async with database.tenant(user.tenant) as connection:
        rows = await repository.situations(connection, user.tenant, lasting_only=lasting, limit=limit)
        names = await active_names(connection, user.tenant)
    return named(rows, names)


@router.post("/situations/{situation}/take", status_code=204)
async def take_situation(situation: SituationId, user: Watcher, database: DatabaseDep) -> None:
    """I am on it."""
    async with database.tenant(user.tenant) as connection:
        row = await repository.situation(connection, user.tenant, situation)
        if row is None:
            raise NotFound
        if row["taken_by"] not in ("", user.id):
            names = await active_names(connection, user.tenant)
            raise TakenAlready(name=names.get(row["taken_by"], row["taken_by"]))
        now = datetime.now(UTC)
        await repository.change_situation(connection, user.tenant, situation, taken_by=user.id, taken_at=now)
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="alerts.take", object=situation, called=row["name"]
        )


@router.post("/situations/{situation}/done", status_code=204)
async def tell_what_was_done(situation: SituationId, given: DoneGiven, user: Watcher, database: DatabaseDep) -> None:
    """What was done about it; may be said again, the last word counts."""
    async with database.tenant(user.tenant) as connection:
        row = await repository.situation(connection, user.tenant, situation)
        if row is None:
            raise NotFound
        now = datetime.now(UTC)
        taken = {} if row["taken_by"] else {"taken_by": user.id, "taken_at": now}
        await repository.change_situation(
            connection, user.tenant, situation, done=given.done, done_by=user.id, done_at=now, **taken
        )
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="alerts.done", object=situation,
            details={"done": given.done}, called=row["name"],
        )  # fmt: skip


@router.get("/deliveries")
async def list_alert_deliveries(
    user: Editor, database: DatabaseDep, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> list[Delivery]:
    """What was sent, or is on its way, or was given up and why; the newest first."""
    async with database.tenant(user.tenant) as connection:
        rows = await repository.deliveries(connection, user.tenant, limit)
    return [Delivery.model_validate(dict(row)) for row in rows]


def _told(row: RowMapping | None) -> dict[str, Any] | None:
    return None if row is None else {name: row[name] for name in RuleGiven.model_fields}
