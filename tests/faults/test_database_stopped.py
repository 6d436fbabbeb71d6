"""PostgreSQL is stopped at once while people talk: calls go on, and the journal is shipped afterwards, once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from functools import partial
from typing import Any

import httpx
import pytest
from tests.faults.balance import balanced, no_differences, spread
from tests.faults.ground import Ground, number_of_runs, until
from tests.plugins.numbers import Numbers

pytestmark = [pytest.mark.telephony, pytest.mark.faults, pytest.mark.timeout(600)]

ROUNDS = number_of_runs("KASKA_FAULT_OUTAGES", 2)
LONGEST = number_of_runs("KASKA_FAULT_OUTAGE_SECONDS", 20)
SHIPPED = 30.0


async def test_stopped_during_calls(ground: Ground, numbers: Numbers) -> None:
    since = time.time()
    chance = random.Random(8)
    shipped: list[float] = []
    lengths: list[float] = []
    async with ground.agents_at_work() as crew:
        loads = [
            ground.load("customer", calls=1000, rate=1.5, stay_ms=2500),
            ground.load("customer_cancels", calls=1000, rate=1.5),
        ]
        for load in loads:
            await load.run.start()
        for round_ in range(ROUNDS):
            lengths.append(5.0 if round_ == 0 else chance.uniform(LONGEST * 0.75, LONGEST))
            await _without_database(ground, lengths[-1], crew_works=crew.works)
            began = time.monotonic()
            written = await _journalled(ground)
            await until(partial(_is_shipped, ground, written), 3 * SHIPPED, ground.tail, every=0.3)
            shipped.append(time.monotonic() - began)
        ended = [await load.run.stop(grace=20) for load in loads]
        await ground.switch_is_empty()
        sent = set().union(*(load.callers for load in loads))
        failed = sum(one.failed for one in ended)
        books = await balanced(ground, sent, since)
        numbers(
            "8 database stopped",
            {
                "away for (s)": spread(lengths),
                "shipped after (s)": spread(shipped),
                "SIPp: calls that did not go by the book": failed,
            }
            | books.table(),
        )
        await crew.all_ready()
        run = await no_differences(ground, since)
        numbers("8 database stopped", {"differences": 0, "compared": run["switch"]})
    assert failed == 0
    assert max(shipped) <= SHIPPED


async def _without_database(ground: Ground, seconds: float, crew_works: Any) -> None:
    """Stop it ("immediate") and keep the supervisor from starting it again for so long; agents must be able to work."""
    keeper = ground.supervisor()
    keeper.signal(signal.SIGSTOP)
    try:
        os.kill(ground.pid("postgres"), signal.SIGQUIT)
        await ground.part_is("database", False, 10)
        over = time.monotonic() + seconds
        assert await crew_works()
        await asyncio.sleep(max(over - time.monotonic(), 0.0))  # the length of the outage
    finally:
        keeper.signal(signal.SIGCONT)
    await ground.part_is("database", True, 40)


async def _journalled(ground: Ground) -> int:
    """The number of the newest fact, as /health tells it."""
    async with httpx.AsyncClient(base_url=ground.url, timeout=5) as web:
        said: str = (await web.get("/health")).json()["parts"]["journal"]["detail"]
    return int(said.split()[0])


async def _is_shipped(ground: Ground, up_to: int) -> bool:
    rows = await ground.rows("SELECT coalesce(max(last_seq), 0) AS seq FROM ledger.shipments")
    return int(rows[0]["seq"]) >= up_to
