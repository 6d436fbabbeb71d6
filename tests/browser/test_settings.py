"""The administrator's screens in Chromium: nothing typed is lost, two at once, publishing, and nobody is shut out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from tests.browser.test_customers import served
from tests.features.publishing.test_publishing import describe
from tests.plugins.web import PASSWORD, Company, Site, database, make_site

from kaska.features.identity.public import Role
from kaska.features.publishing import public as publishing
from screens.pages import SCREENS, Screen

__all__ = ["database", "make_site"]

pytestmark = [pytest.mark.browser, pytest.mark.database]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .filter((one) => one.impact === 'serious' || one.impact === 'critical')
  .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 4).join(' | ')}`)"""


async def signed_in(chromium: Browser, address: str, company: Company) -> Page:
    context = await chromium.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900}, base_url=address)
    given = {"login": company.logins[Role.ADMINISTRATOR], "password": PASSWORD}
    assert (await context.request.post("/api/session", data=given)).ok
    return await context.new_page()


async def test_edits_survive_a_reload_and_another_administrator_and_are_published(
    make_site: Callable[..., Site], chromium: Browser
) -> None:
    site = make_site()
    company = await site.company()
    other = await site.signed_in(company)
    await describe(other, company)
    async with served(site) as address:
        page = await signed_in(chromium, address, company)
        await page.goto("/settings/queues?open=sales")
        wait = page.get_by_test_id("queue-max-wait")
        await wait.fill("77")
        await page.reload()
        await expect(wait).to_have_value("77")

        row: dict[str, Any] = (await other.get("/api/queues")).json()[0]
        row.pop("id")
        assert (await other.put("/api/queues/sales", json=row | {"ring_seconds": 20})).status_code == 200
        await page.get_by_test_id("settings-save").click()
        conflict = page.get_by_test_id("settings-conflict")
        await expect(conflict).to_contain_text("Имя administrator")
        await expect(conflict.get_by_role("row")).to_have_count(3)
        async with page.expect_response(lambda answer: answer.request.method == "PUT") as saving:
            await page.get_by_test_id("conflict-mine").click()
        assert (await saving.value).ok
        await expect(conflict).to_have_count(0)
        (saved,) = (await other.get("/api/queues")).json()
        assert (saved["max_wait"], saved["ring_seconds"]) == (77, 15)

        await page.goto("/settings/numbers?open=*new")
        await page.get_by_test_id("number-number").fill("+7 495 000-00-09")
        await page.get_by_test_id("number-project").select_option("windows")
        await page.get_by_test_id("settings-save").click()
        await expect(page.get_by_test_id("number-scenario")).to_have_attribute("aria-invalid", "true")
        await page.get_by_test_id("number-scenario").select_option("main")
        await page.get_by_test_id("settings-save").click()
        await expect(page.locator("[data-testid=settings-row][data-id='+74950000009']")).to_be_visible()

        await page.get_by_test_id("waiting-publish").click()
        await expect(page.get_by_test_id("waiting-bar")).to_have_count(0)
        await page.goto("/settings/audit")
        await expect(page.get_by_test_id("audit-row").first).to_contain_text("публикация")
        await page.context.close()


async def test_what_has_a_name_is_shown_by_it_everywhere(make_site: Callable[..., Site], chromium: Browser) -> None:
    """Skills, trunks, calendars and sources are listed by their keys until somebody names them."""
    site = make_site()
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    trunk = f"line-{company.tenant[-6:]}"
    given = {"addresses": ["198.51.100.7"], "contact_uri": "sip:198.51.100.7:5060"}
    assert (await admin.put(f"/api/trunks/{trunk}", json=given)).status_code == 200
    source = {"document": {"kind": "http_source", "url": "http://127.0.0.1/"}}
    assert (await admin.put("/api/sources/crm", json=source)).status_code == 200
    assert (await admin.post("/api/publishing")).status_code == 201
    async with served(site) as address:
        page = await signed_in(chromium, address, company)

        await page.goto("/settings/projects?open=windows")
        await expect(page.get_by_test_id("project-trunk")).to_contain_text(trunk)

        for path, key, field, name in (
            ("trunks", trunk, "trunk-name", "Городская линия"),
            ("calendars", "work", "calendar-name", "Рабочие часы"),
            ("lookups", "crm", "source-name", "Наши клиенты"),
        ):
            await page.goto(f"/settings/{path}?open={key}")
            await expect(page.get_by_test_id(field)).to_have_attribute("placeholder", key)
            await page.get_by_test_id(field).fill(name)
            await page.get_by_test_id("settings-save").click()
            await expect(page.locator(f"[data-testid=settings-row][data-id='{key}']")).to_contain_text(name)

        await page.goto("/settings/calendars?open=work")
        add = page.get_by_role("button", name="Режим", exact=True)
        await add.click()
        await expect(page.get_by_test_id("mode-name")).to_have_value("обед")
        await add.click()
        await page.get_by_test_id("mode-name").last.fill("Инвентаризация")
        async with page.expect_response(lambda answer: answer.request.method == "PUT") as saving:
            await page.get_by_test_id("settings-save").click()
        assert (await saving.value).ok
        (calendar,) = (await admin.get("/api/calendars")).json()
        assert set(calendar["modes"]) == {"lunch", "inventarizaciya"}
        assert calendar["mode_names"] == {"inventarizaciya": "Инвентаризация"}
        await page.goto("/settings/calendars")
        await expect(page.get_by_test_id("modes").locator("select").first).to_contain_text("Инвентаризация")

        await page.goto("/settings/skills")
        skill = page.get_by_test_id("skill")
        await expect(skill).to_contain_text("sales")
        await skill.get_by_role("button").click()
        await page.get_by_test_id("skill-name").fill("Продажи окон")
        await page.get_by_test_id("skill-save").click()
        await expect(skill).to_contain_text("Продажи окон")
        await page.get_by_test_id("skill-new").click()
        await page.get_by_test_id("skill-name").fill("Немецкий язык")
        await page.get_by_test_id("skill-save").click()
        await expect(page.locator("[data-testid=skill][data-id=nemeckiy-yazyk]")).to_contain_text("Немецкий язык")

        await page.goto("/settings/queues?open=sales")
        requires = page.get_by_test_id("queue-requires")
        await expect(requires).to_contain_text("Продажи окон")
        await expect(page.locator("[data-testid=settings-row][data-id=sales]")).to_contain_text("Продажи окон")
        wanted = requires.locator("input[list]")
        await wanted.fill("немецкий язык")
        await wanted.press("Enter")
        await expect(requires).to_contain_text("Немецкий язык")
        await wanted.fill("Срочные заказы")
        await wanted.press("Enter")
        await expect(requires).to_contain_text("Срочные заказы")
        async with page.expect_response(lambda answer: answer.request.method == "PUT") as saving:
            await page.get_by_test_id("settings-save").click()
        assert (await saving.value).ok
        (queue,) = (await admin.get("/api/queues")).json()
        assert queue["requires"] == {"sales": 1, "nemeckiy-yazyk": 3, "srochnye-zakazy": 3}

        await page.goto("/settings/people?open=" + company.ids[Role.OPERATOR])
        await expect(page.get_by_test_id("person-skills")).to_contain_text("Продажи окон")
        await page.goto("/settings/projects?open=windows")
        await expect(page.get_by_test_id("project-trunk")).to_contain_text("Городская линия")
        await expect(page.get_by_test_id("project-calendar")).to_contain_text("Рабочие часы")
        await page.goto("/settings/outgoing")
        await page.get_by_test_id("outgoing-lines").get_by_role("button").last.click()
        await expect(page.get_by_test_id("outgoing-lines")).to_contain_text("Городская линия")

        await page.goto("/settings/publish")
        waiting = page.get_by_test_id("publish")
        for name in ("Городская линия", "Рабочие часы", "Наши клиенты", "Продажи окон", "Немецкий язык"):
            await expect(waiting).to_contain_text(name)
        await page.goto("/settings/audit")
        table = page.get_by_role("table")
        await expect(table).to_contain_text("назван навык")
        for name in ("Городская линия", "Рабочие часы", "Наши клиенты", "Продажи окон", "Немецкий язык"):
            await expect(table.get_by_role("link", name=name).first).to_be_visible()
        await page.context.close()


async def test_what_is_set_on_the_screens_is_what_calls_are_handled_by(
    make_site: Callable[..., Site], chromium: Browser
) -> None:
    """A trunk, a rule of recording and emergency numbers: typed, published, in the engine's configuration."""
    site = make_site()
    company = await site.company()
    await describe(await site.signed_in(company), company)
    async with served(site) as address:
        page = await signed_in(chromium, address, company)
        save = page.get_by_test_id("settings-save")
        await page.goto("/settings/trunks?open=*new")
        await page.get_by_test_id("trunk-name").fill("far")
        await page.get_by_test_id("trunk-contact").fill("sip:127.0.0.2:5060")
        await page.get_by_test_id("trunk-addresses").get_by_role("textbox").first.fill("127.0.0.2")
        await save.click()
        await expect(page.locator("[data-testid=settings-row][data-id=far]")).to_be_visible()

        await page.goto("/settings/recording")
        await page.get_by_role("button", name="Ещё правило").click()
        await page.get_by_test_id("recording-rule-name").fill("Выборочно")
        await page.get_by_test_id("recording-rule-share").fill("25")
        await save.click()
        await expect(save).to_be_disabled()

        await page.goto("/settings/outgoing")
        await page.get_by_label("Ещё экстренные номера").fill("911")
        await save.click()
        await expect(save).to_be_disabled()
        await page.get_by_test_id("waiting-publish").click()
        await expect(page.get_by_test_id("waiting-bar")).to_have_count(0)
        await page.context.close()
    published = await publishing.latest(site.database, company.tenant)
    assert published is not None
    assert published.trunks["far"].addresses == ("127.0.0.2",)
    assert published.trunks["far"].contact_uri == "sip:127.0.0.2:5060"
    assert [rule.share for rule in published.recording.rules] == [25.0]
    assert "911" in published.outgoing.plan.emergency


async def test_an_alert_says_when_it_comes_and_when_it_is_over_and_the_log_calls_it_by_its_name(
    make_site: Callable[..., Site], chromium: Browser
) -> None:
    site = make_site()
    company = await site.company()
    other = await site.signed_in(company)
    await describe(other, company)
    async with served(site) as address:
        page = await signed_in(chromium, address, company)
        await page.goto("/settings/alerts")
        await page.get_by_test_id("rule-new").click()
        await page.get_by_test_id("rule-name").fill("Долго ждут")
        await page.get_by_test_id("rule-limit").fill("90")
        back, told = page.get_by_test_id("rule-back"), page.get_by_test_id("rule-told")
        await expect(back).to_have_value("80 с")
        await back.fill("100")
        await expect(page.get_by_test_id("rule-save")).to_be_disabled()
        await back.fill("60")
        await expect(told).to_contain_text("самое долгое ожидание больше 90 с")
        await expect(told).to_contain_text("станет 60 с или меньше")
        await page.get_by_test_id("rule-save").click()
        await expect(page.get_by_test_id("rule-row")).to_contain_text("самое долгое ожидание больше 90 с")
        (rule,) = (await other.get("/api/alerts/rules")).json()
        assert (rule["limit"], rule["margin"], rule["above"]) == (90.0, 30.0, True)
        await page.goto("/settings/audit")
        saved = page.get_by_test_id("audit-row").filter(has_text="сохранено правило оповещений")
        await expect(saved).to_contain_text("Долго ждут")
        await expect(saved).not_to_contain_text(rule["id"])

        queue: dict[str, Any] = next(row for row in (await other.get("/api/queues")).json() if row["id"] == "sales")
        queue.pop("id")
        sold = {"name": "best_performer", "product": "Окна ПВХ"}
        assert (await other.put("/api/queues/sales", json=queue | {"policy": sold})).status_code == 200
        await page.goto("/settings/queues?open=sales")
        await expect(page.get_by_test_id("policy-product")).to_have_value("Окна ПВХ")
        await page.context.close()


async def test_no_screen_shuts_anybody_out(make_site: Callable[..., Site], chromium: Browser) -> None:
    site = make_site()
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    async with served(site) as address:
        page = await signed_in(chromium, address, company)
        found = []
        for number, screen in enumerate(SCREENS):
            await page.goto(_here(screen))
            await page.evaluate(
                "(dark) => document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')",
                number % 2 == 1,
            )
            await page.locator("main").wait_for()
            await page.wait_for_function("() => !document.querySelector('.mantine-Loader-root')")
            await page.evaluate(AXE.read_text())
            found += [f"{screen.name}: {one}" for one in await page.evaluate(RUN_AXE)]
        assert found == []
        await page.context.close()


def _here(screen: Screen) -> str:
    """The same screen on this test's company."""
    names = {"demo-301": "", "city": "", "crm": "", "always": "work", "%2B74950000101": "%2B74950000001"}
    path, _, open = screen.path.partition("?open=")
    return f"{path}?open={names.get(open, open)}" if open else path
