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
        await page.get_by_test_id("trunk-name").fill("city")
        await page.get_by_test_id("trunk-contact").fill("sip:127.0.0.2:5060")
        await page.get_by_test_id("trunk-addresses").get_by_role("textbox").first.fill("127.0.0.2")
        await save.click()
        await expect(page.locator("[data-testid=settings-row][data-id=city]")).to_be_visible()

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
    assert published.trunks["city"].addresses == ("127.0.0.2",)
    assert published.trunks["city"].contact_uri == "sip:127.0.0.2:5060"
    assert [rule.share for rule in published.recording.rules] == [25.0]
    assert "911" in published.outgoing.plan.emergency


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
