"""Who holds which key: keys in the database with a short memory in front, and how often each may ask.

What is said of sessions while the database is away holds here too (identity.sessions).
"""

from __future__ import annotations

import math
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from kaska.features.identity.public import KEY_PREFIX, CurrentUser, Permission, Role, token_hash
from kaska.features.keys import repository
from kaska.features.keys.errors import TooManyRequests
from kaska.features.keys.tables import keys
from kaska.kit.database import Database
from kaska.kit.errors import DatabaseAway
from kaska.kit.http import is_database_away
from kaska.kit.tenant_rows import TenantRows

TRUST_SECONDS = 60.0
RETRY_SECONDS = 5.0
REMEMBERED = 10_000

SCREEN = frozenset({Permission.OWN_SESSION, Permission.WATCH_FLOOR})
"""what a screen on the wall may: know that it is let in, and see the floor"""
PERSONS_ONLY = frozenset(
    {
        Permission.OWN_SESSION,
        Permission.TAKE_CALLS,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_INTEGRATIONS,
    }
)
"""no key has a workplace, and none makes people or keys: with those it could give itself everything"""


@dataclass(slots=True)
class _Remembered:
    user: CurrentUser
    per_minute: int
    fresh_until: float
    expires_at: datetime | None


def new_secret() -> str:
    return KEY_PREFIX + secrets.token_urlsafe(32)


class Keys:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._remembered: OrderedDict[bytes, _Remembered] = OrderedDict()
        self._asked = MovingWindowRateLimiter(MemoryStorage())

    async def find(self, token: str, *, counted: bool) -> CurrentUser | None:
        """Who holds the key; None when nobody does. ``counted``: against its limit.

        Raises TooManyRequests, and DatabaseAway when it cannot be known.
        """
        known = await self._known(token_hash(token))
        if known is None:
            return None
        if counted:
            self._count(known)
        return known.user

    def _count(self, known: _Remembered) -> None:
        limit = RateLimitItemPerMinute(known.per_minute)
        who = (known.user.tenant, known.user.id)
        if not self._asked.hit(limit, *who):
            again = self._asked.get_window_stats(limit, *who).reset_time
            raise TooManyRequests(known.user.login, known.per_minute, math.ceil(again - time.time()))

    async def _known(self, token: bytes) -> _Remembered | None:
        known = self._remembered.get(token)
        if known and _is_over(known.expires_at):
            return None
        if known and known.fresh_until > time.monotonic():
            return known
        try:
            return await self._ask(token)
        except Exception as error:
            if not is_database_away(error):
                raise
            if known is None:
                raise DatabaseAway from error
            known.fresh_until = time.monotonic() + RETRY_SECONDS
            return known

    async def _ask(self, token: bytes) -> _Remembered | None:
        async with self._database.system() as connection:
            door = await repository.behind(connection, token)
        row = None
        if door is not None:
            tenant, key = door
            async with self._database.tenant(tenant) as connection:
                row = await TenantRows(connection, tenant, keys).get(key)
                if row is not None and row["revoked_at"] is None and not _is_over(row["expires_at"]):
                    await repository.used(connection, tenant, key, datetime.now(UTC))
        self._remembered.pop(token, None)
        if row is None or row["revoked_at"] is not None or _is_over(row["expires_at"]):
            return None
        known = _Remembered(user_of(row, token), row["per_minute"], time.monotonic() + TRUST_SECONDS, row["expires_at"])
        self._remembered[token] = known
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return known

    def forget(self, tenant: str, key: str) -> None:
        """Ask the database again the next time: the key was revoked."""
        for token in [t for t, one in self._remembered.items() if (one.user.tenant, one.user.login) == (tenant, key)]:
            del self._remembered[token]


def _is_over(expires_at: datetime | None) -> bool:
    return expires_at is not None and expires_at <= datetime.now(UTC)


def user_of(row: Any, token: bytes) -> CurrentUser:
    """``login`` is the key's own name. Its role opens nothing: what it may is what it was given."""
    screen = row["kind"] == "screen"
    given = frozenset(Permission(one) for one in row["permissions"] if one in set(Permission))
    return CurrentUser(
        tenant=row["tenant"],
        id=f"key:{row['id']}",
        login=row["id"],
        name=row["name"],
        role=Role.SUPERVISOR,
        locale="",
        must_change_password=False,
        csrf=secrets.token_urlsafe(32),
        token_hash=token,
        granted=SCREEN if screen else given - PERSONS_ONLY,
        only_reads=screen,
    )
