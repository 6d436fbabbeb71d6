from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from kaska.core.facts import Classified, Fact, LegUp
from kaska.engine.journal import Journal
from kaska.host.postgres import Cluster, DatabaseUrls
from kaska.kit.database import APPLICATION_ROLE, Database
from kaska.ledger.positions import position_of
from kaska.ledger.projector import Projector
from kaska.ledger.reader import LedgerFact
from kaska.ledger.shipper import Shipper

pytestmark = pytest.mark.database

TESTS = Path(__file__).parents[1]


def facts(start: int, count: int) -> list[Fact]:
    return [LegUp(float(n), f"c{n}", "l") for n in range(start, start + count)]


@dataclass
class Notes:
    """Writes down every fact it gets. Takes none whose contact is in ``unbearable``."""

    name: str
    unbearable: set[str] = field(default_factory=set)
    kinds: tuple[type[Fact], ...] = ()
    applied: asyncio.Event = field(default_factory=asyncio.Event)
    refused: asyncio.Event = field(default_factory=asyncio.Event)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        query = text("INSERT INTO test_notes (projection, tenant, position, contact) VALUES (:n, :t, :p, :c)")
        rows = [{"n": self.name, "t": f.tenant, "p": f.position, "c": f.contact} for f in facts]
        await connection.execute(query, rows)
        if any(f.contact in self.unbearable for f in facts):
            self.refused.set()
            raise ValueError("I cannot bear this")
        self.applied.set()

    async def clear(self, connection: AsyncConnection) -> None:
        query = text("DELETE FROM test_notes WHERE projection = :n AND tenant = current_setting('kaska.tenant')")
        await connection.execute(query, {"n": self.name})


@pytest.fixture
async def notes(database: Database, postgres: DatabaseUrls) -> Notes:
    engine = create_async_engine(postgres.owner.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "CREATE TABLE IF NOT EXISTS test_notes (id bigint GENERATED ALWAYS AS IDENTITY, projection text, "
                "tenant text, position bigint, contact text)"
            )
        )
        await connection.execute(text(f"GRANT ALL ON test_notes TO {APPLICATION_ROLE}"))
    await engine.dispose()
    return Notes(f"notes-{uuid.uuid4().hex[:8]}")


async def written(database: Database, projection: str, tenant: str) -> list[tuple[int, str]]:
    """In the order of writing."""
    async with database.tenant(tenant) as connection:
        query = text("SELECT position, contact FROM test_notes WHERE projection = :n AND tenant = :t ORDER BY id")
        rows = await connection.execute(query, {"n": projection, "t": tenant})
        return [(int(position), str(contact)) for position, contact in rows]


def expected(count: int) -> list[tuple[int, str]]:
    return [(n + 1, f"c{n}") for n in range(count)]


@asynccontextmanager
async def running(*projectors: Projector) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(projector.run()) for projector in projectors]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def until_read(database: Database, notes: Notes, tenant: str, position: int) -> None:
    async with asyncio.timeout(30):
        while True:
            async with database.tenant(tenant) as connection:
                if await position_of(connection, notes.name, tenant) >= position:
                    return
            notes.applied.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await notes.applied.wait()


async def test_everything_once_in_order(journal: Journal, database: Database, tenant: str, notes: Notes) -> None:
    async def tenants() -> list[str]:
        return [tenant]

    first = Projector(database, [notes], tenants, poll=30)
    second = Projector(database, [notes], tenants, poll=0.01)
    shipper = Shipper(journal, database, first.wake)
    async with running(first, second):
        for n in range(12):
            await journal.append(tenant, facts(n * 250, 250))
            await shipper.ship_all()
        await until_read(database, notes, tenant, 3000)
    assert await written(database, notes.name, tenant) == expected(3000)


async def test_it_ends_also_when_the_ledger_grows_at_that_moment(database: Database, tenant: str, notes: Notes) -> None:
    looked = asyncio.Event()

    async def tenants() -> list[str]:
        looked.set()
        return [tenant]

    projector = Projector(database, [notes], tenants, poll=30)
    task = asyncio.create_task(projector.run())
    await looked.wait()
    await asyncio.sleep(0.5)  # it waits by now
    projector.wake()
    await asyncio.sleep(0)  # what it waits for has happened, and it has not gone on yet
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=5)
    assert done


async def test_only_the_kinds_that_it_looks_at(journal: Journal, database: Database, tenant: str, notes: Notes) -> None:
    """One in four facts concerns it; it moves on over the others, and stops at one that it cannot bear."""

    async def tenants() -> list[str]:
        return [tenant]

    notes.kinds = (Classified,)
    notes.unbearable.add("c700")
    for n in range(0, 2000, 4):
        await journal.append(
            tenant, [*facts(n, 3), Classified(float(n + 3), f"c{n + 3}" if n != 700 else "c700", "a", "", "", "")]
        )
    await Shipper(journal, database).ship_all()
    projector = Projector(database, [notes], tenants)
    wanted = [(n + 4, f"c{n + 3}" if n != 700 else "c700") for n in range(0, 2000, 4)]
    async with running(projector):
        while "position 704" not in projector.problems.get(f"{notes.name}/{tenant}", ""):
            notes.refused.clear()
            await notes.refused.wait()
        assert await written(database, notes.name, tenant) == [one for one in wanted if one[0] < 704]
        notes.unbearable.clear()
        await until_read(database, notes, tenant, 2000)
    assert await written(database, notes.name, tenant) == wanted


async def test_a_failing_projection_stops_alone_at_its_fact(
    journal: Journal, database: Database, tenant: str, notes: Notes
) -> None:
    healthy_tenant = f"{tenant}-b"

    async def tenants() -> list[str]:
        return [tenant, healthy_tenant]

    other = Notes(f"{notes.name}-other")
    notes.unbearable.add("c500")
    projector = Projector(database, [notes, other], tenants)
    await journal.append(tenant, facts(0, 1200))
    await journal.append(healthy_tenant, facts(0, 10))
    await Shipper(journal, database).ship_all()
    async with running(projector):
        await until_read(database, other, tenant, 1200)
        await until_read(database, notes, healthy_tenant, 10)
        await until_read(database, notes, tenant, 500)
        while "position 501" not in projector.problems.get(f"{notes.name}/{tenant}", ""):
            notes.refused.clear()
            await notes.refused.wait()
        assert await written(database, notes.name, tenant) == expected(500)
        assert f"{other.name}/{tenant}" not in projector.problems
        notes.unbearable.clear()
        await until_read(database, notes, tenant, 1200)
    assert projector.problems == {}
    assert await written(database, notes.name, tenant) == expected(1200)
    assert await written(database, other.name, tenant) == expected(1200)


async def test_all_take_the_same_facts_together(
    journal: Journal, database: Database, tenant: str, notes: Notes
) -> None:
    """One that was a little behind catches up beside the others; nobody takes a fact twice."""

    async def tenants() -> list[str]:
        return [tenant]

    others = [Notes(f"{notes.name}-{n}") for n in range(3)]
    alone, all_of_them = (
        Projector(database, [notes], tenants),
        Projector(database, [notes, *others], tenants, poll=0.05),
    )
    shipper = Shipper(journal, database)
    async with running(all_of_them):
        await journal.append(tenant, facts(0, 50))
        await shipper.ship_all()
        for one in (notes, *others):
            await until_read(database, one, tenant, 50)
    await journal.append(tenant, facts(50, 50))
    await shipper.ship_all()
    await alone.catch_up(notes.name)
    async with running(all_of_them):
        await journal.append(tenant, facts(100, 50))
        await shipper.ship_all()
        for one in (notes, *others):
            await until_read(database, one, tenant, 150)
    for one in (notes, *others):
        assert await written(database, one.name, tenant) == expected(150)
    assert all_of_them.problems == {}


async def test_rebuilding_gives_the_same(journal: Journal, database: Database, tenant: str, notes: Notes) -> None:
    async def tenants() -> list[str]:
        return [tenant]

    projector = Projector(database, [notes], tenants)
    await journal.append(tenant, facts(0, 300))
    await Shipper(journal, database).ship_all()
    async with running(projector):
        await until_read(database, notes, tenant, 300)
        before = await written(database, notes.name, tenant)
        await projector.rebuild(notes.name)
        await until_read(database, notes, tenant, 300)
    assert await written(database, notes.name, tenant) == before == expected(300)
    with pytest.raises(KeyError):
        await projector.rebuild("nothing")


async def test_a_database_crash_repeats_nothing(
    journal: Journal, database: Database, tenant: str, notes: Notes, postgres_cluster: Cluster
) -> None:
    async def tenants() -> list[str]:
        return [tenant]

    projector = Projector(database, [notes], tenants, poll=0.05)
    shipper = Shipper(journal, database, projector.wake)
    async with running(projector):
        for n in range(3):
            await journal.append(tenant, facts(n * 3000, 3000))
            await shipper.ship_all()
            await asyncio.to_thread(postgres_cluster.stop, "immediate")
            await asyncio.to_thread(postgres_cluster.start)
        await until_read(database, notes, tenant, 9000)
    assert await written(database, notes.name, tenant) == expected(9000)


DYING = """
import asyncio, sys
from kaska.kit.database import Database
from kaska.ledger.projector import Projector
from ledger.test_projector import Notes

url, tenant, name, deadly = sys.argv[1:]

class Dying(Notes):
    async def apply(self, connection, facts):
        await super().apply(connection, facts)
        if any(f.contact == deadly for f in facts):
            print("applied", flush=True)
            await asyncio.Event().wait()

async def tenants():
    return [tenant]

asyncio.run(Projector(Database(url), [Dying(name)], tenants).run())
"""


async def test_death_between_apply_and_commit(
    journal: Journal, database: Database, tenant: str, notes: Notes, postgres: DatabaseUrls
) -> None:
    async def tenants() -> list[str]:
        return [tenant]

    await journal.append(tenant, facts(0, 2500))
    await Shipper(journal, database).ship_all()

    def die() -> None:
        arguments = [sys.executable, "-c", DYING, postgres.app, tenant, notes.name, "c1500"]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=TESTS)
        assert process.stdout is not None
        while process.stdout.readline() != "applied\n":
            assert process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()

    await asyncio.to_thread(die)
    assert await written(database, notes.name, tenant) == expected(1000)
    async with running(Projector(database, [notes], tenants)):
        await until_read(database, notes, tenant, 2500)
    assert await written(database, notes.name, tenant) == expected(2500)
