"""Routes of keeping recordings: the rules, the holds, the proofs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import StreamingResponse
from sqlalchemy.engine import RowMapping

from kaska.features.identity.public import CurrentUser, Permission, audit, kept, require
from kaska.features.retention import due, holds, proofs
from kaska.features.retention.rules import RetentionFields, RetentionGiven, RetentionRow
from kaska.features.retention.schemas import DeletionPage, Due, DueRow, HoldGiven, HoldRow, LiftGiven
from kaska.features.retention.tables import RULES, retention_rules
from kaska.kit.http import DatabaseDep, language_of
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api/recordings", tags=["recordings"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]
Holder = Annotated[CurrentUser, require(Permission.HOLD_RECORDINGS)]
HoldId = Annotated[str, Path(min_length=1, max_length=40)]
Kind = Literal["", "contact", "customer"]
Subject = Annotated[str, Query(max_length=200)]

_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get("/retention")
async def read_retention(user: Reader, database: DatabaseDep) -> RetentionRow:
    """Without rules every recording is kept."""
    async with database.tenant(user.tenant) as connection:
        return _shown(await TenantRows(connection, user.tenant, retention_rules).get(RULES))


@router.put("/retention")
async def put_retention(given: RetentionGiven, user: Editor, database: DatabaseDep) -> RetentionRow:
    """In force at once: the next round deletes by it."""
    values = {"id": RULES, "document": given.model_dump(mode="json", exclude={"revision"})}
    async with database.tenant(user.tenant) as connection:
        await holds.one_at_a_time(connection, user.tenant)
        return _shown(await kept.keep(connection, user, retention_rules, "retention", values, given.revision))


def _shown(row: RowMapping | None) -> RetentionRow:
    fields = RetentionFields.model_validate(row["document"]) if row is not None else RetentionFields()
    return RetentionRow(**fields.model_dump(), revision=revision_of(row))


@router.post("/retention/preview")
async def preview_retention(given: RetentionFields, user: Editor, database: DatabaseDep) -> Due:
    """How many recordings such rules would delete now. Changes nothing."""
    async with database.tenant(user.tenant) as connection:
        found, held = await due.counted(connection, user.tenant, given.rules, datetime.now(UTC))
    rows = [DueRow(rule=rule.name, recordings=found.get(place, 0)) for place, rule in enumerate(given.rules)]
    return Due(rows=rows, held=held)


@router.get("/holds")
async def list_holds(user: Holder, database: DatabaseDep, kind: Kind = "", subject: Subject = "") -> list[HoldRow]:
    """Those that stand come first."""
    async with database.tenant(user.tenant) as connection:
        return await holds.listed(connection, user.tenant, kind, subject, datetime.now(UTC))


@router.post("/holds", status_code=201)
async def put_hold(given: HoldGiven, user: Holder, database: DatabaseDep) -> HoldRow:
    """From now on nothing of it is deleted, neither by a rule nor with an erased customer."""
    now = datetime.now(UTC)
    async with database.tenant(user.tenant) as connection:
        id = await holds.put(connection, user, given, now)
        found = await holds.listed(connection, user.tenant, given.kind, given.subject, now)
    return next(row for row in found if row.id == id)


@router.post("/holds/{hold_id}/lift", status_code=204)
async def lift_hold(hold_id: HoldId, given: LiftGiven, user: Holder, database: DatabaseDep) -> None:
    """The rules of keeping decide again."""
    async with database.tenant(user.tenant) as connection:
        await holds.lift(connection, user, hold_id, given.reason, datetime.now(UTC))


@router.get("/deletions")
async def list_deletions(
    user: Holder,
    database: DatabaseDep,
    cursor: Annotated[str, Query(max_length=400)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> DeletionPage:
    """Proofs of what was deleted, the latest first."""
    async with database.tenant(user.tenant) as connection:
        return await proofs.page(connection, user.tenant, cursor=cursor, limit=limit)


@router.get("/deletions.csv", response_class=StreamingResponse, responses=_CSV)
async def export_deletions(user: Holder, request: Request, database: DatabaseDep) -> StreamingResponse:
    """All proofs as a file for a spreadsheet; the export is audited."""
    async with database.tenant(user.tenant) as connection:
        await audit.write(connection, tenant=user.tenant, user=user.id, action="retention.export", object="recordings")
    return StreamingResponse(
        proofs.as_csv(database, user.tenant, language_of(request)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="deleted-recordings.csv"', "Cache-Control": "no-store"},
    )
