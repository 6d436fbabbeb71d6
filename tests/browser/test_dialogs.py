"""Windows, drawers and menus: nobody is shut out of them, and the keyboard gets in, about and out again."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect
from tests.browser.conftest import launched
from tests.browser.openings import OPENINGS, Opening
from tests.browser.test_settings import AXE, RUN_AXE

from screens.__main__ import set_scheme, settled
from screens.stage import Stage, staged

pytestmark = [pytest.mark.browser, pytest.mark.database]

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "web" / "src"
TABS = 14
WHERE = "document.activeElement?.closest('[role=dialog], [role=menu]') != null"
"""is the focus inside of what was opened"""
FOCUSED = "document.activeElement?.outerHTML.slice(0, 120)"
ONLY_COLOURS = RUN_AXE.replace("{ resultTypes", "{ runOnly: ['color-contrast'], resultTypes")


def test_no_window_is_forgotten() -> None:
    drawn = {
        str(file.relative_to(SOURCES).with_suffix(""))
        for file in SOURCES.rglob("*.tsx")
        if re.search(r"<(Modal|Drawer|Menu|Popover|HoverCard)[\s>]", file.read_text())
    }
    assert drawn == {opening.of for opening in OPENINGS}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    home = Path(tempfile.mkdtemp(prefix="kaska-stage-"))
    os.chmod(home, 0o755)  # PostgreSQL may run as a user of its own
    try:
        async with staged(home, ROOT / ".state" / "prompts") as ready:
            yield ready
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pages(stage: Stage, microphone: Path) -> AsyncIterator[Callable[[str], Awaitable[Page]]]:
    """Gives the page of somebody who is signed in."""
    opened: dict[str, Page] = {}
    async with launched(microphone, "--use-fake-ui-for-media-stream") as browser:

        async def page_of(who: str) -> Page:
            if who not in opened:
                opened[who] = await _page(browser, stage, who)
            return opened[who]

        yield page_of


async def _page(browser: Browser, stage: Stage, who: str) -> Page:
    context = await browser.new_context(
        locale="ru-RU", timezone_id="Europe/Moscow", base_url=stage.url, viewport={"width": 1280, "height": 720}
    )
    await context.clock.set_fixed_time(datetime.fromtimestamp(stage.at + 1.0, UTC))
    await context.add_init_script("localStorage.setItem('kaska.device', 'phone')")
    login, password = stage.login(who)
    assert (await context.request.post("/api/session", data={"login": login, "password": password})).ok
    return await context.new_page()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("opening", OPENINGS, ids=[opening.name for opening in OPENINGS])
async def test_whatever_opens_can_be_read_and_left_by_everybody(
    pages: Callable[[str], Awaitable[Page]], opening: Opening
) -> None:
    wrong = await _judged(await pages(opening.who), opening)
    assert not wrong, "\n".join(wrong)


async def _judged(page: Page, opening: Opening) -> list[str]:
    """What is wrong with it, in words."""
    await page.goto(opening.path)
    await settled(page)
    for step in opening.steps:
        await _do(page, step)
    opened = page.get_by_role(opening.kind)
    await opened.last.wait_for()
    await settled(page)
    await page.evaluate(AXE.read_text())
    wrong = []
    for scheme, run in (("dark", ONLY_COLOURS), ("light", RUN_AXE)):
        await set_scheme(page, scheme)
        await settled(page)
        wrong += await page.evaluate(run)
    if opening.kind == "dialog":
        wrong += await _strays(page)
    number = await opened.count()
    await page.keyboard.press("Escape")
    await expect(opened).to_have_count(number - 1)
    if not await _is_focused(_place(page, opening.steps[opening.back])):
        wrong.append(f"focus is left at {await page.evaluate(FOCUSED)}")
    return list(dict.fromkeys(wrong))


async def _strays(page: Page) -> list[str]:
    wrong = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(TABS):
            await page.keyboard.press(key)
            if not await page.evaluate(WHERE):
                wrong.append(f"{key} leads out of it, to {await page.evaluate(FOCUSED)}")
                break
    return wrong


async def _is_focused(place: Locator) -> bool:
    try:
        await expect(place).to_be_focused(timeout=2000)
    except AssertionError:
        return False
    return True


def _place(page: Page, step: str) -> Locator:
    return page.locator(step.removeprefix("css=")).first if step.startswith("css=") else page.get_by_test_id(step).first


async def _do(page: Page, step: str) -> None:
    if step.startswith("key="):
        await page.keyboard.press(step.removeprefix("key="))
    elif step.startswith("type="):
        _, place, text = step.split("=", 2)
        await page.get_by_test_id(place).fill(text)
    else:
        await _place(page, step).click(timeout=10_000)
