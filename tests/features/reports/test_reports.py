"""Reports by API: figures, the contacts behind every figure, files, who may."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest

from kaska.core import events
from kaska.features.reports import service
from kaska.features.reports.catalogue import CATALOGUE
from kaska.features.reports.export import as_csv, as_xlsx, shown
from kaska.features.reports.labels import of_time
from kaska.features.reports.schemas import ReportQuery, ReportTable
from support.books import Company, Web
from support.play import START, random_day

DAY = datetime.fromtimestamp(START, UTC).date()
SPAN = {"first": (DAY - timedelta(days=1)).isoformat(), "last": (DAY + timedelta(days=2)).isoformat()}


async def table(company: Company, id: str, **asked: Any) -> ReportTable:
    async with company.transaction() as connection:
        choices = await service.choices(connection, company.tenant)
        query = ReportQuery.model_validate({**SPAN, **asked})
        wanted = service.wish(company.tenant, id, query, choices)
        return await service.make(connection, wanted, compare=query.compare)


def total(report: ReportTable) -> dict[str, float | None]:
    return {column.id: figure.value for column, figure in zip(report.columns, report.total.figures, strict=True)}


@pytest.mark.database
async def test_rows_add_up_to_the_total_in_any_zone(company: Company) -> None:
    await company.write_facts(random_day(5, 300))
    wanted = total(await table(company, "minimal"))
    assert wanted["contacts"]
    for zone in ("Europe/Moscow", "Asia/Kathmandu", "America/New_York"):
        for by in CATALOGUE["minimal"].by:
            told = await table(company, "minimal", by=by, zone=zone)
            assert total(told) == wanted
            for at in range(4):
                assert sum(row.figures[at].value or 0 for row in told.rows) == told.total.figures[at].value


@pytest.mark.database
async def test_figures_of_a_day_told_by_hand(company: Company, web: Web) -> None:
    play = company.play
    for n in range(4):
        play.lose(f"+7900000001{n}", wait=3 if n == 0 else 30)
    play.ready("a301")
    talked = play.talk("+79000000001", seconds=60)
    play.tell(events.ContactClassified(play.now, talked, "a301", "sales", "refused", "", refusal="price"))
    await company.write()
    service_level = total(await table(company, "service", target=20))
    assert (service_level["offered"], service_level["answered"], service_level["lost_within"]) == (5, 1, 1)
    assert service_level["level_offered"] == pytest.approx(1 / 5)
    assert service_level["level_short_abandons_excluded"] == pytest.approx(1 / 4)
    assert service_level["level_answered"] == 1
    refusals = await table(company, "refusals")
    assert [(row.label.ru, row.figures[0].value) for row in refusals.rows] == [("Дорого", 1)]
    agents = await table(company, "agents")
    assert agents.rows[0].key == ["a301"]
    assert total(await table(company, "waiting"))["talk_50"] == 60
    boss = await web.sign_in(company, "administrator", "boss")
    tariff = {"zone": "Europe/Moscow", "per_contact": 10, "per_minute": 3}
    assert (await boss.put("/api/reports/choices", json=tariff)).status_code == 200
    assert total(await table(company, "cost"))["cost"] == pytest.approx(5 * 10 + 3)
    answer = (await boss.get("/api/reports/minimal", params={**SPAN, "compare": True})).json()
    opens = {**answer["opens"], **answer["columns"][3]["opens"]}
    behind = (await boss.get("/api/contacts", params=opens)).json()["items"]
    assert len(behind) == answer["total"]["figures"][3]["value"] == 4
    assert answer["total"]["figures"][0] == {"value": 5.0, "before": 0.0, "opens": None}


@pytest.mark.database
async def test_who_is_new_who_came_again_and_who_bought(company: Company, web: Web) -> None:
    play = company.play
    play.ready("a301")

    def visit(caller: str, result: str, topic: str = "sales", heard_from: str = "") -> None:
        contact = play.talk(caller)
        said = events.ContactClassified(play.now, contact, "a301", topic, result, "", heard_from=heard_from)
        play.tell(said)
        play.pass_time(60)

    visit("+79000000001", "consulted", heard_from="site")
    visit("89000000001", "sale")  # the same person in another spelling: a sale, not to a new customer
    visit("+79000000002", "sale", heard_from="site")
    visit("+79000000003", "not_target", topic="other")
    visit("", "consulted")
    await company.write()
    again = total(await table(company, "first_or_again"))
    assert [again[id] for id in ("contacts", "first", "again", "nameless")] == [5, 3, 1, 1]
    resolution = await table(company, "resolution")
    assert {row.key[0]: row.figures[2].value for row in resolution.rows} == {"sales": 1 - 1 / 3, "other": 1}
    sold = total(await table(company, "conversion"))
    assert [sold[id] for id in ("target", "sales", "first_target", "first_sales")] == [4, 2, 2, 1]
    assert sold["first_conversion"] == 1 / 2
    asked = await table(company, "asked_sources")
    assert {row.label.ru: row.figures[0].value for row in asked.rows} == {"Наш сайт": 2, "не спросили": 3}
    boss = await web.sign_in(company, "administrator", "boss")
    other = {"zone": "Europe/Moscow", "sales": ["consulted"], "return_days": 1}
    assert (await boss.put("/api/reports/choices", json=other)).json()["sales"] == ["consulted"]
    await company.write_facts([])
    assert total(await table(company, "conversion"))["sales"] == 2


@pytest.mark.database
async def test_another_zone_has_everything_counted_again(company: Company, web: Web) -> None:
    await company.write_facts(random_day(5, 200))
    wanted = total(await table(company, "waiting"))
    boss = await web.sign_in(company, "administrator", "boss")
    assert (await boss.put("/api/reports/choices", json={"zone": "Asia/Kathmandu"})).json()["zone"] == "Asia/Kathmandu"
    assert (await boss.get("/api/reports")).json()["behind"] > 0
    await company.write_facts([])
    assert (await boss.get("/api/reports")).json()["behind"] == 0
    assert total(await table(company, "waiting")) == wanted
    refused = await boss.get("/api/reports/waiting", params={**SPAN, "zone": "Europe/Moscow"})
    assert (refused.status_code, refused.json()["code"]) == (400, "needs_kept_days")


@pytest.mark.database
async def test_what_cannot_be_asked_is_said(company: Company, web: Web) -> None:
    boss = await web.sign_in(company, "supervisor", "chief")

    async def code(path: str, **asked: Any) -> str:
        return str((await boss.get(f"/api/reports/{path}", params={**SPAN, **asked})).json()["code"])

    assert await code("nothing") == "no_such_report"
    assert await code("minimal", by="agent") == "cannot_group"
    assert await code("minimal", agent="a301") == "cannot_narrow"
    assert await code("minimal", first="2026-02-02", last="2026-02-01") == "wrong_period"
    assert await code("minimal", zone="Moon/Crater") == "unknown_timezone"
    assert await code("service", target=7) == "invalid"
    worker = await web.sign_in(company, "operator", "a301")
    assert (await worker.get("/api/reports/minimal", params=SPAN)).status_code == 403
    assert (await boss.put("/api/reports/choices", json={"zone": "UTC"})).status_code == 403


@pytest.mark.database
async def test_files_are_audited_and_do_nothing_in_a_spreadsheet(company: Company, web: Web) -> None:
    await company.write_facts(random_day(5, 200))
    boss = await web.sign_in(company, "administrator", "boss")
    for format, start in (("xlsx", b"PK"), ("csv", "\ufeff".encode()), ("pdf", b"%PDF")):
        answer = await boss.get("/api/reports/minimal/file", params={**SPAN, "format": format})
        assert answer.content.startswith(start), answer.text[:200]
        assert f"kaska-minimal-{SPAN['first']}" in answer.headers["content-disposition"]
    assert len(await company.audit("reports.export")) == 3
    told = await table(company, "sources")
    told.rows[0].label.ru = '=HYPERLINK("http://x")'
    rows = list(csv.reader(io.StringIO(as_csv(told, "ru").decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == '\'=HYPERLINK("http://x")'
    assert rows[0][:2] == ["Номер", "Обращений"]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(told, "ru"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    shown = next(cell for cell in cells if str(cell.value).startswith("=HYPER"))
    assert sheet.cell(shown.row, 2).value == told.rows[0].figures[0].value


@pytest.mark.database
async def test_another_companys_contacts_are_in_no_report(company: Company, neighbour: Company) -> None:
    await neighbour.write_facts(random_day(5, 100))
    for report in CATALOGUE:
        told = await table(company, report)
        assert not any(figure.value for row in [told.total, *told.rows] for figure in row.figures), report


def test_reports_tell_dates_and_durations_as_people_read_them() -> None:

    assert shown(3725, "seconds", "ru") == "1:02:05"
    assert (shown(0.8302, "share", "ru"), shown(0.8302, "share", "en")) == ("83,0 %", "83.0 %")
    assert (shown(12345, "count", "ru"), shown(12345, "count", "en")) == ("12\u00a0345", "12,345")
    assert (shown(None, "count", "ru"), shown(1234.5, "money", "en")) == ("–", "1,234.50")
    assert of_time("day", (date(2026, 11, 25),)) == ("25.11.2026 ср", "25/11/2026 Wed")
    assert of_time("week", (date(2026, 11, 23),))[0] == "23.11–29.11.2026"
    assert of_time("slot", (1, 37)) == ("пн 18:30", "Mon 18:30")
