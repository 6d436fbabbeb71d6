"""The switch's records, the ledger and the recordings side by side, and the page that shows where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY

from kaska.core import events
from kaska.core.facts import ContactOver
from kaska.features.reconciliation.public import (
    CdrCall,
    Comparison,
    SwitchCall,
    compare,
    record,
    record_cdr,
)
from kaska.ledger.verify import verify
from kaska.ledger.watch import Watch
from support.books import Company, Web
from support.company import DIRECT
from support.play import START

pytestmark = pytest.mark.database

SINCE = datetime.fromtimestamp(START - 3600, UTC)
UNTIL = datetime.fromtimestamp(START + 3600, UTC)
NOW = UNTIL + timedelta(hours=1)


def seen(contact: str, *, at: float = START, talk: float = 0.0, lasted: float = 60.0) -> SwitchCall:
    return SwitchCall(
        contact=contact,
        number=DIRECT,
        caller="+79000000001",
        trunk="city",
        arrived_at=at,
        answered_at=at,
        ended_at=at + lasted,
        talk_seconds=talk,
        outcome_hint="answered" if talk else "no_answer",
        cause="16",
    )


def detailed(call: SwitchCall) -> CdrCall:
    """The same in the call detail records."""
    return CdrCall(
        contact=call.contact,
        number=call.number,
        caller=call.caller,
        trunk=call.trunk,
        arrived_at=call.arrived_at,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        noted_at=call.ended_at,
        billsec=call.talk_seconds,
        disposition="ANSWERED",
        talked=call.outcome_hint == "answered",
        rows=1,
        legs=1,
    )


async def run(company: Company, *calls: SwitchCall, cdr: Sequence[CdrCall] | None = None, **options: Any) -> Comparison:
    """``cdr``: what the call detail records say, if not the same."""
    async with company.transaction() as connection:
        await record(connection, company.tenant, calls)
        await record_cdr(connection, company.tenant, [detailed(call) for call in calls] if cdr is None else cdr)
        return await compare(connection, company.tenant, SINCE, UNTIL, **{"now": NOW, **options})


async def page(company: Company, web: Web) -> Any:
    boss = await web.sign_in(company, "supervisor", "boss")
    answer = await boss.get("/api/reconciliation")
    assert answer.status_code == 200, answer.text
    return answer.json()


def measured(company: Company, kind: str) -> float | None:
    return REGISTRY.get_sample_value("kaska_reconciliation_differences", {"tenant": company.tenant, "kind": kind})


async def test_a_day_on_which_all_books_agree(company: Company, web: Web, tmp_path: Path) -> None:
    lost = company.play.lose("+79000000002", wait=20)
    company.play.ready("a301")
    talked = company.play.talk("+79000000001", seconds=30)
    await company.write()
    (tmp_path / f"{talked}.wav").touch()
    result = await run(company, seen(lost), seen(talked, talk=30.4), recordings_dir=tmp_path)
    assert (result.counts.switch, result.counts.ledger, result.counts.talked, result.counts.recordings) == (2, 2, 1, 1)
    assert (result.opened, result.resolved, result.open) == (0, 0, 0)
    shown = await page(company, web)
    assert shown["open"] == shown["resolved"] == []
    assert (shown["last_run"]["switch"], shown["last_run"]["cdr"], shown["last_run"]["ledger"]) == (2, 2, 2)
    assert measured(company, "missing_in_ledger") == 0


async def test_every_difference_is_listed_once_and_goes_when_the_books_meet(company: Company, web: Web) -> None:
    forgotten = company.play.lose("+79000000002")
    company.play.ready("a301")
    talked = company.play.talk("+79000000001", seconds=30)
    await company.write()
    calls = [seen("kaska-9.9"), seen(talked, talk=10.0)]
    first = await run(company, *calls)
    assert (first.opened, first.open) == (3, 3)
    again = await run(company, *calls, now=NOW + timedelta(minutes=1))
    assert (again.opened, again.resolved, again.open) == (0, 0, 3)
    shown = await page(company, web)
    assert {(row["contact"], row["kind"]) for row in shown["open"]} == {
        ("kaska-9.9", "missing_in_ledger"),
        (forgotten, "missing_in_switch"),
        (talked, "talk_differs"),
    }
    assert all(datetime.fromisoformat(row["first_seen"]) == NOW for row in shown["open"])
    [talk] = [row for row in shown["open"] if row["kind"] == "talk_differs"]
    assert talk["detail"] == {"switch": 10.0, "ledger": 30.0}
    assert talk["text"]["en"] == "The talk times differ"
    assert measured(company, "talk_differs") == 1

    # the call of the time without the application is taken in, and the switch's late record arrives
    company.play.tell(
        events.ContactWitnessed(
            company.play.now, "kaska-9.9", "voice", DIRECT, "+79000000001", "+79000000001", "city",
            START, START + 60, "lost", "application_away",
        )
    )  # fmt: skip
    await company.write()
    last = await run(company, seen(forgotten), seen(talked, talk=30.0))
    assert (last.opened, last.resolved, last.open) == (0, 3, 0)
    shown = await page(company, web)
    assert shown["open"] == []
    explained = {row["contact"]: row["explanation"] for row in shown["resolved"]}
    assert explained == {"kaska-9.9": "fallback", forgotten: "late", talked: "late"}
    assert shown["resolved"][0]["explanation_text"]["ru"]
    assert measured(company, "talk_differs") == 0

    back = await run(company, seen(talked, talk=5.0))
    assert (back.opened, back.open) == (1, 1)
    assert (await page(company, web))["open"][0]["contact"] == talked


async def test_the_two_accounts_of_the_switch_differ(company: Company, web: Web) -> None:
    lost = company.play.lose("+79000000002", wait=20)
    await company.write()
    first = await run(company, seen(lost), cdr=[detailed(seen("kaska-9.8"))])
    assert (first.counts.switch, first.counts.cdr, first.counts.ledger, first.open) == (1, 1, 1, 3)
    shown = await page(company, web)
    assert {(row["contact"], row["kind"]) for row in shown["open"]} == {
        (lost, "cdr_cel_differ"),
        ("kaska-9.8", "cdr_cel_differ"),
        ("kaska-9.8", "missing_in_ledger"),
    }
    [row] = [row for row in shown["open"] if row["contact"] == lost]
    assert row["detail"] == {"cdr": None, "cel": "no_answer"}
    assert "CDR" in row["text"]["ru"]
    assert measured(company, "cdr_cel_differ") == 2
    later = await run(company, seen(lost))
    assert (later.resolved, measured(company, "cdr_cel_differ")) == (1, 1)


async def test_old_differences_are_looked_at_again(company: Company) -> None:
    company.play.ready("a301")
    talked = company.play.talk("+79000000001", seconds=30)
    await company.write()
    assert (await run(company, seen(talked, talk=10.0))).open == 1
    async with company.transaction() as connection:
        await record(connection, company.tenant, [seen(talked, talk=30.0)])
        later = await compare(connection, company.tenant, UNTIL, UNTIL + timedelta(hours=1), now=NOW)
    assert (later.counts.ledger, later.resolved, later.open) == (0, 1, 0)


async def test_what_is_under_way_is_no_difference(company: Company) -> None:
    company.play.arrive("+79000000002")
    await company.write()
    assert (await run(company)).open == 0
    fresh = replace(seen("kaska-9.9"), ended_at=NOW.timestamp() - 10)
    assert (await run(company, fresh)).open == 0


async def test_missing_recordings_are_listed(company: Company, web: Web, tmp_path: Path) -> None:
    company.play.ready("a301")
    talked = company.play.talk("+79000000001", seconds=30)
    await company.write()
    result = await run(company, seen(talked, talk=30.0), recordings_dir=tmp_path / "none")
    assert result.open == 1
    [row] = (await page(company, web))["open"]
    assert (row["kind"], row["detail"]["problem"]) == ("recording_missing", "file_gone")


async def test_broken_laws_of_the_ledger_are_shown(company: Company, web: Web) -> None:
    contact = company.play.lose("+79000000002")
    await company.write()
    watch = await watched(company)
    shown = await page(company, web)
    assert shown["laws_checked_at"]
    assert shown["violations"] == []
    await company.write_facts([ContactOver(START + 99, contact, "answered", "talked")])
    await watch.look(datetime.fromtimestamp(START, UTC))
    shown = await page(company, web)
    assert shown["proof"]["broken_total"] == len(shown["violations"])
    assert {violation["text"]["ru"] for violation in shown["violations"]} >= {"Обращение заканчивается один раз"}
    assert {"one_end"} <= {violation["law"] for violation in shown["violations"]}
    assert contact in {violation["subject"] for violation in shown["violations"]}


async def test_before_the_first_run_there_is_an_empty_page(company: Company, web: Web) -> None:
    assert await page(company, web) == {
        "last_run": None,
        "open_total": 0,
        "open": [],
        "resolved": [],
        "laws_checked_at": None,
        "violations": [],
        "proof": {
            "checked_to": 0,
            "broken_total": 0,
            "sealed_day": None,
            "seal": "",
            "verified_at": None,
            "verified_facts": 0,
            "verified_through": None,
            "bad_day": None,
            "bad_why": "",
        },
    }


async def test_seals_and_the_last_check_of_everything_are_shown(company: Company, web: Web) -> None:
    company.play.lose("+79000000002")
    await company.write()
    await watched(company, datetime.fromtimestamp(START, UTC) + timedelta(days=2))
    day = datetime.fromtimestamp(START, UTC).date().isoformat()
    shown = (await page(company, web))["proof"]
    assert (shown["sealed_day"], len(shown["seal"]), shown["verified_at"]) == (day, 64, None)
    await verify(company.database, company.tenant, now=NOW)
    shown = (await page(company, web))["proof"]
    assert datetime.fromisoformat(shown["verified_at"]) == NOW
    assert (shown["verified_through"], shown["bad_day"]) == (day, None)
    assert shown["verified_facts"] == shown["checked_to"] > 0


async def watched(company: Company, now: datetime = NOW) -> Watch:
    """What the jobs do once a minute, done once."""

    async def tenants() -> list[str]:
        return [company.tenant]

    watch = Watch(company.database, tenants)
    await watch.look(now)
    return watch


async def test_hostile_records_stay_data(company: Company, web: Web) -> None:
    call = replace(seen("kaska-1'; DROP TABLE differences; --"), caller='"<script>1&PJSIP/x', number="=1+1")
    assert (await run(company, call)).open == 1
    [row] = (await page(company, web))["open"]
    assert row["detail"]["caller"] == '"<script>1&PJSIP/x'


async def test_companies_are_compared_apart(company: Company, neighbour: Company, web: Web) -> None:
    assert (await run(company, seen("kaska-9.9"))).open == 1
    assert (await run(neighbour)).open == 0
    assert (await page(neighbour, web))["open"] == []
    operator = await web.sign_in(company, "operator", "a301")
    assert (await operator.get("/api/reconciliation")).status_code == 403
    operator.cookies.clear()
    assert (await operator.get("/api/reconciliation")).status_code == 401
