"""Fixtures for what is read from the ledger: a company whose core, journal, ledger, books and web are real.

Only the switch and the people are played. Import the fixtures into a ``conftest.py``.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.events import Event
from kaska.core.facts import Fact
from kaska.engine.journal import Journal
from kaska.features.calls.projection import CallsProjection
from kaska.features.customers.projection import CustomersProjection
from kaska.features.debts.projection import DebtsProjection
from kaska.features.identity.people import add_person
from kaska.features.identity.permissions import Role
from kaska.features.identity.repository import Doors, People
from kaska.features.identity.tables import audit_log
from kaska.features.inside.projection import InsideProjection
from kaska.features.outgoing.projection import OutgoingProjection
from kaska.features.reports.projection import ReportsProjection
from kaska.features.supervision.projection import ShiftsProjection
from kaska.features.surveys.projection import SurveysProjection
from kaska.host.postgres import DatabaseUrls
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.ledger.projector import Projector
from kaska.ledger.shipper import Shipper
from kaska.migrations.run import migrate
from kaska.web import Services, create_app
from support.play import Play

PROJECTIONS = (
    CallsProjection(),
    DebtsProjection(),
    CustomersProjection(),
    ReportsProjection(),
    OutgoingProjection(),
    InsideProjection(),
    SurveysProjection(),
    ShiftsProjection(),
)


@pytest.fixture
async def database(postgres: DatabaseUrls) -> AsyncIterator[Database]:
    """The migrated database, as the application's role."""
    await migrate(postgres.owner)
    database = Database(postgres.app)
    yield database
    await database.close()


class Company:
    """A tenant. It is also the Inbox of its core: what HTTP submits changes the core and is in the books at once."""

    def __init__(self, tenant: str, database: Database, journal: Journal) -> None:
        self.tenant = tenant
        self.database = database
        self.play = Play()
        self._journal = journal
        self._shipper = Shipper(journal, database)
        self._journaled = 0
        self.submitted: list[Event] = []

    async def submit(self, event: Event) -> tuple[Fact, ...]:
        self.submitted.append(event)
        made = self.play.tell(event)
        await self.write()
        return made

    async def now(self) -> float:
        return self.play.now

    async def write(self) -> None:
        """Bring everything that was played into the ledger and from there into the books."""
        fresh = self.play.written[self._journaled :]
        self._journaled = len(self.play.written)
        await self.write_facts(fresh)

    async def write_facts(self, facts: Sequence[Fact]) -> None:
        if facts:
            await self._journal.append(self.tenant, facts)
        await self._shipper.ship_all()
        await project(self.database, self.tenant)

    def transaction(self) -> Any:
        return self.database.tenant(self.tenant)

    async def audit(self, action: str) -> list[Any]:
        async with self.transaction() as connection:
            query = select(audit_log).where(audit_log.c.action == action).order_by(audit_log.c.id)
            return list((await connection.execute(query)).all())


async def project(database: Database, tenant: str, batch: int = 1000) -> None:
    """Let the projections read to the ledger's end, ``batch`` facts at once."""

    async def tenants() -> list[str]:
        return [tenant]

    projector = Projector(database, PROJECTIONS, tenants)
    for projection in PROJECTIONS:
        while await projector._step(projection, tenant, batch, []) == batch:
            pass


@pytest.fixture
async def found(database: Database, tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[Company]]]:
    """Founds companies, each a tenant of its own: the database is shared."""
    journals: list[Journal] = []

    async def make() -> Company:
        tenant = f"t-{uuid.uuid4().hex[:12]}"
        async with database.system() as connection:
            await Doors(connection).add_tenant(tenant, tenant)
        journals.append(Journal(tmp_path / f"{tenant}.sqlite3"))
        company = Company(tenant, database, journals[-1])
        await company.write()
        return company

    yield make
    for journal in journals:
        await journal.aclose()


@pytest.fixture
async def company(found: Callable[[], Awaitable[Company]]) -> Company:
    return await found()


@pytest.fixture
async def neighbour(found: Callable[[], Awaitable[Company]]) -> Company:
    """Another tenant in the same database."""
    return await found()


@dataclass
class Web:
    """The web application in front of several companies."""

    app: Any
    companies: dict[str, Company]
    settings: Settings

    async def sign_in(self, company: Company, role: str, user: str) -> httpx.AsyncClient:
        """A browser of a person of ``company``, already signed in. ``user`` is also the agent."""
        self.companies[company.tenant] = company
        async with company.transaction() as connection:
            person = await _person(connection, company.tenant, role, user)
        token, who = await self.app.state.sessions.open(person)
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url="http://kaska.test",
            cookies={"kaska_session": token},
            headers={"X-CSRF-Token": who.csrf},
        )


async def _person(connection: AsyncConnection, tenant: str, role: str, user: str) -> Any:
    people = People(connection, tenant)
    if (known := await people.get(user)) is not None:
        return known
    named = {"login": f"{user}.{tenant}", "name": user.title(), "user": user}
    await add_person(connection, tenant, role=Role(role), password="long enough 1", must_change=False, **named)
    return await people.get(user)


@pytest.fixture
async def web(database: Database, tmp_path: Path) -> Web:
    settings = Settings(state=tmp_path / "state")
    companies: dict[str, Company] = {}
    app = create_app(Services(settings, database, inboxes=companies.get, page=tmp_path / "page"))
    return Web(app, companies, settings)
