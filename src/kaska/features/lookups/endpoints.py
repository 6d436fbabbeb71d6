"""Routes of sources."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel

from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.lookups.public import source_from_document
from kaska.features.lookups.tables import lookup_sources
from kaska.kit.errors import NotFound
from kaska.kit.given import Given, Id
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api", tags=["lookups"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


class SourceGiven(Given):
    """``document``: {"kind": "http_source", "url", "method", "secret"}, {"kind": "sql_source", "connection", "query"}
    or {"kind": "decision_table", "document"}."""

    document: dict[str, Any]


class SourceRow(BaseModel):
    id: str
    document: dict[str, Any]


@router.get("/sources")
async def list_sources(user: Reader, database: DatabaseDep) -> list[SourceRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, lookup_sources).all()
    return [SourceRow.model_validate(dict(row)) for row in rows]


@router.put("/sources/{id}")
async def put_source(id: Id, given: SourceGiven, user: Editor, database: DatabaseDep) -> SourceRow:
    """Secrets are not given here: they are files of the secrets' directory, named by the source."""
    source_from_document(id, given.document)
    async with database.tenant(user.tenant) as connection:
        await TenantRows(connection, user.tenant, lookup_sources).put(id=id, document=given.document)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="lookups.put", object=id)
    return SourceRow(id=id, document=given.document)


@router.delete("/sources/{id}", status_code=204)
async def delete_source(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await TenantRows(connection, user.tenant, lookup_sources).remove(id):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="lookups.delete", object=id)
