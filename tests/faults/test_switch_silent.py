"""The line to the switch falls silent without being closed: seen, and made good when it speaks again."""

from __future__ import annotations

import asyncio
import time

import pytest
from tests.faults.balance import balanced, no_differences, spread
from tests.faults.ground import Ground, number_of_runs
from tests.faults.silence import SilentLine
from tests.plugins.numbers import Numbers

pytestmark = [pytest.mark.telephony, pytest.mark.faults, pytest.mark.timeout(600)]

ROUNDS = number_of_runs("KASKA_FAULT_SILENCES", 2)
SEEN = 5.0
BACK = 10.0


async def test_silent_line(ground: Ground, numbers: Numbers) -> None:
    since = time.time()
    seen: list[float] = []
    back: list[float] = []
    shaken: list[float] = []
    async with SilentLine(ground.settings.asterisk_http_port) as line:
        await ground.restart_application(KASKA_ARI_PORT=str(line.port))
        try:
            async with ground.agents_at_work() as crew:
                loads = [
                    ground.load("customer", calls=1000, rate=1.5, stay_ms=5000),
                    ground.load("customer_cancels", calls=1000, rate=1),
                ]
                for load in loads:
                    await load.run.start()
                await asyncio.sleep(5)  # some calls in every state
                for round_ in range(ROUNDS):
                    line.fall_silent()
                    seen.append(await ground.part_is("switch", False, 3 * SEEN))
                    await asyncio.sleep(2.0 + 6.0 * round_)  # how long the silence lasts
                    began, said = time.time(), ground.said()
                    line.speak()
                    await ground.connected(said, 3 * BACK)
                    back.append(time.time() - began)
                    # what the old connections still had to say may shake the new one: told, not hidden
                    await asyncio.sleep(BACK)
                    shaken.append(ground.last_connected(said) - began)
                ended = [await load.run.stop(grace=20) for load in loads]
                await ground.switch_is_empty()
                sent = set().union(*(load.callers for load in loads))
                failed = sum(one.failed for one in ended)
                table = {"seen after (s)": spread(seen), "resynchronised after (s)": spread(back)}
                table |= {"last connected anew after (s)": spread(shaken)}
                numbers("2 ARI silent", table | {"SIPp: calls that did not go by the book": failed})
                books = await balanced(ground, sent, since)
                numbers("2 ARI silent", books.table())
                await crew.all_ready()
                run = await no_differences(ground, since)
                numbers("2 ARI silent", {"differences": 0, "compared": run["switch"]})
        finally:
            line.speak()
            await ground.restart_application(KASKA_ARI_PORT="0")
    assert max(seen) <= SEEN
    assert max(back) <= BACK
    assert failed == 0
