"""Signing in: slow for guessers, and equally silent about logins that exist and that do not."""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from weakref import WeakValueDictionary

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.engine import RowMapping

from kaska.features.identity import audit, passwords
from kaska.features.identity.access import CurrentUser
from kaska.features.identity.errors import TooManyAttempts, WrongCredentials
from kaska.features.identity.people import LOGIN_PATTERN
from kaska.features.identity.repository import Doors, People
from kaska.features.identity.sessions import Sessions
from kaska.kit.database import Database

FAILURES_BEFORE_LOCK = 5
FIRST_LOCK_SECONDS = 15
LONGEST_LOCK_SECONDS = 900
FAILURES_PER_ADDRESS = RateLimitItemPerMinute(30)
STRANGERS = 10_000
"""how many unknown logins are counted at a time"""


def lock_seconds(failures: int) -> int:
    """0 for the first failures, then 15 s doubling with each, up to 15 minutes."""
    over = failures - FAILURES_BEFORE_LOCK
    return 0 if over < 0 else min(LONGEST_LOCK_SECONDS, FIRST_LOCK_SECONDS * 2 ** min(over, 10))


class _Strangers:
    """Counts failures of logins that do not exist, so that they lock exactly like real ones."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def locked_for(self, login: str) -> float:
        return self._failures.get(login, (0, 0.0))[1] - time.monotonic()

    def count(self, login: str) -> None:
        failures = self._failures.pop(login, (0, 0.0))[0] + 1
        self._failures[login] = (failures, time.monotonic() + lock_seconds(failures))
        while len(self._failures) > STRANGERS:
            self._failures.popitem(last=False)


class SignIn:
    def __init__(self, database: Database, sessions: Sessions) -> None:
        self._database = database
        self._sessions = sessions
        self._addresses = MovingWindowRateLimiter(MemoryStorage())
        self._strangers = _Strangers()
        # Guesses of one login are judged one after another: a burst in parallel must not slip under the lock.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, login: str, password: str, address: str) -> tuple[str, CurrentUser]:
        """The cookie's value and who signed in. Raises WrongCredentials or TooManyAttempts."""
        login = login.strip().lower()
        if not self._addresses.test(FAILURES_PER_ADDRESS, address):
            window = self._addresses.get_window_stats(FAILURES_PER_ADDRESS, address)
            raise TooManyAttempts(math.ceil(window.reset_time - time.time()))
        turn = self._turns.setdefault(login, asyncio.Lock())
        async with turn:
            try:
                person = await self._check(login, password)
            except WrongCredentials:
                self._addresses.hit(FAILURES_PER_ADDRESS, address)
                raise
        return await self._sessions.open(person)

    async def _check(self, login: str, password: str) -> RowMapping:
        person = await self._person(login)
        locked = self._locked_for(login, person)
        if locked > 0:
            raise TooManyAttempts(math.ceil(locked))
        right = await passwords.matches(password, person["password_hash"] if person else None)
        if person is None:
            self._strangers.count(login)
            raise WrongCredentials
        async with self._database.tenant(person["tenant"]) as connection:
            people = People(connection, person["tenant"])
            if right and not person["disabled"]:
                await people.change(person["id"], failed_logins=0, locked_until=None)
                await audit.write(
                    connection, tenant=person["tenant"], user=person["id"], action="session.open", object=person["id"]
                )
                return person
            failures = await people.count_failure(person["id"])
            until = datetime.now(UTC) + timedelta(seconds=lock_seconds(failures))
            await people.change(person["id"], locked_until=until)
        raise WrongCredentials

    async def _person(self, login: str) -> RowMapping | None:
        if not re.match(LOGIN_PATTERN, login):
            return None
        async with self._database.system() as connection:
            door = await Doors(connection).login(login)
        if door is None:
            return None
        tenant, user = door
        async with self._database.tenant(tenant) as connection:
            return await People(connection, tenant).get(user)

    def _locked_for(self, login: str, person: RowMapping | None) -> float:
        if person is None:
            return self._strangers.locked_for(login)
        until: datetime | None = person["locked_until"]
        return (until - datetime.now(UTC)).total_seconds() if until else 0.0
