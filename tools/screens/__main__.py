"""Takes a picture of every screen: ``STATE/screenshots/<language>/<size>-<scheme>/<screen>.png``.

``--only TEXT`` takes those whose name has TEXT in it. The page must be built (web/dist).
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from kaska.kit.config import load
from screens.pages import SCREENS, Screen
from screens.stage import Stage, staged

SIZES = ((1440, 900), (1280, 720))
SCHEMES = ("light", "dark")
LANGUAGES = ("ru", "en")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"


async def take(home: Path, target: Path, only: str, prompts: Path) -> int:
    """Returns how many pictures were taken; ``home`` is an empty directory to work in."""
    chosen = [screen for screen in SCREENS if only in screen.name]
    taken = 0
    async with staged(home, prompts) as stage, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for language in LANGUAGES:
            for who in ("administrator", "supervisor", "operator"):
                mine = [screen for screen in chosen if screen.who == who]
                if mine:
                    taken += await _as(browser, stage, who, language, mine, target)
        await browser.close()
    return taken


async def _as(browser: Browser, stage: Stage, who: str, language: str, mine: list[Screen], target: Path) -> int:
    context = await browser.new_context(locale="ru-RU", base_url=stage.url)
    await context.add_init_script(f"localStorage.setItem('kaska.locale', '{language}')")
    page = await context.new_page()
    login, password = stage.login(who)
    answer = await context.request.post("/api/session", data={"login": login, "password": password})
    if not answer.ok:
        raise RuntimeError(f"cannot sign in as {login}: {answer.status}")
    taken = 0
    for screen in mine:
        await page.goto(screen.path)
        for scheme in SCHEMES:
            await set_scheme(page, scheme)
            for width, height in SIZES:
                await page.set_viewport_size({"width": width, "height": height})
                await settled(page)
                folder = target / language / f"{width}x{height}-{scheme}"
                await page.screenshot(path=folder / f"{screen.name}.png")
                taken += 1
    await context.close()
    return taken


async def set_scheme(page: Page, scheme: str) -> None:
    await page.evaluate(
        "(scheme) => document.documentElement.setAttribute('data-mantine-color-scheme', scheme)", scheme
    )


async def settled(page: Page) -> None:
    """The page is drawn and nothing that it asked for is still on the way."""
    await page.locator("main").wait_for()
    await page.wait_for_function("() => !document.querySelector('.mantine-Loader-root')")
    await page.evaluate("() => document.fonts.ready")


def main() -> None:
    parser = argparse.ArgumentParser(description="Takes a picture of every screen.")
    parser.add_argument("--only", default="", metavar="TEXT")
    given = parser.parse_args()
    root = load().root
    target = root / "screenshots"
    home = Path(tempfile.mkdtemp(prefix="kaska-screens-"))
    home.chmod(0o755)  # PostgreSQL may run as a user of its own
    try:
        taken = asyncio.run(take(home, target, given.only, root / "prompts"))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.stdout.write(f"{taken} pictures in {target}\n")


if __name__ == "__main__":
    main()
