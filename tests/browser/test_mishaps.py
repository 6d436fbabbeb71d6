"""What goes wrong at an operator's place: two tabs, a reload, a dead network, no microphone, a desk phone, sleep.

No call may ring twice or be cut off by it, and the page says what happened and what to do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, CDPSession, Page, expect
from tests.browser.conftest import MICROPHONE_TONE, WATCH_TRACKS
from tests.browser.test_operator import browser_hears, go_home, sign_in
from tests.browser.test_taking import CALLER_TONE, dialled
from tests.e2e.centre import Board
from tests.plugins.installation import Installation

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

DESK_TONE, COLLEAGUE_TONE = 550, 650
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


async def devtools(page: Page, *said: tuple[str, dict[str, Any]]) -> CDPSession:
    tools = await page.context.new_cdp_session(page)
    for method, given in said:
        await tools.send(method, given)
    return tools


@asynccontextmanager
async def watched(kaska: Installation) -> AsyncIterator[Board]:
    """The floor as a supervisor's page is told of it."""
    async with kaska.session(kaska.company.supervisor) as web:
        board = Board()
        following = asyncio.create_task(board.follow(web))
        try:
            await board.until(lambda: True)
            yield board
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


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


async def test_twenty_seconds_without_a_network_lose_nothing(kaska: Installation, chromium: Browser) -> None:
    async with place(chromium, kaska, "303") as page:
        await ready(page)
        async with dialled(kaska, "+79000000634") as call:
            await page.get_by_test_id("answer").click(timeout=20_000)
            await call.hears(MICROPHONE_TONE, within=8)
            await page.get_by_test_id("note").fill("До обрыва")
            tools = await devtools(page, ("Network.enable", {}))
            nothing = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0, "packetLoss": 100}
            await tools.send("Network.emulateNetworkConditions", nothing)
            await page.context.set_offline(True)
            lost = page.get_by_test_id("connection-lost")
            await expect(lost).to_be_visible()
            await page.get_by_test_id("note").fill("До обрыва и после")
            await expect(lost).to_contain_text("0:20", timeout=30_000)
            await page.context.set_offline(False)
            well = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1, "packetLoss": 0}
            await tools.send("Network.emulateNetworkConditions", well)
            await expect(lost).to_have_count(0, timeout=15_000)
            await expect(page.get_by_test_id("happened")).to_have_attribute("data-consequence", "talk_goes_on")
            await stage_is(page, "talking")
            await call.hears(MICROPHONE_TONE, within=8)
            await browser_hears(page, CALLER_TONE)
            await expect(page.get_by_test_id("note")).to_have_value("До обрыва и после")
            await page.get_by_test_id("hang-up").click()
            await call.ended(5)
        await page.get_by_test_id("topic").click()
        await page.get_by_role("option").first.click()
        await page.get_by_test_id("result").locator("[data-testid^=result-]").first.click()
        await page.get_by_test_id("save-result").click()
        await expect(page.get_by_test_id("result-state")).to_have_attribute("data-saved", "true")


async def test_without_a_microphone_the_desk_phone_is_chosen(kaska: Installation, chromium: Browser) -> None:
    """He is ready when his microphone is forbidden: no more calls are offered to the browser, and words say what to do.

    At his desk phone he has all that works there, and nothing rings twice.
    """
    async with kaska.at_work("304", tone=DESK_TONE) as desk, place(chromium, kaska, "304") as page:
        await desk.state("break", "rest")
        await ready(page)
        origin = {"origin": kaska.url, "permission": {"name": "microphone"}}
        tools = await devtools(page, ("Browser.setPermission", origin | {"setting": "denied"}))
        await state_is(page, "break")
        await expect(page.get_by_test_id("microphone-refused")).to_contain_text("разрешите микрофон")
        await page.get_by_test_id("state-ready").click()
        await expect(page.get_by_test_id("microphone-trouble")).to_be_visible()
        await state_is(page, "break")
        await page.get_by_test_id("microphone-check").get_by_role("button").last.click()
        await page.get_by_test_id("use-phone").click()
        await expect(page.get_by_test_id("phone-reachable")).to_have_attribute("data-reachable", "true")
        await page.get_by_test_id("state-ready").click()
        await state_is(page, "ready")
        async with dialled(kaska, "+79000000635") as call:
            offer = await desk.phone.incoming(20)
            await stage_is(page, "offered")
            await expect(page.get_by_test_id("answer")).to_have_count(0)
            await offer.answer()
            await call.hears(DESK_TONE, within=8)
            await stage_is(page, "talking")
            await page.get_by_test_id("hold").click()
            await call.hears_music(within=8)
            await page.get_by_test_id("hold").click()
            await call.hears(DESK_TONE, within=8)
            await expect(page.get_by_test_id("transfer")).to_be_enabled()
            await page.get_by_test_id("park").click()
            await offer.ended(5)
            await page.get_by_test_id("parked-call").get_by_test_id("take").click()
            offer = await desk.phone.incoming(5)
            await offer.answer()
            await call.hears(DESK_TONE, within=8)
            await page.get_by_test_id("hang-up").click()
            await call.ended(5)
        await tools.send("Browser.setPermission", origin | {"setting": "granted"})


async def test_a_sleeping_tab_holds_nobody_up(kaska: Installation, chromium: Browser) -> None:
    async with place(chromium, kaska, "301") as page, watched(kaska) as board:
        await ready(page)
        tools = await devtools(page, ("Page.enable", {}), ("Page.setWebLifecycleState", {"state": "frozen"}))
        async with kaska.at_work("303", tone=COLLEAGUE_TONE) as colleague, dialled(kaska, "+79000000636") as call:
            offer = await colleague.phone.incoming(20)
            await offer.answer()
            await call.hears(COLLEAGUE_TONE, within=8)
        await board.agent_is("301", "offline", within=kaska.settings.page_lease + 5)
        await tools.send("Page.setWebLifecycleState", {"state": "active"})
        await expect(page.get_by_test_id("signed-out-lost")).to_be_visible(timeout=15_000)
        await expect(page.get_by_test_id("happened")).to_have_attribute("data-kind", "asleep")
        await expect(page.get_by_test_id("happened")).to_have_attribute("data-consequence", "signed_out")
        await ready(page)
