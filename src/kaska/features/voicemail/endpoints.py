"""Routes of messages by mail: whose messages go where, and what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import names_of
from kaska.features.identity.public import CurrentUser, Permission, audit, person_exists, require
from kaska.features.mail.public import mail_server
from kaska.features.projects.public import read_projects
from kaska.features.queues.public import read_queues
from kaska.features.voicemail import repository
from kaska.features.voicemail.due import addresses_since
from kaska.features.voicemail.errors import NobodysMessages, NotAPage
from kaska.features.voicemail.schemas import MessageRuleGiven, MessageRuleList, MessageRuleRow, MessageSending
from kaska.features.voicemail.tables import message_rules
from kaska.kit.config import Settings
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep
from kaska.kit.posting import is_postable
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api/message-letters", tags=["letters"])

Editor = Annotated[CurrentUser, require(Permission.MANAGE_INTEGRATIONS)]
"""callers' voices leave the house by this: for administrators"""


@router.get("")
async def list_message_rules(user: Editor, database: DatabaseDep, request: Request) -> MessageRuleList:
    """Whose messages go to which addresses."""
    settings: Settings = request.app.state.settings
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, message_rules).all()
        names = await _names(connection, user.tenant, (row["owner"] for row in rows))
        server = await mail_server(connection, user.tenant, settings)
    return MessageRuleList(
        rules=[
            MessageRuleRow(
                id=row["id"],
                owner=row["owner"],
                owner_name=names[row["owner"]],
                emails=list(row["addresses"]),
                language=row["language"],
                page=row["page"],
                enabled=row["enabled"],
            )
            for row in rows
        ],
        mail_server=server is not None,
    )


@router.put("/{id}", status_code=204)
async def put_message_rule(id: Id, given: MessageRuleGiven, user: Editor, database: DatabaseDep) -> None:
    """From now on: an address that was not there before gets nothing of what was left before."""
    parts = urlsplit(given.page) if is_postable(given.page) else None
    if given.page and (parts is None or parts.query or parts.fragment):
        raise NotAPage(fields={"page": "wrong"})
    async with database.tenant(user.tenant) as connection:
        if not await _exists(connection, user.tenant, given.owner):
            raise NobodysMessages(fields={"owner": "unknown"})
        rows = TenantRows(connection, user.tenant, message_rules)
        old = await rows.locked(id)
        goes_on = old is not None and old["enabled"] and old["owner"] == given.owner
        before = repository.since_of(old["addresses"]) if old is not None and goes_on else {}
        addresses = addresses_since(before, given.emails, datetime.now(UTC))
        await rows.put(
            id=id,
            owner=given.owner,
            addresses={email: since.isoformat() for email, since in addresses.items()},
            language=given.language,
            page=given.page,
            enabled=given.enabled,
        )
        details = {"owner": given.owner, "emails": list(addresses), "enabled": given.enabled}
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="message_letters.put", object=id, details=details,
            called=given.owner,
        )  # fmt: skip


@router.delete("/{id}", status_code=204)
async def delete_message_rule(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, message_rules)
        row = await rows.locked(id)
        if row is None:
            raise NotFound
        await rows.remove(id)
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="message_letters.delete", object=id,
            called=row["owner"],
        )  # fmt: skip


@router.get("/sent")
async def list_sent_messages(
    user: Editor, database: DatabaseDep, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> list[MessageSending]:
    """What was sent, is on its way, or was given up and why; the newest first."""
    async with database.tenant(user.tenant) as connection:
        rows = await repository.sent(connection, user.tenant, limit)
        names = await _names(connection, user.tenant, (row["owner"] for row in rows))
    return [MessageSending.model_validate({**row, "owner_name": names[row["owner"]]}) for row in rows]


async def _exists(connection: AsyncConnection, tenant: str, owner: str) -> bool:
    kind, _, id = owner.partition(":")
    if kind == "agent":
        return await person_exists(connection, tenant, id)
    return id in (await read_queues(connection, tenant) if kind == "queue" else await read_projects(connection, tenant))


async def _names(connection: AsyncConnection, tenant: str, owners: Iterable[str]) -> dict[str, str]:
    """Owner ("agent:ID" …) → name."""
    parts = {owner: (kind, id) for owner in owners for kind, _, id in [owner.partition(":")]}
    found = await names_of(connection, tenant, {id for _, id in parts.values()})
    return {owner: found.get(part, part[1]) for owner, part in parts.items()}
