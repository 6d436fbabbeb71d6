"""Routes of the table of codes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.engine import RowMapping

from kaska.features.codes.errors import CodesConfused
from kaska.features.codes.schemas import CodesFields, CodesGiven, CodesRow, codes_of, filled
from kaska.features.codes.tables import TABLE, feature_codes
from kaska.features.identity.public import CurrentUser, Permission, kept, require
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api/feature-codes", tags=["codes"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("")
async def read_feature_codes(user: Reader, database: DatabaseDep) -> CodesRow:
    """As edited; what nobody has edited yet is as it comes."""
    async with database.tenant(user.tenant) as connection:
        return _shown(await TenantRows(connection, user.tenant, feature_codes).get(TABLE))


@router.put("")
async def put_feature_codes(given: CodesGiven, user: Editor, database: DatabaseDep) -> CodesRow:
    """In force after publishing. Each must mean one thing."""
    if confused := codes_of(given).confused():
        one, other = confused[0]
        raise CodesConfused(one=one, other=other)
    values = {"id": TABLE, "document": given.model_dump(mode="json", exclude={"revision", "added"})}
    async with database.tenant(user.tenant) as connection:
        return _shown(await kept.keep(connection, user, feature_codes, "codes", values, given.revision))


def _shown(row: RowMapping | None) -> CodesRow:
    fields, added = filled(CodesFields.model_validate(row["document"]) if row is not None else CodesFields())
    return CodesRow(**fields.model_dump(), revision=revision_of(row), added=added)
