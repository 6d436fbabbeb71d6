"""An operator's busy hour in Chromium: what comes in the middle of something else, and what hands do too quickly."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect
from tests.browser.conftest import MICROPHONE_TONE
from tests.browser.places import place, ready, stage_is, state_is, watched, without_network
from tests.browser.test_mishaps import save_result
from tests.browser.test_operator import browser_hears
from tests.browser.test_supervising import hears_all, quiet_queue, waiting
from tests.browser.test_taking import CALLER_TONE, breathe, dialled
from tests.plugins.installation import Installation

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

FIRST_TONE, SECOND_TONE = 650, 550
LONG_WORDS = "xaxa hold the note, mute, kept while it rings "
"""every letter of it is an order outside of fields"""

COUNT_NOTICES = """
window.notices = []
window.beeps = 0
window.Notification = class { constructor(title, given) { window.notices.push(`${title} ${given.body}`) } close() {} }
window.Notification.permission = 'granted'
document.hasFocus = () => false
const start = OscillatorNode.prototype.start
OscillatorNode.prototype.start = function (at) {
  window.beeps += this.context.state === 'running'
  return start.call(this, at)
}
"""
"""what would be shown beside another program, and what is played aloud"""


async def answered(page: Page) -> None:
    await page.get_by_test_id("answer").click(timeout=20_000)
    await stage_is(page, "talking")


async def writes(page: Page) -> None:
    """Until he is stopped."""
    for letter in LONG_WORDS * 8:
        await page.keyboard.type(letter)
        await asyncio.sleep(0.06)


async def test_an_offer_takes_nobodys_pen_and_no_letter_is_an_order(kaska: Installation, chromium: Browser) -> None:
    """Whoever writes about the last one writes on while the next rings; then his card opens."""
    async with quiet_queue(kaska, ring_seconds=25.0), place(chromium, kaska, "301") as page:
        await page.get_by_test_id("registration").wait_for()
        await page.add_init_script(COUNT_NOTICES)
        await page.reload()
        await ready(page)
        async with dialled(kaska, "+79000000651"):
            await answered(page)
            first = await page.get_by_test_id("call").get_attribute("data-contact")
        await state_is(page, "ready")
        hand = page.get_by_test_id("contact-in-hand")
        await page.get_by_test_id("note").focus()
        writing = asyncio.create_task(writes(page))
        async with dialled(kaska, "+79000000652"):
            await page.get_by_test_id("answer").wait_for(timeout=20_000)
            await expect(page.get_by_test_id("rings-meanwhile")).to_contain_text("06-52")
            await page.wait_for_timeout(1500)  # he writes on, whatever the letters mean elsewhere
            await stage_is(page, "offered")
            await expect(hand).to_have_attribute("data-contact", first or "")
            assert "06-52" in (await page.evaluate("window.notices.at(-1)")).replace("\u2011", "-")
            assert await page.evaluate("window.beeps") > 3
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            text = await page.get_by_test_id("note").input_value()
            assert len(text) > 20
            assert (LONG_WORDS * 8).startswith(text)
            await page.get_by_role("heading").first.or_(page.locator(".k-hand-head")).first.click()
            await expect(hand).not_to_have_attribute("data-contact", first or "")  # the card, before the answer
            await page.keyboard.press("a")
            await stage_is(page, "talking")
            await page.get_by_test_id("hang-up").click()
        await state_is(page, "ready")
        await expect(page.get_by_test_id("unfinished")).to_contain_text("xaxa hold", timeout=10_000)
        await breathe(page)
        await page.get_by_test_id("state-ready").click()

        await page.get_by_test_id("call-out-number").focus()  # a field that the offer itself takes away
        writing = asyncio.create_task(writes(page))
        async with dialled(kaska, "+79000000653"):
            await page.get_by_test_id("answer").wait_for(timeout=20_000)
            await page.wait_for_timeout(1500)
            await stage_is(page, "offered")
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            await page.wait_for_timeout(1700)  # he has seen it
            await page.keyboard.press("x")
            await state_is(page, "not_answering")


ELSEWHERE = {"U": "test_taking", "P": "test_taking", "O": "test_door", "1–9": "", "Backspace": ""}
"""keys that need other people or a script: shown by other tests"""


async def test_the_keys_do_what_the_list_says(kaska: Installation, chromium: Browser) -> None:
    """Each key of the list outside of fields, and with Alt inside of one."""
    async with place(chromium, kaska, "301") as page, quiet_queue(kaska, wrap_up_seconds=60.0):
        await expect(page.get_by_test_id("registration")).to_have_attribute("data-registration", "registered")
        press = page.keyboard.press
        await press("Shift+Slash")
        await page.get_by_role("dialog").wait_for()
        shown = await page.locator(".k-keys dt kbd:first-child").all_inner_texts()
        await press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        tried = set(ELSEWHERE)

        async def does(key: str, seen: Any) -> None:
            tried.add(key.removeprefix("Alt+").upper() if len(key.removeprefix("Alt+")) == 1 else key)
            await press(key)
            await seen()

        menu = page.get_by_role("menu")
        await does("r", lambda: state_is(page, "ready"))
        await does("b", lambda: expect(menu).to_be_visible())
        await press("Escape")
        await expect(menu).to_have_count(0)
        await does("d", lambda: expect(page.get_by_test_id("my-day")).to_be_visible())
        await press("d")
        await does("c", lambda: expect(page.get_by_test_id("call-out-number")).to_be_focused())
        await does("Alt+k", lambda: expect(page.get_by_test_id("knowledge").get_by_role("textbox")).to_be_focused())
        async with dialled(kaska, "+79000000654") as call:
            await page.get_by_test_id("answer").wait_for(timeout=20_000)
            await does("Alt+a", lambda: stage_is(page, "talking"))
            await call.hears(MICROPHONE_TONE, within=8)
            await page.locator(".k-hand-head").click()
            await does("m", lambda: call.hears_no(MICROPHONE_TONE))
            await press("m")
            await call.hears(MICROPHONE_TONE)
            await does("h", lambda: call.hears_music(within=8))
            await press("Alt+h")
            await call.hears(MICROPHONE_TONE, within=8)
            pausing = page.get_by_test_id("recording-pause")
            await does("z", lambda: expect(pausing).to_have_attribute("aria-pressed", "true"))
            await press("z")
            await expect(pausing).to_have_attribute("aria-pressed", "false")
            await does("t", lambda: expect(page.get_by_test_id("pass-search")).to_be_focused())
            await press("Escape")
            await page.get_by_test_id("keypad").click()
            for key in "149#":
                await press(key)
            await call.receives_digits("149#")
            await does("x", lambda: call.ended(5))
        await state_is(page, "wrap_up")
        await does("w", lambda: state_is(page, "ready"))
        async with dialled(kaska, "+79000000655"):
            await answered(page)
            await page.get_by_test_id("hang-up").click()
        await state_is(page, "wrap_up")
        await page.get_by_test_id("topic").click()
        await page.get_by_role("option").first.click()
        await page.get_by_test_id("result").locator("[data-testid^=result-]").first.click()
        await does("Control+Enter", lambda: state_is(page, "ready"))
        await press("b")
        await page.get_by_test_id("break-rest").click()
        await state_is(page, "break")
        async with waiting(kaska, "+79000000656"):
            await expect(page.get_by_test_id("take")).to_be_enabled(timeout=10_000)
            await does("l", lambda: expect(page.get_by_test_id("take").first).to_be_focused())
        await does("Alt+2", lambda: page.wait_for_url("**/board"))
        tried |= {"Ctrl", "Alt", "?", "S"}
        assert {key for key in shown if key not in tried} == set()
        assert tried - {"Control+Enter", "Alt+2"} >= set(shown) - {"Ctrl", "Alt"}


async def test_a_colleague_who_goes_is_not_another_one(kaska: Installation, chromium: Browser) -> None:
    """Chosen is who was shown. He asks, goes between, brings them together, goes: all from the screen, by tone."""
    async with (
        place(chromium, kaska, "301") as page,
        kaska.at_work("305", tone=FIRST_TONE) as peer,
        kaska.at_work("306", tone=SECOND_TONE) as other,
    ):
        await ready(page)
        async with dialled(kaska, "+79000000657") as call:
            await answered(page)
            await expect(page.get_by_test_id("transfer")).to_be_enabled()
            await page.keyboard.press("t")
            target = page.get_by_test_id(f"target-{peer.agent.id}")
            await expect(target).to_have_attribute("aria-selected", "true")  # the first who is free
            await peer.state("break", "rest")
            await expect(target).to_contain_text("Перерыв")
            await expect(target).to_have_attribute("aria-selected", "true")
            await expect(page.get_by_test_id("send")).to_be_disabled()
            await page.keyboard.press("Control+Enter")  # by hands that were quicker than eyes
            await expect(page.get_by_test_id("pass-on").get_by_role("alert")).to_be_visible()
            assert not other.phone.calls
            await call.hears(MICROPHONE_TONE)
            await peer.ready()
            await expect(page.get_by_test_id("ask")).to_be_enabled()

            await page.get_by_test_id("ask").click()
            offer = await peer.phone.incoming(5)
            await call.hears_music(within=8)
            offer.reject(486, "Busy Here")  # the consult is over before it began: the customer is not left
            await expect(page.get_by_test_id("asked")).to_have_count(0)
            await call.hears(MICROPHONE_TONE, within=8)

            await page.get_by_test_id("transfer").click()
            await page.get_by_test_id(f"target-{other.agent.id}").click()
            await page.get_by_test_id("ask").click()
            offer = await other.phone.incoming(5)
            await offer.answer()
            await offer.hears(MICROPHONE_TONE, within=8)
            await browser_hears(page, SECOND_TONE)
            await page.get_by_test_id("swap").click()
            await call.hears(MICROPHONE_TONE, within=8)
            await offer.hears_no(MICROPHONE_TONE)
            await page.get_by_test_id("join").click()
            await call.hears(SECOND_TONE, within=8)
            await hears_all(page, CALLER_TONE, SECOND_TONE)  # a conference
            await page.get_by_test_id("complete").click()
            await call.hears_no(MICROPHONE_TONE)
            await offer.hears(CALLER_TONE)
            await state_is(page, "ready", 15)
            await offer.hang_up()
            await call.ended(5)

        await peer.ready()
        async with dialled(kaska, "+79000000658") as call:  # and without asking
            await answered(page)
            await page.get_by_test_id("transfer").click()
            await page.get_by_test_id(f"target-{peer.agent.id}").click()
            await page.get_by_test_id("send").click()
            offer = await peer.phone.incoming(5)
            await offer.answer()
            await call.hears(FIRST_TONE, within=8)
            await state_is(page, "ready", 15)

        async with dialled(kaska, "+79000000659") as call:  # the customer leaves while he hears music, and while asked
            await answered(page)
            await page.get_by_test_id("hold").click()
            await call.hears_music(within=8)
            await call.hang_up()
            await state_is(page, "ready", 15)
            await expect(page.get_by_test_id("call")).to_have_attribute("data-stage", "none")
        await other.ready()
        async with dialled(kaska, "+79000000660") as call:
            await answered(page)
            await page.get_by_test_id("transfer").click()
            await page.get_by_test_id(f"target-{other.agent.id}").click()
            await page.get_by_test_id("ask").click()
            offer = await other.phone.incoming(5)
            await offer.answer()
            await offer.hears(MICROPHONE_TONE, within=8)
            await call.hang_up()
            await expect(page.get_by_test_id("asked").or_(page.get_by_test_id("inside-talk")).first).to_be_hidden(
                timeout=10_000
            )
            await state_is(page, "ready", 15)


async def test_breaks_are_guarded_and_wait_for_the_end_of_a_talk(kaska: Installation, chromium: Browser) -> None:
    """Warned while somebody waits; in a talk the break is said beforehand, and can be taken back."""
    async with (
        quiet_queue(kaska, breaks="warn", breaks_waiting=1, ring_seconds=20.0),
        place(chromium, kaska, "301") as page,
        watched(kaska) as board,
    ):
        await ready(page)
        async with contextlib.AsyncExitStack() as stack:
            call = await stack.enter_async_context(dialled(kaska, "+79000000661"))
            await answered(page)
            [other] = await stack.enter_async_context(waiting(kaska, "+79000000662"))
            await board.calls("+79000000662", "waiting")
            await rests(page)
            warned = page.get_by_test_id("break-all-the-same")
            await expect(page.get_by_test_id("my-state")).to_contain_text("ждут клиенты")
            await expect(page.get_by_test_id("state-next")).to_have_count(0)
            await warned.click()
            await expect(page.get_by_test_id("state-next")).to_contain_text("отдых")
            await page.get_by_test_id("state-ready").click()  # he stays after all
            await expect(page.get_by_test_id("state-next")).to_have_count(0)
            await rests(page)
            await warned.click()
            await expect(page.get_by_test_id("state-next")).to_be_visible()
            await call.hears(MICROPHONE_TONE)
            await page.get_by_test_id("hang-up").click()
            await call.ended(5)
            await state_is(page, "break", 10)
            assert board.call("+79000000662")["phase"] == "waiting"  # nobody was offered to him
            await other.hang_up()
    async with (
        quiet_queue(kaska, breaks="refuse", breaks_waiting=1),
        place(chromium, kaska, "301") as page,
        kaska.at_work("303", tone=FIRST_TONE) as peer,
    ):
        await peer.state("break", "rest")
        await ready(page)
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(dialled(kaska, "+79000000663"))
            await answered(page)
            await stack.enter_async_context(waiting(kaska, "+79000000664"))
            await expect(page.get_by_test_id("line-call").filter(has_text="06-64")).to_be_visible()
            await rests(page)
            await expect(page.get_by_test_id("my-state")).to_contain_text("Перерыв сейчас нельзя")
            await expect(page.get_by_test_id("break-all-the-same")).to_have_count(0)
            await expect(page.get_by_test_id("state-next")).to_have_count(0)


async def rests(page: Page) -> None:
    await page.get_by_test_id("state-break").click()
    await page.get_by_test_id("break-rest").click()


async def test_twenty_seconds_without_network_in_wrap_up(kaska: Installation, chromium: Browser) -> None:
    async with quiet_queue(kaska, wrap_up_seconds=60.0), place(chromium, kaska, "303") as page:
        await ready(page)
        async with dialled(kaska, "+79000000665") as call:
            await answered(page)
            await page.get_by_test_id("hang-up").click()
            await call.ended(5)
        await state_is(page, "wrap_up")
        contact = await page.get_by_test_id("contact-in-hand").get_attribute("data-contact")
        await page.get_by_test_id("topic").click()
        await page.get_by_role("option").first.click()
        async with without_network(page):
            await expect(page.get_by_test_id("connection-lost")).to_be_visible()
            await page.get_by_test_id("result").locator("[data-testid^=result-]").first.click()
            await page.get_by_test_id("note").fill("Без сети")
            await page.get_by_test_id("save-and-finish").click()
            await expect(page.get_by_test_id("result-state")).to_have_attribute("data-state", "unsent")
            await expect(page.get_by_test_id("connection-lost")).to_contain_text("0:20", timeout=30_000)
        await expect(page.get_by_test_id("connection-lost")).to_have_count(0, timeout=15_000)
        await expect(page.get_by_test_id("result-state")).to_have_attribute("data-state", "saved", timeout=20_000)
        await expect(page.get_by_test_id("contact-in-hand")).to_have_attribute("data-contact", contact or "")
    async with kaska.session(kaska.company.supervisor) as web:
        written = (await web.get(f"/api/contacts/{contact}")).json()
        assert written["note"] == "Без сети"


@asynccontextmanager
async def slow(page: Page, seconds: float = 2.0) -> AsyncIterator[list[str]]:
    """Every order takes so long; what was ordered meanwhile."""
    ordered: list[str] = []

    async def later(route: Route) -> None:
        if route.request.method == "POST":
            ordered.append(route.request.url.rpartition("/")[2])
            await asyncio.sleep(seconds)
        await route.continue_()

    await page.route("**/api/**", later)
    yield ordered
    await page.unroute("**/api/**", later)


async def twice(page: Page, test_id: str) -> None:
    """As a nervous finger does: the second click comes 150 ms later, to whatever is there by then."""
    button = page.get_by_test_id(test_id).first
    await button.wait_for(timeout=20_000)
    box = await button.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.click(x, y)
    await page.wait_for_timeout(150)
    await page.mouse.down(click_count=2)
    await page.mouse.up(click_count=2)


@pytest.mark.parametrize("seconds", [0.0, 2.0], ids=["quick", "slow"])
async def test_a_second_click_does_nothing_else(kaska: Installation, chromium: Browser, seconds: float) -> None:
    """Every button of a call, pressed twice, on a quick server and on one that thinks for two seconds."""
    last = "6" if seconds else "7"
    async with (
        quiet_queue(kaska, wrap_up_seconds=60.0, ring_seconds=20.0),
        place(chromium, kaska, "301") as page,
        slow(page, seconds) as ordered,
    ):
        await expect(page.get_by_test_id("registration")).to_have_attribute("data-registration", "registered")
        await twice(page, "state-ready")
        await state_is(page, "ready")
        async with dialled(kaska, f"+7900000067{last}") as call:
            await twice(page, "answer")
            await stage_is(page, "talking")
            await call.hears(MICROPHONE_TONE, within=8)
            await page.wait_for_timeout(1000 * seconds + 500)
            await expect(page.get_by_test_id("hold")).to_have_attribute("aria-pressed", "false")
            await twice(page, "hold")
            await call.hears_music(within=8)
            await page.wait_for_timeout(1000 * seconds + 500)
            await expect(page.get_by_test_id("hold")).to_have_attribute("aria-pressed", "true")
            await twice(page, "hold")
            await call.hears(MICROPHONE_TONE, within=8)
            await twice(page, "recording-pause")
            await page.wait_for_timeout(1000 * seconds + 800)
            await expect(page.get_by_test_id("recording-pause")).to_have_attribute("aria-pressed", "true")
            await twice(page, "hang-up")
            await call.ended(5)
        await page.wait_for_timeout(1000 * seconds + 500)
        await state_is(page, "wrap_up")  # the second click ended no wrap-up
        await twice(page, "wrap-up-finish")
        await page.wait_for_timeout(1000 * seconds + 500)
        await state_is(page, "ready")  # and sent nobody home
        assert ordered.count("finish") == 1
        await rests(page)
        await state_is(page, "break")
        async with waiting(kaska, f"+7900000068{last}", f"+7900000069{last}") as calls:
            await expect(page.get_by_test_id("take")).to_have_count(2, timeout=10_000)
            await twice(page, "take")
            await calls[0].hears(MICROPHONE_TONE, within=12)
            assert ordered.count("pick-up") == 1
            await twice(page, "park")
            await calls[0].hears_music(within=8)
            await page.wait_for_timeout(1000 * seconds + 500)
            assert ordered.count("park") == 1
            await page.get_by_test_id("wrap-up-finish").click()  # the wish for a break is kept: nobody else rings
            await state_is(page, "break")
            await page.get_by_test_id("parked-call").get_by_test_id("take").click()
            await calls[0].hears(MICROPHONE_TONE, within=12)
            await page.get_by_test_id("hang-up").click()
            await calls[0].ended(8)
            assert calls[1].state == "up"
        await save_result(page)
