"""Routes of trunks and numbers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from sqlalchemy.engine import RowMapping

from kaska.core.configuration import Trunk
from kaska.features.calls.public import last_by_trunk
from kaska.features.identity.public import CurrentUser, Permission, kept, require
from kaska.features.numbers import checking, public
from kaska.features.numbers.checking import LineStates
from kaska.features.numbers.schemas import NumberGiven, NumberRow, TrunkGiven, TrunkRow, TrunkState
from kaska.features.numbers.tables import numbers, trunks
from kaska.kit.given import Id, PhoneNumber
from kaska.kit.http import DatabaseDep, language_of
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api", tags=["numbers"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("/trunks")
async def list_trunks(user: Reader, database: DatabaseDep) -> list[TrunkRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, trunks).all()
    return [_trunk(row) for row in rows]


@router.get("/trunks/check")
async def check_trunks(user: Reader, request: Request, database: DatabaseDep) -> list[TrunkState]:
    """How every trunk is right now, asked of the switch and of its far end, and the last call by it."""
    ask: LineStates = request.app.state.line_states
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, trunks).all()
        last = await last_by_trunk(connection)
    seen = await ask({row["endpoint"]: row["contact_uri"] for row in rows})
    language = language_of(request)
    return [checking.state_of(row, seen, last.get(row["id"]), language) for row in rows]


@router.put("/trunks/{id}")
async def put_trunk(id: Id, given: TrunkGiven, user: Editor, database: DatabaseDep) -> TrunkRow:
    trunk = Trunk(id, public.trunk_endpoint(id), tuple(given.addresses), given.contact_uri, name=given.name)
    async with database.tenant(user.tenant) as connection:
        before = await kept.begin(connection, user, trunks, "trunks", id, given.revision)
        await public.put_trunk(connection, user.tenant, trunk, given.site)
        return _trunk(await kept.trace(connection, user, trunks, "trunks", id, before))


@router.delete("/trunks/{id}", status_code=204)
async def delete_trunk(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, trunks, "trunks", id)


@router.get("/numbers")
async def list_numbers(user: Reader, database: DatabaseDep) -> list[NumberRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, numbers).all()
    return [_number(row) for row in rows]


@router.put("/numbers/{number}")
async def put_number(number: PhoneNumber, given: NumberGiven, user: Editor, database: DatabaseDep) -> NumberRow:
    """``number`` is written as the trunk delivers it, digits only or with a leading +."""
    values = {"number": number, **given.model_dump(exclude={"revision"})}
    async with database.tenant(user.tenant) as connection:
        return _number(await kept.keep(connection, user, numbers, "numbers", values, given.revision))


@router.delete("/numbers/{number}", status_code=204)
async def delete_number(number: PhoneNumber, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, numbers, "numbers", number)


def _trunk(row: RowMapping) -> TrunkRow:
    return TrunkRow.model_validate({**row, "browser": bool(row["secret"]), "revision": revision_of(row)})


def _number(row: RowMapping) -> NumberRow:
    return NumberRow.model_validate({**row, "revision": revision_of(row)})
