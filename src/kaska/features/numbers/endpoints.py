"""Routes of trunks and numbers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from kaska.core.configuration import Trunk
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.numbers import public
from kaska.features.numbers.schemas import NumberGiven, NumberRow, TrunkGiven, TrunkRow
from kaska.features.numbers.tables import numbers, trunks
from kaska.kit.errors import NotFound
from kaska.kit.given import Id, PhoneNumber
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api", tags=["numbers"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("/trunks")
async def list_trunks(user: Reader, database: DatabaseDep) -> list[TrunkRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, trunks).all()
    return [TrunkRow.model_validate(dict(row)) for row in rows]


@router.put("/trunks/{id}")
async def put_trunk(id: Id, given: TrunkGiven, user: Editor, database: DatabaseDep) -> TrunkRow:
    trunk = Trunk(id, public.trunk_endpoint(id), tuple(given.addresses), given.contact_uri)
    async with database.tenant(user.tenant) as connection:
        await public.put_trunk(connection, user.tenant, trunk)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="trunks.put", object=id)
    return TrunkRow(id=id, endpoint=trunk.endpoint, **given.model_dump())


@router.delete("/trunks/{id}", status_code=204)
async def delete_trunk(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await TenantRows(connection, user.tenant, trunks).remove(id):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="trunks.delete", object=id)


@router.get("/numbers")
async def list_numbers(user: Reader, database: DatabaseDep) -> list[NumberRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, numbers).all()
    return [NumberRow.model_validate(dict(row)) for row in rows]


@router.put("/numbers/{number}")
async def put_number(number: PhoneNumber, given: NumberGiven, user: Editor, database: DatabaseDep) -> NumberRow:
    """``number`` is written as the trunk delivers it, digits only or with a leading +."""
    async with database.tenant(user.tenant) as connection:
        await TenantRows(connection, user.tenant, numbers).put(number=number, **given.model_dump())
        await audit.write(connection, tenant=user.tenant, user=user.id, action="numbers.put", object=number)
    return NumberRow(number=number, **given.model_dump())


@router.delete("/numbers/{number}", status_code=204)
async def delete_number(number: PhoneNumber, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await TenantRows(connection, user.tenant, numbers).remove(number):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="numbers.delete", object=number)
