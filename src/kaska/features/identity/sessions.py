"""Who holds which cookie: sessions in the database with a short memory in front.

A session found in the database is believed for TRUST_SECONDS without asking again, so a session ended in another
process lives at most that long here. While the database is away the remembered ones go on being believed, until
they expire: telephones and agents' screens must not stop because a database restarts. People who were not
remembered cannot get in meanwhile.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from kaska.features.identity.access import CurrentUser
from kaska.features.identity.permissions import Role
from kaska.features.identity.repository import Doors, People
from kaska.kit.database import Database
from kaska.kit.errors import DatabaseAway
from kaska.kit.http import is_database_away

log = structlog.get_logger(__name__)

TRUST_SECONDS = 60.0
RETRY_SECONDS = 5.0
"""how long an absent database is not asked again for the same session"""
LIFETIME = timedelta(days=7)
IDLE = timedelta(hours=12)
REMEMBERED = 20_000


@dataclass(slots=True)
class _Remembered:
    user: CurrentUser
    fresh_until: float
    expires_at: datetime


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


class Sessions:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._remembered: OrderedDict[bytes, _Remembered] = OrderedDict()

    async def find(self, token: str) -> CurrentUser | None:
        """The person who holds ``token``; None when nobody does. Raises DatabaseAway when that cannot be known."""
        key = token_hash(token)
        known = self._remembered.get(key)
        now = time.monotonic()
        if known and known.fresh_until > now and known.expires_at > datetime.now(UTC):
            return known.user
        try:
            return await self._ask(key)
        except Exception as error:
            if not is_database_away(error):
                raise
            if known is None or known.expires_at <= datetime.now(UTC):
                raise DatabaseAway from error
            log.warning("session believed without the database", user=known.user.id)
            known.fresh_until = time.monotonic() + RETRY_SECONDS
            return known.user

    async def _ask(self, key: bytes) -> CurrentUser | None:
        now = datetime.now(UTC)
        self._remembered.pop(key, None)
        async with self._database.system() as connection:
            session = await Doors(connection).session(key)
            if session is None or session["expires_at"] <= now or session["last_seen"] <= now - IDLE:
                return None
            await Doors(connection).touch_session(key, now)
        async with self._database.tenant(session["tenant"]) as connection:
            person = await People(connection, session["tenant"]).get(session["user_id"])
        if person is None or person["disabled"]:
            return None
        user = current_user(person, csrf=session["csrf"], key=key)
        self._remember(key, user, session["expires_at"])
        return user

    def _remember(self, key: bytes, user: CurrentUser, expires_at: datetime) -> None:
        self._remembered[key] = _Remembered(user, time.monotonic() + TRUST_SECONDS, expires_at)
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    async def open(self, person: Any) -> tuple[str, CurrentUser]:
        """A new session for a row of ``users``: the cookie's value and who holds it."""
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        key, now = token_hash(token), datetime.now(UTC)
        async with self._database.system() as connection:
            doors = Doors(connection)
            await doors.drop_sessions_before(now, now - IDLE)
            await doors.add_session(
                token_hash=key,
                tenant=person["tenant"],
                user_id=person["id"],
                csrf=csrf,
                created_at=now,
                last_seen=now,
                expires_at=now + LIFETIME,
            )
        user = current_user(person, csrf=csrf, key=key)
        self._remember(key, user, now + LIFETIME)
        return token, user

    async def end(self, user: CurrentUser) -> None:
        self._remembered.pop(user.token_hash, None)
        async with self._database.system() as connection:
            await Doors(connection).end_session(user.token_hash)

    async def end_all_of(self, tenant: str, user: str) -> None:
        """After a change of password, or when a person is disabled."""
        async with self._database.system() as connection:
            await Doors(connection).end_sessions_of(tenant, user)
        self.forget(tenant, user)

    def forget(self, tenant: str, user: str) -> None:
        """Ask the database again the next time, for instance because the role changed."""
        gone = [k for k, known in self._remembered.items() if (known.user.tenant, known.user.id) == (tenant, user)]
        for key in gone:
            del self._remembered[key]


def current_user(person: Any, *, csrf: str, key: bytes) -> CurrentUser:
    return CurrentUser(
        tenant=person["tenant"],
        id=person["id"],
        login=person["login"],
        name=person["name"],
        role=Role(person["role"]),
        locale=person["locale"],
        must_change_password=person["must_change_password"],
        csrf=csrf,
        token_hash=key,
    )
