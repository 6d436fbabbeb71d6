"""Routes of sources."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints
from sqlalchemy.engine import RowMapping

from kaska.core.configuration import SqlSource
from kaska.features.identity.public import CurrentUser, Permission, audit, kept, require
from kaska.features.lookups.errors import SourceMalformed
from kaska.features.lookups.public import source_from_document
from kaska.features.lookups.tables import lookup_sources
from kaska.kit.given import NO_CONTROLS, Id, Revised
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api", tags=["lookups"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]
Key = Annotated[str, StringConstraints(max_length=4000, pattern=NO_CONTROLS)]
ADDRESS = re.compile(r"^postgres(ql)?://\S+$")


class SourceGiven(Revised):
    """``document``: {"kind": "http_source", "url", "method"}, {"kind": "sql_source", "query"} or
    {"kind": "decision_table", "document"}; each may have a "name".

    ``key``: null keeps the one that is there, "" removes it. Of a service it is sent as a bearer token, or as it is
    when it begins with another word ("Basic …"); of a database it is its address, postgresql://user:password@host/name.
    """

    document: dict[str, Any]
    key: Key | None = None


class SourceRow(BaseModel):
    """The key itself is never shown again: ``has_key`` tells that there is one."""

    id: str
    document: dict[str, Any]
    has_key: bool = False
    revision: str = ""


@router.get("/sources")
async def list_sources(user: Reader, database: DatabaseDep) -> list[SourceRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, lookup_sources).all()
    return [_row(row) for row in rows]


@router.put("/sources/{id}")
async def put_source(id: Id, given: SourceGiven, user: Editor, database: DatabaseDep) -> SourceRow:
    """A new key is used from the next question on; what else is changed, when it is published."""
    source = source_from_document(id, given.document)
    if given.key and isinstance(source, SqlSource) and not ADDRESS.match(given.key):
        raise SourceMalformed(problem="key: postgresql://…")
    async with database.tenant(user.tenant) as connection:
        values: dict[str, Any] = {"id": id, "document": given.document}
        if given.key is not None:
            values["secret"] = given.key
        row = await kept.keep(connection, user, lookup_sources, "lookups", values, given.revision)
        if given.key is not None:
            await audit.write(connection, tenant=user.tenant, user=user.id, action="lookups.key", object=id)
        return _row(row)


@router.delete("/sources/{id}", status_code=204)
async def delete_source(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, lookup_sources, "lookups", id)


def _row(row: RowMapping) -> SourceRow:
    return SourceRow.model_validate({**row, "has_key": bool(row["secret"]), "revision": revision_of(row)})
