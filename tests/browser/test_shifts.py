"""The shift log in the browser, of a floor that was really at work: what happened is shown, goes on by itself, and is
in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, expect
from tests.browser.test_operator import sign_in
from tests.browser.test_taking import dialled
from tests.plugins.installation import Installation

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

ANN_TONE, BOB_TONE, CALLER = 650, 550, "+79000000651"


@asynccontextmanager
async def one_may_rest(kaska: Installation) -> AsyncIterator[None]:
    """Meanwhile whoever wants a break while another one of sales is away is warned."""
    async with kaska.session(kaska.company.administrator) as web:
        queues = {row["id"]: row for row in (await web.get("/api/queues")).json()}
        sales = {name: value for name, value in queues["sales"].items() if name != "id"}

        async def be(**rule: object) -> None:
            given = {name: value for name, value in sales.items() if name != "revision"}
            (await web.put("/api/queues/sales", json={**given, **rule})).raise_for_status()
            await kaska.publish(web)

        await be(breaks="warn", breaks_away=1)
        yield
        await be()


async def of(page: Page, agent: str, test_id: str) -> str:
    return await page.locator(f"[data-agent={agent}]").get_by_test_id(test_id).first.inner_text()


async def test_the_shift_log_shows_what_happened(kaska: Installation, page: Page) -> None:
    ann, bob = kaska.agent("303"), kaska.agent("304")
    boss = kaska.company.supervisor
    async with (
        one_may_rest(kaska),
        kaska.session(boss) as steering,
        kaska.at_work("303", tone=ANN_TONE) as anns,
        kaska.at_work("304", tone=BOB_TONE) as bobs,
    ):
        await anns.state("break", "lunch")
        async with dialled(kaska, CALLER) as call:
            offer = await bobs.phone.incoming(10)
            await offer.answer()
            await call.hears(BOB_TONE)
        await offer.ended(5)
        wish = {"state": "break", "reason": "rest", "device": "phone"}
        warned = await bobs.web.post("/api/agents/me/state", json=wish)
        assert (warned.status_code, warned.json()["code"]) == (409, "break_warned")
        order = {"state": "break", "reason": "собрание"}
        (await steering.post(f"/api/supervision/agents/{bob.id}/state", json=order)).raise_for_status()
        await anns.ready()

        await sign_in(page, kaska, boss.login, boss.password)
        await page.get_by_test_id("nav-reports").click()
        await page.get_by_role("link", name="Журнал смен").click()
        mine = page.locator(f"[data-agent={ann.id}]")
        his = page.locator(f"[data-agent={bob.id}]")
        await expect(mine).to_have_attribute("data-state", "ready", timeout=15_000)
        await expect(mine.get_by_test_id("shift-break")).to_contain_text("Обед")
        await expect(his.get_by_test_id("shift-break")).to_contain_text("собрание")
        await expect(his.get_by_test_id("shift-mark")).to_have_count(2)
        await expect(mine.get_by_test_id("shift-now")).to_have_count(1)

        # by keys: the last state of the line is the one that goes on
        line = his.get_by_test_id("shift-line")
        await line.focus()
        await page.keyboard.press("End")
        await expect(page.get_by_test_id("shift-told")).to_contain_text("Перерыв: собрание")
        assert "Перерыв: собрание" in (await line.get_attribute("aria-valuetext") or "")
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("shift-told")).to_have_count(0)

        # nobody reloads: a break begins, and its time grows
        insisting = {"state": "break", "reason": "technical", "device": "phone", "insists": True}
        (await anns.web.post("/api/agents/me/state", json=insisting)).raise_for_status()
        await expect(mine).to_have_attribute("data-state", "break")
        await expect(mine.get_by_test_id("shift-break")).to_contain_text("Неполадки")
        before = await of(page, ann.id, "shift-break")
        await expect(mine.get_by_test_id("shift-break")).not_to_have_text(before)

        await his.get_by_test_id("shift-open").click()
        states = page.get_by_test_id("shift-state")
        await expect(states.last).to_have_attribute("data-state", "break")
        shown = [await one.get_attribute("data-state") for one in await states.all()]
        assert "talking" in shown
        happened = await page.get_by_test_id("shift-happened").all_inner_texts()
        assert [boss.name in one for one in happened] == [False, True]
        assert "предупреждение о перерыве (отдых)" in happened[0]

        day = (await steering.get("/api/supervision/shift-log", params=await today(page))).json()
        given = {"first": day["first"], "last": day["last"], "agent": bob.id, "format": "csv"}
        file = await steering.get("/api/supervision/shift-log/file", params=given)
        rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
        assert len(shown) + len(happened) == len([row for row in rows if row["Состояние"] != "не на смене"])
        assert [row["Кто приказал"] for row in rows if row["Кто приказал"]] == [boss.name]

        await page.get_by_test_id("shift-contact").first.click()
        await expect(page.get_by_role("dialog")).to_contain_text("+7 900 000-06-51")


async def today(page: Page) -> dict[str, str]:
    """Of the company's time zone, as the page has it."""
    day = await page.evaluate("new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Moscow' }).format(new Date())")
    return {"first": day, "last": day}
