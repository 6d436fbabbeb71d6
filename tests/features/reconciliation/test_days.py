"""Day by day: what each witness counted, and the cause of every difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.features.reconciliation.test_reconciliation import NOW, SINCE, UNTIL, detailed, run, seen

from kaska.features.reconciliation.public import Lines, SwitchCount, record_count
from support.books import Company, Web
from support.play import START

pytestmark = pytest.mark.database

ZONE = ZoneInfo("Europe/Moscow")
DAY = datetime.fromtimestamp(START, ZONE).date()
MIDNIGHT = datetime(DAY.year, DAY.month, DAY.day, tzinfo=ZONE).timestamp()


async def shown(company: Company, web: Web, path: str = "?back=3") -> Any:
    boss = await web.sign_in(company, "supervisor", "boss")
    answer = await boss.get(f"/api/reconciliation/days{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def counted(company: Company, at: float, processed: int, unaccounted: int, life: float = START - 1e6) -> None:
    async with company.transaction() as connection:
        await record_count(connection, company.tenant, SwitchCount(life, at, processed, unaccounted))


def causes(day: Any) -> dict[str, tuple[int, int]]:
    return {cause["kind"]: (cause["open"], cause["explained"]) for cause in day["causes"]}


async def test_a_day_on_which_all_witnesses_agree(company: Company, web: Web) -> None:
    lost = company.play.lose("+79000000002", wait=20)
    company.play.ready("a301")
    talked = company.play.talk("+79000000001", seconds=30)
    await company.write()
    await counted(company, START - 3600, 70, 0)
    await counted(company, START + 3600, 72, 0)
    await run(company, seen(lost), seen(talked, talk=30.0))
    told = await shown(company, web)
    assert told["zone"] == "Europe/Moscow"
    [day] = told["days"]
    assert day == {
        "day": DAY.isoformat(), "counter": 2, "switch": 2, "cdr": 2, "ledger": 2, "talked": 1, "recordings": 1,
        "open": 0, "causes": [],
    }  # fmt: skip
    assert await shown(company, web, f"/{DAY}") == []


async def test_each_difference_of_a_day_has_its_cause(company: Company, web: Web) -> None:
    """The counter knows a call that nobody told of; the ledger misses another; with a third the switch died."""
    lost = company.play.lose("+79000000002", wait=20)
    await company.write()
    died = replace(seen(lost), outcome_hint="")
    missing = seen("kaska-9.9", at=START + 5)
    await counted(company, START + 3600, 3, 1)
    await run(company, died, missing, cdr=[detailed(missing)])
    [day] = (await shown(company, web))["days"]
    assert (day["counter"], day["switch"], day["cdr"], day["ledger"], day["open"]) == (3, 2, 1, 1, 2)
    assert causes(day) == {"missing_in_ledger": (1, 0), "counter_differs": (1, 0), "switch_died": (0, 1)}
    [difference] = await shown(company, web, f"/{DAY}")
    assert (difference["contact"], difference["kind"], difference["resolved_at"]) == (
        "kaska-9.9", "missing_in_ledger", None,
    )  # fmt: skip
    assert datetime.fromisoformat(difference["arrived_at"]).timestamp() == START + 5


async def test_a_call_at_midnight_is_of_the_day_that_the_ledger_says(company: Company, web: Web) -> None:
    """The switch's clock and ours are milliseconds apart: no day has one call too many and the next one too few."""
    lost = company.play.lose("+79000000002", wait=20)
    await company.write()
    arrived = company.play.now
    async with company.transaction() as connection:
        contact = (await connection.exec_driver_sql(
            "UPDATE contacts SET arrived_at = to_timestamp($1) WHERE id = $2 RETURNING id", (MIDNIGHT + 0.002, lost)
        )).scalar_one()  # fmt: skip
    assert contact == lost
    assert arrived > MIDNIGHT
    await run(company, replace(seen(lost), arrived_at=MIDNIGHT - 0.001))
    [day] = (await shown(company, web))["days"]
    assert (day["day"], day["switch"], day["cdr"], day["ledger"], day["open"]) == (DAY.isoformat(), 1, 1, 1, 0)


async def test_the_counter_is_told_by_days(company: Company, web: Web) -> None:
    yesterday = START - 86400
    await counted(company, yesterday - 86400, 5, 2)
    await counted(company, yesterday, 9, 3)
    await counted(company, START, 20, 3)
    await counted(company, START + 60, 1, 0, life=START + 30)  # another switch
    await run(company)
    days = {day["day"]: (day["counter"], day["open"]) for day in (await shown(company, web))["days"]}
    assert days == {
        (DAY - timedelta(days=2)).isoformat(): (2, 2),
        (DAY - timedelta(days=1)).isoformat(): (1, 1),
        DAY.isoformat(): (0, 0),
    }
    late = await shown(company, web, f"?back=1&last={DAY - timedelta(days=1)}")
    assert [day["counter"] for day in late["days"]] == [1]


async def test_calls_that_are_going_on(company: Company, web: Web) -> None:
    """One is up on the switch only, one in the ledger only: listed until they meet again."""
    contact = company.play.arrive("+79000000002")
    await company.write()
    lines = Lines(NOW, {"kaska-9.9": SINCE}, frozenset({"kaska-9.9"}))
    first = await run(company, lines=lines)
    assert (first.opened, first.open) == (2, 2)
    [day] = (await shown(company, web))["days"]
    assert causes(day) == {"channel_unknown": (1, 0), "channel_gone": (1, 0)}
    unasked = await run(company, now=NOW + timedelta(minutes=1))
    assert (unasked.resolved, unasked.open) == (0, 2)  # the switch could not be asked: nothing is known to have changed
    met = await run(company, lines=Lines(NOW, {contact: UNTIL}, frozenset({contact})))
    assert (met.resolved, met.open) == (2, 0)
    boss = await web.sign_in(company, "supervisor", "boss")
    last = (await boss.get("/api/reconciliation")).json()["last_run"]
    assert (last["lines"], last["going_on"]) == (1, 1)


async def test_days_before_the_first_comparison_and_wrong_ones(company: Company, web: Web) -> None:
    assert (await shown(company, web))["days"] == []
    boss = await web.sign_in(company, "supervisor", "boss")
    for path in ("days?back=0", "days?back=1000", "days?last=0001-01-01", "days/soon", "days/0001-01-01"):
        assert (await boss.get(f"/api/reconciliation/{path}")).status_code == 422, path
    operator = await web.sign_in(company, "operator", "a301")
    assert (await operator.get("/api/reconciliation/days")).status_code == 403
    assert (await operator.get(f"/api/reconciliation/days/{date.today()}")).status_code == 403


async def test_days_of_companies_are_apart(company: Company, neighbour: Company, web: Web) -> None:
    await run(company, seen("kaska-9.9"))
    await counted(company, START, 1, 1)
    await run(neighbour)
    assert (await shown(neighbour, web))["days"] == []
    assert datetime.now(UTC) > UNTIL
