"""A call among ourselves in the browser: who calls, both hear each other, and a busy colleague is waited for."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect
from tests.browser.conftest import MICROPHONE_TONE
from tests.browser.places import place, ready, state_is
from tests.browser.test_operator import browser_hears
from tests.plugins.installation import Installation

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

PEER_TONE, OTHER_TONE = 650, 550


async def test_a_colleague_rings_and_a_busy_one_is_waited_for(kaska: Installation, chromium: Browser) -> None:
    async with (
        place(chromium, kaska, "301") as page,
        kaska.at_work("303", tone=PEER_TONE) as peer,
        kaska.at_work("304", tone=OTHER_TONE) as other,
    ):
        await ready(page)
        own = await peer.phone.dial(kaska.number("301"))
        await expect(page.get_by_test_id("inside-rings")).to_be_visible()
        await expect(page.get_by_test_id("inside-name")).to_have_text(kaska.agent("303").name)
        await page.get_by_test_id("answer").click()
        await own.hears(MICROPHONE_TONE, within=8)
        await browser_hears(page, PEER_TONE)
        await page.get_by_test_id("hang-up").click()
        await own.ended(5)
        await state_is(page, "ready")

        busy = await peer.phone.dial(kaska.number("304"))
        offer = await other.phone.incoming(5)
        await offer.answer()
        await busy.hears(OTHER_TONE)
        await page.get_by_test_id("call-out-number").fill("303")
        await page.get_by_test_id("await-demo-303").click()
        await expect(page.get_by_test_id("awaited")).to_contain_text(kaska.agent("303").name)
        await busy.hang_up()
        await offer.ended(5)
        await page.get_by_test_id("answer").click()  # mine rings first, and then his
        called = await peer.phone.incoming(10)
        await called.answer()
        await called.hears(MICROPHONE_TONE, within=8)
        await browser_hears(page, PEER_TONE)
        await expect(page.get_by_test_id("awaited")).to_have_count(0)
        await called.hang_up()
        await state_is(page, "ready")
