"""What goes wrong at an operator's place: two tabs, a reload, a dead network, no microphone, a desk phone, sleep.

No call may ring twice or be cut off by it, and the page says what happened and what to do.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from tests.browser.conftest import MICROPHONE_TONE, launched
from tests.browser.places import asleep, permit_microphone, place, ready, stage_is, state_is, watched, without_network
from tests.browser.test_operator import browser_hears
from tests.browser.test_taking import CALLER_TONE, dialled
from tests.plugins.installation import Installation

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

DESK_TONE, COLLEAGUE_TONE = 550, 650
COUNT_RINGS = """() => {
  window.rang = 0
  const look = () => (window.rang += document.querySelectorAll('[data-testid=answer]').length)
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true })
}"""
FIELDS: dict[str, Any] = {
    "fields": [
        {"id": "size", "title": "Площадь", "kind": "number"},
        {"id": "card", "title": "Номер карты", "kind": "text", "unrecorded": True},
    ]
}
SCRIPT: dict[str, Any] = {
    "start": "hello",
    "steps": [
        {
            "id": "hello",
            "title": "Приветствие",
            "text": "Здравствуйте!",
            "answers": [{"title": "Оплата", "next": "pay"}],
        },
        {
            "id": "pay",
            "title": "Оплата",
            "text": "Назовите номер карты.",
            "unrecorded": True,
            "answers": [{"title": "Дальше", "next": "bye"}],
        },
        {"id": "bye", "title": "Прощание", "text": "До свидания!", "answers": [{"title": "Конец", "next": ""}]},
    ],
}


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


async def test_twenty_seconds_without_a_network_lose_nothing_and_a_sleeping_tab_holds_nobody_up(
    kaska: Installation, chromium: Browser, microphone: Path
) -> None:
    """One operator's cable is out in a talk; meanwhile another's page stands still, and is offered a call."""
    async with (
        place(chromium, kaska, "303") as page,
        launched(microphone) as other,
        place(other, kaska, "301") as sleeper,
        watched(kaska) as board,
    ):
        await ready(page)
        async with dialled(kaska, "+79000000634") as call:
            await page.get_by_test_id("answer").click(timeout=20_000)
            await call.hears(MICROPHONE_TONE, within=8)
            await page.get_by_test_id("note").fill("До обрыва")
            await ready(sleeper)
            lost = page.get_by_test_id("connection-lost")
            async with without_network(page), asleep(other):
                await expect(lost).to_be_visible()
                await page.get_by_test_id("note").fill("До обрыва и после")
                await passes_on(kaska, "+79000000636")
                await expect(lost).to_contain_text("0:20", timeout=30_000)
                await board.agent_is("301", "offline", within=kaska.settings.page_lease + 5)
            await expect(lost).to_have_count(0, timeout=15_000)
            await expect(page.get_by_test_id("happened")).to_have_attribute("data-consequence", "talk_goes_on")
            await stage_is(page, "talking")
            await call.hears(MICROPHONE_TONE, within=8)
            await browser_hears(page, CALLER_TONE)
            await expect(page.get_by_test_id("note")).to_have_value("До обрыва и после")
            await page.get_by_test_id("hang-up").click()
            await call.ended(5)
        await save_result(page)

        await expect(sleeper.get_by_test_id("signed-out-lost")).to_be_visible(timeout=15_000)
        await expect(sleeper.get_by_test_id("happened")).to_have_attribute("data-kind", "asleep")
        await expect(sleeper.get_by_test_id("happened")).to_have_attribute("data-consequence", "signed_out")
        await ready(sleeper)


async def passes_on(kaska: Installation, caller: str) -> None:
    """A call that is offered to a page that stands still goes on to whom it can be offered."""
    async with kaska.at_work("304", tone=COLLEAGUE_TONE) as colleague, dialled(kaska, caller) as call:
        offer = await colleague.phone.incoming(20)
        await offer.answer()
        await call.hears(COLLEAGUE_TONE, within=8)


async def save_result(page: Page) -> None:
    await page.get_by_test_id("topic").click()
    await page.get_by_role("option").first.click()
    await page.get_by_test_id("result").locator("[data-testid^=result-]").first.click()
    await page.get_by_test_id("save-result").click()
    await expect(page.get_by_test_id("result-state")).to_have_attribute("data-saved", "true")


async def test_without_a_microphone_the_desk_phone_is_chosen(kaska: Installation, asking_chromium: Browser) -> None:
    """He is ready when his microphone is forbidden: no more calls are offered to the browser, and words say what to do.

    At his desk phone he has all that works there, and nothing rings twice; a step of the script and a field of the
    customer's card stop the recording.
    """
    async with (
        kaska.at_work("304", tone=DESK_TONE) as desk,
        place(asking_chromium, kaska, "304") as page,
        watched(kaska) as board,
        scripted(kaska),
    ):
        await desk.state("break", "rest")
        await ready(page)
        await permit_microphone(page, "denied")
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
        caller = "+79000000635"
        async with dialled(kaska, caller) as call:
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

            step = page.get_by_test_id("script")
            await step.get_by_role("button", name="Оплата").click()
            await expect(page.get_by_test_id("script-unrecorded")).to_contain_text("не записывается")
            await board.until(lambda: bool(board.call(caller)["recording_paused"]))
            await step.get_by_role("button", name="Дальше").click()
            await board.until(lambda: not board.call(caller)["recording_paused"])
            await expect(page.get_by_test_id("script-unrecorded")).to_have_count(0)

            await page.get_by_test_id("beside").get_by_text("Поля").click()
            await page.get_by_test_id("value-card").fill("4000 0000")
            await expect(page.get_by_test_id("field-unrecorded-now")).to_contain_text("не записывается")
            await board.until(lambda: bool(board.call(caller)["recording_paused"]))
            await page.get_by_test_id("value-size").fill("12,5")
            await board.until(lambda: not board.call(caller)["recording_paused"])
            await page.get_by_test_id("project-values-save").click()
            await expect(page.get_by_test_id("project-values-save")).to_be_disabled()

            await page.get_by_test_id("hang-up").click()
            await call.ended(5)


@asynccontextmanager
async def scripted(kaska: Installation) -> AsyncIterator[None]:
    """Every talk goes by ``SCRIPT``, and cards have fields of their own."""
    given: dict[str, Any] = {
        "name": "Оплата картой",
        "places": [{"kind": "everywhere"}],
        "draft": SCRIPT,
        "revision": 0,
    }
    async with kaska.session(kaska.company.administrator) as web:
        (await web.put("/api/customers/fields/windows", json=FIELDS)).raise_for_status()
        (await web.put("/api/scripts/pay", json=given)).raise_for_status()
        published = await web.post("/api/scripts/pay/versions")
        assert published.status_code == 201, published.text
        yield
        nowhere = given | {"places": [], "revision": published.json()["revision"]}
        (await web.put("/api/scripts/pay", json=nowhere)).raise_for_status()
        (await web.put("/api/customers/fields/windows", json={"fields": []})).raise_for_status()
