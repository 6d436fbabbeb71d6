"""The first administrator: a one-time password shown at the first start, to be changed before anything else."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect
from tests.plugins.installation import Installation

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

NEW = "дюжина-синих-кораблей-17"


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

    await page.get_by_test_id("nav-people").click()
    await page.get_by_test_id("person-new").click()
    await page.get_by_test_id("person-name").fill("Лидия Снегова")
    await page.get_by_test_id("person-login").fill("snegova")
    await page.get_by_test_id("person-extension").fill("401")
    await page.get_by_test_id("person-save").click()
    once = await page.get_by_test_id("one-time-password").inner_text()
    assert len(once) >= 12
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-testid=person-row][data-login=snegova]")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text(once)).to_have_count(0)
