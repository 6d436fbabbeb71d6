"""Routes of doors."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError

from kaska.features.agents.public import account_picture
from kaska.features.doors.errors import DoorNameTaken
from kaska.features.doors.schemas import DoorAccount, DoorGiven, DoorRow
from kaska.features.doors.tables import doors
from kaska.features.identity.public import CurrentUser, Permission, audit, kept, require
from kaska.kit.config import Settings
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep, SettingsDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api/doors", tags=["doors"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("")
async def list_doors(user: Reader, database: DatabaseDep) -> list[DoorRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, doors).all()
    return [_row(row) for row in rows]


@router.put("/{id}")
async def put_door(id: Id, given: DoorGiven, user: Editor, database: DatabaseDep) -> DoorRow:
    """In force after publishing."""
    document = given.model_dump(mode="json", exclude={"revision"})
    async with database.tenant(user.tenant) as connection:
        before = await kept.begin(connection, user, doors, "doors", id, given.revision)
        secret = before["secret"] if before is not None else secrets.token_urlsafe(18)
        endpoint = f"{user.tenant}-{id}-door"
        try:
            async with connection.begin_nested():
                rows = TenantRows(connection, user.tenant, doors)
                await rows.put(id=id, endpoint=endpoint, document=document, secret=secret)
        except IntegrityError as error:
            raise DoorNameTaken(fields={"id": "taken"}) from error
        return _row(await kept.trace(connection, user, doors, "doors", id, before))


@router.delete("/{id}", status_code=204)
async def delete_door(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, doors, "doors", id)


@router.get("/{id}/phone")
async def read_door_phone(id: Id, user: Editor, database: DatabaseDep, settings: SettingsDep) -> DoorAccount:
    """The account with its password, to set up the door's telephone; the reading is written down."""
    async with database.tenant(user.tenant) as connection:
        row = await TenantRows(connection, user.tenant, doors).get(id)
        if row is None:
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="doors.phone", object=id)
    return _account(row, settings)


@router.post("/{id}/phone")
async def renew_door_phone(id: Id, user: Editor, database: DatabaseDep, settings: SettingsDep) -> DoorAccount:
    """Another password: the telephone that knows the old one falls silent after publishing."""
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, doors)
        row = await rows.locked(id)
        if row is None:
            raise NotFound
        changed = {**row, "secret": secrets.token_urlsafe(18)}
        changed.pop("tenant")
        await rows.put(**changed)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="doors.renew", object=id)
    return _account(changed, settings)


def _row(row: RowMapping) -> DoorRow:
    return DoorRow.model_validate(
        {**row["document"], "id": row["id"], "endpoint": row["endpoint"], "revision": revision_of(row)}
    )


def _account(row: RowMapping | dict[str, str], settings: Settings) -> DoorAccount:
    username, password, server = row["endpoint"], row["secret"], f"{settings.sip_host}:{settings.sip_port}"
    return DoorAccount(
        username=username,
        password=password,
        uri=f"sip:{username}@{settings.sip_host}",
        server=server,
        qr=account_picture(username, password, server),
    )
