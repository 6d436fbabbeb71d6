"""What lets programs and screens in, and what tells programs: keys, a television by its link, webhooks, in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.async_api import Browser, Page, expect
from tests.browser.test_customers import served
from tests.browser.test_settings import signed_in
from tests.features.webhooks.test_webhooks import Receiver
from tests.plugins.web import Site, database, make_site

from kaska.core.configuration import Configuration
from kaska.core.state import State
from kaska.features.webhooks.posting import Posting
from kaska.kit.config import Settings
from kaska.realtime import endpoints as realtime

__all__ = ["database", "make_site"]

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


async def test_a_program_and_a_television_are_let_in_and_shut_out(
    make_site: Callable[..., Site], chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(realtime, "SESSION_CHECK_SECONDS", 0.3)
    site = make_site()
    company = await site.company()
    site.feed.reset(company.tenant, 1, State(Configuration(company.tenant, 1, "")))
    async with served(site) as address, httpx.AsyncClient(base_url=address) as program:
        page = await signed_in(chromium, address, company)
        await page.goto("/settings/keys")
        await page.get_by_test_id("key-new").click()
        await page.get_by_test_id("key-name").fill("Учёт заказов")
        await page.get_by_role("checkbox", name="Читать журнал звонков").check()
        secret = await made(page)
        program.headers["Authorization"] = f"Bearer {secret}"
        assert (await program.get("/api/contacts")).status_code == 200
        assert (await program.get("/api/customers")).status_code == 403  # more than it was given
        await page.reload()
        row = page.get_by_test_id("key-row")
        await expect(row).to_contain_text("Учёт заказов")
        assert secret not in await page.content()

        await page.get_by_test_id("key-new").click()
        await page.get_by_text("Экран на стене").click()
        await page.get_by_test_id("key-name").fill("Телевизор в зале")
        link = await made(page)
        assert link.startswith(f"{address}/screen#")
        television = await (
            await chromium.new_context(locale="ru-RU", viewport={"width": 1280, "height": 720})
        ).new_page()
        await television.goto(link)
        await expect(television.get_by_test_id("wall")).to_be_visible()
        assert "#" not in television.url
        await expect(television.get_by_test_id("wall-stale")).to_have_count(0)
        await television.goto(f"{address}/journal")  # whatever address is typed: it shows the floor, and nothing else
        await expect(television.get_by_test_id("wall")).to_be_visible()
        await television.goto(f"{address}/wall")

        for name in ("Телевизор в зале", "Учёт заказов"):
            await row.filter(has_text=name).get_by_test_id("key-revoke").click()
            await page.get_by_test_id("sure").click()
            await expect(row.filter(has_text=name)).to_have_count(0)
        await expect(television.get_by_test_id("screen-closed")).to_be_visible()
        assert (await program.get("/api/contacts")).status_code == 401
        await television.context.close()
        await page.context.close()


async def made(page: Page) -> str:
    """The secret that is shown once."""
    await page.get_by_test_id("key-make").click()
    secret = await page.get_by_test_id("shown-once").inner_text()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("shown-once")).to_have_count(0)
    return secret


async def test_a_webhook_is_added_its_failure_is_seen_and_sent_again(
    make_site: Callable[..., Site], chromium: Browser, receiver: Receiver
) -> None:
    site = make_site()
    company = await site.company()

    async def tenants() -> list[str]:
        return [company.tenant]

    settings = Settings(webhooks_private=True)
    posting = Posting(settings, site.database, tenants, clock=lambda: datetime.now(UTC) + timedelta(seconds=1))
    async with served(site) as address:
        page = await signed_in(chromium, address, company)
        await page.goto("/settings/webhooks")
        await page.get_by_test_id("hook-new").click()
        await page.get_by_test_id("hook-name").fill("Учёт")
        await page.get_by_test_id("hook-url").fill("ftp://crm.example.ru")
        await page.get_by_test_id("hook-save").click()
        await expect(page.get_by_test_id("error")).to_contain_text("http")
        await page.get_by_test_id("hook-url").fill(receiver.url)
        await page.get_by_test_id("hook-save").click()
        await expect(page.get_by_test_id("shown-once")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("hook-row")).to_contain_text("работает")

        receiver.status = 503
        await page.get_by_test_id("hook-test").click()
        delivery = page.get_by_test_id("hook-delivery")
        await expect(delivery).to_have_count(1)
        await posting.post(company.tenant)
        await page.reload()
        await expect(delivery).to_contain_text("503")
        await expect(page.get_by_test_id("hook-row")).to_contain_text("не принимает")
        receiver.status = 204
        await page.get_by_test_id("hook-again").click()
        await expect(delivery).not_to_contain_text("503")
        await posting.post(company.tenant)
        await page.reload()
        await expect(delivery).to_contain_text("доставлено")
        await expect(page.get_by_test_id("hook-row")).to_contain_text("работает")
        assert len(receiver.received) == 2
        await page.context.close()
