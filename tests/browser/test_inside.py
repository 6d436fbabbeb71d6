"""A call among ourselves in the browser: who calls, both hear each other, and a busy colleague is waited for."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

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


@asynccontextmanager
async def speaks_to_sales(kaska: Installation, agent: str) -> AsyncIterator[None]:
    """That agent may speak to groups meanwhile; the first of them is sales."""
    async with kaska.session(kaska.company.administrator) as web:

        async def be(role: str, groups: list[str]) -> None:
            (await web.patch(f"/api/people/{agent}", json={"role": role})).raise_for_status()
            kept = (await web.get("/api/feature-codes")).json()
            (await web.put("/api/feature-codes", json=kept | {"groups": groups})).raise_for_status()
            await kaska.publish(web)

        await be("supervisor", ["sales"])
        yield
        await be("operator", [])


async def test_a_browser_answers_a_page_by_itself_and_is_not_heard(kaska: Installation, chromium: Browser) -> None:
    async with (
        speaks_to_sales(kaska, "demo-303"),
        place(chromium, kaska, "301") as page,
        kaska.at_work("303", tone=PEER_TONE) as by,
    ):
        await ready(page)
        own = await by.phone.dial(kaska.number("*381"))
        await expect(page.get_by_test_id("page-card")).to_contain_text(kaska.agent("303").name)
        await browser_hears(page, PEER_TONE)
        assert own.heard_between(MICROPHONE_TONE, own.started_at, time.monotonic()) == 0.0
        await own.hang_up()
        await expect(page.get_by_test_id("page-card")).to_have_count(0)
        await state_is(page, "ready")
