from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from kaska.core.facts import LegUp
from kaska.engine.journal import Journal
from kaska.host.postgres import Cluster
from kaska.kit.database import Database
from kaska.ledger.listening import listen
from kaska.ledger.shipper import Shipper

pytestmark = pytest.mark.database


async def test_growth_is_heard_also_after_a_crash(
    journal: Journal, database: Database, tenant: str, postgres_cluster: Cluster
) -> None:
    heard: asyncio.Queue[frozenset[str]] = asyncio.Queue()

    async def hear(expected: frozenset[str]) -> None:
        async with asyncio.timeout(20):
            while await heard.get() != expected:
                pass

    task = asyncio.create_task(listen(database, heard.put_nowait))
    for number in range(2):
        await hear(frozenset())
        await journal.append(tenant, [LegUp(float(number), "c", "l")])
        await Shipper(journal, database).ship_all()
        await hear(frozenset({tenant}))
        if number == 0:
            await asyncio.to_thread(postgres_cluster.stop, "immediate")
            await asyncio.to_thread(postgres_cluster.start)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
