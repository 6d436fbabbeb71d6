"""Takes a picture of every screen: ``STATE/screenshots/<language>/<size>-<scheme>/<screen>.png``.

``--first-day`` takes the screens of a company in which nothing was set up and nobody has called, instead. ``--only
TEXT,…`` takes those whose name has a TEXT in it; ``--corners`` takes each in the two looks that differ in all
(Russian, light, wide; English, dark, narrow), four times sooner; ``--handbook`` those few that the handbook shows, into
``docs/handbook/pictures``; ``--serve`` takes none, and lets one walk through the same company in a browser. The page
must be built (web/dist).
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import structlog
from playwright.async_api import Browser, BrowserContext, Error, Page, async_playwright

from kaska.kit.config import load
from screens.handbook import HANDBOOK, put_into_handbook
from screens.pages import FIRST_DAY, MOMENTS, SCREENS, Screen
from screens.stage import Stage, staged

SIZES = ((1440, 900), (1280, 720))
SCHEMES = ("light", "dark")
LANGUAGES = ("ru", "en")
PATIENCE_MS = 60_000
"""a machine that does much else draws slowly"""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
MOVES_OVER = """() => !document.getAnimations().some(
  (one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity)"""
FLAGS = ("--no-sandbox", "--lang=ru", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@dataclass(frozen=True, slots=True)
class Look:
    language: str
    scheme: str
    size: tuple[int, int]


LOOKS = tuple(Look(*one) for one in product(LANGUAGES, SCHEMES, SIZES))
CORNERS = (LOOKS[0], LOOKS[-1])
"""they differ in everything: what is wrong in some look is nearly always wrong in one of these"""


@dataclass(frozen=True, slots=True)
class Wish:
    screens: Sequence[Screen]
    looks: Sequence[Look] = LOOKS

    def of(self, language: str) -> list[Look]:
        return [look for look in self.looks if look.language == language]


@dataclass
class Taken:
    """``troubles``: screens without a picture, and why."""

    pictures: int
    troubles: list[str]


async def take(home: Path, target: Path, wish: Wish, prompts: Path) -> Taken:
    """``home`` is an empty directory to work in. One screen that fails does not keep the others from being taken."""
    taken = Taken(0, [])
    async with staged(home, prompts) as stage, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for language in dict.fromkeys(look.language for look in wish.looks):
            for who in dict.fromkeys(screen.who for screen in wish.screens):
                await _as(browser, stage, who, language, wish, target, taken)
        await browser.close()
    return taken


async def serve(home: Path, prompts: Path) -> None:
    """Until it is interrupted."""
    async with staged(home, prompts) as stage:
        lines = [f"{stage.url} lives in the moment {datetime.fromtimestamp(stage.at, UTC):%H:%M:%S} UTC; to sign in:"]
        for who in ("administrator", "supervisor", "operator", "founder"):
            lines.append("  {:14} {}  {}".format(who, *stage.login(who)))
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


async def _as(browser: Browser, stage: Stage, who: str, language: str, wish: Wish, target: Path, taken: Taken) -> None:
    """The screens that ``who`` looks at, one after another on one page."""
    mine = [screen for screen in wish.screens if screen.who == who]
    context = await browser.new_context(
        locale="ru-RU" if language == "ru" else "en-GB", timezone_id="Europe/Moscow", base_url=stage.url
    )
    context.set_default_timeout(PATIENCE_MS)
    await context.add_init_script(f"localStorage.setItem('kaska.locale', '{language}')")
    await context.add_init_script("localStorage.setItem('kaska.device', 'phone')")
    await context.clock.set_fixed_time(datetime.fromtimestamp(stage.at + 1.0, UTC))
    try:
        await _enter(context, stage, who)
    except (Error, LookupError, RuntimeError) as error:
        taken.troubles.append(f"{who} ({language}): {error}")
        await context.close()
        return
    page = await context.new_page()
    for screen in mine:
        try:
            taken.pictures += await _pictures(page, stage, screen, wish, language, target)
        except Error as error:
            taken.troubles.append(f"{screen.name} ({language}): {str(error).splitlines()[0]}")
        await context.set_offline(False)
    await context.close()


async def _enter(context: BrowserContext, stage: Stage, who: str) -> None:
    if who == "nobody":
        return
    login, password = stage.login(who)
    answer = await context.request.post("/api/session", data={"login": login, "password": password})
    if not answer.ok:
        raise RuntimeError(f"cannot sign in as {login}: {answer.status}")


async def _pictures(page: Page, stage: Stage, screen: Screen, wish: Wish, language: str, folder: Path) -> int:
    """One for each look in the language."""
    stage.set(screen.scene)
    looks = wish.of(language)
    width, height = looks[0].size
    await page.set_viewport_size({"width": width, "height": height})
    await page.goto(stage.address(screen))
    await page.wait_for_load_state("networkidle")
    await settled(page)
    if screen.act is not None:
        await screen.act(page)
    for look in looks:
        width, height = look.size
        await set_scheme(page, look.scheme)
        await page.set_viewport_size({"width": width, "height": height})
        await settled(page)
        await page.screenshot(path=folder / language / f"{width}x{height}-{look.scheme}" / f"{screen.name}.png")
    return len(looks)


async def set_scheme(page: Page, scheme: str) -> None:
    await page.evaluate(
        "(scheme) => document.documentElement.setAttribute('data-mantine-color-scheme', scheme)", scheme
    )


async def settled(page: Page) -> None:
    """The page is drawn and nothing that it asked for is still on the way."""
    await page.locator("main").first.wait_for()
    await page.wait_for_function("() => !document.querySelector('.mantine-Loader-root')")
    await page.evaluate("() => document.fonts.ready")
    await page.wait_for_function(MOVES_OVER)


def main() -> int:
    parser = argparse.ArgumentParser(description="Takes a picture of every screen.")
    parser.add_argument("--only", default="", metavar="TEXT,…", help="those whose name has a TEXT in it")
    parser.add_argument("--corners", action="store_true", help="only the two looks that differ in everything")
    parser.add_argument("--first-day", action="store_true", help="of a company without anything")
    parser.add_argument("--look", default="", metavar="LANGUAGE-SCHEME-WIDTH,…", help="only these looks: en-dark-1280")
    parser.add_argument("--handbook", action="store_true", help="the handbook's pictures, into docs/handbook/pictures")
    parser.add_argument("--serve", action="store_true", help="no pictures: walk through the same company yourself")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    root = load().root
    home = Path(tempfile.mkdtemp(prefix="kaska-screens-"))
    home.chmod(0o755)  # PostgreSQL may run as a user of its own
    some = FIRST_DAY if given.first_day else (*SCREENS, *MOMENTS)
    every = [screen for screen in some if any(one in screen.name for one in given.only.split(","))]
    looks = [one for one in LOOKS if f"{one.language}-{one.scheme}-{one.size[0]}" in given.look.split(",")]
    wish = Wish(every, looks or (CORNERS if given.corners else LOOKS))
    if given.handbook:
        wish = Wish(
            [screen for screen in every if screen.name in HANDBOOK],
            [one for one in LOOKS if (one.scheme, one.size) == ("light", (1280, 720))],
        )
    target = home / "handbook" if given.handbook else root / "screenshots"
    try:
        if given.serve:
            asyncio.run(serve(home, root / "prompts"))
        taken = asyncio.run(take(home, target, wish, root / "prompts"))
        if given.handbook:
            target = put_into_handbook(target)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.stdout.write(f"{taken.pictures} pictures in {target}\n")
    for trouble in taken.troubles:
        sys.stderr.write(f"no picture: {trouble}\n")
    return 1 if taken.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
