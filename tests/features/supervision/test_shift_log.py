"""The shift log: whom it shows, what it sums, who may read it, its files; and what the break guard said."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import insert

from kaska.core import events
from kaska.features.supervision import repository, shift_log, stretches
from kaska.features.supervision.schemas import ShiftDays
from kaska.features.supervision.tables import agent_states
from support.books import Company, Web

pytestmark = pytest.mark.database

SINCE = datetime(2026, 3, 9, 21, tzinfo=UTC)  # the first moment of the 10th in Moscow
DAY = {"first": "2026-03-10", "last": "2026-03-10"}


def at(hours: float) -> datetime:
    return SINCE + timedelta(hours=hours)


async def write(company: Company, *rows: tuple[Any, ...]) -> None:
    """(agent, hours after midnight, state, reason, contact, by); what is left out is ""."""
    names = ("agent", "at", "state", "reason", "contact", "by")
    told = []
    for position, row in enumerate(rows, 1):
        values = dict(zip(names, (*row, "", "", "", "")[: len(names)], strict=True))
        told.append({"tenant": company.tenant, "position": position, **values, "at": at(row[1])})
    async with company.transaction() as connection:
        await connection.execute(insert(agent_states), told)


ANN = (
    ("ann", -30, "ready"),
    ("ann", -25, "offline"),
    ("ann", 9, "break", "signed_in"),
    ("ann", 9.01, "ready"),
    ("ann", 10, "talking", "", "no-such-contact"),
    ("ann", 10.5, "wrap_up"),
    ("ann", 10.6, "ready"),
    ("ann", 12, "break", "break_x"),
    ("ann", 12, "break", "lunch", "", "boss"),
    ("ann", 12, "break", "lunch"),
    ("ann", 13, "ready"),
    ("ann", 15, "break_refused", "rest", "", "ann"),
    ("ann", 18, "offline"),
)
BOB = (("bob", -3, "ready"), ("bob", 5, "offline"), ("bob", 23, "ready"))
CAT = (("cat", -50, "ready"), ("cat", -40, "offline"))


async def test_totals_of_a_day_and_a_night(company: Company, neighbour: Company, web: Web) -> None:
    await write(company, *ANN, *BOB, *CAT)
    await write(neighbour, ("eve", 9, "ready"))
    boss = await web.sign_in(company, "supervisor", "boss")
    told = (await boss.get("/api/supervision/shift-log", params=DAY)).json()
    assert (told["zone"], told["absent"]) == ("Europe/Moscow", 1)
    assert [one["agent"] for one in told["people"]] == ["ann", "bob"]
    ann, bob = told["people"]
    assert ann["on_shift"] == 9 * 3600
    assert (ann["came_at"], ann["left_at"]) == ("2026-03-10T06:00:00Z", "2026-03-10T15:00:00Z")
    assert (ann["from_before"], ann["now"], ann["marks"]) == (False, None, 2)
    spent = {(one["state"], one["reason"]): one["seconds"] for one in ann["spent"]}
    assert spent["break", "lunch"] == 3600
    assert spent["talking", ""] == 1800
    assert ("break", "break_x") not in spent  # it took no time
    assert sum(spent.values()) == ann["on_shift"]
    assert (bob["on_shift"], bob["from_before"], bob["came_at"]) == (6 * 3600, True, "2026-03-09T21:00:00Z")
    assert bob["left_at"] is None  # at midnight he was there

    everybody = (await boss.get("/api/supervision/shift-log", params={**DAY, "absent": True})).json()
    assert [one["agent"] for one in everybody["people"]] == ["ann", "bob", "cat"]
    one = (await boss.get("/api/supervision/shift-log", params={**DAY, "agent": "bob"})).json()
    assert [one["agent"] for one in one["people"]] == ["bob"]


async def test_lines_and_the_card_of_a_person(company: Company, web: Web) -> None:
    await write(company, *ANN, *BOB)
    boss = await web.sign_in(company, "supervisor", "boss")
    lines = (await boss.get("/api/supervision/shift-log/lines", params={**DAY, "agent": ["ann", "bob"]})).json()
    ann, bob = lines
    assert [one["state"] for one in ann["states"]] == [
        "offline", "break", "ready", "talking", "wrap_up", "ready", "break", "ready", "offline",
    ]  # fmt: skip
    assert [(one["what"], one["by"], one["by_name"]) for one in ann["marks"]] == [
        ("break", "boss", "Boss"),
        ("break_refused", "ann", "ann"),
    ]
    assert [(one["at"], one["until"]) for one in bob["states"]] == [
        (at(0).timestamp(), at(5).timestamp()),
        (at(5).timestamp(), at(23).timestamp()),
        (at(23).timestamp(), at(24).timestamp()),
    ]
    brief = (await boss.get("/api/supervision/shift-log/lines", params={**DAY, "agent": "ann", "brief": True})).json()
    assert [one["state"] for one in brief[0]["states"]] == [
        "offline",
        "break",
        "at_work",
        "break",
        "at_work",
        "offline",
    ]

    two = {"first": "2026-03-09", "last": "2026-03-10"}
    card = (await boss.get("/api/supervision/shift-log/bob", params=two)).json()
    assert [(day["day"], day["on_shift"], day["from_before"]) for day in card["days"]] == [
        ("2026-03-09", 3 * 3600, False),
        ("2026-03-10", 6 * 3600, True),
    ]
    assert card["contacts"] == {}
    missing = await boss.get("/api/supervision/shift-log/nobody", params=DAY)
    assert (missing.status_code, missing.json()["code"]) == (404, "no_such_agent")


async def test_only_who_steers_the_floor_reads_it(company: Company, web: Web) -> None:
    worker = await web.sign_in(company, "operator", "ann")
    for path in ("", "/lines", "/file", "/ann"):
        answer = await worker.get(f"/api/supervision/shift-log{path}", params={**DAY, "agent": "ann"})
        assert answer.status_code == 403, path
    boss = await web.sign_in(company, "supervisor", "boss")
    for days in (("2026-03-11", "2026-03-10"), ("2026-03-01", "2026-03-08")):
        answer = await boss.get("/api/supervision/shift-log", params={"first": days[0], "last": days[1]})
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_period")


async def test_files_have_every_state(company: Company, web: Web) -> None:
    await write(company, *ANN, *BOB, *CAT, ("=evil", 9, "ready"))
    boss = await web.sign_in(company, "supervisor", "boss")
    answer = await boss.get("/api/supervision/shift-log/file", params={**DAY, "format": "csv"})
    assert answer.status_code == 200, answer.text
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {row[0] for row in rows[1:]} == {"'=evil", "ann", "bob"}
    ann = [row[2:7] for row in rows if row[0] == "ann"]
    assert ["разговаривает", "", "2026-03-10 10:00:00", "2026-03-10 10:30:00", "1800,0"] in ann
    assert ["приказ супервизора: перерыв", "обед"] in [row[:2] for row in ann]
    assert ["перерыв не разрешён правилом", "отдых"] in [row[:2] for row in ann]
    assert [row[8] for row in rows if row[2].startswith("приказ")] == ["Boss"]
    sheet = await boss.get("/api/supervision/shift-log/file", params={**DAY, "format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    assert len(list(book["Журнал смен"].iter_rows(min_row=6))) == len(rows) - 1
    assert not [cell for line in book["Журнал смен"].iter_rows() for cell in line if cell.data_type == "f"]
    assert [row.object for row in await company.audit("reports.export")] == ["shifts", "shifts"]


async def test_sums_of_the_database_are_those_of_the_stretches(company: Company) -> None:
    await write(company, *ANN, *BOB, *CAT)
    for hours in (-1, 3, 11, 12.5, 23.5, 60):
        now = at(hours)
        async with company.transaction() as connection:
            span = await shift_log.span_of(
                connection, company.tenant, ShiftDays(first=date(2026, 3, 10), last=date(2026, 3, 10))
            )
            # what is not written yet at that moment is not looked at
            known = (span.since, min(span.until, max(now, span.since)))
            agents = ["ann", "bob", "cat"]
            rows = await repository.sums(connection, company.tenant, agents, known, now)
            states = await repository.states(connection, company.tenant, agents, known, 1000)
        told = shift_log.worked_by(rows, span, now)
        for agent, mine in groupby(states, lambda row: row.agent):
            began = [stretches.Began(row.at, row.state, row.reason, row.contact) for row in mine]
            line = stretches.stretches(began, span.since, span.until, now)
            want = stretches.worked(line, span.until, now)
            have = told[agent]
            assert {name: (one.seconds, one.times) for name, one in have.spent.items()} == {
                name: (one.seconds, one.times) for name, one in want.spent.items()
            }, (agent, hours)
            assert (have.came, have.left, have.from_before) == (want.came, want.left, want.from_before), (agent, hours)


async def test_a_warned_break_is_in_the_log(company: Company, web: Web) -> None:
    play = company.play
    queues = {name: replace(one, breaks="warn", breaks_away=1) for name, one in play.configuration.queues.items()}
    play.tell(events.ConfigurationPublished(play.now, replace(play.configuration, version=2, queues=queues)))
    play.ready("a301", "a302")
    play.tell(events.AgentPaused(play.now, "a302", "lunch"))
    worker = await web.sign_in(company, "operator", "a301")
    wish = {"state": "break", "reason": "rest", "device": "phone"}
    refused = await worker.post("/api/agents/me/state", json=wish)
    assert (refused.status_code, refused.json()["code"]) == (409, "break_warned")
    gone = await worker.post("/api/agents/me/state", json={**wish, "insists": True})
    assert gone.status_code == 204
    boss = await web.sign_in(company, "supervisor", "boss")
    day = datetime.now(ZoneInfo("Europe/Moscow")).date().isoformat()  # what a page asks has the time of the asking
    line = (
        await boss.get("/api/supervision/shift-log/lines", params={"first": day, "last": day, "agent": "a301"})
    ).json()[0]
    assert [(one["what"], one["reason"]) for one in line["marks"]] == [
        ("break_warned", "rest"),
        ("break_insisted", "rest"),
    ]
    assert [one["state"] for one in line["states"]][-1] == "break"
