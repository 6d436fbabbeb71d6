"""Routes of keys: made, listed, revoked; and the door of a screen on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.engine import RowMapping

from kaska.features.identity.public import (
    COOKIE,
    CurrentUser,
    Permission,
    all_names,
    audit,
    check_origin,
    public,
    require,
    token_hash,
)
from kaska.features.keys import repository
from kaska.features.keys.errors import NoSuchScreen, NotForKeys
from kaska.features.keys.schemas import KeyGiven, KeyMade, KeyRow, ScreenLink
from kaska.features.keys.service import PERSONS_ONLY, Keys, new_secret
from kaska.features.keys.tables import keys
from kaska.kit.errors import NameTaken, NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep, SettingsDep
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api", tags=["keys"])

Administrator = Annotated[CurrentUser, require(Permission.MANAGE_INTEGRATIONS)]
SCREEN_SECONDS = 400 * 86_400
"""how long a browser keeps the cookie of a screen: as long as browsers keep any"""


@router.get("/keys")
async def list_keys(user: Administrator, database: DatabaseDep) -> list[KeyRow]:
    """Also those that were revoked."""
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, keys).all()
        names = await all_names(connection, user.tenant)
    return [_row(row, names) for row in rows]


@router.post("/keys", status_code=201)
async def make_key(given: KeyGiven, user: Administrator, database: DatabaseDep) -> KeyMade:
    """A key with a secret that only this answer tells. A program sends it as ``Authorization: Bearer SECRET``."""
    for permission in given.permissions:
        if permission in PERSONS_ONLY:
            raise NotForKeys(permission=permission.value, fields={"permissions": permission.value})
    secret, now = new_secret(), datetime.now(UTC)
    values: dict[str, Any] = given.model_dump(mode="json", exclude={"days"}) | {
        "permissions": sorted(set(given.permissions)) if given.kind == "program" else [],
        "made_by": user.id,
        "made_at": now,
        "expires_at": now + timedelta(days=given.days) if given.days else None,
    }
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, keys)
        if await rows.locked(given.id) is not None:
            raise NameTaken(name=given.id, fields={"id": "taken"})
        await rows.put(**values)
        await repository.add_door(connection, user.tenant, given.id, token_hash(secret))
        told = {"kind": given.kind, "permissions": values["permissions"], "per_minute": given.per_minute}
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="keys.create", object=given.id, details=told,
            called=given.name,
        )  # fmt: skip
        row = await rows.get(given.id)
        names = await all_names(connection, user.tenant)
    assert row is not None
    return KeyMade(**_row(row, names).model_dump(), secret=secret)


@router.delete("/keys/{id}", status_code=204)
async def revoke_key(id: Id, user: Administrator, request: Request, database: DatabaseDep) -> None:
    """From now on it opens nothing; in another process of the page within a minute."""
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, keys)
        row = await rows.locked(id)
        if row is None or row["revoked_at"] is not None:
            raise NotFound
        await rows.put(**{**{name: row[name] for name in row if name != "tenant"}, "revoked_at": datetime.now(UTC)})
        await repository.close_door(connection, user.tenant, id)
        await audit.write(
            connection, tenant=user.tenant, user=user.id, action="keys.revoke", object=id, called=row["name"]
        )
    service: Keys = request.app.state.keys
    service.forget(user.tenant, id)


@router.post("/screen", status_code=204, dependencies=[public])
async def open_screen(given: ScreenLink, request: Request, response: Response, settings: SettingsDep) -> None:
    """Lets this browser in as a screen on the wall: it shows the floor and can do nothing."""
    check_origin(request, needed=False)
    service: Keys = request.app.state.keys
    user = await service.find(given.secret, counted=True)
    if user is None or not user.only_reads:
        raise NoSuchScreen
    response.set_cookie(
        COOKIE,
        given.secret,
        max_age=SCREEN_SECONDS,
        path="/",
        secure=settings.web_secure,
        httponly=True,
        samesite="lax",
    )


def _row(row: RowMapping, names: dict[str, str]) -> KeyRow:
    told = {name: row[name] for name in KeyRow.model_fields if name != "made_by_name"}
    return KeyRow.model_validate({**told, "made_by_name": names.get(row["made_by"], row["made_by"])})
