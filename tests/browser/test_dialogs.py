"""Windows, drawers and menus: nobody is shut out of them, and the keyboard gets in, about and out again."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect
from tests.browser.openings import OPENINGS, Opening
from tests.browser.test_settings import AXE, RUN_AXE

from screens.__main__ import set_scheme, settled

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


@pytest.mark.asyncio(loop_scope="session")
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
