"""A supervisor at his board in Chromium: who hears whom is measured by tone, and what he orders happens."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from playwright.async_api import Browser, Locator, Page, expect
from tests.browser.conftest import MICROPHONE_TONE, WATCH_TRACKS
from tests.browser.places import watched
from tests.browser.test_operator import browser_hears
from tests.browser.test_taking import CALLER_TONE, dialled
from tests.e2e.centre import DIRECT, describe
from tests.plugins.installation import CITY, Installation

from phones.call import Call
from phones.phone import Phone
from phones.tones import amplitude

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

AGENT_TONE, OTHER_TONE = 650, 550
EXTENSION = "399"

HOW_LOUD = """async (tones) => {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 8192
  const track = window.heardTracks.at(-1)
  if (track) context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  await new Promise((done) => setTimeout(done, 500))
  const levels = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(levels)
  const near = (tone) => Math.round((tone * analyser.fftSize) / context.sampleRate)
  await context.close()
  return tones.map((tone) => Math.max(...levels.slice(near(tone) - 1, near(tone) + 2)))
}"""
"""decibels of each tone in what the browser plays"""


async def hears_all(page: Page, *tones: int) -> None:
    """All of them at once."""

    async def loud() -> bool:
        return min(await page.evaluate(HOW_LOUD, list(tones))) > -55

    for _ in range(20):
        if await loud():
            return
    raise AssertionError(f"the browser hears {await page.evaluate(HOW_LOUD, list(tones))} dB of {tones}")


@asynccontextmanager
async def supervising(browser: Browser, kaska: Installation) -> AsyncIterator[Page]:
    """The supervisor at the board; he has a workplace of his own, whose telephone is the browser."""
    boss = kaska.company.supervisor
    async with kaska.session(kaska.company.administrator) as web:
        (await web.put(f"/api/agents/{boss.id}", json={"extension": EXTENSION, "skills": {}})).raise_for_status()
        await kaska.publish(web)
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="ru-RU", permissions=["microphone"]
    )
    await context.add_init_script(WATCH_TRACKS)
    page = await context.new_page()
    await page.goto(kaska.url)
    await page.get_by_test_id("login-name").fill(boss.login)
    await page.get_by_test_id("login-password").fill(boss.password)
    await page.get_by_test_id("login-submit").click()
    await page.get_by_test_id("nav-board").click()
    try:
        yield page
    finally:
        await context.close()


def row_of(page: Page, caller: str) -> Locator:
    """The row of a caller among the calls, by the last four digits of his number."""
    return page.get_by_test_id("board-call").filter(has_text=caller[-2:]).filter(has_text=caller[-4:-2])


async def chosen(page: Page, row: Locator, item: str) -> None:
    await row.get_by_test_id("call-actions").click()
    await page.get_by_test_id(item).click()


FAINT = 0.008
"""amplitude; a voice from the browser's microphone comes with four times as much"""


async def hears_voice(call: Call) -> None:
    """The supervisor's, also behind somebody who is louder."""
    await call.ear.until(lambda: call.level(MICROPHONE_TONE) > 2 * FAINT, 8, "the supervisor", lasting=0.3)


async def voice_ends(call: Call) -> None:
    await call.ear.until(lambda: call.level(MICROPHONE_TONE) < FAINT, 5, "no supervisor", lasting=0.6)


def unheard(call: Call, since: float) -> None:
    """The supervisor's voice was not in it for a moment, not even behind somebody else's."""
    samples = call.ear.between(since, time.monotonic())
    loudest = max(amplitude(samples[at : at + 1600], MICROPHONE_TONE) for at in range(0, len(samples) - 1600, 800))
    assert loudest < FAINT, loudest


async def test_listen_whisper_barge_and_take_over_from_the_board(kaska: Installation, chromium: Browser) -> None:
    caller = "+79000000641"
    async with (
        supervising(chromium, kaska) as page,
        watched(kaska) as board,
        kaska.at_work("304", tone=AGENT_TONE) as desk,
        dialled(kaska, caller) as call,
    ):
        await board.until(lambda: any(board.agent(EXTENSION)["reachable"].values()), 15)
        offer = await desk.phone.incoming(20)
        await expect(page).to_have_title("(1) Каска")  # whoever looks at another tab sees that somebody waits
        await offer.answer()
        await call.hears(AGENT_TONE)
        await expect(page).to_have_title("Каска")
        began = time.monotonic()
        bar = page.get_by_test_id("monitor-bar")

        await chosen(page, row_of(page, caller), "monitor-listen")
        await expect(bar).to_contain_text("Вас никто не слышит")
        await hears_all(page, CALLER_TONE, AGENT_TONE)
        unheard(call, began)
        unheard(offer, began)

        await bar.get_by_text("Суфлировать", exact=True).click()
        await hears_voice(offer)
        await expect(bar).to_contain_text("Вас слышит только оператор")
        await hears_all(page, CALLER_TONE, AGENT_TONE)
        unheard(call, began)  # the customer must not hear the whisper

        await bar.get_by_text("Вмешаться", exact=True).click()
        await hears_voice(call)
        await hears_voice(offer)

        await bar.get_by_text("Слушать", exact=True).click()
        await voice_ends(call)
        await voice_ends(offer)

        await page.get_by_test_id("take-over").click()
        await offer.ended(5)
        await call.hears(MICROPHONE_TONE, within=8)
        await browser_hears(page, CALLER_TONE)
        await call.hears_no(AGENT_TONE)
        await expect(bar).to_have_count(0)
        await call.hang_up()
    async with kaska.session(kaska.company.supervisor) as web:
        (await web.post("/api/agents/me/state", json={"state": "offline", "reason": ""})).raise_for_status()


@asynccontextmanager
async def waiting(kaska: Installation, *callers: str) -> AsyncIterator[list[Call]]:
    """They wait for sales, in this order; who is still on the line hangs up at last."""
    await describe(kaska)
    async with AsyncExitStack() as stack:
        calls = []
        for caller in callers:
            phone = await stack.enter_async_context(Phone(local_ip=CITY, tone=CALLER_TONE))
            calls.append(await phone.dial(kaska.number(DIRECT), caller=caller))
            await calls[-1].answered(10)
        yield calls
        for call in calls:
            if call.state != "over":
                await call.hang_up()


async def test_who_waits_is_moved_and_the_alarm_is_answered_on_the_board(
    kaska: Installation, chromium: Browser
) -> None:
    """Nine wait: the television and the board show each, the rule raises an alarm, two are moved and served."""
    callers = [f"+7900000065{n}" for n in range(9)]
    rule = {"name": "Слишком много ждут", "figure": "waiting", "above": True, "limit": 8, "hold": 0, "margin": 0}
    async with (
        supervising(chromium, kaska) as page,
        watched(kaska) as board,
        quiet_queue(kaska),
        waiting(kaska, *callers) as calls,
        kaska.session(kaska.company.supervisor) as web,
    ):
        await expect(page.get_by_test_id("board-call")).to_have_count(9)
        wall = await page.context.new_page()
        await wall.goto(f"{kaska.url}/wall")
        await expect(wall.get_by_test_id("wall")).to_contain_text("Ждут")
        await expect(wall.locator(".k-big b").first).to_have_text("9")
        await wall.close()

        (await web.put("/api/alerts/rules/many", json=rule)).raise_for_status()
        situation = page.get_by_test_id("situation").filter(has_text=rule["name"])
        await expect(situation).to_be_visible(timeout=20_000)
        await situation.get_by_test_id("take").click()
        await expect(situation).to_contain_text("занимается")
        await situation.get_by_test_id("done").click()
        await page.keyboard.type("Zvali s obeda")
        await page.keyboard.press("Enter")

        await chosen(page, row_of(page, callers[6]), "move-front")
        async with kaska.at_work("303", tone=AGENT_TONE) as first:  # who was moved to the front is next
            offer = await first.phone.incoming(10)
            await offer.answer()
            await calls[6].hears(AGENT_TONE)
            await row_of(page, callers[7]).get_by_test_id("call-actions").click()
            await page.get_by_role("menuitem", name="Сервис", exact=True).click()
            async with kaska.at_work("305", tone=OTHER_TONE) as other:  # who serves the other queue only
                moved = await other.phone.incoming(10)
                await moved.answer()
                await calls[7].hears(OTHER_TONE)
                await calls[7].hang_up()
                await moved.ended(5)
            await board.until(lambda: len(board.rows["calls"]) == 8)
            await calls[6].hang_up()
            await offer.ended(5)
        for call in calls:
            if call.state != "over":
                await call.hang_up()
        await expect(situation).to_have_count(0, timeout=20_000)  # over, and what was done is written down
        (told,) = [one for one in (await web.get("/api/alerts/situations")).json() if one["rule"] == "many"]
        assert (told["done"], bool(told["until"])) == ("Zvali s obeda", True)
        (await web.delete("/api/alerts/rules/many")).raise_for_status()


@asynccontextmanager
async def quiet_queue(kaska: Installation, **rule: object) -> AsyncIterator[None]:
    """Sales without offers of messages and reserves meanwhile, and with whatever rule the test needs."""
    async with kaska.session(kaska.company.administrator) as web:
        (row,) = [one for one in (await web.get("/api/queues")).json() if one["id"] == "sales"]
        del row["id"]
        quiet = {"reserve_after": 600.0, "offer_after": 600.0, "announce_every": 600.0}
        (await web.put("/api/queues/sales", json=row | quiet | rule)).raise_for_status()
        await kaska.publish(web)
        try:
            yield
        finally:
            (now,) = [one for one in (await web.get("/api/queues")).json() if one["id"] == "sales"]
            before = row | {"revision": now["revision"]}
            (await web.put("/api/queues/sales", json=before)).raise_for_status()
            await kaska.publish(web)


async def test_states_and_skills_are_changed_from_the_board(kaska: Installation, chromium: Browser) -> None:
    caller = "+79000000642"
    async with (
        supervising(chromium, kaska) as page,
        watched(kaska) as board,
        kaska.at_work("304", tone=AGENT_TONE) as desk,
        kaska.session(kaska.company.supervisor) as web,
    ):
        actions = page.get_by_role("button", name=f"Действия: {desk.agent.name}")
        await actions.click()
        await page.get_by_test_id("send-break").click()
        await page.get_by_label("Причина").fill("Планёрка")
        await page.get_by_test_id("send-agent").click()
        row = await board.agent_is("304", "break")
        assert row["reason"] == "Планёрка"
        await actions.click()
        await page.get_by_test_id("send-ready").click()
        await page.get_by_test_id("send-agent").click()
        await board.agent_is("304", "ready")

        (before,) = [one for one in (await web.get("/api/agents")).json() if one["extension"] == "304"]
        await actions.click()
        await page.get_by_test_id("agent-skills").click()
        window = page.get_by_role("dialog")
        levels = window.locator("input[inputmode]")
        await expect(levels).to_have_count(len(before["skills"]))
        known = (await web.get("/api/directory")).json()["skills"]
        others = [name for skill, name in known.items() if skill not in before["skills"]]
        choice = window.get_by_role("combobox", name="Добавить навык")  # a new one is named by who configures
        await expect(choice.get_by_role("option")).to_have_count(1 + len(others))
        await expect(window.get_by_placeholder("новый навык")).to_have_count(0)
        for n in range(len(before["skills"])):
            await levels.nth(n).fill("0")
        await window.get_by_role("button", name="Сохранить").click()
        await expect(window).to_have_count(0)
        try:
            async with quiet_queue(kaska), waiting(kaska, caller) as [call]:
                await board.calls(caller, "waiting")
                await call.hears_music()
                assert not desk.phone.calls  # he is ready, and can do nothing that is asked for
                path = f"/api/supervision/agents/{desk.agent.id}/skills"
                (await web.put(path, json={"skills": before["skills"]})).raise_for_status()
                offer = await desk.phone.incoming(5)  # at once, without publishing
                await offer.answer()
                await call.hears(AGENT_TONE)
        finally:
            path = f"/api/supervision/agents/{desk.agent.id}/skills"
            (await web.put(path, json={"skills": before["skills"]})).raise_for_status()
