"""What goes wrong at an operator's place: two tabs, and a reload in the middle of a talk.

No call may ring twice or be cut off by it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect
from tests.browser.conftest import MICROPHONE_TONE, WATCH_TRACKS
from tests.browser.test_operator import browser_hears, go_home, sign_in
from tests.browser.test_taking import CALLER_TONE, dialled
from tests.plugins.installation import Installation

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

COUNT_RINGS = """() => {
  window.rang = 0
  const look = () => (window.rang += document.querySelectorAll('[data-testid=answer]').length)
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true })
}"""


@asynccontextmanager
async def place(browser: Browser, kaska: Installation, extension: str) -> AsyncIterator[Page]:
    """An operator at his page whose microphone was tested before; he goes home at last."""
    agent = kaska.agent(extension)
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU")
    await context.add_init_script(WATCH_TRACKS + "sessionStorage.setItem('kaska.microphone', 'yes')")
    page = await context.new_page()
    # leaving in the middle of a talk is asked about first: he is sure
    context.on("page", lambda opened: opened.on("dialog", lambda dialog: dialog.accept()))
    page.on("dialog", lambda dialog: dialog.accept())
    await sign_in(page, kaska, agent.login, agent.password)
    try:
        yield page
    finally:
        await context.close()
        await go_home(kaska, agent)


async def ready(page: Page) -> None:
    await expect(page.get_by_test_id("registration")).to_have_attribute("data-registration", "registered")
    await page.get_by_test_id("state-ready").click()
    await state_is(page, "ready")


async def state_is(page: Page, state: str, within: float = 10.0) -> None:
    await expect(page.get_by_test_id("my-state")).to_have_attribute("data-state", state, timeout=within * 1000)


async def stage_is(page: Page, stage: str, within: float = 10.0) -> None:
    await expect(page.get_by_test_id("call")).to_have_attribute("data-stage", stage, timeout=within * 1000)


async def test_of_two_tabs_one_rings_and_no_call_suffers(kaska: Installation, chromium: Browser) -> None:
    async with place(chromium, kaska, "301") as first:
        await ready(first)
        second = await first.context.new_page()
        await second.goto(f"{kaska.url}/workplace")
        await expect(second.get_by_test_id("other-tab")).to_be_visible()
        await second.evaluate(COUNT_RINGS)
        async with dialled(kaska, "+79000000631") as call:
            await first.bring_to_front()
            await first.get_by_test_id("answer").click(timeout=20_000)
            await call.hears(MICROPHONE_TONE, within=8)
            assert await second.evaluate("window.rang") == 0  # it rang in one place
            await expect(second.get_by_test_id("talk-other-tab")).to_be_visible()
            await second.get_by_test_id("other-tab").get_by_role("button").click()
            await expect(second.get_by_test_id("other-tab")).to_contain_text("идёт разговор")  # it stays where it is
            await second.get_by_test_id("hold").click()  # and is steered from here too
            await call.hears_music(within=8)
            await second.get_by_test_id("hold").click()
            await call.hears(MICROPHONE_TONE, within=8)
            await second.close()
            second = await first.context.new_page()
            await second.goto(f"{kaska.url}/workplace")
            await expect(second.get_by_test_id("talk-other-tab")).to_be_visible()
            await call.hears(MICROPHONE_TONE, within=8)
            await browser_hears(first, CALLER_TONE)
        await state_is(first, "ready", 15)
        await second.get_by_test_id("other-tab").get_by_role("button").click()
        await expect(second.get_by_test_id("registration")).to_have_attribute("data-registration", "registered")
        await expect(first.get_by_test_id("other-tab")).to_be_visible()
        await state_is(second, "ready")
        async with dialled(kaska, "+79000000632") as call:
            await second.get_by_test_id("answer").click(timeout=20_000)
            await call.hears(MICROPHONE_TONE, within=8)
            await first.close()
            await call.hears(MICROPHONE_TONE, within=8)


async def test_a_reload_in_the_middle_of_a_talk_brings_it_back(kaska: Installation, chromium: Browser) -> None:
    async with place(chromium, kaska, "303") as page:
        await ready(page)
        async with dialled(kaska, "+79000000633") as call:
            await page.get_by_test_id("answer").click(timeout=20_000)
            await call.hears(MICROPHONE_TONE, within=8)
            contact = await page.get_by_test_id("call").get_attribute("data-contact")
            await page.get_by_test_id("note").fill("Недописанное")
            await page.reload()
            await stage_is(page, "talking", 20)
            await call.hears(MICROPHONE_TONE, within=8)
            await browser_hears(page, CALLER_TONE)
            await expect(page.get_by_test_id("call")).to_have_attribute("data-contact", contact or "")
            await expect(page.get_by_test_id("note")).to_have_value("Недописанное")
            await expect(page.get_by_test_id("sound-not-here")).to_have_count(0)
            await page.get_by_test_id("hang-up").click()
            await call.ended(5)
