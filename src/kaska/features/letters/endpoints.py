"""Routes of letters: who gets what, when, and what was sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.engine import RowMapping

from kaska.features.calls.public import local_zone
from kaska.features.identity.public import CurrentUser, Permission, all_names, audit, person_exists, require
from kaska.features.letters import repository
from kaska.features.letters.due import AGENT_DAY
from kaska.features.letters.errors import NoAddress, NobodysDay
from kaska.features.letters.making import a_month, document
from kaska.features.letters.recipients import without_address
from kaska.features.letters.schemas import LetterGiven, LetterList, LetterRow, LetterSending
from kaska.features.letters.tables import letters
from kaska.features.mail.public import mail_server
from kaska.features.projects.public import read_projects
from kaska.kit.config import Settings
from kaska.kit.errors import Invalid, NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep, language_of
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api/letters", tags=["letters"])

Editor = Annotated[CurrentUser, require(Permission.EDIT_ALERTS)]
Reader = Annotated[CurrentUser, require(Permission.READ_REPORTS)]


@router.get("")
async def list_letters(user: Editor, database: DatabaseDep, request: Request) -> LetterList:
    """Who gets which figures by mail."""
    settings: Settings = request.app.state.settings
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, letters).all()
        names = await all_names(connection, user.tenant)
        projects = await read_projects(connection, user.tenant)
        server = await mail_server(connection, user.tenant, settings)
        missed = {row["id"]: await without_address(connection, user.tenant, row) for row in rows if row["each"]}
    given = set(LetterGiven.model_fields)
    return LetterList(
        letters=[
            LetterRow(
                id=row["id"],
                agent_name=names.get(row["agent"], row["agent"]),
                project_name=projects[row["project"]].name if row["project"] in projects else row["project"],
                no_address=missed.get(row["id"], []),
                **{name: value for name, value in row.items() if name in given},
            )
            for row in rows
        ],
        mail_server=server is not None,
    )


@router.put("/{id}", status_code=204)
async def put_letter(id: Id, given: LetterGiven, user: Editor, database: DatabaseDep) -> None:
    """From its next time on; nothing is sent for what is past."""
    if given.zone:
        local_zone(given.zone)
    if not given.each and not given.email:
        raise NoAddress(fields={"email": "missing"})
    async with database.tenant(user.tenant) as connection:
        if given.project and given.project not in await read_projects(connection, user.tenant):
            raise Invalid(fields={"project": "unknown"})
        if given.kind == AGENT_DAY and not given.each and not await person_exists(connection, user.tenant, given.agent):
            raise NobodysDay(fields={"agent": "unknown"})
        rows = TenantRows(connection, user.tenant, letters)
        before = await rows.locked(id)
        await rows.put(id=id, **given.model_dump(), since=datetime.now(UTC))
        await audit.write_change(
            connection, tenant=user.tenant, user=user.id, action="letters.put", object=id,
            before=_told(before), after=given.model_dump(), called=given.kind,
        )  # fmt: skip


@router.delete("/{id}", status_code=204)
async def delete_letter(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, letters)
        row = await rows.locked(id)
        if row is None:
            raise NotFound
        await rows.remove(id)
        await audit.write_change(
            connection, tenant=user.tenant, user=user.id, action="letters.delete", object=id,
            before=_told(row), after=None, called=row["kind"],
        )  # fmt: skip


@router.get("/sent")
async def list_sent_letters(
    user: Editor, database: DatabaseDep, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> list[LetterSending]:
    """What was sent, is on its way, was given up and why, or reached nobody without an address; the newest first."""
    async with database.tenant(user.tenant) as connection:
        rows = await repository.sent(connection, user.tenant, limit)
        names = await all_names(connection, user.tenant)
    return [LetterSending(person_name=names.get(row["person"], row["person"]), **row) for row in rows]


_PDF = {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/month.pdf", response_class=Response, responses=_PDF)  # type: ignore[arg-type]  # FastAPI's key type
async def read_monthly_audit(
    user: Reader,
    request: Request,
    database: DatabaseDep,
    month: Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="YYYY-MM")],
) -> Response:
    """The monthly audit as a document, as the letter brings it."""
    about = datetime.strptime(f"{month}-01", "%Y-%m-%d").date()
    language = language_of(request)
    async with database.tenant(user.tenant) as connection:
        told, _ = await a_month(connection, user.tenant, about, language, datetime.now(UTC))
        await audit.write(connection, tenant=user.tenant, user=user.id, action="letters.month", object=month)
    return Response(
        await document(told),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="kaska-audit-{month}.pdf"',
            "Cache-Control": "no-store",
        },
    )


def _told(row: RowMapping | None) -> dict[str, Any] | None:
    return None if row is None else {name: row[name] for name in LetterGiven.model_fields}
