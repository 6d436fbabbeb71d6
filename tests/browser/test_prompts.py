"""A prompt recorded in the browser: what the microphone heard is what callers will hear, measured by its tone."""

from __future__ import annotations

import array
import cmath
import io
import math
import wave
from collections.abc import Callable

import pytest
from playwright.async_api import Browser, expect
from tests.browser.conftest import MICROPHONE_TONE
from tests.browser.test_customers import served
from tests.browser.test_settings import signed_in
from tests.plugins.web import Site, database, make_site

__all__ = ["database", "make_site"]

pytestmark = [pytest.mark.browser, pytest.mark.database]


def loudest(sound: bytes) -> list[int]:
    """Of every tenth of a second that is not silent: the frequency that is strongest in it, in Hz, to the next 50."""
    with wave.open(io.BytesIO(sound)) as read:
        rate = read.getframerate()
        samples = array.array("h", read.readframes(read.getnframes()))
    parts = [samples[at : at + rate // 10] for at in range(0, len(samples) - rate // 10, rate // 10)]

    def strength(part: array.array[int], tone: int) -> float:
        return abs(sum(one * cmath.exp(-2j * math.pi * tone * place / rate) for place, one in enumerate(part)))

    heard = [part for part in parts if max(map(abs, part)) > 1000]
    return [max(range(300, 3400, 50), key=lambda tone: strength(part, tone)) for part in heard]


async def test_what_the_microphone_heard_becomes_a_prompt(make_site: Callable[..., Site], chromium: Browser) -> None:
    site = make_site()
    company = await site.company()
    boss = await site.signed_in(company)
    async with served(site) as address:
        page = await signed_in(chromium, address, company)
        await page.goto("/settings/prompts")
        await page.get_by_test_id("prompt-new").click()
        form = page.get_by_test_id("prompt-form")
        await form.get_by_text("Микрофон").click()
        await form.get_by_test_id("prompt-title").fill("Обед")
        await form.get_by_test_id("prompt-record").click()
        await expect(form.get_by_test_id("prompt-stop")).to_contain_text("0:02", timeout=15_000)
        await form.get_by_test_id("prompt-stop").click()
        await form.get_by_test_id("prompt-make").click()
        await expect(form).to_have_count(0)
        row = page.get_by_test_id("prompt-row").filter(has_text="Обед")
        await expect(row).to_have_attribute("data-origin", "microphone")
        await page.context.close()
    [made] = [one for one in (await boss.get("/api/prompts")).json() if one["title"] == "Обед"]
    assert 1 < made["seconds"] < 15
    sound = await boss.get(f"/api/prompts/{made['name']}")
    assert sound.status_code == 200, sound.text
    tones = loudest(sound.content)
    assert len(tones) >= 10
    assert tones.count(MICROPHONE_TONE) > 0.8 * len(tones)  # a busy machine may lose a moment of it
