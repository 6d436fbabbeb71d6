"""The customers' screen in Chromium, on the real application and PostgreSQL; no telephone is needed for it."""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import uvicorn
from openpyxl import Workbook
from playwright.async_api import Browser, Page, expect
from tests.plugins.web import PASSWORD, Company, Site, database, make_site

from kaska.features.identity.public import Role

__all__ = ["database", "make_site"]

CALENDAR: dict[str, Any] = {"timezone": "Europe/Moscow", "week": [[[540, 1080]]] * 7}

pytestmark = [pytest.mark.browser, pytest.mark.database]


@asynccontextmanager
async def served(site: Site) -> AsyncIterator[str]:
    """The site on a port of loopback."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(site.app, log_config=None, timeout_graceful_shutdown=1))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


async def filled(site: Site) -> Company:
    company = await site.company()
    boss = await site.signed_in(company)
    made = {}
    for name, phone in (("Ёлкина Анна", "+74950000001"), ("Анна", "+74950000002"), ("Дубов Борис", "+74950000003")):
        given: dict[str, Any] = {"name": name, "identities": [{"kind": "phone", "value": phone}]}
        answer = await boss.post("/api/customers", json=given)
        assert answer.status_code == 201
        made[name] = answer.json()["id"]
    consent = {"what": "recording", "given": True, "how": "на бумаге"}
    assert (await boss.post(f"/api/customers/{made['Анна']}/consents", json=consent)).is_success
    return company


async def test_a_card_is_found_edited_and_merged(make_site: Callable[..., Site], chromium: Browser) -> None:
    site = make_site()
    company = await filled(site)
    async with served(site) as address:
        context = await chromium.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900})
        page = await context.new_page()
        await page.goto(f"{address}/customers")
        await page.get_by_label("Логин").fill(company.logins[Role.SUPERVISOR])
        await page.get_by_label("Пароль", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Войти").click()
        rows = page.get_by_test_id("customer-row")
        await expect(rows).to_have_count(3)

        await page.get_by_test_id("customers-search").fill("Елкна")  # a mistake, and е for ё
        await expect(rows).to_have_count(1)
        await expect(page.get_by_test_id("customers-corrected")).to_be_visible()
        await rows.first.click()
        card = page.get_by_test_id("customer-card")
        await page.get_by_test_id("customer-edit-tags").fill("опт, срочно")
        await page.get_by_test_id("customer-fields").get_by_text("English").click()
        await page.get_by_label("Важный клиент (VIP)").check()
        await page.get_by_test_id("customer-edit-save").click()
        await expect(page.get_by_test_id("customer-edit-save")).to_be_disabled()
        await expect(rows.first).to_contain_text("VIP")
        await agrees_and_withdraws(page)
        await page.get_by_test_id("customer-note").fill("Просит звонить после шести")
        await page.reload()
        await expect(page.get_by_test_id("customer-note")).to_have_value("Просит звонить после шести")
        await page.get_by_test_id("customer-note-save").click()
        await expect(page.get_by_test_id("customer-notes").get_by_text("Просит звонить после шести")).to_be_visible()

        await page.get_by_test_id("customer-merge-search").fill("0000002")
        found = page.get_by_role("listitem").filter(has_text="+7 495 000-00-02")
        await found.get_by_test_id("customer-merge-choose").click()
        identities = page.get_by_test_id("customer-identities").get_by_role("listitem")
        await expect(identities).to_have_count(2)
        consents = page.get_by_test_id("consent")
        await expect(consents).to_have_count(3)  # what the other card had agreed to goes with it
        await page.get_by_test_id("customer-merge-undo").click()
        await expect(identities).to_have_count(1)
        await expect(consents).to_have_count(2)
        await expect(card.get_by_role("heading", name="Ёлкина Анна")).to_be_visible()
        await context.close()
    boss = await site.signed_in(company)
    [kept] = (await boss.get("/api/customers", params={"text": "Ёлкина"})).json()["items"]
    written = (await boss.get(f"/api/customers/{kept['id']}")).json()
    assert (written["tags"], written["vip"], written["language"]) == (["опт", "срочно"], True, "en")
    told = [(one["what"], one["given"], one["how"], one["by_name"]) for one in written["consents"]]
    assert told == [
        ("marketing", False, "письмом", "Имя supervisor"),
        ("marketing", True, "голосом", "Имя supervisor"),
    ]


async def agrees_and_withdraws(page: Page) -> None:
    """The newest word counts, and what was said before stays to be seen."""
    consents = page.get_by_test_id("consents")
    await expect(page.get_by_test_id("consent-give")).to_be_disabled()  # how it was given must be said
    await consents.get_by_label("На что").select_option("marketing")
    await page.get_by_test_id("consent-how").fill("голосом")
    await page.get_by_test_id("consent-give").click()
    lines = page.get_by_test_id("consent")
    await expect(lines).to_have_count(1)
    await expect(lines.first).to_contain_text("Реклама и рассылки дано")
    await page.get_by_test_id("consent-how").fill("письмом")
    await consents.get_by_role("button", name="Отозвано").click()
    await expect(lines).to_have_count(2)
    await expect(lines.first).to_contain_text("отозвано")
    await expect(lines.last).to_contain_text("дано")


async def test_fields_are_defined_filled_in_and_brought_from_a_table(
    make_site: Callable[..., Site], chromium: Browser
) -> None:
    site = make_site()
    company = await filled(site)
    boss = await site.signed_in(company)
    (await boss.put("/api/calendars/work", json=CALENDAR)).raise_for_status()
    for id, name in (("windows", "Окна"), ("doors", "Двери")):
        (await boss.put(f"/api/projects/{id}", json={"name": name, "calendar": "work"})).raise_for_status()
    choice = {"id": "kind", "title": "Какая дверь", "kind": "choice", "choices": ["входная", "межкомнатная"]}
    (await boss.put("/api/customers/fields/doors", json={"fields": [choice]})).raise_for_status()
    async with served(site) as address:
        context = await chromium.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900})
        page = await context.new_page()
        await page.goto(f"{address}/settings/fields?open=windows")
        await page.get_by_label("Логин").fill(company.logins[Role.ADMINISTRATOR])
        await page.get_by_label("Пароль", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Войти").click()
        await page.get_by_role("button", name="Добавить поле").click()
        await page.get_by_test_id("field-title").fill("Площадь")
        await page.get_by_test_id("field-kind").select_option("number")
        await page.get_by_test_id("field-required").check()
        await page.get_by_test_id("settings-save").click()
        await expect(page.get_by_test_id("settings-save")).to_be_disabled()

        await page.goto(f"{address}/customers")
        await page.get_by_test_id("customer-row").filter(has_text="Дубов").click()
        doors = page.get_by_test_id("card-values").filter(has_text="Двери")
        await doors.locator("summary").click()
        await doors.get_by_test_id("value-kind").select_option("входная")
        await doors.get_by_test_id("project-values-save").click()
        await expect(doors.get_by_test_id("project-values-save")).to_be_disabled()
        windows = page.get_by_test_id("card-values").filter(has_text="Окна")
        await windows.locator("summary").click()
        value = windows.get_by_test_id("value-ploschad")
        await value.fill("много")
        await expect(page.get_by_text("Напишите число")).to_be_visible()
        await value.fill("12,5")
        await windows.get_by_test_id("project-values-save").click()
        await expect(windows.get_by_test_id("project-values-save")).to_be_disabled()
        await page.keyboard.press("Escape")

        await page.get_by_test_id("customers-import").click()
        table = "Имя;Телефон;Площадь\nВера;+7 495 000-00-09;7\nНикто;;3\n".encode("cp1251")
        await page.locator("input[type=file]").set_input_files(
            {"name": "t.csv", "mimeType": "text/csv", "buffer": table}
        )
        await page.get_by_test_id("import-start").click()
        await expect(page.get_by_test_id("import-made")).to_have_text("1")
        await expect(page.get_by_test_id("import-rejected")).to_have_text("1")
        await context.close()
    [boris] = (await boss.get("/api/customers", params={"text": "Дубов"})).json()["items"]
    written = (await boss.get(f"/api/customers/{boris['id']}")).json()["custom"]
    assert written == {"windows": {"ploschad": 12.5}, "doors": {"kind": "входная"}}
    [vera] = (await boss.get("/api/customers", params={"text": "Вера"})).json()["items"]
    assert (await boss.get(f"/api/customers/{vera['id']}")).json()["custom"] == {"windows": {"ploschad": 7.0}}


async def read(download: Any) -> str:
    """The text that a browser took down."""
    path = Path(await (await download.value).path())
    return await asyncio.to_thread(path.read_text, encoding="utf-8-sig")


async def test_a_workbook_is_brought_and_a_person_is_handed_over_and_erased(
    make_site: Callable[..., Site], chromium: Browser
) -> None:
    site = make_site()
    company = await filled(site)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Имя", "Телефон"], ["Вера Ольхова", 74950000009], ["Никто", "не скажу"]):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    async with served(site) as address:
        context = await chromium.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900})
        page = await context.new_page()
        await page.goto(f"{address}/customers")
        await page.get_by_label("Логин").fill(company.logins[Role.ADMINISTRATOR])
        await page.get_by_label("Пароль", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Войти").click()
        await page.get_by_test_id("customers-import").click()
        await page.locator("input[type=file]").set_input_files(
            {"name": "t.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}
        )
        await expect(page.get_by_test_id("import")).to_contain_text("Вера Ольхова")  # shown before anything is kept
        await page.get_by_test_id("import-start").click()
        await expect(page.get_by_test_id("import-made")).to_have_text("1")
        async with page.expect_download() as bad:
            await page.get_by_test_id("import-rejected-file").click()
        rejected = await read(bad)
        assert "Никто" in rejected
        assert "Телефон записан неверно" in rejected
        await page.keyboard.press("Escape")

        await page.get_by_test_id("customer-row").filter(has_text="Ольхова").click()
        async with page.expect_download() as whole:
            await page.get_by_test_id("person-everything").click()
        with ZipFile(await (await whole.value).path()) as archive:
            assert "Вера Ольхова" in archive.read("person.json").decode()
        await page.get_by_test_id("person-erase").click()
        await expect(page.get_by_test_id("erase-now")).to_be_disabled()
        await page.get_by_test_id("erase-word").fill("стереть")
        await page.get_by_test_id("erase-now").click()
        await expect(page.get_by_test_id("customer-row").filter(has_text="Ольхова")).to_have_count(0)
        await expect(page.get_by_test_id("customer-row")).to_have_count(3)
        async with page.expect_download() as table:
            await page.get_by_test_id("customers-export").click()
        exported = await read(table)
        assert "Дубов Борис" in exported
        assert "Ольхова" not in exported
        await context.close()
