"""Asterisk dies with thirty calls: each is closed as a switch failure and owed, and the next call is served."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from tests.faults.balance import balanced, no_differences, read_books
from tests.faults.ground import Ground, live_picture, until
from tests.plugins.numbers import Numbers

pytestmark = [pytest.mark.telephony, pytest.mark.faults, pytest.mark.timeout(300)]

CALLS = 30
CLOSED = 15.0
RESTARTED = 60.0


async def test_killed_with_thirty_calls(ground: Ground, numbers: Numbers) -> None:
    since = time.time()
    async with ground.agents_at_work(ring_ms=100) as crew:
        load = ground.load("customer", calls=CALLS, rate=10, stay_ms=120_000)
        await load.run.start()
        phases: Counter[str] = Counter()

        async def all_up() -> bool:
            async with ground.session(ground.company.supervisor) as web:
                calls = (await live_picture(ground, web))["calls"].values()
            phases.clear()
            phases.update(row["phase"] for row in calls)
            return phases.total() == CALLS and phases["talking"] == len(ground.company.agents)

        await until(all_up, 30, lambda: f"calls are {phases}", every=0.5)
        died, began, said = time.time(), time.monotonic(), ground.said()
        dead = ground.kill_now("asterisk")
        await ground.started_again("asterisk", dead, RESTARTED)
        await ground.connected(said, RESTARTED)
        restarted = time.monotonic() - began
        await load.run.stop(grace=0.5)  # these customers talk to nobody
        await crew.plug_in()
        after = ground.load("customer", calls=4, rate=1, stay_ms=1500)
        served = await (await after.run.start()).wait(60)
        await ground.switch_is_empty()
        books = await balanced(ground, load.callers | after.callers, since)
        theirs = [row for row in books.rows if row["caller"] in load.callers]
        closed = max(float(row["ended_at"]) for row in theirs) - died
        numbers(
            "5 Asterisk killed",
            {"calls up": dict(phases), "closed within (s)": f"{closed:.2f}", "restarted and met after (s)": restarted}
            | books.table(),
        )
        assert Counter(row["cause"] for row in theirs) == {"switch_failure": CALLS}
        assert all(row["debts"] == 1 for row in theirs)
        assert closed <= CLOSED
        assert restarted <= RESTARTED
        assert (served.failed, served.successful) == (0, 4)
        new = await read_books(ground, after.callers, since)
        assert {row["outcome"] for row in new.rows} == {"answered"}
        await crew.all_ready()
        run = await no_differences(ground, since)
        numbers("5 Asterisk killed", {"differences": 0, "compared": run["switch"]})
