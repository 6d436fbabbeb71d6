"""An operator's day in the browser: sign in, test the microphone, take a real call, write it down, listen to it."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, expect
from tests.browser.conftest import LOUDEST, MICROPHONE_TONE
from tests.plugins.installation import CITY, Installation

from kaska.features.publishing.demo_company import DemoAgent
from phones.phone import Phone

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

CALLER = "+79000000601"
CALLER_TONE = 440


WATCH_SINKS = """
const setSink = AudioContext.prototype.setSinkId
AudioContext.prototype.setSinkId = function (sink) { window.ringsAt = sink; return setSink.call(this, sink) }
"""
SOUND_GOES = """async () => {
  const found = await navigator.mediaDevices.enumerateDevices()
  const name = (kind, id) => found.find((one) => one.kind === kind && one.deviceId === id)?.label
  const [sender] = window.connections.at(-1).getSenders()
  return {
    microphone: name('audioinput', sender.track.getSettings().deviceId),
    talk: name('audiooutput', document.querySelector('[data-testid=remote-audio]').sinkId),
    ring: name('audiooutput', window.ringsAt),
  }
}"""
"""by the browser's own words: what the talk is taken from, and where it and ringing are played"""


async def sign_in(page: Page, kaska: Installation, login: str, password: str) -> None:
    await page.goto(kaska.url)
    await page.get_by_test_id("login-name").fill(login)
    await page.get_by_test_id("login-password").fill(password)
    await page.get_by_test_id("login-submit").click()


async def go_home(kaska: Installation, agent: DemoAgent) -> None:
    """A page that is closed keeps its agent for a minute, in case it comes back: say that it does not."""
    async with kaska.session(agent) as web:
        (await web.post("/api/agents/me/state", json={"state": "offline", "reason": ""})).raise_for_status()


async def become_ready(page: Page) -> None:
    """The first time in a browser the microphone is tested on the way."""
    await expect(page.get_by_test_id("registration")).to_have_attribute("data-registration", "registered")
    await page.get_by_test_id("state-ready").click()
    await expect(page.get_by_test_id("my-state")).to_have_attribute("data-state", "ready")


async def choose_sound(page: Page) -> dict[str, str]:
    """A microphone, and where talk and ringing are heard: each another device; what was chosen, by its names."""
    await page.get_by_test_id("sound-choice").click()
    chosen = {"microphone": "Fake Audio Input 2", "talk": "Fake Audio Output 1", "ring": "Fake Audio Output 2"}
    for role, label in chosen.items():
        await page.get_by_test_id(f"sound-{role}").click()
        await page.get_by_role("option", name=label).click()
        await expect(page.get_by_test_id(f"sound-{role}")).to_have_value(label)
    await page.get_by_test_id("sound-test").click()
    await page.get_by_role("dialog").get_by_role("button", name="Закрыть").click()
    return chosen


async def browser_hears(page: Page, tone: int) -> None:
    async with asyncio.timeout(10):
        while abs(await page.evaluate(LOUDEST) - tone) > 15:
            pass


async def test_a_real_call_in_the_browser(kaska: Installation, page: Page) -> None:
    agent = kaska.agent("301")
    await page.add_init_script(WATCH_SINKS)
    await sign_in(page, kaska, agent.login, agent.password)
    await page.get_by_test_id("device-check").click()
    await expect(page.get_by_test_id("device-check-passed")).to_be_visible()
    await page.keyboard.press("Escape")
    chosen = await choose_sound(page)
    await become_ready(page)

    async with Phone(local_ip=CITY, tone=CALLER_TONE) as customer:
        call = await customer.dial(kaska.number("+74950000101"), caller=CALLER, name="Пётр Лесной")
        await call.answered(5)
        await call.press("1")
        await page.get_by_test_id("answer").click(timeout=20_000)
        await call.hears(MICROPHONE_TONE, within=8)
        await browser_hears(page, CALLER_TONE)
        assert await page.evaluate(SOUND_GOES) == chosen

        await page.get_by_test_id("hold").click()
        await call.hears_music(within=8)
        await page.get_by_test_id("hold").click()
        await call.hears(MICROPHONE_TONE, within=8)

        contact = await page.get_by_test_id("contact-in-hand").get_attribute("data-contact")
        await page.get_by_test_id("hang-up").click()
        await call.ended(5)

    await expect(page.get_by_test_id("my-state")).to_have_attribute("data-state", "wrap_up")
    await page.get_by_test_id("note").fill("Просил перезвонить в среду")
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
    await page.reload()
    await expect(page.get_by_test_id("note")).to_have_value("Просил перезвонить в среду")
    await page.get_by_test_id("topic").click()
    await page.get_by_role("option").first.click()
    await page.get_by_test_id("result").locator("[data-testid^=result-]").first.click()
    await page.get_by_test_id("save-result").click()
    await expect(page.get_by_test_id("result-state")).to_have_attribute("data-saved", "true")

    await page.context.set_offline(True)
    await page.get_by_test_id("note").fill("Просил перезвонить в четверг")
    await page.get_by_test_id("save-result").click()
    await expect(page.get_by_test_id("result-state")).to_have_attribute("data-state", "unsent")
    await page.context.set_offline(False)
    await expect(page.get_by_test_id("result-state")).to_have_attribute("data-state", "saved", timeout=20_000)

    await page.goto(f"{kaska.url}/journal")
    await page.get_by_test_id("journal-row").first.click()
    await expect(page.get_by_test_id("contact")).to_have_attribute("data-contact", contact or "")
    await expect(page.get_by_test_id("story").locator("li").first).to_be_visible()
    await expect(page.get_by_test_id("player")).to_have_attribute("data-channels", "2", timeout=15_000)
    await page.get_by_test_id("player-play").click()
    async with asyncio.timeout(10):
        while not await page.get_by_test_id("player-audio").evaluate("(audio) => audio.currentTime > 0.5"):
            pass
    await go_home(kaska, agent)


async def test_an_unanswered_call_and_a_debt_paid_with_one_click(kaska: Installation, page: Page) -> None:
    """Nobody picks up: the agent is told so, the person is owed, and one click calls back."""
    agent = kaska.agent("302")
    async with Phone(local_ip=CITY, port=kaska.city_port, tone=CALLER_TONE) as customer:
        await sign_in(page, kaska, agent.login, agent.password)
        await become_ready(page)
        call = await customer.dial(kaska.number("+74950000101"), caller="+79000000602")
        await call.answered(5)
        await call.press("2")
        await expect(page.get_by_test_id("answer")).to_be_visible(timeout=20_000)
        await expect(page.get_by_test_id("rona")).to_be_visible(timeout=20_000)
        await call.hang_up()
        await page.get_by_test_id("state-ready").click()
        await page.get_by_test_id("nav-debts").click()
        row = page.locator("[data-testid=debt-row]", has_text="000-06-02").or_(
            page.locator("[data-testid=debt-row]", has_text="000‑06‑02")
        )
        await row.get_by_test_id("debt-call").click()
        back = await customer.incoming(20)
        await back.answer()
        await back.hears(MICROPHONE_TONE, within=8)
        await browser_hears(page, CALLER_TONE)
        await expect(row).to_have_count(0)
        await back.hang_up()
        await back.ended(5)
    await go_home(kaska, agent)
