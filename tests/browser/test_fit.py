"""Every report and every screen fits the narrowest window that is promised: nothing is pushed out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, ViewportSize

from kaska.features.reports.catalogue import CATALOGUE
from screens.__main__ import settled
from screens.pages import FIRST_DAY, SCREENS

pytestmark = [pytest.mark.browser, pytest.mark.database]

NARROW: ViewportSize = {"width": 1280, "height": 720}
WIDE: ViewportSize = {"width": 1680, "height": 900}
TOO_WIDE = """() => [document.scrollingElement, document.querySelector('main'),
  ...document.querySelectorAll('[data-testid=report-table], .k-panel > .k-body, .k-heat')]
  .filter((one) => one && one.scrollWidth > one.clientWidth)
  .map((one) => `${one.dataset.testid ?? one.className}: ${one.scrollWidth} of ${one.clientWidth}`)"""
"""whatever would have to be scrolled sideways"""
HEADS = """() => [...document.querySelectorAll('.k-figures-table thead tr:last-child th')]
  .filter((one) => one.offsetParent !== null).map((one) => one.textContent)"""


async def _said(page: Page, language: str) -> None:
    await page.evaluate("(language) => localStorage.setItem('kaska.locale', language)", language)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("language", ["ru", "en"])
async def test_no_report_is_wider_than_its_window(pages: Callable[[str], Awaitable[Page]], language: str) -> None:
    page = await pages("administrator")
    await page.set_viewport_size(NARROW)
    await page.goto("/reports")
    await _said(page, language)
    wrong = []
    for id, report in CATALOGUE.items():
        for by in dict.fromkeys((report.by[0], report.by[-1])):
            await page.goto(f"/reports?report={id}&by={by}&period=week&compare=yes")
            await settled(page)
            wrong += [f"{id} {by}: {one}" for one in await page.evaluate(TOO_WIDE)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_wide_report_shows_its_columns_group_by_group_until_all_fit(
    pages: Callable[[str], Awaitable[Page]],
) -> None:
    page = await pages("administrator")
    await page.set_viewport_size(NARROW)
    await page.goto("/reports?report=agents&period=week&compare=yes")
    await _said(page, "ru")
    await page.reload()
    await settled(page)
    first = await page.evaluate(HEADS)
    await page.get_by_test_id("report-part").locator("label").nth(1).click()
    await page.wait_for_function("() => location.search.includes('part=')")
    await settled(page)
    assert await page.evaluate(TOO_WIDE) == []
    second = await page.evaluate(HEADS)
    columns = [column.title[0] for column in CATALOGUE["agents"].columns]
    assert [*first[1:], *second[1:]] == columns
    assert first[0] == second[0] == "Оператор"
    await page.set_viewport_size(WIDE)
    await page.get_by_test_id("report-part").wait_for(state="hidden")
    assert await page.evaluate(HEADS) == ["Оператор", *columns]
    assert await page.evaluate(TOO_WIDE) == []


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("language", ["ru", "en"])
async def test_no_screen_is_wider_than_its_window(pages: Callable[[str], Awaitable[Page]], language: str) -> None:
    wrong, speaking = [], set()
    for screen in SCREENS:
        page, path = await pages(screen.who), screen.path.partition("?open=s1")[0]
        await page.goto(path)
        if screen.who not in speaking:
            speaking.add(screen.who)
            await page.set_viewport_size(NARROW)
            await _said(page, language)
            await page.reload()
        await settled(page)
        assert await page.evaluate("document.documentElement.lang") == language
        wrong += [f"{screen.name}: {one}" for one in await page.evaluate(TOO_WIDE)]
    assert not wrong, "\n".join(wrong)


LEADING = {"board", "journal", "settings-queues", "settings-numbers", "settings-projects", "settings-publish"}
"""screens that show nothing before the first steps"""


@pytest.mark.asyncio(loop_scope="session")
async def test_an_empty_screen_fits_and_leads_on(pages: Callable[[str], Awaitable[Page]]) -> None:
    page = await pages("founder")
    await page.set_viewport_size(NARROW)
    wrong = []
    for screen in FIRST_DAY:
        await page.goto(screen.path)
        await settled(page)
        wrong += [f"{screen.name}: {one}" for one in await page.evaluate(TOO_WIDE)]
        if screen.name.removeprefix("first-") in LEADING:
            await page.get_by_test_id("to-first-steps").wait_for()
    assert not wrong, "\n".join(wrong)
    await page.goto("/settings/queues")
    await page.get_by_test_id("to-first-steps").click()
    await page.get_by_test_id("first-steps").wait_for()
