"""The first administrator: a one-time password shown at the first start, to be changed before anything else."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect
from tests.plugins.installation import Installation

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

NEW = "дюжина-синих-кораблей-17"


async def take_the_first_steps(page: Page) -> None:
    """The guide opens by itself and leads to a call that the administrator makes and answers on this very page."""
    await page.get_by_test_id("company-name").fill("Тихая гавань")
    await page.get_by_test_id("company-round").click()  # the test may run at night
    await page.get_by_test_id("company-save").click()
    await page.get_by_test_id("just-me").click()
    await page.get_by_test_id("line-open").click()
    await page.get_by_test_id("try-ready").click()
    await expect(page.get_by_test_id("try-ready")).to_be_disabled(timeout=20_000)
    await page.get_by_test_id("try-dial").click()
    await page.get_by_test_id("answer").click(timeout=40_000)
    await expect(page.get_by_test_id("first-answered")).to_be_visible(timeout=20_000)
    await page.get_by_test_id("hang-up").click()


async def test_the_first_administrator_brings_the_people_in(kaska: Installation, page: Page) -> None:
    login, password = re.findall(r"^  (?:login|password) +(\S+)", kaska.first_start, re.MULTILINE)
    await page.goto(kaska.url)
    await page.get_by_test_id("login-name").fill(login)
    await page.get_by_test_id("login-password").fill("not this one")
    await page.get_by_test_id("login-submit").click()
    await expect(page.get_by_test_id("error")).to_be_visible()

    await page.get_by_test_id("login-password").fill(password)
    await page.get_by_test_id("login-submit").click()
    await page.get_by_test_id("password-current").fill(password)
    await page.get_by_test_id("password-new").fill(NEW)
    await page.get_by_test_id("password-again").fill(NEW)
    await page.get_by_test_id("password-submit").click()

    await take_the_first_steps(page)

    await page.get_by_test_id("settings-people").click()
    await page.get_by_test_id("settings-new").click()
    await page.get_by_test_id("person-name").fill("Лидия Снегова")
    await page.get_by_test_id("person-login").fill("snegova")
    await page.get_by_test_id("person-extension").fill("401")
    await page.get_by_test_id("settings-save").click()
    once = await page.get_by_test_id("one-time-password").inner_text()
    assert len(once) >= 12
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("settings-row").filter(has_text="Лидия Снегова")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text(once)).to_have_count(0)
