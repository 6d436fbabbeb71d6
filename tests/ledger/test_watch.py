"""What is new is checked once, and what breaks a law stays known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import text

from kaska.core.facts import (
    Connected,
    ContactOpened,
    ContactOver,
    DebtClosed,
    DebtOpened,
    DeviceSeen,
    Fact,
    TalkOver,
)
from kaska.engine.journal import Journal
from kaska.host.postgres import DatabaseUrls
from kaska.kit.database import Database
from kaska.ledger import watch
from kaska.ledger.checks import broken, proof
from kaska.ledger.shipper import Shipper
from kaska.ledger.verify import verify
from kaska.ledger.watch import Watch

pytestmark = pytest.mark.database

NOW = datetime(1970, 1, 1, 1, tzinfo=UTC)
"""the facts below are of the first minutes of that day, which is not over"""


def opened(at: float, contact: str, direction: str = "inbound") -> ContactOpened:
    return ContactOpened(at, contact, "voice", direction, "", "", "", "", "", "", "", 1)


class Ground:
    def __init__(self, journal: Journal, database: Database, tenant: str) -> None:
        self.journal, self.database, self.tenant = journal, database, tenant
        self.watch = self.started()

    def started(self) -> Watch:
        async def tenants() -> list[str]:
            return [self.tenant]

        return Watch(self.database, tenants)

    async def write(self, *facts: Fact) -> None:
        await self.journal.append(self.tenant, facts)
        await Shipper(self.journal, self.database).ship_all()

    async def look(self, now: datetime = NOW) -> list[tuple[str, str]]:
        await self.watch.look(now)
        async with self.database.tenant(self.tenant) as connection:
            return [(one.law, one.subject) for one in await broken(connection, self.tenant, 100)]


@pytest.fixture
def ground(journal: Journal, database: Database, tenant: str) -> Ground:
    return Ground(journal, database, tenant)


async def test_only_what_is_new_is_read(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    await ground.write(opened(1, "x", "outbound"), ContactOver(2, "x", "not_reached", "busy"))
    assert await ground.look() == []
    asked: list[tuple[int, int]] = []
    read = watch.by_position

    async def noted(connection: object, tenant: str, after: int, last: int, limit: int) -> object:
        asked.append((after, last))
        return await read(connection, tenant, after, last, limit)  # type: ignore[arg-type]

    monkeypatch.setattr(watch, "by_position", noted)
    assert await ground.look() == []
    assert asked == []
    await ground.write(ContactOver(3, "x", "not_reached", "busy"))  # its story is read whole
    assert await ground.look() == [("one_end", "x")]
    assert asked == [(2, 3)]
    assert ground.watch.problem
    assert REGISTRY.get_sample_value("kaska_ledger_broken_laws", {"tenant": ground.tenant}) == 1
    assert await ground.look() == [("one_end", "x")]


async def test_laws_between_contacts_are_watched_across_rounds_and_starts(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "BATCH", 2)
    monkeypatch.setattr(watch, "ROUND", 3)
    await ground.write(
        opened(1, "x"),
        opened(1, "y"),
        DebtOpened(1, "d-z", "z", "", "", "waiting", "queue:q", "", 60),
        Connected(2, "x", "a", "anna"),
    )
    assert await ground.look() == []
    ground.watch = ground.started()
    await ground.write(Connected(3, "y", "b", "anna"), DebtClosed(3, "d-z", "came_back", "x"))
    assert await ground.look() == []
    await ground.write(TalkOver(5, "x", "a", "anna", 3.0, 0.0), DebtClosed(6, "d-z", "came_back", "y"))
    assert sorted(await ground.look()) == [("debts_close_once", "d-z"), ("one_talk_at_a_time", "anna")]


async def test_holes_and_closed_days(ground: Ground, postgres: DatabaseUrls) -> None:
    await ground.write(*(DeviceSeen(n, f"phone-{n}", True) for n in range(5)))
    owner = Database(postgres.owner)
    async with owner.tenant(ground.tenant) as connection:
        await connection.execute(text("UPDATE ledger.facts SET position = 900 WHERE position = 2"))
    assert await ground.look(NOW + timedelta(days=2)) == [("no_holes", ground.tenant), ("no_holes", ground.tenant)]
    assert "cannot be sealed" in ground.watch.problem
    async with owner.tenant(ground.tenant) as connection:
        await connection.execute(text("UPDATE ledger.facts SET position = 2 WHERE position = 900"))
    await owner.close()
    assert (await verify(ground.database, ground.tenant, now=NOW)).agrees
    assert await ground.look(NOW + timedelta(days=2)) == []
    assert ground.watch.problem == ""
    async with ground.database.tenant(ground.tenant) as connection:
        known = await proof(connection, ground.tenant)
    assert (known.position, known.sealed_day, known.broken) == (5, NOW.date(), 0)
    assert known.verified is not None
    assert (known.verified.facts, known.verified.bad_day) == (5, None)
