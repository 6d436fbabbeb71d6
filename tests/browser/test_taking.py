"""Parking, taking and calling in the browser: a call goes from hand to hand, and who hears whom is measured by tone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, expect
from tests.browser.conftest import MICROPHONE_TONE
from tests.browser.test_operator import become_ready, go_home, sign_in
from tests.plugins.installation import CITY, Desk, Installation

from phones.call import Call
from phones.phone import Phone

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

CALLER_TONE, COLLEAGUE_TONE = 440, 650


@asynccontextmanager
async def dialled(kaska: Installation, caller: str) -> AsyncIterator[Call]:
    """A customer who asks the menu for sales, and hangs up at last."""
    async with Phone(local_ip=CITY, tone=CALLER_TONE) as customer:
        call = await customer.dial(kaska.number("+74950000101"), caller=caller)
        await call.answered(5)
        await call.press("1")
        yield call
        if call.state != "over":
            await call.hang_up()
            await call.ended(5)


async def pick_up(colleague: Desk, contact: str | None) -> Call:
    answer = await colleague.web.post(f"/api/agents/me/calls/{contact}/pick-up")
    assert answer.json() == {"contact": contact}, answer.text
    offer = await colleague.phone.incoming(5)
    await offer.answer()
    return offer


@asynccontextmanager
async def parked_briefly(kaska: Installation) -> AsyncIterator[None]:
    """Whom nobody takes from the parking comes back after ten seconds, and not after two minutes."""

    async def comes_back_after(seconds: int) -> None:
        kept = (await web.get("/api/feature-codes")).json()
        (await web.put("/api/feature-codes", json=kept | {"parked_seconds": seconds})).raise_for_status()
        await kaska.publish(web)

    async with kaska.session(kaska.company.administrator) as web:
        usual = (await web.get("/api/feature-codes")).json()["parked_seconds"]
        await comes_back_after(10)
        try:
            yield
        finally:
            await comes_back_after(usual)


async def breathe(page: Page) -> None:
    """Wrap-up over, on a break: nothing is offered, and everything can be taken."""
    await page.get_by_test_id("wrap-up-finish").or_(page.locator("[data-testid=my-state][data-state=ready]")).wait_for()
    await page.get_by_test_id("state-break").click()
    await page.get_by_test_id("break-rest").click()
    await expect(page.get_by_test_id("my-state")).to_have_attribute("data-state", "break")


async def test_calls_are_parked_taken_and_made(kaska: Installation, page: Page) -> None:
    agent = kaska.agent("301")
    await sign_in(page, kaska, agent.login, agent.password)
    await page.evaluate("sessionStorage.setItem('kaska.microphone', 'yes')")
    await become_ready(page)
    mine, line = page.get_by_test_id("call"), page.get_by_test_id("line")

    async with kaska.at_work("303", tone=COLLEAGUE_TONE) as colleague:
        await colleague.state("break", "rest")
        async with dialled(kaska, "+79000000621") as call:  # parked here, taken there, and the other way round
            await page.get_by_test_id("answer").click(timeout=20_000)
            await call.hears(MICROPHONE_TONE, within=8)
            contact = await mine.get_attribute("data-contact")
            await page.get_by_test_id("park").click()
            await call.hears_music(within=8)
            await expect(page.get_by_test_id("parked-call")).to_contain_text("Анна Ветрова")
            offer = await pick_up(colleague, contact)
            await call.hears(COLLEAGUE_TONE)
            await expect(page.get_by_test_id("parked-call")).to_have_count(0)
            await breathe(page)
            (await colleague.web.post(f"/api/agents/me/calls/{contact}/park")).raise_for_status()
            await offer.ended(5)
            await expect(page.get_by_test_id("parked-call")).to_be_visible()
            await page.keyboard.press("p")
            await call.hears(MICROPHONE_TONE, within=8)
            await page.get_by_test_id("hang-up").click()
            await call.ended(5)
        await breathe(page)

        await colleague.ready()  # what rings at the colleague
        async with dialled(kaska, "+79000000622") as call:
            await colleague.phone.incoming(20)
            await expect(line.get_by_test_id("take")).to_be_visible()
            await page.keyboard.press("u")
            await call.hears(MICROPHONE_TONE, within=8)
        await breathe(page)

    async with dialled(kaska, "+79000000623") as call:  # who waits, and nobody is free
        await line.get_by_test_id("take").click(timeout=20_000)
        await call.hears(MICROPHONE_TONE, within=8)
    await breathe(page)

    async with Phone(local_ip=CITY, tone=CALLER_TONE, port=kaska.city_port) as called:  # whom I call myself
        await page.keyboard.press("c")
        await page.keyboard.type("8 (900) 000-06-24")
        await page.keyboard.press("Enter")
        call = await called.incoming(10)
        assert call.callee == "+79000000624"
        await call.answer()
        await call.hears(MICROPHONE_TONE, within=8)
        await expect(mine).to_have_attribute("data-stage", "talking")
        await page.get_by_test_id("hang-up").click()
        await call.ended(5)
    await go_home(kaska, agent)


async def test_whom_everybody_forgets_comes_back(kaska: Installation, page: Page) -> None:
    """Once to who parked him; when he is away, into the line. All the time everybody sees that somebody waits."""
    agent = kaska.agent("301")
    parked = page.get_by_test_id("parked-call")
    await sign_in(page, kaska, agent.login, agent.password)
    await page.evaluate("sessionStorage.setItem('kaska.microphone', 'yes')")
    await become_ready(page)
    await expect(page).to_have_title("Каска")
    async with parked_briefly(kaska), dialled(kaska, "+79000000625") as call:
        await page.get_by_test_id("answer").click(timeout=20_000)
        await call.hears(MICROPHONE_TONE, within=8)
        await page.get_by_test_id("park").click()
        await call.hears_music(within=8)
        await expect(parked).to_contain_text(agent.name)
        await expect(parked).to_contain_text("0:0")  # so long until he comes back
        await expect(page).to_have_title("(1) Каска")
        await page.get_by_test_id("answer").wait_for(timeout=20_000)
        await expect(page.get_by_test_id("call")).to_contain_text("возвращается")
        await page.get_by_test_id("answer").click()
        await call.hears(MICROPHONE_TONE, within=8)
        await expect(page).to_have_title("Каска")

        await page.get_by_test_id("park").click()
        await expect(parked).to_be_visible()
        await breathe(page)
        await expect(parked).to_have_count(0, timeout=20_000)
        await expect(page.get_by_test_id("line-call")).to_be_visible()
        await expect(page).to_have_title("(1) Каска")
        await page.get_by_test_id("line").get_by_test_id("take").click()
        await call.hears(MICROPHONE_TONE, within=8)
    await go_home(kaska, agent)
