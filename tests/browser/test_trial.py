"""A call from the editor's page into a draft that nobody published: real switch, real telephone, real Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect
from tests.browser.conftest import MICROPHONE_TONE
from tests.browser.test_operator import browser_hears, sign_in
from tests.plugins.installation import Installation

pytestmark = [pytest.mark.telephony, pytest.mark.browser]

AGENT_TONE = 650
DRAFT: dict[str, Any] = {
    "start": "Меню",
    "nodes": {
        "Меню": {
            "kind": "menu",
            "prompts": ["ru/menu"],
            "choices": {"1": "Сервис", "2": "Прощание"},
            "otherwise": "Сообщение",
            "timeout": 5.0,
            "tries": 2,
        },
        "Сервис": {"kind": "enqueue", "queue": "service", "message": "Сообщение", "keys": {}},
        "Сообщение": {"kind": "take_message", "prompts": ["ru/message-question"], "next": "Прощание"},
        "Прощание": {"kind": "finish", "prompts": ["ru/goodbye"]},
    },
}


async def lit(page: Page, node: str, how: str) -> None:
    box = page.locator(f'[data-testid=scenario-node][data-node="{node}"]')
    await expect(box).to_have_attribute("data-lit", how, timeout=10_000)


async def test_a_call_into_a_draft_lights_the_path_it_walks(kaska: Installation, page: Page) -> None:
    boss = kaska.company.administrator
    async with kaska.session(boss) as web:
        (await web.put("/api/scenarios/tried", json={"name": "Проба", "draft": DRAFT})).raise_for_status()
        before = (await web.get("/api/debts")).json()
        try:
            await sign_in(page, kaska, boss.login, boss.password)
            await expect(page.get_by_test_id("person-menu")).to_be_visible()
            await page.goto(f"{kaska.url}/settings/scenarios/tried")
            await page.get_by_text("Звонок", exact=True).click()
            trial = page.get_by_test_id("trial")

            # to an agent: both hear each other
            async with kaska.at_work("302", tone=AGENT_TONE) as desk:
                await trial.get_by_test_id("trial-call").click()
                await lit(page, "Меню", "here")
                await trial.get_by_test_id("trial-key-1").click()
                await lit(page, "Сервис", "here")
                await lit(page, "Меню", "passed")
                await expect(page.locator(".k-edge-lit")).to_have_count(1)
                talk = await (await desk.phone.incoming(10)).answer()
                await expect(trial.get_by_test_id("trial-where")).to_contain_text("разговор")
                await talk.hears(MICROPHONE_TONE, within=8)
                await browser_hears(page, AGENT_TONE)
                await trial.get_by_test_id("trial-hang-up").click()
                await talk.ended(5)
            await expect(trial.get_by_test_id("trial-where")).to_have_text("звонок окончен")
            await lit(page, "Сервис", "passed")

            # hung up in the menu: nobody owes anything for it
            await trial.get_by_test_id("trial-call").click()
            await lit(page, "Меню", "here")
            await expect(trial.get_by_test_id("trial-way").locator("li")).to_have_count(1)
            await expect(trial.get_by_test_id("trial-key-2")).to_be_enabled()
            await page.keyboard.press("2")
            await lit(page, "Прощание", "here")
            await trial.get_by_test_id("trial-hang-up").click()
            await expect(trial.get_by_test_id("trial-where")).to_have_text("звонок окончен")

            # what would strand a caller is told instead of called
            await page.get_by_text("Узел", exact=True).click()
            await page.locator('[data-testid=scenario-node][data-node="Сообщение"]').click()
            await page.keyboard.press("Delete")
            await page.get_by_text("Звонок", exact=True).click()
            await page.get_by_test_id("trial-call").click()
            await expect(page.get_by_test_id("trial-problems").locator("li").first).to_contain_text("Меню")

            assert (await web.get("/api/debts")).json() == before
            calls = (await web.get("/api/contacts", params={"direction": "trial"})).json()["items"]
            assert sorted(one["outcome"] for one in calls) == ["answered", "lost"]
            actions = [line["action"] for line in (await web.get("/api/audit", params={"area": "scenarios"})).json()]
            assert actions.count("scenarios.try") == 2
        finally:
            (await web.delete("/api/scenarios/tried")).raise_for_status()
