"""Routes of identity."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity import audit, people
from kaska.features.identity.access import COOKIE, CurrentUser, check_origin, public, require
from kaska.features.identity.permissions import Permission
from kaska.features.identity.repository import Doors, People
from kaska.features.identity.schemas import (
    AuditLine,
    Credentials,
    Me,
    NewPerson,
    PasswordChange,
    Person,
    PersonChange,
    PersonMade,
)
from kaska.features.identity.sessions import LIFETIME, Sessions
from kaska.features.identity.sign_in import SignIn
from kaska.kit.database import Database
from kaska.kit.errors import ChangedMeanwhile, NotFound
from kaska.kit.given import NO_CONTROLS
from kaska.kit.http import DatabaseDep, SettingsDep, is_database_away
from kaska.kit.tenant_rows import revision_of

router = APIRouter(prefix="/api", tags=["identity"])

REVISED = ("login", "name", "role", "locale", "email", "disabled")
"""what an administrator edits of a person"""

Own = Annotated[CurrentUser, require(Permission.OWN_SESSION, with_pending_password=True)]
Administrator = Annotated[CurrentUser, require(Permission.MANAGE_PEOPLE)]


@router.post("/session", dependencies=[public])
async def sign_in(
    given: Credentials, request: Request, response: Response, database: DatabaseDep, settings: SettingsDep
) -> Me:
    """Sign in; sets the session's cookie."""
    check_origin(request, needed=False)
    service: SignIn = request.app.state.sign_in
    address = request.client.host if request.client else ""
    token, user = await service(given.login, given.password, address)
    _set_cookie(response, token, secure=settings.web_secure)
    return await _me(user, database)


@router.get("/session")
async def read_session(user: Own, database: DatabaseDep) -> Me:
    """Who I am, what I may do, and the token that unsafe requests must carry as X-CSRF-Token."""
    return await _me(user, database)


@router.delete("/session", status_code=204)
async def sign_out(user: Own, request: Request, response: Response) -> None:
    sessions: Sessions = request.app.state.sessions
    await sessions.end(user)
    response.delete_cookie(COOKIE, path="/")


@router.post("/session/password")
async def change_password(
    given: PasswordChange, user: Own, request: Request, response: Response, database: DatabaseDep, settings: SettingsDep
) -> Me:
    """Changes one's own password; every other session of this person ends."""
    sessions: Sessions = request.app.state.sessions
    async with database.tenant(user.tenant) as connection:
        await people.change_own_password(connection, user, given.old_password, given.new_password)
        person = await People(connection, user.tenant).get(user.id)
    await sessions.end_all_of(user.tenant, user.id)
    token, fresh = await sessions.open(person)
    _set_cookie(response, token, secure=settings.web_secure)
    return await _me(fresh, database)


@router.get("/people")
async def list_people(user: Administrator, database: DatabaseDep) -> list[Person]:
    async with database.tenant(user.tenant) as connection:
        return [_row(row) for row in await People(connection, user.tenant).all()]


@router.post("/people", status_code=201)
async def create_person(given: NewPerson, user: Administrator, database: DatabaseDep) -> PersonMade:
    """A new person with a one-time password, which only this answer tells."""
    async with database.tenant(user.tenant) as connection:
        made, secret = await people.add_person(connection, user.tenant, **dict(given))
        await audit.write(
            connection,
            tenant=user.tenant,
            user=user.id,
            action="people.create",
            object=made,
            details={"login": given.login, "role": given.role},
        )
        return PersonMade(**await _person(connection, user.tenant, made), one_time_password=secret.password)


@router.patch("/people/{person_id}")
async def change_person(
    person_id: str, given: PersonChange, user: Administrator, request: Request, database: DatabaseDep
) -> Person:
    """Refused when somebody else changed the person since ``revision``."""
    changes = given.model_dump(exclude_none=True, mode="json", exclude={"revision"})
    async with database.tenant(user.tenant) as connection:
        before = await People(connection, user.tenant).get(person_id)
        if before is not None and given.revision is not None and given.revision != revision_of(before, REVISED):
            raise ChangedMeanwhile(who=await audit.last_by(connection, "people", person_id) or "?")
        await people.change_person(connection, user.tenant, person_id, changes)
        after = await People(connection, user.tenant).get(person_id)
        await audit.write_change(
            connection,
            tenant=user.tenant,
            user=user.id,
            action="people.change",
            object=person_id,
            before=_told(before),
            after=_told(after),
        )
        changed = Person(**await _person(connection, user.tenant, person_id))
    await _after_change(request, user.tenant, person_id, ended=changed.disabled)
    return changed


@router.post("/people/{person_id}/password")
async def reset_password(person_id: str, user: Administrator, request: Request, database: DatabaseDep) -> PersonMade:
    """A fresh one-time password for somebody who forgot his; all his sessions end."""
    async with database.tenant(user.tenant) as connection:
        secret = await people.reset_password(connection, user.tenant, person_id)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="people.password", object=person_id)
        made = PersonMade(**await _person(connection, user.tenant, person_id), one_time_password=secret.password)
    await _after_change(request, user.tenant, person_id, ended=True)
    return made


@router.get("/audit")
async def read_audit(
    user: Annotated[CurrentUser, require(Permission.READ_AUDIT)],
    database: DatabaseDep,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    before: Annotated[int, Query(ge=0, le=2**62)] = 0,
    person: Annotated[str, Query(max_length=100, pattern=NO_CONTROLS)] = "",
    area: Annotated[str, Query(max_length=40, pattern=NO_CONTROLS)] = "",
    about: Annotated[str, Query(max_length=100, pattern=NO_CONTROLS)] = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[AuditLine]:
    """The newest lines of the audit trail, or those older than line ``before``.

    ``area`` is the first word of an action ("queues"), ``about`` any text of what was changed.
    """
    async with database.tenant(user.tenant) as connection:
        rows = await audit.read(
            connection,
            limit=limit,
            before=before,
            user=person,
            area=area,
            object=about,
            since=_with_zone(since),
            until=_with_zone(until),
        )
        return [AuditLine.model_validate(line) for line in await audit.called(connection, user.tenant, rows)]


def _with_zone(moment: datetime | None) -> datetime | None:
    return moment if moment is None or moment.tzinfo is not None else moment.replace(tzinfo=UTC)


async def _me(user: CurrentUser, database: Database) -> Me:
    try:
        async with database.system() as connection:
            tenant_name = await Doors(connection).tenant_name(user.tenant)
    except Exception as error:
        # the agent's screen reloads without the database too, see Sessions
        if not is_database_away(error):
            raise
        tenant_name = user.tenant
    return Me(
        id=user.id,
        tenant=user.tenant,
        tenant_name=tenant_name,
        login=user.login,
        name=user.name,
        role=user.role,
        locale="en" if user.locale == "en" else "ru",
        permissions=sorted(user.permissions),
        must_change_password=user.must_change_password,
        csrf_token=user.csrf,
        screen=user.only_reads,
    )


async def _person(connection: AsyncConnection, tenant: str, person: str) -> dict[str, Any]:
    row = await People(connection, tenant).get(person)
    if row is None:
        raise NotFound
    return _row(row).model_dump()


def _row(row: RowMapping) -> Person:
    return Person.model_validate({**row, "revision": revision_of(row, REVISED)})


def _told(row: RowMapping | None) -> dict[str, Any] | None:
    return None if row is None else {name: row[name] for name in REVISED}


async def _after_change(request: Request, tenant: str, person: str, *, ended: bool) -> None:
    sessions: Sessions = request.app.state.sessions
    if ended:
        await sessions.end_all_of(tenant, person)
    else:
        sessions.forget(tenant, person)


def _set_cookie(response: Response, token: str, *, secure: bool) -> None:
    response.set_cookie(
        COOKIE, token, max_age=int(LIFETIME.total_seconds()), path="/", secure=secure, httponly=True, samesite="lax"
    )
