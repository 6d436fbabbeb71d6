"""The web application on a real PostgreSQL, without a socket: companies, people and their browsers.

Every test has companies of its own, because the database is shared by the whole run.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from kaska.core.commands import Command
from kaska.core.core import Core
from kaska.core.events import Event
from kaska.core.facts import Fact
from kaska.core.ports import Inbox
from kaska.features.identity.public import Doors, Role
from kaska.features.identity.repository import People
from kaska.host.postgres import DatabaseUrls
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.migrations.run import migrate
from kaska.realtime.feed import LiveFeed
from kaska.web import Services, create_app

PASSWORD = "correct horse battery"
_HASH = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
"""cheap on purpose: what a hash costs is not what these tests are about"""


class CoreInbox:
    """A real core behind the Inbox, without journal and switch; commands are kept for looking at."""

    def __init__(self, core: Core, feed: LiveFeed | None = None) -> None:
        self.core = core
        self.feed = feed
        self.events: list[Event] = []
        self.commands: list[Command] = []
        self.cursor = 0
        self._heard = asyncio.Condition()

    async def told(self, kind: type[Event]) -> None:
        """Wait until an event of this kind was submitted."""
        async with self._heard:
            await self._heard.wait_for(lambda: any(isinstance(event, kind) for event in self.events))

    async def submit(self, event: Event) -> tuple[Fact, ...]:
        self.events.append(event)
        outcome = self.core.handle(event)
        happened = tuple(outcome.facts)
        self.commands += outcome.commands
        self.cursor += len(happened)
        if self.feed is not None:
            self.feed.publish(self.core.state.configuration.tenant, self.cursor, happened)
        async with self._heard:
            self._heard.notify_all()
        return happened

    async def now(self) -> float:
        return time.time()


class Browser(httpx.AsyncClient):
    """One person's browser: keeps the cookie, sends the CSRF token."""

    def __init__(self, app: FastAPI) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        super().__init__(transport=transport, base_url="http://kaska.test")

    async def sign_in(self, login: str, password: str = PASSWORD) -> dict[str, Any]:
        answer = await self.post("/api/session", json={"login": login, "password": password})
        assert answer.status_code == 200, answer.text
        me: dict[str, Any] = answer.json()
        self.headers["x-csrf-token"] = me["csrf_token"]
        return me


@dataclass
class Company:
    tenant: str
    logins: dict[Role, str] = field(default_factory=dict)
    ids: dict[Role, str] = field(default_factory=dict)


@dataclass
class Site:
    """The application and what stands behind it."""

    app: FastAPI
    database: Database
    inboxes: dict[str, Inbox]
    feed: LiveFeed

    def browser(self) -> Browser:
        return Browser(self.app)

    async def company(self) -> Company:
        """A fresh company with one person of each role."""
        company = Company(f"t-{uuid.uuid4().hex[:12]}")
        async with self.database.system() as connection:
            await Doors(connection).add_tenant(company.tenant, "Компания")
        async with self.database.tenant(company.tenant) as connection:
            for role in Role:
                login = f"{role}@{company.tenant}"
                user = f"u{uuid.uuid4().hex[:12]}"
                await People(connection, company.tenant).add(
                    id=user,
                    login=login,
                    name=f"Имя {role}",
                    role=role.value,
                    locale="ru",
                    password_hash=_HASH,
                    must_change_password=False,
                    created_at=datetime.now(UTC),
                )
                company.logins[role], company.ids[role] = login, user
        return company

    async def signed_in(self, company: Company, role: Role = Role.ADMINISTRATOR) -> Browser:
        browser = self.browser()
        await browser.sign_in(company.logins[role])
        return browser


@pytest.fixture
async def database(postgres: DatabaseUrls) -> AsyncIterator[Database]:
    """The migrated database, as the application's role."""
    await migrate(postgres.owner)
    database = Database(postgres.app)
    yield database
    await database.close()


@pytest.fixture
def make_site(database: Database, tmp_path: Path) -> Callable[..., Site]:
    def make(**others: Any) -> Site:
        inboxes: dict[str, Inbox] = {}
        feed = LiveFeed()
        settings = Settings(state=tmp_path)
        services = Services(settings, database, feed=feed, inboxes=inboxes.get, **others)
        return Site(create_app(services), database, inboxes, feed)

    return make


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()
