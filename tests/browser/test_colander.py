"""The colander and an audit by upload in Chromium, on the real application and PostgreSQL; no telephone is needed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from sqlalchemy import insert
from tests.audit.asking import SAMPLES
from tests.browser.test_customers import served
from tests.plugins.web import PASSWORD, Company, Site, database, make_site

from kaska.features.alerts.tables import alert_situations
from kaska.features.calls.public import contacts
from kaska.features.debts.public import debts
from kaska.features.identity.public import Role

__all__ = ["database", "make_site"]

pytestmark = [pytest.mark.browser, pytest.mark.database]

ENDS = (
    (620, "answered", "talked"), (60, "self_served", "served_by_menu"), (64, "lost", "waiting"),
    (31, "lost", "ringing"), (38, "lost", "menu"), (22, "lost", "closed_hours"), (12, "short_abandoned", "waiting"),
    (14, "message_taken", "message"), (9, "lost", "callback"), (4, "lost", "at_answer"), (2, "lost", "switch_failure"),
)  # fmt: skip


async def filled(site: Site) -> Company:
    """Three weeks of a small company, as the projections would have left them."""
    company = await site.company()
    chance, now = random.Random(7), datetime.now(UTC)
    calls: list[dict[str, Any]] = []
    owed: list[dict[str, Any]] = []
    for count, outcome, cause in ENDS:
        for _ in range(count):
            day = (now - timedelta(days=chance.randrange(1, 21))).replace(hour=chance.choice((8, 9, 14, 15, 15, 16)))
            id, caller = f"k{len(calls)}", f"+7495000{chance.randrange(10000):04}"
            served_ = outcome in ("answered", "self_served")
            calls.append({
                "tenant": company.tenant, "id": id, "direction": "inbound", "channel": "voice", "caller": caller,
                "customer": caller, "digits": caller[1:], "project": "shop", "number": "+74950000101",
                "scenario": "main", "step": "menu" if cause == "menu" else "", "arrived_at": day, "outcome": outcome,
                "cause": cause, "queue": "sales", "queued_at": None if cause in ("menu", "closed_hours") else day,
                "wait_seconds": 25.0, "talk_seconds": 180.0 if served_ else 0.0, "ended_at": day,
                "connected_at": day if outcome == "answered" else None,
                "agents": [f"a{chance.randrange(3)}"] if outcome == "answered" else [],
                "debt": "" if served_ else f"d-{id}",
            })  # fmt: skip
            if not served_:
                back = chance.random() < 0.4
                owed.append({
                    "tenant": company.tenant, "id": f"d-{id}", "contact": id, "cause": cause, "owner": "queue:sales",
                    "opened_at": day, "due_at": day + timedelta(minutes=20), "closed_at": day if back else None,
                    "how": "called_back" if back else "",
                })  # fmt: skip
    async with site.database.tenant(company.tenant) as connection:
        await connection.execute(insert(contacts), calls)
        await connection.execute(insert(debts), owed)
        await connection.execute(insert(alert_situations), [{
            "tenant": company.tenant, "id": "s1", "rule": "wait", "name": "Долго ждут", "project": "shop",
            "figure": "waiting_time", "above": True, "limit": 60.0, "worst": 144.0, "since": now - timedelta(days=2),
            "until": now - timedelta(days=2) + timedelta(minutes=3), "done": "Вывели вторую линию",
        }])  # fmt: skip
    boss = await site.signed_in(company)
    worths = {"worths": [{"conversion": 0.31, "margin": 4200}]}
    assert (await boss.put("/api/colander/settings", json=worths)).status_code == 200
    return company


async def cut_off(site: Site, company: Company) -> None:
    """Half of a file has come."""
    boss, data = await site.signed_in(company), (SAMPLES / "calls.csv").read_bytes()
    made = await boss.post("/api/audits", json={"files": [{"name": "calls.csv", "size": len(data)}]})
    (await boss.put(f"/api/audits/{made.json()['id']}/files/0?offset=0", content=data[:200])).raise_for_status()


async def keeps_the_filter(page: Page, address: str) -> None:
    """Under a name, for all, and opens it again where nothing was narrowed."""
    await page.get_by_test_id("saved-filters").click()
    await page.get_by_test_id("saved-filter-new").click()
    await page.get_by_test_id("saved-filter-name").fill("Ушли из меню")
    await page.get_by_test_id("saved-filter-shared").check()
    await page.get_by_test_id("saved-filter-save").click()
    await expect(page.get_by_test_id("saved-filter-name")).to_be_hidden()
    await page.goto(f"{address}/journal?hole=callback")
    await expect(page.get_by_test_id("journal-row").first).to_be_visible()
    await page.get_by_test_id("saved-filters").click()
    await page.get_by_test_id("saved-filter").click()
    await expect(page.get_by_test_id("journal-from-report")).to_contain_text("меню")
    await expect(page.get_by_test_id("journal-row").first).to_contain_text("Потерян")


async def test_a_manager_finds_the_holes_and_audits_a_log(make_site: Callable[..., Site], chromium: Browser) -> None:
    site = make_site()
    company = await filled(site)
    async with served(site) as address:
        context = await chromium.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900})
        page = await context.new_page()
        await page.goto(f"{address}/reports/colander")
        await page.get_by_label("Логин").fill(company.logins[Role.SUPERVISOR])
        await page.get_by_label("Пароль", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Войти").click()
        await expect(page.get_by_test_id("colander")).to_be_visible()
        await expect(page.get_by_test_id("place-put_through")).to_contain_text("4")
        await expect(page.get_by_test_id("advice")).to_contain_text("Шаг «main / menu»")

        await page.get_by_test_id("place-callback").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("behind")).to_contain_text("Ждут обещанного перезвона")
        await expect(page.get_by_test_id("leaked").first).to_be_visible()
        await page.get_by_text("7 дней").click()
        await page.wait_for_url("**/reports/colander?place=callback&period=week")
        await page.reload()  # as a colleague opens it who was sent the address
        await expect(page.get_by_role("radio", name="7 дней")).to_be_checked()
        await expect(page.get_by_test_id("behind")).to_contain_text("Ждут обещанного перезвона")
        await page.get_by_text("30 дней").click()

        await page.get_by_test_id("place-menu").click()
        await page.get_by_test_id("in-journal").click()
        await page.wait_for_url("**/journal?**")
        await expect(page.get_by_test_id("journal-from-report")).to_contain_text("меню")
        await expect(page.get_by_test_id("journal-row").first).to_be_visible()
        await keeps_the_filter(page, address)

        await page.goto(f"{address}/reports/alerts")
        await expect(page.get_by_test_id("history-rule")).to_contain_text("3:00")
        await expect(page.get_by_test_id("history-situation")).to_contain_text("Вывели вторую линию")

        await cut_off(site, company)
        await page.goto(f"{address}/reports/audit")
        await page.get_by_text("загружен не весь").wait_for()
        await page.get_by_role("button", name="calls.csv").click()
        await page.locator("input[type=file]").set_input_files(SAMPLES / "cel.csv")
        await expect(page.get_by_text("Среди выбранных нет тех же файлов")).to_be_visible()
        await page.locator("input[type=file]").set_input_files(SAMPLES / "calls.csv")
        await expect(page.get_by_test_id("mapping")).to_be_visible(timeout=60_000)

        await page.goto(f"{address}/reports/audit")
        await page.locator("input[type=file]").set_input_files(SAMPLES / "calls.csv")
        await expect(page.get_by_test_id("mapping")).to_be_visible(timeout=60_000)
        await page.get_by_test_id("audit-count").click()
        await expect(page.get_by_test_id("audit-result")).to_be_visible(timeout=60_000)
        await expect(page.get_by_test_id("place-callback")).to_contain_text("?")

        await page.goto(f"{address}/reports/calculator")
        await expect(page.get_by_test_id("comparison")).to_contain_text("в месяц")
        await context.close()
