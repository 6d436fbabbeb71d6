"""The history of alerts: what is summed, who may read it, its files."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import insert

from kaska.features.alerts.history import summed
from kaska.features.alerts.schemas import Situation
from kaska.features.alerts.tables import alert_situations
from support.books import Company, Web, company, database, found, neighbour, web

__all__ = ["company", "database", "found", "neighbour", "web"]

NOON = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""noon in Moscow"""


def row(id: str, rule: str = "wait", **more: Any) -> dict[str, Any]:
    return {
        "id": id, "rule": rule, "name": f"=правило {rule}", "project": "", "figure": "waiting_time", "above": True,
        "limit": 60.0, "worst": 140.0, "since": NOON, "until": NOON + timedelta(minutes=10), "taken_by": "",
        "taken_at": None, "done": "", "done_by": "", "done_at": None, **more,
    }  # fmt: skip


TAKEN = {
    "taken_by": "chief",
    "taken_at": NOON + timedelta(minutes=2),
    "done": "Вывели вторую линию",
    "done_by": "chief",
}


def test_sums_are_by_rule_and_add_up() -> None:
    told = [Situation.model_validate(one) for one in (
        row("1", **TAKEN), row("2", until=None), row("3", rule="lost", taken_at=NOON + timedelta(minutes=4)),
    )]  # fmt: skip
    rules, total = summed(told, NOON + timedelta(minutes=30))
    assert [(one.rule, one.situations, one.lasting, one.taken, one.done) for one in rules] == [
        ("wait", 2, 1, 1, 1),
        ("lost", 1, 0, 1, 0),
    ]
    assert (rules[0].lasted_s, rules[0].mean_s, rules[0].longest_s) == (2400, 1200, 1800)
    assert (rules[0].taken_after_s, total.taken_after_s, total.lasted_s) == (120, 180, 3000)
    assert summed([], NOON)[1].mean_s is None


@pytest.mark.database
async def test_the_history_is_a_report_with_files(company: Company, neighbour: Company, web: Web) -> None:
    midnight = datetime(2026, 3, 9, 21, 0, tzinfo=UTC)  # the first moment of the 10th in Moscow
    rows = [
        row("a", **TAKEN),
        row("b", rule="lost", since=midnight, until=midnight + timedelta(minutes=1)),
        row("c", since=midnight - timedelta(seconds=1), until=midnight),
    ]
    for one, those in ((company, rows), (neighbour, [row("x")])):
        async with one.transaction() as connection:
            await connection.execute(insert(alert_situations), [{"tenant": one.tenant, **values} for values in those])
    chief = await web.sign_in(company, "supervisor", "chief")
    day = {"first": "2026-03-10", "last": "2026-03-10"}
    told = (await chief.get("/api/alerts/history", params=day)).json()
    assert [one["id"] for one in told["situations"]] == ["a", "b"]
    assert (told["total"]["situations"], told["total"]["lasted_s"], told["zone"]) == (2, 660, "Europe/Moscow")
    assert told["situations"][0]["taken_by_name"] == "Chief"
    one_rule = (await chief.get("/api/alerts/history", params={**day, "rule": "lost"})).json()
    assert [one["id"] for one in one_rule["situations"]] == ["b"]
    wrong = await chief.get("/api/alerts/history", params={"first": "2026-03-11", "last": "2026-03-10"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "wrong_period")
    worker = await web.sign_in(company, "operator", "a301")
    assert (await worker.get("/api/alerts/history", params=day)).status_code == 403

    files = {}
    for format in ("xlsx", "csv", "pdf"):
        answer = await chief.get("/api/alerts/history/file", params={**day, "format": format})
        assert answer.status_code == 200, answer.text
        files[format] = answer.content
    assert files["pdf"].startswith(b"%PDF")
    lines = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    assert lines[1][0] == "'=правило wait"
    assert lines[1][5:] == ["2026-03-10 12:00:00", "2026-03-10 12:10:00", "600,0", "Chief", "120,0", TAKEN["done"]]
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert book.sheetnames == ["История оповещений", "Оповещения по правилам"]
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert len(await company.audit("reports.export")) == 3
