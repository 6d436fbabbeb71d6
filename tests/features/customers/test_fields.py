"""Fields of a project's cards: who defines them, what they take, what becomes of values when a field goes."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.customers.test_cards import made, phone
from tests.features.customers.test_transfer import bring

from kaska.core.configuration import Calendar, Project
from kaska.features.customers.schemas import CustomField
from kaska.features.customers.table import Columns
from kaska.features.customers.values import cell_of, fits, read_cell
from kaska.features.projects.public import put_calendar, put_project
from support.books import Company, Web

DEFINED: list[dict[str, Any]] = [
    {"id": "size", "title": "Площадь", "title_en": "Area", "kind": "number"},
    {"id": "due", "title": "Срок", "kind": "date"},
    {"id": "glass", "title": "Стекло", "kind": "choice", "choices": ["простое", "тройное"]},
    {"id": "wish", "title": "Пожелание", "kind": "text"},
    {"id": "lift", "title": "Есть лифт", "kind": "yes_no"},
    {"id": "card", "title": "Карта", "kind": "text", "unrecorded": True},
]
PATH = "/api/customers/fields/windows"


async def with_project(company: Company) -> None:
    async with company.transaction() as connection:
        await put_calendar(connection, company.tenant, Calendar("work", "Europe/Moscow", ((),) * 7))
        await put_project(connection, company.tenant, Project("windows", "Окна", "work"))


VALUES = {
    "text": st.text("аЁ1=;, ", min_size=1, max_size=9),
    "number": st.floats(-1e15, 1e15).map(lambda number: float(f"{number:.15g}")),
    "date": st.dates().map(str),
    "yes_no": st.booleans(),
    "choice": st.sampled_from(["простое", "тройное"]),
}


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_what_a_table_writes_it_reads_again(told: tuple[str, Any]) -> None:
    kind, value = told
    field = CustomField(id="x", title="X", kind=kind, choices=["простое", "тройное"])  # type: ignore[arg-type]
    assert fits(field, value)
    for language in ("ru", "en"):
        assert read_cell(field, cell_of(value, language)) == value


def test_a_heading_leads_to_one_field() -> None:
    same = CustomField(id="size", title="Площадь", title_en="Area", kind="number")
    other = CustomField(id="floor", title="Этаж", kind="number")
    columns = Columns({"windows.size": same, "doors.size": same, "doors.floor": other}, {"windows": "Окна"})
    known = columns.known_by()
    assert known["этаж"] == known["этаж (doors)"] == "doors.floor"
    assert (known["площадь (окна)"], known["area (doors)"]) == ("windows.size", "doors.size")
    assert "площадь" not in known


@pytest.mark.database
async def test_fields_of_a_project_take_only_what_fits(company: Company, web: Web) -> None:
    boss = await web.sign_in(company, "supervisor", "boss")
    operator = await web.sign_in(company, "operator", "a301")
    await with_project(company)
    assert (await operator.put(PATH, json={"fields": DEFINED})).status_code == 403
    assert (await operator.get(PATH)).status_code == 403
    assert (await boss.put("/api/customers/fields/nowhere", json={"fields": DEFINED})).status_code == 404
    assert (await boss.put(PATH, json={"fields": DEFINED})).status_code == 200
    shown = (await operator.get("/api/customers/fields")).json()["windows"]
    assert [field["id"] for field in shown] == [field["id"] for field in DEFINED]
    path = f"/api/customers/{(await made(operator, name='Иван'))['id']}"
    right = {"size": 12.5, "due": "2026-12-31", "glass": "тройное", "wish": "побыстрее", "lift": False}
    answer = await operator.patch(path, json={"custom": {"windows": right}})
    assert answer.json()["custom"] == {"windows": right}
    wrong = [("size", "много"), ("size", True), ("due", "завтра"), ("due", "20261231"), ("glass", "пластик")]
    for name, value in (*wrong, ("wish", 5), ("lift", "да")):
        answer = await operator.patch(path, json={"custom": {"windows": {name: value}}})
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_field_value"), (name, value)
        assert f"custom.windows.{name}" in answer.json()["fields"]
    answer = await operator.patch(path, json={"custom": {"windows": {"size": None, "wish": None, "lift": None}}})
    assert answer.json()["custom"] == {"windows": {"due": "2026-12-31", "glass": "тройное"}}


@pytest.mark.database
async def test_what_is_required_is_asked_for_with_the_projects_values(company: Company, web: Web) -> None:
    boss = await web.sign_in(company, "administrator", "boss")
    await with_project(company)
    must = [{**DEFINED[0], "required": True}, *DEFINED[1:]]
    assert (await boss.put(PATH, json={"fields": must})).status_code == 200
    path = f"/api/customers/{(await made(boss, name='Иван'))['id']}"
    answer = await boss.patch(path, json={"custom": {"windows": {"wish": "побыстрее"}}})
    assert (answer.status_code, answer.json()["code"]) == (400, "fields_missing")
    assert answer.json()["fields"] == {"custom.windows.size": "missing"}
    assert "Площадь" in answer.json()["message"]
    assert (await boss.patch(path, json={"custom": {"windows": {"wish": "x", "size": 3}}})).status_code == 200
    assert (await boss.patch(path, json={"custom": {"windows": {"size": None}}})).json()["code"] == "fields_missing"
    assert (await boss.patch(path, json={"name": "Пётр"})).status_code == 200


@pytest.mark.database
async def test_a_field_with_values_goes_into_the_archive_and_keeps_its_kind(company: Company, web: Web) -> None:
    boss = await web.sign_in(company, "administrator", "boss")
    await with_project(company)
    first = (
        await boss.put(PATH, json={"fields": DEFINED, "revision": (await boss.get(PATH)).json()["revision"]})
    ).json()
    await made(boss, name="Иван", custom={"windows": {"size": 4, "wish": "да"}})
    assert (await boss.get(PATH)).json()["filled"] == ["size", "wish"]
    other_kind = [{**DEFINED[0], "kind": "text"}, *DEFINED[1:]]
    refused = await boss.put(PATH, json={"fields": other_kind, "revision": first["revision"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "field_has_values")
    left = (await boss.put(PATH, json={"fields": DEFINED[1:3], "revision": first["revision"]})).json()
    assert [(one["id"], one["archived"]) for one in left["fields"]] == [
        ("due", False), ("glass", False), ("size", True), ("wish", True)
    ]  # fmt: skip
    late = await boss.put(PATH, json={"fields": [], "revision": first["revision"]})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    for broken in ([DEFINED[0], DEFINED[0]], [{**DEFINED[2], "choices": []}]):
        assert (await boss.put(PATH, json={"fields": broken})).json()["code"] == "wrong_fields"
    assert "Пожелание" in str((await company.audit("customers.fields"))[0].details)


@pytest.mark.database
async def test_fields_come_from_a_table_and_go_into_one(company: Company, web: Web) -> None:
    boss = await web.sign_in(company, "administrator", "boss")
    await with_project(company)
    assert (await boss.put(PATH, json={"fields": DEFINED})).status_code == 200
    table = (
        "Имя;Телефон;Площадь;Срок;Стекло;Есть лифт\n"
        "Анна;+79000000001;12,5;31.12.2026;Тройное;да\n"
        "Борис;+79000000002;много;;;\n"
        "Вера;+79000000003;;;;\n"
    )
    preview = (await boss.post("/api/customers/import/preview", json={"content": table})).json()
    assert preview["columns"][2:] == ["windows.size", "windows.due", "windows.glass", "windows.lift"]
    report = await bring(boss, table)
    assert (report["made"], report["rejected"]) == (2, 1)
    assert "Значение не подходит полю «Площадь»" in report["rejected_csv"]
    [anna] = (await boss.get("/api/customers", params={"text": "+79000000001"})).json()["items"]
    card = (await boss.get(f"/api/customers/{anna['id']}")).json()
    assert card["custom"] == {"windows": {"size": 12.5, "due": "2026-12-31", "glass": "тройное", "lift": True}}
    exported = (await boss.get("/api/customers/export.csv", headers={"accept-language": "ru"})).text
    rows = list(csv.DictReader(io.StringIO(exported.removeprefix("\ufeff")), delimiter=";"))
    mine = next(row for row in rows if row["Имя"] == "Анна")
    assert (mine["Площадь (Окна)"], mine["Есть лифт (Окна)"], mine["Карта (Окна)"]) == ("12,5", "да", "")
    again = await bring(boss, exported)
    assert (again["made"], again["changed"], again["unchanged"], again["rejected"]) == (0, 0, 2, 0)
    assert phone("+79000000001")["value"] in exported
