"""Routes of the customers' cards."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import ContactPage
from kaska.features.customers import bundle, erasure, fields, merging, service, transfer, whose, workbook
from kaska.features.customers.schemas import (
    Caller,
    CallerQuery,
    CardFields,
    CustomerCard,
    CustomerPage,
    CustomerQuery,
    CustomField,
    CustomFields,
    ErasureDone,
    GivenIdentity,
    GivenTable,
    ImportPreview,
    ImportReport,
    ImportWish,
    MergeDone,
    MergeWish,
    NewCard,
    NewConsent,
    NewNote,
    ProjectFields,
    TableText,
    WhoPage,
    WhoQuery,
)
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.projects.public import read_projects
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep, SettingsDep, language_of

router = APIRouter(prefix="/api/customers", tags=["customers"])

Reader = Annotated[CurrentUser, require(Permission.READ_CUSTOMERS)]
Editor = Annotated[CurrentUser, require(Permission.EDIT_CUSTOMERS)]
Merger = Annotated[CurrentUser, require(Permission.MERGE_CUSTOMERS)]
Mover = Annotated[CurrentUser, require(Permission.MOVE_CUSTOMERS)]
FieldEditor = Annotated[CurrentUser, require(Permission.EDIT_KNOWLEDGE)]
Eraser = Annotated[CurrentUser, require(Permission.ERASE_CUSTOMERS)]
CustomerId = Annotated[str, Path(min_length=1, max_length=200)]

_BYTES = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
_ZIP: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get("")
async def list_customers(user: Reader, database: DatabaseDep, query: Annotated[CustomerQuery, Query()]) -> CustomerPage:
    """The cards changed last, or those that were searched for."""
    async with database.tenant(user.tenant) as connection:
        return await service.find(connection, user.tenant, query)


@router.post("", status_code=201)
async def create_customer(given: NewCard, user: Editor, database: DatabaseDep) -> CustomerCard:
    async with database.tenant(user.tenant) as connection:
        id = await service.make(connection, user, given, service.now())
        return await service.card(connection, user.tenant, id, service.now())


@router.get("/caller")
async def identify_caller(user: Reader, database: DatabaseDep, query: Annotated[CallerQuery, Query()]) -> Caller:
    """Who has this number: for the screen while it rings."""
    async with database.tenant(user.tenant) as connection:
        return await service.caller(connection, user.tenant, query, service.now())


@router.get("/of-contacts")
async def list_customers_of_contacts(
    user: Reader, database: DatabaseDep, query: Annotated[WhoQuery, Query()]
) -> WhoPage:
    """Who had the contacts that the journal would show: from a topic to its customers."""
    async with database.tenant(user.tenant) as connection:
        return await whose.find(connection, user.tenant, query)


@router.get("/fields")
async def list_customer_fields(user: Reader, database: DatabaseDep) -> dict[str, list[CustomField]]:
    """Project → the fields of its cards in the order in which to show them, archived ones too."""
    found: dict[str, list[CustomField]] = {}
    async with database.tenant(user.tenant) as connection:
        for (project, _), field in (await fields.known(connection, user.tenant)).items():
            found.setdefault(project, []).append(field)
    return found


@router.get("/fields/{project}")
async def read_customer_fields(project: Id, user: FieldEditor, database: DatabaseDep) -> ProjectFields:
    """A project's fields for their editor."""
    async with database.tenant(user.tenant) as connection:
        await _must_be(connection, user, project)
        return await fields.of_project(connection, user.tenant, project)


@router.put("/fields/{project}")
async def set_customer_fields(
    project: Id, given: CustomFields, user: FieldEditor, database: DatabaseDep
) -> ProjectFields:
    """What the cards of a project ask for. A field that is left out goes; when cards have values of it, into the
    archive."""
    async with database.tenant(user.tenant) as connection:
        await _must_be(connection, user, project)
        await fields.define(connection, user, project, given)
        return await fields.of_project(connection, user.tenant, project)


async def _must_be(connection: AsyncConnection, user: CurrentUser, project: str) -> None:
    if project not in await read_projects(connection, user.tenant):
        raise NotFound


@router.get("/export.csv", response_class=StreamingResponse, responses=_CSV)
async def export_customers(user: Mover, request: Request, database: DatabaseDep) -> StreamingResponse:
    """All cards as a file for a spreadsheet, which the import takes back; the export is audited."""
    async with database.tenant(user.tenant) as connection:
        await audit.write(connection, tenant=user.tenant, user=user.id, action="customers.export", object="customers")
    return StreamingResponse(
        transfer.export(database, user.tenant, language_of(request)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="customers.csv"', "Cache-Control": "no-store"},
    )


@router.post("/import/workbook", openapi_extra=_BYTES)
async def read_workbook(user: Mover, request: Request) -> TableText:
    """The first sheet of an XLSX file as the text that the import takes. Changes nothing."""
    return TableText(content=await asyncio.to_thread(workbook.text_of, await request.body()))


@router.post("/import/preview")
async def preview_import(given: GivenTable, user: Mover, database: DatabaseDep) -> ImportPreview:
    """What a table looks like and what its columns seem to be. Changes nothing."""
    async with database.tenant(user.tenant) as connection:
        return await transfer.preview(connection, user.tenant, given.content)


@router.post("/import")
async def import_customers(given: ImportWish, user: Mover, request: Request, database: DatabaseDep) -> ImportReport:
    """Make and change cards by a table; the same table again changes nothing."""
    async with database.tenant(user.tenant) as connection:
        return await transfer.take(connection, user, given, language_of(request), service.now())


@router.get("/{customer_id}")
async def read_customer(customer_id: CustomerId, user: Reader, database: DatabaseDep) -> CustomerCard:
    async with database.tenant(user.tenant) as connection:
        return await service.card(connection, user.tenant, customer_id, service.now())


@router.patch("/{customer_id}")
async def edit_customer(
    customer_id: CustomerId, given: CardFields, user: Editor, database: DatabaseDep
) -> CustomerCard:
    """Only what is given changes."""
    async with database.tenant(user.tenant) as connection:
        await service.edit(connection, user, customer_id, given, service.now())
        return await service.card(connection, user.tenant, customer_id, service.now())


@router.get("/{customer_id}/contacts")
async def list_customer_contacts(
    customer_id: CustomerId,
    user: Reader,
    database: DatabaseDep,
    cursor: Annotated[str, Query(max_length=400)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ContactPage:
    """Everything that was with this customer, newest first."""
    async with database.tenant(user.tenant) as connection:
        return await service.timeline(connection, user.tenant, customer_id, cursor=cursor, limit=limit)


@router.post("/{customer_id}/identities", status_code=204)
async def add_customer_identity(
    customer_id: CustomerId, given: GivenIdentity, user: Editor, database: DatabaseDep
) -> None:
    async with database.tenant(user.tenant) as connection:
        await service.add_identity(connection, user, customer_id, given, service.now())


@router.delete("/{customer_id}/identities", status_code=204)
async def remove_customer_identity(
    customer_id: CustomerId,
    user: Editor,
    database: DatabaseDep,
    kind: Annotated[str, Query(max_length=20)],
    value: Annotated[str, Query(max_length=254)],
) -> None:
    async with database.tenant(user.tenant) as connection:
        await service.remove_identity(connection, user, customer_id, kind, value, service.now())


@router.post("/{customer_id}/notes", status_code=204)
async def add_customer_note(customer_id: CustomerId, given: NewNote, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await service.add_note(connection, user, customer_id, given.text, service.now())


@router.delete("/{customer_id}/notes/{note_id}", status_code=204)
async def remove_customer_note(
    customer_id: CustomerId,
    note_id: Annotated[str, Path(max_length=100)],
    user: Editor,
    database: DatabaseDep,
) -> None:
    """One's own note; a supervisor anybody's."""
    async with database.tenant(user.tenant) as connection:
        await service.remove_note(connection, user, customer_id, note_id)


@router.post("/{customer_id}/consents", status_code=204)
async def add_customer_consent(customer_id: CustomerId, given: NewConsent, user: Editor, database: DatabaseDep) -> None:
    """The customer agreed to something, or withdrew it."""
    async with database.tenant(user.tenant) as connection:
        await service.add_consent(connection, user, customer_id, given, service.now())


@router.post("/{customer_id}/merges", status_code=201)
async def merge_customers(customer_id: CustomerId, given: MergeWish, user: Merger, database: DatabaseDep) -> MergeDone:
    """Take another card of the same person into this one."""
    async with database.tenant(user.tenant) as connection:
        return MergeDone(id=await merging.merge(connection, user, customer_id, given.gone, service.now()))


@router.delete("/{customer_id}/merges/{merge_id}", status_code=204)
async def undo_customer_merge(
    customer_id: CustomerId,
    merge_id: Annotated[str, Path(max_length=100)],
    user: Merger,
    database: DatabaseDep,
) -> None:
    """Make two cards of them again."""
    async with database.tenant(user.tenant) as connection:
        await merging.undo(connection, user, customer_id, merge_id, service.now())


@router.get("/{customer_id}/everything")
async def export_person(customer_id: CustomerId, user: Eraser, database: DatabaseDep) -> dict[str, Any]:
    """Everything that is kept about one person; the export is audited."""
    async with database.tenant(user.tenant) as connection:
        return await erasure.everything(connection, user, customer_id, service.now())


@router.get("/{customer_id}/everything.zip", response_class=StreamingResponse, responses=_ZIP)
async def export_person_with_recordings(
    customer_id: CustomerId, user: Eraser, database: DatabaseDep, settings: SettingsDep
) -> StreamingResponse:
    """Everything that is kept about one person as one file: person.json, and beside it the recordings of talks, the
    messages and the faxes; the export is audited."""
    async with database.tenant(user.tenant) as connection:
        told = await erasure.everything(connection, user, customer_id, service.now())
    return StreamingResponse(
        await bundle.packed(settings, told),
        media_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="person.zip"', "Cache-Control": "no-store"},
    )


@router.post("/{customer_id}/erasure")
async def erase_person(
    customer_id: CustomerId, user: Eraser, database: DatabaseDep, settings: SettingsDep
) -> ErasureDone:
    """Delete everything about one person, for ever: cards, notes, recordings, messages, the number in all books."""
    async with database.tenant(user.tenant) as connection:
        return await erasure.erase(connection, user, customer_id, settings, service.now())
