"""The application dies by kill -9 at random moments under load; nobody is lost, nobody is doubled, talks go on."""

from __future__ import annotations

import asyncio
import random
import time

import pytest
from tests.faults.balance import balanced, fallback_delays, no_differences, spread
from tests.faults.ground import MENU, Ground, number_of_runs
from tests.plugins.numbers import Numbers

pytestmark = [pytest.mark.telephony, pytest.mark.faults, pytest.mark.timeout(900)]

KILLS = number_of_runs("KASKA_FAULT_KILLS", 30)
SECONDS_PER_KILL = 7.0
PROMISED_BACK = 10.0
PROMISED_FALLBACK = 1.0


async def test_killed_under_load(ground: Ground, numbers: Numbers) -> None:
    since = time.time()
    chance = random.Random(20)
    back: list[float] = []
    starting = 0
    async with ground.agents_at_work() as crew:
        plenty = int(KILLS * SECONDS_PER_KILL * 4)
        loads = [
            ground.load("customer", calls=plenty, rate=1.5, stay_ms=3500),
            ground.load("customer", calls=plenty, rate=0.5, stay_ms=1200, number=MENU),
            ground.load("customer_cancels", calls=plenty, rate=2),
            ground.load("customer_cancels", calls=plenty, rate=0.5, number=MENU),
        ]
        for load in loads:
            await load.run.start()
        while len(back) + starting < KILLS:
            await asyncio.sleep(chance.uniform(0.2, 4.0))  # the random moment, not a synchronisation
            began, said = time.monotonic(), ground.said()
            dead = ground.kill_now("engine")
            again = await ground.started_again("engine", dead, PROMISED_BACK)
            if chance.random() < 0.25 and len(back) + starting < KILLS - 1:
                await asyncio.sleep(chance.uniform(0.0, 1.0))  # and once more in the middle of its start
                starting += 1
                began, said = time.monotonic(), ground.said()
                ground.kill_now("engine")
                await ground.started_again("engine", again, PROMISED_BACK)
            await ground.connected(said, 3 * PROMISED_BACK)
            back.append(time.monotonic() - began)
        ended = [await load.run.stop(grace=20) for load in loads]
        await ground.switch_is_empty()
        sent = set().union(*(load.callers for load in loads))
        numbers(
            "1 application killed",
            {
                "kills": f"{len(back) + starting}, {starting} of them in the middle of a start",
                "back after (s)": spread(back),
                "calls sent": len(sent),
                "SIPp: calls that did not go by the book": sum(one.failed for one in ended),
                "in the fallback after (s)": spread(fallback_delays(ground, since)),
            },
        )
        books = await balanced(ground, sent, since)
        numbers("1 application killed", books.table())
        await crew.all_ready()
        run = await no_differences(ground, since)
        numbers("1 application killed", {"differences": 0, "compared": run["switch"], "recordings": run["recordings"]})
    assert max(fallback_delays(ground, since), default=0.0) <= PROMISED_FALLBACK
    assert sum(one.failed for one in ended) == 0
    assert max(back) <= PROMISED_BACK
