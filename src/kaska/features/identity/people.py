"""Making and changing people. The first administrator makes himself when the installation starts."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity import audit, passwords
from kaska.features.identity.access import CurrentUser
from kaska.features.identity.errors import LastAdministrator, LoginTaken, WeakPassword, WrongPassword
from kaska.features.identity.permissions import Role
from kaska.features.identity.repository import Doors, People
from kaska.kit.database import Database
from kaska.kit.errors import NotFound

FIRST_TENANT = "main"
LOGIN_PATTERN = r"^[a-z0-9][a-z0-9._@-]{1,63}$"


@dataclass(frozen=True, slots=True)
class ActivePerson:
    """Somebody who may sign in. ``email`` "" = not known."""

    id: str
    name: str
    role: Role
    locale: str
    email: str


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """Shown once to whoever made the person; only its hash is kept."""

    login: str
    password: str


def check_password(password: str, *, login: str, old: str = "") -> None:
    long_enough = passwords.LEAST_LENGTH <= len(password) <= passwords.MOST_LENGTH
    if not long_enough or password.lower() == login or password == old:
        raise WeakPassword(least=passwords.LEAST_LENGTH, fields={"new_password": "weak"})


async def add_person(
    connection: AsyncConnection,
    tenant: str,
    *,
    login: str,
    name: str,
    role: Role,
    locale: str = "ru",
    email: str = "",
    user: str = "",
    password: str = "",
    must_change: bool = True,
) -> tuple[str, OneTimePassword]:
    """The new person's id and password (made up unless given). Raises LoginTaken."""
    if not re.match(LOGIN_PATTERN, login):
        raise ValueError(f"not a login: {login!r}")
    user = user or f"u{secrets.token_hex(8)}"
    password = password or passwords.one_time_password()
    people = People(connection, tenant)
    try:
        async with connection.begin_nested():
            await people.add(
                id=user,
                login=login,
                name=name,
                role=role.value,
                locale=locale,
                email=email,
                password_hash=await passwords.hashed(password),
                must_change_password=must_change,
                created_at=datetime.now(UTC),
            )
    except IntegrityError as error:
        raise LoginTaken(fields={"login": "taken"}) from error
    return user, OneTimePassword(login, password)


async def change_person(connection: AsyncConnection, tenant: str, user: str, changes: dict[str, Any]) -> None:
    """``changes`` holds any of name, role, locale, email, disabled. Raises NotFound, LastAdministrator."""
    people = People(connection, tenant)
    if await people.get(user) is None:
        raise NotFound
    steps_down = changes.get("disabled") is True or changes.get("role", Role.ADMINISTRATOR) != Role.ADMINISTRATOR
    if steps_down and await people.active_administrators() == [user]:
        raise LastAdministrator
    if changes:
        await people.change(user, **changes)


async def reset_password(connection: AsyncConnection, tenant: str, user: str) -> OneTimePassword:
    person = await People(connection, tenant).get(user)
    if person is None:
        raise NotFound
    made = OneTimePassword(person["login"], passwords.one_time_password())
    await set_password(connection, tenant, user, made.password)
    return made


async def set_password(
    connection: AsyncConnection, tenant: str, user: str, password: str, *, must_change: bool = True
) -> None:
    await People(connection, tenant).change(
        user,
        password_hash=await passwords.hashed(password),
        must_change_password=must_change,
        failed_logins=0,
        locked_until=None,
    )


async def person_exists(connection: AsyncConnection, tenant: str, user: str) -> bool:
    return await People(connection, tenant).get(user) is not None


async def change_own_password(connection: AsyncConnection, user: CurrentUser, old: str, new: str) -> None:
    """Raises WrongPassword for a wrong ``old``, WeakPassword for an unfit ``new``."""
    people = People(connection, user.tenant)
    person = await people.get(user.id)
    if person is None or not await passwords.matches(old, person["password_hash"]):
        raise WrongPassword(fields={"old_password": "wrong"})
    check_password(new, login=user.login, old=old)
    await people.change(user.id, password_hash=await passwords.hashed(new), must_change_password=False)
    await audit.write(connection, tenant=user.tenant, user=user.id, action="session.password", object=user.id)


async def ensure_first_administrator(database: Database) -> OneTimePassword | None:
    """Makes the first administrator of an empty installation; None when there is somebody already.

    The password is for printing once: nothing keeps it.
    """
    async with database.system() as connection:
        doors = Doors(connection)
        if await doors.anybody():
            return None
        await doors.add_tenant(FIRST_TENANT, "Kaska")
    async with database.tenant(FIRST_TENANT) as connection:
        try:
            _, made = await add_person(
                connection, FIRST_TENANT, login="admin", name="Администратор", role=Role.ADMINISTRATOR
            )
        except LoginTaken:
            return None  # another process was first
        return made


async def active_people(connection: AsyncConnection, tenant: str) -> list[ActivePerson]:
    """Ordered by name."""
    return [
        ActivePerson(row["id"], row["name"], Role(row["role"]), row["locale"], row["email"])
        for row in await People(connection, tenant).all()
        if not row["disabled"]
    ]


async def active_names(connection: AsyncConnection, tenant: str) -> dict[str, str]:
    """Names of the people who may sign in, by id."""
    return {row["id"]: row["name"] for row in await People(connection, tenant).all() if not row["disabled"]}


async def roles_of(connection: AsyncConnection, tenant: str) -> dict[str, str]:
    """Role of every person, by id."""
    return {row["id"]: row["role"] for row in await People(connection, tenant).all()}


async def all_names(connection: AsyncConnection, tenant: str) -> dict[str, str]:
    """Names of all people, those who left too, by id."""
    return {row["id"]: row["name"] for row in await People(connection, tenant).all()}
