"""Routes of audits by upload."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse, Response

from kaska.features.audits import repository, service
from kaska.features.audits.counting import Counting
from kaska.features.audits.errors import NotCounted
from kaska.features.audits.room import Room
from kaska.features.audits.schemas import (
    AuditBrief,
    AuditProfile,
    AuditResult,
    AuditWish,
    ColumnMapping,
    Got,
    Looked,
    NewAudit,
)
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.kit.errors import NotFound
from kaska.kit.http import DatabaseDep, SettingsDep, language_of

router = APIRouter(prefix="/api/audits", tags=["audits"])

Auditor = Annotated[CurrentUser, require(Permission.AUDIT_LOGS)]
AuditId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]

_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {} for kind in ("text/html", "application/pdf", "application/json")}}
}
_BYTES = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def counting_of(request: Request) -> Counting:
    counting: Counting = request.app.state.counting
    return counting


@router.get("")
async def list_foreign_audits(user: Auditor, database: DatabaseDep, settings: SettingsDep) -> list[AuditBrief]:
    async with database.tenant(user.tenant) as connection:
        return await service.read_all(connection, user.tenant, settings)


@router.post("", status_code=201)
async def create_foreign_audit(
    given: NewAudit, user: Auditor, database: DatabaseDep, settings: SettingsDep
) -> AuditBrief:
    """Announce the files; then send each piece by piece."""
    async with database.tenant(user.tenant) as connection:
        return await service.make(connection, user, given, settings)


@router.get("/profiles")
async def list_audit_profiles(user: Auditor, database: DatabaseDep) -> list[AuditProfile]:
    """Kept meanings of columns."""
    async with database.tenant(user.tenant) as connection:
        rows = await repository.profiles(connection, user.tenant).all()
    return [AuditProfile(name=row["name"], mapping=ColumnMapping.model_validate(row["mapping"])) for row in rows]


@router.delete("/profiles/{name}", status_code=204)
async def delete_audit_profile(
    name: Annotated[str, Path(max_length=100)], user: Auditor, database: DatabaseDep
) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await repository.profiles(connection, user.tenant).remove(name):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="audits.delete_profile", object=name)


@router.get("/{audit_id}")
async def read_foreign_audit(
    audit_id: AuditId, user: Auditor, database: DatabaseDep, settings: SettingsDep
) -> AuditBrief:
    async with database.tenant(user.tenant) as connection:
        return await service.read(connection, user.tenant, audit_id, settings)


@router.delete("/{audit_id}", status_code=204)
async def delete_foreign_audit(
    audit_id: AuditId, user: Auditor, request: Request, database: DatabaseDep, settings: SettingsDep
) -> None:
    """Stops the counting, removes files and result."""
    async with database.tenant(user.tenant) as connection:
        await service.found(connection, user.tenant, audit_id)
    await counting_of(request).stop(user.tenant, audit_id)
    async with database.tenant(user.tenant) as connection:
        await repository.audits(connection, user.tenant).remove(audit_id)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="audits.delete", object=audit_id)
    await asyncio.to_thread(Room(settings.root, user.tenant, audit_id).forget)


@router.put("/{audit_id}/files/{number}", openapi_extra=_BYTES)
async def upload_audit_piece(
    audit_id: AuditId,
    number: Annotated[int, Path(ge=0, le=1000)],
    offset: Annotated[int, Query(ge=0)],
    user: Auditor,
    request: Request,
    database: DatabaseDep,
    settings: SettingsDep,
) -> Got:
    """One piece of a file, from ``offset``. A piece that does not begin where the file ends is not taken: the answer
    says from where to go on, so an upload that was cut off loses nothing."""
    piece = await request.body()
    async with database.tenant(user.tenant) as connection:
        row = await service.found(connection, user.tenant, audit_id)
    return Got(got=await service.take(user.tenant, row, number, offset, piece, settings))


@router.post("/{audit_id}/look")
async def look_at_audit_files(
    audit_id: AuditId, user: Auditor, request: Request, database: DatabaseDep, settings: SettingsDep
) -> list[Looked]:
    """What the files seem to be. Counts nothing."""
    async with database.tenant(user.tenant) as connection:
        row = await service.found(connection, user.tenant, audit_id)
    return await service.look(user.tenant, row, settings, language_of(request))


@router.post("/{audit_id}/count", status_code=202)
async def count_foreign_audit(
    audit_id: AuditId, wish: AuditWish, user: Auditor, request: Request, database: DatabaseDep, settings: SettingsDep
) -> AuditBrief:
    """Begin to count; ask for the audit to see how far it is."""
    async with database.tenant(user.tenant) as connection:
        job = await service.begin(connection, user, audit_id, wish, settings)
    counting_of(request).start(user.tenant, audit_id, job)
    async with database.tenant(user.tenant) as connection:
        return await service.read(connection, user.tenant, audit_id, settings)


@router.get("/{audit_id}/result")
async def read_audit_result(audit_id: AuditId, user: Auditor, database: DatabaseDep) -> AuditResult:
    async with database.tenant(user.tenant) as connection:
        return await service.result(connection, user.tenant, audit_id)


@router.get("/{audit_id}/report", response_class=FileResponse, responses=_FILE)
async def download_audit_report(
    audit_id: AuditId,
    kind: Annotated[Literal["html", "pdf", "json"], Query()],
    user: Auditor,
    request: Request,
    database: DatabaseDep,
    settings: SettingsDep,
) -> Response:
    """The report as a file, in the reader's language; JSON has exactly the keys of ``kaska audit --json``."""
    async with database.tenant(user.tenant) as connection:
        result = await service.result(connection, user.tenant, audit_id)
    if kind == "json":
        return Response(
            json.dumps(result.figures, ensure_ascii=False, indent=2), media_type="application/json",
            headers={"Content-Disposition": 'attachment; filename="audit.json"'},
        )  # fmt: skip
    file = Room(settings.root, user.tenant, audit_id).path / f"report.{language_of(request)}.{kind}"
    if not file.is_file():
        raise NotCounted
    return FileResponse(file, filename=f"audit.{kind}")
