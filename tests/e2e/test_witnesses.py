"""Comes last: the independent witnesses are asked about all the calls of these tests."""

from __future__ import annotations

import asyncio
import csv
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.e2e.centre import MAIN, Centre, person

from kaska.asterisk.places import Places
from kaska.asterisk.witness_fields import CDR_COLUMNS

pytestmark = pytest.mark.telephony


async def test_the_witnesses_agree_about_everything(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """The switch (in both accounts and by its counter), the ledger and the recordings tell the same of every call."""
    monkeypatch.setitem(centre.kaska.environment, "KASKA_COMPARE_EVERY", "6")
    monkeypatch.setitem(centre.kaska.environment, "KASKA_COMPARE_AFTER", "4")
    async with centre.customer() as customer:  # also when this is run alone, there is a call to be told of
        caller = person(995)
        call = await customer.dial(centre.kaska.number(MAIN), caller=caller)
        await call.answered(10)
        await call.hang_up()
    await centre.card(caller)
    await asyncio.sleep(6.0)  # a call counts as settled when it has been over for five seconds
    began = datetime.now(UTC)
    async with centre.kaska.without("engine"):
        pass  # it compares as soon as it is back

    def compared(report: dict[str, Any]) -> bool:
        last = report["last_run"]
        return last is not None and datetime.fromisoformat(last["ran_at"]) > began

    report = await centre.until("/api/reconciliation", compared, 80)
    assert report["last_run"]["switch"] == report["last_run"]["cdr"] == report["last_run"]["ledger"] > 0
    assert report["open"] == []
    assert report["violations"] == []

    def counted(told: dict[str, Any]) -> bool:
        return bool(told["days"]) and told["days"][0]["counter"] is not None

    told = await centre.until("/api/reconciliation/days", counted, 30)
    for day in told["days"]:
        assert day["open"] == 0, day
        assert day["counter"] == day["switch"] == day["ledger"] > 0


async def test_a_call_that_only_the_call_records_know(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its events were lost: it becomes a contact all the same, and the switch's two accounts are said to differ."""
    monkeypatch.setitem(centre.kaska.environment, "KASKA_COMPARE_EVERY", "2")
    monkeypatch.setitem(centre.kaska.environment, "KASKA_COMPARE_AFTER", "4")
    caller, ended = person(971), time.time() - 20
    known = {
        "uniqueid": f"kaska-{int(ended)}.999999",
        "channel": "PJSIP/trunk-city-0000ffff",
        "context": "from-trunk",
        "exten": MAIN,
        "caller_number": caller,
        "start": ended - 9,
        "answer": ended - 8,
        "end": ended,
        "billsec": 8,
        "disposition": "ANSWERED",
        "app": "Stasis",
    }
    known["linkedid"] = known["uniqueid"]
    async with centre.kaska.without("engine"):
        with Places.of(centre.kaska.settings).cdr.open("a", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerow([known.get(name, "") for name in CDR_COLUMNS])
    card = await centre.card(caller, 40)
    assert (card["id"], card["outcome"], card["source"]) == (known["uniqueid"], "lost", "fallback")
    await centre.debt(card, "open")

    def differs(report: dict[str, Any]) -> bool:
        return {(row["contact"], row["kind"]) for row in report["open"]} == {(known["uniqueid"], "cdr_cel_differ")}

    await centre.until("/api/reconciliation", differs, 40)
