"""Routes of the journal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import StreamingResponse

from kaska.features.calls import drafts, export, repository, service
from kaska.features.calls.schemas import (
    Classification,
    ContactCard,
    ContactExport,
    ContactPage,
    ContactQuery,
)
from kaska.features.engine_door import engine_inbox
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.kit.database import Database
from kaska.kit.http import DatabaseDep, language_of

router = APIRouter(prefix="/api", tags=["calls"])

Reader = Annotated[CurrentUser, require(Permission.READ_CALLS)]
ContactId = Annotated[str, Path(min_length=1, max_length=200)]

_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}

EXPORT_PAGE = 1000
EXPORT_LIMIT = 200_000
"""rows in one file; a spreadsheet opens few more than that"""


@router.get("/contacts")
async def list_contacts(user: Reader, database: DatabaseDep, query: Annotated[ContactQuery, Query()]) -> ContactPage:
    """The journal, newest first."""
    async with database.tenant(user.tenant) as connection:
        return await service.find(connection, user.tenant, query)


@router.get("/contacts.csv", response_class=StreamingResponse, responses=_CSV)
async def export_contacts(
    user: Reader, request: Request, database: DatabaseDep, choice: Annotated[ContactExport, Query()]
) -> StreamingResponse:
    """The same as a file for a spreadsheet, in the reader's language and the given time zone; the export is audited."""
    service.local_zone(choice.timezone)
    chosen = choice.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    async with database.tenant(user.tenant) as connection:
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="calls.export", object="contacts", details=chosen
        )
    return StreamingResponse(
        _file(database, user.tenant, choice, language_of(request)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="contacts.csv"', "Cache-Control": "no-store"},
    )


async def _file(database: Database, tenant: str, choice: ContactExport, language: str) -> AsyncIterator[str]:
    """Page by page, each in a transaction of its own, so that a slow reader holds no connection."""
    zone = service.local_zone(choice.timezone)
    yield export.header(language)
    cursor = ""
    for _ in range(EXPORT_LIMIT // EXPORT_PAGE):
        async with database.tenant(tenant) as connection:
            rows = await repository.page(connection, tenant, choice, cursor=cursor, limit=EXPORT_PAGE)
            items = await service.summaries(connection, tenant, rows)
        yield export.body(items, language, zone)
        if len(items) < EXPORT_PAGE:
            return
        cursor = repository.write_cursor(items[-1].arrived_at, items[-1].id)


@router.get("/contacts/{contact_id}")
async def read_contact(contact_id: ContactId, user: Reader, database: DatabaseDep) -> ContactCard:
    """The card of one contact with its legs and its whole story."""
    async with database.tenant(user.tenant) as connection:
        monitors = Permission.MONITOR_CALLS in user.permissions
        return await service.card(connection, user.tenant, contact_id, monitors=monitors)


@router.post("/contacts/{contact_id}/classification", status_code=204)
async def classify_contact(
    contact_id: ContactId,
    given: Classification,
    user: Annotated[CurrentUser, require(Permission.CLASSIFY_CALLS)],
    request: Request,
    database: DatabaseDep,
) -> None:
    """Say what it was about and what came of it; the last word counts. Operators: the contacts they talked in."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        event = await service.check_classification(connection, user, contact_id, given)
    await inbox.submit(replace(event, at=await inbox.now()))
    async with database.tenant(user.tenant) as connection:
        await drafts.forget(connection, user, contact_id)
