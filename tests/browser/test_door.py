"""A visitor at a door in the browser: the door is described, its name rings, its camera is a link, O lets him in."""

from __future__ import annotations

import httpx
import pytest
from playwright.async_api import Browser, Page, expect
from tests.browser.conftest import MICROPHONE_TONE
from tests.browser.places import place, ready, state_is
from tests.browser.test_operator import browser_hears, sign_in
from tests.e2e.test_door import registers
from tests.plugins.installation import Installation

from phones.phone import Phone

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

VISITOR = 440
CAMERA = "https://camera.example/yard"


async def describe(page: Page, kaska: Installation) -> None:
    """An administrator makes the door."""
    await page.goto(f"{kaska.url}/settings/doors")
    await page.get_by_test_id("settings-new").click()
    await page.get_by_test_id("door-name").fill("Калитка")
    await page.get_by_test_id("door-extension").fill("701")
    await page.get_by_test_id("door-agents").get_by_role("combobox").select_option("demo-301")
    await page.get_by_test_id("door-opens").fill("*9")
    await page.get_by_test_id("door-camera-address").fill("javascript:alert(1)")
    await page.get_by_test_id("settings-save").click()
    await expect(page.get_by_test_id("settings-form")).to_contain_text("https://")
    await page.get_by_test_id("door-camera-address").fill(CAMERA)
    await page.get_by_test_id("settings-save").click()
    await expect(page.locator('[data-testid="settings-row"][data-id="kalitka"]')).to_be_visible()
    await page.get_by_test_id("door-phone").click()
    await page.get_by_test_id("phone-show").click()
    await expect(page.get_by_test_id("phone-account")).to_contain_text("kalitka-door")


async def account(web: httpx.AsyncClient) -> dict[str, str]:
    return dict((await web.get("/api/doors/kalitka/phone")).json())


async def test_a_door_is_described_rings_and_is_opened(kaska: Installation, chromium: Browser) -> None:
    async with kaska.session(kaska.company.administrator) as web:
        async with await chromium.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU") as context:
            page = await context.new_page()
            boss = kaska.company.administrator
            await sign_in(page, kaska, boss.login, boss.password)
            await expect(page.get_by_test_id("login-submit")).to_have_count(0)
            await describe(page, kaska)
        await kaska.publish(web)
        async with place(chromium, kaska, "301") as page, Phone(local_ip="127.0.0.1", tone=VISITOR) as door:
            await registers(door, await account(web), kaska.sip)
            await ready(page)
            call = await door.dial(kaska.number("1"))
            rings = page.get_by_test_id("inside-rings")
            await expect(rings).to_be_visible()
            await expect(page.get_by_test_id("inside-name")).to_have_text("Калитка")
            camera = page.get_by_test_id("door-camera")
            assert await camera.get_attribute("href") == CAMERA
            assert await camera.get_attribute("rel") == "noopener noreferrer"
            await expect(page.get_by_test_id("door-open")).to_have_count(0)
            await page.get_by_test_id("answer").click()
            await call.hears(MICROPHONE_TONE, within=8)
            await browser_hears(page, VISITOR)
            await expect(page.get_by_test_id("door-open")).to_be_visible()
            await page.keyboard.press("o")
            await call.receives_digits("*9")
            await expect(page.get_by_test_id("door-opened")).to_be_visible()
            await page.get_by_test_id("hang-up").click()
            await call.ended(5)
            await state_is(page, "ready")
        (await web.delete("/api/doors/kalitka")).raise_for_status()
        await kaska.publish(web)
