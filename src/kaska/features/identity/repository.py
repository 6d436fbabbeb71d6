"""Queries of identity. People inside a tenant's transaction; logins and sessions inside a system one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity.tables import logins, sessions, tenants, users


class People:
    """The people of one tenant; ``connection`` is of ``Database.tenant(tenant)``."""

    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self._connection = connection
        self._tenant = tenant

    async def all(self) -> Sequence[RowMapping]:
        return (await self._connection.execute(select(users).order_by(users.c.name, users.c.id))).mappings().all()

    async def get(self, user: str) -> RowMapping | None:
        found = await self._connection.execute(select(users).where(users.c.id == user))
        return found.mappings().one_or_none()

    async def add(self, **values: Any) -> None:
        """Raises IntegrityError when the login is taken anywhere in the installation."""
        await self._connection.execute(
            insert(logins).values(login=values["login"], tenant=self._tenant, user_id=values["id"])
        )
        await self._connection.execute(insert(users).values(tenant=self._tenant, **values))

    async def change(self, user: str, **values: Any) -> None:
        await self._connection.execute(update(users).where(users.c.id == user).values(**values))

    async def count_failure(self, user: str) -> int:
        """One more failed sign-in; returns how many in a row."""
        counted = await self._connection.execute(
            update(users)
            .where(users.c.id == user)
            .values(failed_logins=users.c.failed_logins + 1)
            .returning(users.c.failed_logins)
        )
        return int(counted.scalar_one())

    async def active_administrators(self) -> list[str]:
        """Locked until the end of the transaction, so that two of them cannot remove each other at once."""
        found = await self._connection.execute(
            select(users.c.id)
            .where(users.c.role == "administrator", users.c.disabled.is_(False))
            .order_by(users.c.id)
            .with_for_update()
        )
        return [str(row.id) for row in found]


class Doors:
    """Tenants, logins and sessions: what is read before anybody's tenant is known."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_tenant(self, tenant: str, name: str) -> None:
        statement = upsert(tenants).values(id=tenant, name=name)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_={"name": statement.excluded.name})
        )

    async def tenant_name(self, tenant: str) -> str:
        found = await self._connection.execute(select(tenants.c.name).where(tenants.c.id == tenant))
        return str(found.scalar_one_or_none() or "")

    async def rename_tenant(self, tenant: str, name: str) -> None:
        await self._connection.execute(update(tenants).where(tenants.c.id == tenant).values(name=name))

    async def tenant_ids(self) -> list[str]:
        return [str(row.id) for row in await self._connection.execute(select(tenants.c.id).order_by(tenants.c.id))]

    async def anybody(self) -> bool:
        return bool((await self._connection.execute(select(func.count()).select_from(logins))).scalar_one())

    async def login(self, login: str) -> tuple[str, str] | None:
        """(tenant, user) of a login."""
        found = (await self._connection.execute(select(logins).where(logins.c.login == login))).one_or_none()
        return (found.tenant, found.user_id) if found else None

    async def session(self, token_hash: bytes) -> RowMapping | None:
        found = await self._connection.execute(select(sessions).where(sessions.c.token_hash == token_hash))
        return found.mappings().one_or_none()

    async def add_session(self, **values: Any) -> None:
        await self._connection.execute(insert(sessions).values(**values))

    async def touch_session(self, token_hash: bytes, at: datetime) -> None:
        await self._connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(last_seen=at))

    async def end_session(self, token_hash: bytes) -> None:
        await self._connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))

    async def end_sessions_of(self, tenant: str, user: str) -> None:
        await self._connection.execute(delete(sessions).where(sessions.c.tenant == tenant, sessions.c.user_id == user))

    async def drop_sessions_before(self, expired: datetime, idle: datetime) -> None:
        await self._connection.execute(
            delete(sessions).where((sessions.c.expires_at < expired) | (sessions.c.last_seen < idle))
        )
