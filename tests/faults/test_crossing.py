"""The caller hangs up in the moment in which the agent answers, a thousand times: no ghost, one outcome each."""

from __future__ import annotations

import time

import pytest
from tests.faults.balance import balanced, no_differences
from tests.faults.ground import Ground, number_of_runs
from tests.plugins.numbers import Numbers

pytestmark = [pytest.mark.telephony, pytest.mark.faults, pytest.mark.timeout(600)]

CALLS = number_of_runs("KASKA_FAULT_CROSSINGS", 1000)
RATE = 16.0


async def test_hung_up_at_the_answer(ground: Ground, numbers: Numbers) -> None:
    since = time.time()
    async with ground.agents_at_work(ring_ms=500) as crew:
        load = ground.load("customer_cancels", calls=CALLS, rate=RATE, patience_ms=500)
        done = await (await load.run.start()).wait(CALLS / RATE * 3 + 60)
        await ground.switch_is_empty()
        await crew.all_ready()
        books = await balanced(ground, load.callers, since)
        numbers("7 hung up at the answer", {"SIPp: calls that did not go by the book": done.failed} | books.table())
        run = await no_differences(ground, since)
        numbers("7 hung up at the answer", {"differences": 0, "compared": run["switch"]})
    assert done.failed == 0
    assert done.sent == CALLS
