"""Routes of sources."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy.engine import RowMapping

from kaska.features.identity.public import CurrentUser, Permission, kept, require
from kaska.features.lookups.public import source_from_document
from kaska.features.lookups.tables import lookup_sources
from kaska.kit.given import Id, Revised
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api", tags=["lookups"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


class SourceGiven(Revised):
    """``document``: {"kind": "http_source", "url", "method", "secret"}, {"kind": "sql_source", "connection", "query"}
    or {"kind": "decision_table", "document"}; each may have a "name"."""

    document: dict[str, Any]


class SourceRow(BaseModel):
    id: str
    document: dict[str, Any]
    revision: str = ""


@router.get("/sources")
async def list_sources(user: Reader, database: DatabaseDep) -> list[SourceRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, lookup_sources).all()
    return [_row(row) for row in rows]


@router.put("/sources/{id}")
async def put_source(id: Id, given: SourceGiven, user: Editor, database: DatabaseDep) -> SourceRow:
    """Secrets are not given here: they are files of the secrets' directory, named by the source."""
    source_from_document(id, given.document)
    async with database.tenant(user.tenant) as connection:
        values = {"id": id, "document": given.document}
        return _row(await kept.keep(connection, user, lookup_sources, "lookups", values, given.revision))


@router.delete("/sources/{id}", status_code=204)
async def delete_source(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, lookup_sources, "lookups", id)


def _row(row: RowMapping) -> SourceRow:
    return SourceRow.model_validate({**row, "revision": revision_of(row)})
