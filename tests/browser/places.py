"""Operators' places in Chromium, and what may go wrong with them: the network, the microphone, sleep."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, expect
from tests.browser.conftest import WATCH_TRACKS
from tests.browser.test_operator import go_home, sign_in
from tests.e2e.centre import Board
from tests.plugins.installation import Installation


@asynccontextmanager
async def place(browser: Browser, kaska: Installation, extension: str) -> AsyncIterator[Page]:
    """An operator at his page whose microphone was tested before; he goes home at last."""
    agent = kaska.agent(extension)
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="ru-RU", permissions=["microphone"]
    )
    await context.add_init_script(WATCH_TRACKS + "sessionStorage.setItem('kaska.microphone', 'yes')")
    page = await context.new_page()
    # leaving in the middle of a talk is asked about first: he is sure
    context.on("page", lambda opened: opened.on("dialog", lambda dialog: dialog.accept()))
    page.on("dialog", lambda dialog: dialog.accept())
    await sign_in(page, kaska, agent.login, agent.password)
    try:
        yield page
    finally:
        await context.close()
        await go_home(kaska, agent)


async def ready(page: Page) -> None:
    await expect(page.get_by_test_id("registration")).to_have_attribute("data-registration", "registered")
    await page.get_by_test_id("state-ready").click()
    await state_is(page, "ready")


async def state_is(page: Page, state: str, within: float = 10.0) -> None:
    await expect(page.get_by_test_id("my-state")).to_have_attribute("data-state", state, timeout=within * 1000)


async def stage_is(page: Page, stage: str, within: float = 10.0) -> None:
    await expect(page.get_by_test_id("call")).to_have_attribute("data-stage", stage, timeout=within * 1000)


async def devtools(page: Page, *said: tuple[str, dict[str, Any]]) -> CDPSession:
    tools = await page.context.new_cdp_session(page)
    for method, given in said:
        await tools.send(method, given)
    return tools


async def permit_microphone(page: Page, setting: str) -> None:
    """As by a click into the browser's own bar: "granted" or "denied"."""
    tools = await devtools(page)
    profile = (await tools.send("Target.getTargetInfo"))["targetInfo"]["browserContextId"]
    given = {"permission": {"name": "microphone"}, "setting": setting, "browserContextId": profile}
    given["origin"] = await page.evaluate("origin")
    await tools.send("Browser.setPermission", given)


@asynccontextmanager
async def asleep(browser: Browser) -> AsyncIterator[None]:
    """The pages stand still while the browser itself goes on: as a frozen tab does, or a machine short of memory."""
    tools = await browser.new_browser_cdp_session()
    found = await tools.send("SystemInfo.getProcessInfo")
    pages = [int(one["id"]) for one in found["processInfo"] if one["type"] == "renderer"]
    for page in pages:
        os.kill(page, signal.SIGSTOP)
    try:
        yield
    finally:
        for page in pages:
            os.kill(page, signal.SIGCONT)


@asynccontextmanager
async def watched(kaska: Installation) -> AsyncIterator[Board]:
    """The floor as a supervisor's page is told of it."""
    async with kaska.session(kaska.company.supervisor) as web:
        board = Board()
        following = asyncio.create_task(board.follow(web))
        try:
            await board.until(lambda: True)
            yield board
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


@asynccontextmanager
async def without_network(page: Page) -> AsyncIterator[None]:
    """Neither requests nor sockets nor sound: the cable is out."""
    tools = await devtools(page, ("Network.enable", {}))
    nothing = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0, "packetLoss": 100}
    well = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1, "packetLoss": 0}
    await tools.send("Network.emulateNetworkConditions", nothing)
    await page.context.set_offline(True)
    try:
        yield
    finally:
        await page.context.set_offline(False)
        await tools.send("Network.emulateNetworkConditions", well)
