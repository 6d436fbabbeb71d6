"""The scenario editor in Chromium, on the real application and PostgreSQL: built, judged, mended, walked, published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from tests.browser.test_customers import served
from tests.plugins.web import PASSWORD, CoreInbox, Site, database, make_site
from tests.plugins.web import Browser as Api

from kaska.core.configuration import Configuration
from kaska.core.core import Core
from kaska.features.identity.public import Role

__all__ = ["database", "make_site"]

pytestmark = [pytest.mark.browser, pytest.mark.database]

WEEK = [[[0, 1440]]] * 7


async def put(api: Api, path: str, **given: Any) -> None:
    answer = await api.put(path, json=given)
    assert answer.status_code == 200, answer.text


async def choose_prompt(page: Page, title: str) -> None:
    await page.get_by_test_id("prompt-add").click()
    await page.get_by_role("option", name=title).first.click()


async def test_a_scenario_is_built_mended_walked_and_published(
    make_site: Callable[..., Site], chromium: Browser
) -> None:
    site = make_site()
    company = await site.company()
    api = await site.signed_in(company)
    await put(api, "/api/calendars/work", timezone="Europe/Moscow", week=WEEK)
    await put(api, "/api/projects/windows", name="Окна", calendar="work")
    await put(api, "/api/queues/sales", name="Продажи", project="windows", requires={})
    await put(api, f"/api/agents/{company.ids[Role.OPERATOR]}", extension="301", skills={})
    site.inboxes[company.tenant] = CoreInbox(Core.fresh(Configuration(company.tenant, 0, "")))
    async with served(site) as address:
        context = await chromium.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900})
        page = await context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(f"{address}/settings/scenarios")
        await page.get_by_label("Логин").fill(company.logins[Role.ADMINISTRATOR])
        await page.get_by_label("Пароль", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Войти").click()
        await page.get_by_test_id("scenario-new").click()
        await page.get_by_test_id("scenario-new-name").fill("Основной")
        await page.get_by_test_id("scenario-new-id").fill("main")
        await page.get_by_test_id("scenario-create").click()

        # a greeting and a queue; each node follows the chosen one
        await page.get_by_test_id("add-play").click()
        await choose_prompt(page, "Здравствуйте")
        await page.get_by_test_id("add-enqueue").click()
        properties = page.get_by_test_id("node-properties")
        await expect(properties).to_have_attribute("data-node", "Очередь")
        await expect(page.get_by_test_id("scenario-node")).to_have_count(2)
        await expect(page.locator(".react-flow__edge")).to_have_count(1)

        # the queue has nowhere to take a message: said on the node, and nothing can be published
        queue = page.locator('[data-testid=scenario-node][data-node="Очередь"]')
        await expect(queue.get_by_test_id("node-remark")).to_be_visible()
        await expect(properties.get_by_test_id("node-note").first).to_contain_text("сообщение")
        await page.get_by_test_id("publish").click()
        await expect(page.get_by_test_id("publish-problems")).to_be_visible()
        await expect(page.get_by_test_id("publish-now")).to_be_disabled()
        await page.keyboard.press("Escape")

        await page.get_by_test_id("add-take_message").click()
        await choose_prompt(page, "Пожалуйста, после сигнала")
        await page.get_by_test_id("undo").click()
        await expect(page.get_by_test_id("prompt-chosen")).to_have_count(0)
        await page.get_by_test_id("redo").click()
        await expect(page.get_by_test_id("prompt-chosen")).to_have_count(1)
        await expect(page.get_by_test_id("saving")).to_have_attribute("data-saving", "saved")
        await page.reload()
        await expect(page.get_by_test_id("scenario-node")).to_have_count(3)

        # the same core as in a call walks what is on the screen
        await page.get_by_text("Прогон", exact=True).click()
        await page.get_by_test_id("walk-begin").click()
        await expect(page.get_by_test_id("walk-awaits")).to_have_attribute("data-awaits", "queue")
        await expect(queue.locator('xpath=self::*[@data-lit="here"]')).to_be_visible()
        await page.get_by_test_id("walk-wait").click()
        await expect(page.get_by_test_id("walk-awaits")).to_have_attribute("data-awaits", "message")
        await page.get_by_test_id("walk-speak").click()
        await expect(page.get_by_test_id("walk-awaits")).to_have_attribute("data-awaits", "over")

        await page.get_by_test_id("publish").click()
        await page.get_by_test_id("publish-now").click()
        await page.get_by_text("Версии", exact=True).click()
        await expect(page.get_by_test_id("version")).to_have_count(1)

        # words with commas stay as they are typed, and are a list in the draft
        await page.get_by_test_id("add-menu").click()
        await page.get_by_test_id("add-row-words").click()
        await page.get_by_test_id("words-1").press_sequentially("продажи, хочу купить")
        await expect(page.get_by_test_id("words-1")).to_have_value("продажи, хочу купить")
        await expect(page.get_by_test_id("saving")).to_have_attribute("data-saving", "saved")
        drawn = (await api.get("/api/scenarios/main")).json()["draft"]["nodes"].values()
        assert [one["words"] for one in drawn if one["kind"] == "menu"] == [{"1": ["продажи", "хочу купить"]}]

        # the network goes, another editor saves meanwhile: told, and nothing of anybody is lost unasked
        await context.set_offline(True)
        await page.get_by_test_id("scenario-name").fill("Моё имя")
        await expect(page.get_by_test_id("not-saved")).to_be_visible()
        row = (await api.get("/api/scenarios/main")).json()
        await put(api, "/api/scenarios/main", name="Чужое имя", draft=row["draft"], is_default=True)
        await context.set_offline(False)
        await expect(page.get_by_test_id("edited-meanwhile")).to_be_visible()
        await expect(page.get_by_test_id("scenario-name")).to_have_value("Моё имя")
        await page.get_by_role("button", name="Взять его правки").click()
        await expect(page.get_by_test_id("scenario-name")).to_have_value("Чужое имя")
        assert errors == []
        await context.close()
    inbox = site.inboxes[company.tenant]
    assert isinstance(inbox, CoreInbox)
    published = inbox.core.state.configuration.scenarios["main"]
    assert (published.start, set(published.nodes)) == ("Фраза", {"Фраза", "Очередь", "Сообщение"})


SEEN_WHOLE = """() => {
  const room = document.querySelector('[data-testid=scenario-canvas]').getBoundingClientRect()
  return [...document.querySelectorAll('[data-testid=scenario-node]')].every((node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect()
    return left >= room.left && top >= room.top && right <= room.right && bottom <= room.bottom
  })
}"""


async def test_a_big_scenario_is_seen_whole_at_once_and_again(
    make_site: Callable[..., Site], chromium: Browser
) -> None:
    site = make_site()
    company = await site.company()
    api = await site.signed_in(company)
    await put(api, "/api/calendars/work", timezone="Europe/Moscow", week=WEEK)
    nodes = {
        f"n{n}": {"kind": "play", "prompts": ["ru/greeting"], "next": f"n{n + 1}" if n < 39 else ""} for n in range(40)
    }
    await put(api, "/api/scenarios/big", name="Большой", draft={"start": "n0", "nodes": nodes}, is_default=True)
    async with served(site) as address:
        context = await chromium.new_context(locale="ru-RU", viewport={"width": 1280, "height": 720})
        given = {"login": company.logins[Role.ADMINISTRATOR], "password": PASSWORD}
        assert (await context.request.post(f"{address}/api/session", data=given)).ok
        page = await context.new_page()
        await page.goto(f"{address}/settings/scenarios/big")
        await expect(page.get_by_test_id("scenario-node")).to_have_count(40)
        await page.wait_for_function(SEEN_WHOLE)
        for again in (page.get_by_test_id("whole").click, lambda: page.keyboard.press("f")):
            for _ in range(3):
                await page.get_by_label("Крупнее").click()
            await page.wait_for_function(f"() => !({SEEN_WHOLE})()")
            await again()
            await page.wait_for_function(SEEN_WHOLE)
        await context.close()
