"""Cards from a table and into a table."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.features.customers.test_cards import made, phone

from kaska.features.customers import table, workbook
from kaska.features.customers.errors import WrongTable, WrongWorkbook
from support.books import Company, Web

FILE = """Фамилия;Имя;Телефон;Почта;Компания;Метки;VIP;Примечание
Ёлкина;Анна;8 (900) 000-00-01;Anna@Example.org;Ромашка;опт, срочно;да;x
Дубов;Борис;+79000000002, 8-900-000-00-03;;Ромашка;;;
Клёнов;;не знаю;;;;;
Ивин;;;;;;;

Осин;;;osin@example.org;;;может быть;
"""


def test_columns_are_guessed_by_heading_or_by_what_is_in_them() -> None:
    read = table.read(FILE)
    assert table.guess(read) == ["name", "name", "phone", "email", "company", "tags", "vip", ""]
    odd = table.read("A,B,C\nИван,89000000001,ivan@example.org\nПётр,,\n")
    assert table.guess(odd) == ["", "phone", "email"]
    assert len(read.lines) == 5


@pytest.mark.parametrize("content", ["", " \n;;\n", 'a;b\n"x', "a\x00b;c"])
def test_what_is_no_table_is_refused(content: str) -> None:
    with pytest.raises(WrongTable):
        table.read(content)


@given(st.lists(st.text("=+-@'; ,\"\nаб1", max_size=8).map(str.strip), min_size=2, max_size=4))
def test_cells_can_do_nothing_and_come_back(cells: list[str]) -> None:
    written = table.lines_of([["а", *cells]], ";")
    [shown] = csv.reader(io.StringIO(written, newline=""), delimiter=";")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in shown)
    harmless = [cell for cell in cells if not cell.startswith("'")]
    [back] = [table.read("заголовок" + ";" * len(harmless) + "\n" + table.lines_of([["а", *harmless]], ";")).lines[0]]
    assert back[1:] == harmless


def test_a_workbook_is_read_as_it_looks() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Имя", "Телефон", "Срок", None], [None, None, None, None], ["Анна", 79000000001, date(2026, 12, 31)]):
        sheet.append(row)
    sheet.append(["Борис; младший", 79000000002.0, datetime(2026, 1, 2, 3, 4)])
    file = io.BytesIO()
    book.save(file)
    assert table.read(workbook.text_of(file.getvalue())) == table.Table(
        ";",
        ["Имя", "Телефон", "Срок"],
        [["Анна", "79000000001", "2026-12-31"], ["Борис; младший", "79000000002", "2026-01-02 03:04:00"]],
    )
    for broken in (b"", b"PK", file.getvalue()[:200], b"a;b\n1;2"):
        with pytest.raises(WrongWorkbook):
            workbook.text_of(broken)


async def bring(client: httpx.AsyncClient, content: str, language: str = "ru") -> dict[str, Any]:
    preview = (await client.post("/api/customers/import/preview", json={"content": content})).json()
    wish = {"content": content, "columns": preview["columns"]}
    answer = await client.post("/api/customers/import", json=wish, headers={"accept-language": language})
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


@pytest.mark.database
async def test_an_import_makes_cards_once_and_gives_bad_lines_back(company: Company, web: Web) -> None:
    boss = await web.sign_in(company, "administrator", "boss")
    report = await bring(boss, FILE)
    assert {name: report[name] for name in ("made", "changed", "unchanged", "rejected")} == {
        "made": 2,
        "changed": 0,
        "unchanged": 0,
        "rejected": 3,
    }
    back = list(csv.reader(io.StringIO(report["rejected_csv"].removeprefix("\ufeff")), delimiter=";"))
    assert back[0] == [*FILE.partition("\n")[0].split(";"), "Причина"]
    assert [line[-1] for line in back[1:]] == [
        "Телефон записан неверно",
        "Нет ни телефона, ни почты",
        "VIP: напишите «да» или «нет»",
    ]
    [anna] = (await boss.get("/api/customers", params={"text": "елкина анна"})).json()["items"]
    assert (anna["company_name"], anna["tags"], anna["vip"]) == ("Ромашка", ["опт", "срочно"], True)
    again = await bring(boss, FILE)
    assert (again["made"], again["changed"], again["unchanged"]) == (0, 0, 3)
    changed = await bring(boss, FILE.replace("Борис", "Богдан"))
    assert (changed["made"], changed["changed"]) == (0, 1)
    assert [line.details["made"] for line in await company.audit("customers.import")] == [2, 0, 0]


@pytest.mark.database
async def test_a_line_completes_the_card_that_a_call_made(company: Company, web: Web) -> None:
    company.play.lose("+79000000001")
    await company.write()
    boss = await web.sign_in(company, "administrator", "boss")
    content = "Имя,Phone,Email\nАнна,8 900 000 00 01,\nАнна,,anna@example.org\nАнна,+79000000001,anna@example.org\n"
    report = await bring(boss, content)
    assert (report["made"], report["changed"], report["rejected"]) == (1, 1, 1)
    assert "объедините" in report["rejected_csv"]
    [card] = (await boss.get("/api/customers", params={"text": "89000000001"})).json()["items"]
    assert (card["name"], card["contacts"]) == ("Анна", 1)


@pytest.mark.database
async def test_what_was_exported_changes_nothing_when_it_is_imported(company: Company, web: Web) -> None:
    boss = await web.sign_in(company, "administrator", "boss")
    firm = await made(boss, kind="company", name="=Ромашка")
    await made(boss, name="=cmd|' /C calc'!A0", company=firm["id"], identities=[phone("+79000000001")], vip=True)
    await made(boss, name="@Анна", tags=["опт"], identities=[phone("+79000000002"), phone("+79000000003")])
    exported = await boss.get("/api/customers/export.csv")
    assert exported.headers["content-type"].startswith("text/csv")
    cells = [cell for line in csv.reader(io.StringIO(exported.text), delimiter=";") for cell in line]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    report = await bring(boss, exported.text)
    assert (report["made"], report["changed"], report["unchanged"]) == (0, 0, 3)
    assert report["rejected"] == 1  # the company has no number to be known by
    for role, user in (("operator", "a301"), ("supervisor", "chief")):
        other = await web.sign_in(company, role, user)
        assert (await other.get("/api/customers/export.csv")).status_code == 403
        assert (await other.post("/api/customers/import/preview", json={"content": "a"})).status_code == 403
    assert len(await company.audit("customers.export")) == 1
