from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kaska.core.facts import ContactOpened, DeviceSeen, Fact, LegUp
from kaska.engine.journal import Journal
from kaska.host.postgres import Cluster, DatabaseUrls
from kaska.kit.database import Database
from kaska.ledger.reader import LedgerFact, head, read_from, story
from kaska.ledger.shipper import JournalBehindError, Shipper
from ledger.cutting import CuttingProxy

pytestmark = pytest.mark.database


def facts(start: int, count: int) -> list[Fact]:
    return [LegUp(float(n), f"c{n % 7}", f"l{n}") for n in range(start, start + count)]


async def ledger(database: Database, tenant: str) -> list[LedgerFact]:
    async with database.tenant(tenant) as connection:
        return await read_from(connection, tenant, 0, 1_000_000)


def assert_once(found: list[LedgerFact], expected: list[Fact]) -> None:
    assert [f.fact for f in found] == expected
    assert [f.position for f in found] == list(range(1, len(expected) + 1))


@asynccontextmanager
async def running(shipper: Shipper) -> AsyncIterator[None]:
    task = asyncio.create_task(shipper.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Shipments:
    """Lets a test wait until enough was shipped."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()

    def __call__(self, tenants: frozenset[str]) -> None:
        self.changed.set()

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(40):
            while not reached():
                await self.changed.wait()
                self.changed.clear()


async def test_facts_arrive_once_in_order_for_each_tenant(journal: Journal, database: Database, tenant: str) -> None:
    other = f"{tenant}-b"
    shipper = Shipper(journal, database)
    await journal.append(tenant, facts(0, 1500))
    await journal.append(other, facts(0, 10))
    await journal.append(tenant, facts(1500, 1000))
    assert await shipper.ship_all() == 2510
    assert await shipper.ship_all() == 0
    assert_once(await ledger(database, tenant), facts(0, 2500))
    assert_once(await ledger(database, other), facts(0, 10))
    assert journal.shipped_up_to == 2510
    async with database.tenant(tenant) as connection:
        assert await head(connection, tenant) == 2500
        assert [f.position for f in await read_from(connection, tenant, 10, 3)] == [11, 12, 13]
        told = await story(connection, tenant, "c3")
        assert [f.fact for f in told] == [f for f in facts(0, 2500) if isinstance(f, LegUp) and f.contact == "c3"]
        assert await story(connection, other, "c3") == []


async def test_a_new_shipper_continues_where_the_last_ended(journal: Journal, database: Database, tenant: str) -> None:
    await journal.append(tenant, facts(0, 5))
    await Shipper(journal, database).ship_all()
    await journal.append(tenant, facts(5, 5))
    await asyncio.gather(*(Shipper(journal, database).ship_all() for _ in range(4)))
    assert_once(await ledger(database, tenant), facts(0, 10))


async def test_running_it_lags_less_than_a_second(journal: Journal, database: Database, tenant: str) -> None:
    shipments = Shipments()
    shipper = Shipper(journal, database, shipments)
    async with running(shipper):
        loop = asyncio.get_running_loop()
        for n in range(5):
            seq = await journal.append(tenant, facts(n, 1))
            began = loop.time()
            await shipments.until(lambda: journal.shipped_up_to >= seq)  # noqa: B023 - awaited here
            assert loop.time() - began < 1
    assert shipper.lag < 1
    assert shipper.unshipped == 0
    assert_once(await ledger(database, tenant), facts(0, 5))


async def test_hostile_text_does_not_stop_it(journal: Journal, database: Database, tenant: str) -> None:
    names = [
        "a\0b",
        "\ud800",
        "'); DROP TABLE ledger.facts; --",
        "\\u0000",
        '{"a":1}',
        "<script>",
        "1&PJSIP/…",
        "😀\r\n",
    ]
    opened: list[Fact] = [
        ContactOpened(1.5, f"c\0{n}", "voice", "inbound", "", "", "", name, "", "", "", 1)
        for n, name in enumerate(names)
    ]
    await journal.append(tenant, opened)
    await Shipper(journal, database).ship_all()
    found = [f.fact.caller_name for f in await ledger(database, tenant) if isinstance(f.fact, ContactOpened)]
    assert found == ["a\ufffdb", "\ufffd", *names[2:]]


async def test_database_crash_in_the_middle(
    journal: Journal, database: Database, tenant: str, postgres_cluster: Cluster
) -> None:
    shipments = Shipments()
    shipper = Shipper(journal, database, shipments)
    expected: list[Fact] = []
    async with running(shipper):
        for round_ in range(3):
            for n in range(40):
                more = facts(round_ * 4000 + n * 100, 100)
                expected += more
                await journal.append(tenant, more)
                if n == 20:
                    await shipments.until(lambda: journal.shipped_up_to > 0)
                    await asyncio.to_thread(postgres_cluster.stop, "immediate")
            await asyncio.to_thread(postgres_cluster.start)
            await shipments.until(lambda: journal.shipped_up_to == journal.last_seq)
    assert_once(await ledger(database, tenant), expected)


async def test_commit_done_but_the_answer_lost(
    journal: Journal, database: Database, tenant: str, postgres: DatabaseUrls, postgres_cluster: Cluster
) -> None:
    proxy = CuttingProxy(postgres_cluster.port)
    await proxy.start()
    behind = Database(re.sub(r":\d+/", f":{proxy.port}/", postgres.app))
    shipper = Shipper(journal, behind)
    await journal.append(tenant, facts(0, 10))
    await shipper.ship_all()
    for n in range(3):
        await journal.append(tenant, facts(10 + n * 10, 10))
        proxy.cut_at_commit = True
        with pytest.raises((DBAPIError, OSError)):
            await shipper.ship_all()
        assert len(await ledger(database, tenant)) == 20 + n * 10, "the server has committed"
        assert await shipper.ship_all() == 0, "and the shipper finds that out"
    assert proxy.cuts == 3
    await journal.append(tenant, facts(40, 5))
    await shipper.ship_all()
    assert_once(await ledger(database, tenant), facts(0, 45))
    await behind.close()
    await proxy.stop()


async def test_a_journal_put_back_from_an_old_copy_is_refused(
    journal: Journal, database: Database, tenant: str
) -> None:
    await journal.append(tenant, facts(0, 1))
    await Shipper(journal, database).ship_all()
    async with database.system() as connection:
        query = "UPDATE ledger.shipments SET last_seq = 5 WHERE journal = CAST(:id AS uuid)"
        await connection.execute(text(query), {"id": journal.id})
    with pytest.raises(JournalBehindError):
        await Shipper(journal, database).ship_all()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger.facts SET type = 'x'",
        "DELETE FROM ledger.facts",
        "TRUNCATE ledger.facts",
        "DROP TABLE ledger.facts",
    ],
)
async def test_the_application_cannot_change_facts(database: Database, tenant: str, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        async with database.tenant(tenant) as connection:
            await connection.execute(text(statement))


async def test_walls_stand_between_tenants(journal: Journal, database: Database, tenant: str) -> None:
    await journal.append(tenant, [DeviceSeen(1.0, "e", True)])
    await Shipper(journal, database).ship_all()
    count = text("SELECT count(*) FROM ledger.facts")
    async with database.tenant("somebody-else") as connection:
        assert await read_from(connection, tenant, 0, 10) == []
        assert (await connection.execute(count)).scalar_one() == 0
    async with database.system() as connection:
        assert (await connection.execute(count)).scalar_one() == 0
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.tenant("somebody-else") as connection:
            await connection.execute(
                text("INSERT INTO ledger.facts VALUES (:t, 9, now(), '', 'x', '{}', gen_random_uuid(), 1)"),
                {"t": tenant},
            )
