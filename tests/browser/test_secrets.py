"""What has a password is set on the screen and not in files: the mail server, and keys of outside sources."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.async_api import Browser, expect
from tests.browser.test_customers import served
from tests.browser.test_settings import signed_in
from tests.features.mail.test_mail import Box, box, settle
from tests.plugins.web import Site, database, make_site

from kaska.features.lookups.public import key_of, source_keys

__all__ = ["box", "database", "make_site"]

pytestmark = [pytest.mark.browser, pytest.mark.database]


async def test_mail_and_keys_are_set_by_clicks(
    make_site: Callable[..., Site], chromium: Browser, box: tuple[Box, int]
) -> None:
    site = make_site()
    settle(site, webhooks_private=True)
    company = await site.company()
    async with served(site) as address:
        page = await signed_in(chromium, address, company)
        await page.goto("/settings/mail")
        await expect(page.get_by_test_id("mail-whose")).to_contain_text("не задан")
        await expect(page.get_by_test_id("mail-send")).to_be_disabled()
        await page.get_by_test_id("mail-host").fill("127.0.0.1")
        await page.get_by_test_id("mail-tls").select_option("none")
        await expect(page.get_by_test_id("mail-port")).to_have_value("25")
        await page.get_by_test_id("mail-port").fill(str(box[1]))
        await page.get_by_test_id("mail-sender").fill("kaska@okna.test")
        await page.get_by_test_id("mail-save").click()
        await expect(page.get_by_test_id("mail-drop")).to_be_visible()
        await page.get_by_test_id("mail-to").fill("boss@okna.test")
        await page.get_by_test_id("mail-send").click()
        await expect(page.get_by_test_id("mail-sent")).to_be_visible()
        assert box[0].letters == [("kaska@okna.test", ["boss@okna.test"], "Проверка почты")]
        await page.get_by_test_id("mail-drop").click()
        await expect(page.get_by_test_id("mail-whose")).to_contain_text("не задан")

        await page.goto("/settings/lookups")
        await page.get_by_test_id("settings-new").click()
        await page.get_by_test_id("source-name").fill("CRM")
        await page.get_by_label("Адрес").fill("https://crm.example/who?phone={caller}")
        await page.get_by_test_id("source-key").fill("s3cret")
        await page.get_by_test_id("settings-save").click()
        key = page.get_by_test_id("source-key")
        await expect(key).to_have_attribute("placeholder", re.compile("оставить прежний"))
        await expect(key).to_have_value("")
        async with site.database.tenant(company.tenant) as connection:
            assert await source_keys(connection, company.tenant) == {key_of(company.tenant, "crm"): "s3cret"}
        await page.get_by_test_id("source-key-remove").check()
        await page.get_by_test_id("settings-save").click()
        await expect(page.get_by_test_id("source-key-remove")).to_have_count(0)
        await page.context.close()
