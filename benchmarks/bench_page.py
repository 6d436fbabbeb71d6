"""How quickly the page answers hands on a full floor: 500 agents, 200 people waiting, a change every second.

Milliseconds from a click or a key to the next paint, as Chromium itself measures interactions (event timing, in steps
of 8 ms; what takes less than 16 counts as 16), p95 of ROUNDS of each. The page, its server and the browser share the
machine with this program.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from playwright.async_api import Browser, Page, async_playwright, expect

from kaska.core import events
from kaska.core.configuration import AgentProfile, Calendar, Configuration, Device, Number, Project, Queue
from kaska.core.core import Core
from kaska.core.events import Event
from kaska.core.facts import Fact
from kaska.core.scenarios.graph import Enqueue, Finish, Scenario
from kaska.core.state import State
from kaska.features.publishing.demo_company import TENANT, DemoCompany, seed_demo_company
from kaska.features.publishing.public import publish_if_changed
from kaska.host.postgres import Cluster
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.migrations.run import migrate
from kaska.realtime.feed import LiveFeed
from kaska.web import Services, create_app
from report import Row, publish, row

AGENTS, WAITING, ROUNDS = 500, 200, 20
TARGET = 100.0
MAIN = "+74950000101"
ME = "demo-301"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
WATCH = """
window.slow = []
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (entry.interactionId) window.slow.push(entry.duration)
}).observe({ type: 'event', durationThreshold: 16, buffered: true })
localStorage.setItem('kaska.device', 'phone')
"""
TAKEN = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(Math.max(16, ...window.slow)), 30)))
})"""
Hand = Callable[[int], Awaitable[None]]


class Floor:
    """The engine's part: a core that is told at once, and whose facts go to the live picture. An Inbox."""

    def __init__(self, feed: LiveFeed) -> None:
        self.core = Core(State(company()))
        self.feed = feed
        self.cursor = 1
        self.arrived = 0
        self.core.handle(events.ConfigurationPublished(self._at(), company()))
        for number in range(AGENTS):
            agent = name_of(number)
            self.core.handle(events.DeviceReached(self._at(), f"{agent}-phone", True))
            self.core.handle(events.AgentSignedIn(self._at(), agent))
            self.core.handle(events.AgentPaused(self._at(), agent, ("lunch", "rest", "training")[number % 3], True))
        for _ in range(WAITING):
            self.core.handle(self._arrival())
        feed.reset(TENANT, self.cursor, self.core.state)

    async def submit(self, event: Event) -> tuple[Fact, ...]:
        happened = tuple(self.core.handle(event).facts)
        self.cursor += len(happened)
        self.feed.publish(TENANT, self.cursor, happened)
        return happened

    async def now(self) -> float:
        return self._at()

    async def lives(self) -> None:
        """Every second somebody hangs up, somebody else calls, and an agent goes to another break."""
        while True:
            oldest = next(iter(self.core.state.contacts))
            await self.submit(events.LegEnded(self._at(), oldest, oldest))
            await self.submit(self._arrival())
            agent = name_of(1 + self.arrived % (AGENTS - 1))
            await self.submit(events.AgentPaused(self._at(), agent, ("meeting", "rest")[self.arrived % 2], True))
            await asyncio.sleep(1.0)

    def _arrival(self) -> Event:
        self.arrived += 1
        name, phone = f"k-{self.arrived}", f"+7495000{self.arrived % 10_000:04d}"
        return events.ContactArrived(self._at(), name, name, "voice", MAIN, phone, phone)

    def _at(self) -> float:
        return time.time()


def name_of(number: int) -> str:
    return ME if number == 0 else f"agent-{number}"


def company() -> Configuration:
    agents = {
        name_of(n): AgentProfile(
            name_of(n), f"Оператор {n}", str(1000 + n), {"sales": 1}, (Device("phone", "phone", f"{name_of(n)}-phone"),)
        )
        for n in range(AGENTS)
    }
    whole_day = ((0, 1440),)
    line = Scenario("main", 1, "sales", {"sales": Enqueue("sales", "bye"), "bye": Finish(())})
    return Configuration(
        TENANT,
        1,
        "main",
        agents=agents,
        queues={"sales": Queue("sales", "Продажи", "windows", {"sales": 1})},
        projects={"windows": Project("windows", "Окна", "always")},
        calendars={"always": Calendar("always", "Europe/Moscow", (whole_day,) * 7)},
        scenarios={"main": line},
        numbers={MAIN: Number(MAIN, "windows", "main")},
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def served(home: Path) -> AsyncIterator[tuple[str, DemoCompany]]:
    cluster = Cluster(home / "cluster", free_port(), home / "secrets", home / "postgres.log", durable=False)
    await asyncio.to_thread(cluster.start)
    try:
        await migrate(cluster.urls.owner)
        database = Database(cluster.urls.app)
        seeded = await seed_demo_company(database, home / "secrets")
        await publish_if_changed(database, TENANT, "demo")
        feed = LiveFeed()
        floor = Floor(feed)
        services = Services(Settings(state=home), database, feed=feed, inboxes=lambda _: floor)
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen()  # whoever comes before the server is there waits
            server = uvicorn.Server(uvicorn.Config(create_app(services), log_config=None))
            works = [asyncio.create_task(server.serve(sockets=[listening])), asyncio.create_task(floor.lives())]
            try:
                yield f"http://127.0.0.1:{listening.getsockname()[1]}", seeded
            finally:
                server.should_exit = True
                works[1].cancel()
                await asyncio.gather(*works, return_exceptions=True)
                await database.close()
    finally:
        await asyncio.to_thread(cluster.stop, "immediate")


async def opened(browser: Browser, url: str, login: str, password: str, path: str) -> Page:
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU", base_url=url)
    await context.add_init_script(WATCH)
    answer = await context.request.post("/api/session", data={"login": login, "password": password})
    assert answer.ok, answer.status
    page = await context.new_page()
    await page.goto(path)
    return page


async def measured(page: Page, hand: Hand, after: Hand | None = None) -> float:
    """p95 of what ``hand`` takes; ``after`` puts things back and is not counted."""
    taken = []
    for number in range(ROUNDS):
        await page.evaluate("() => void (window.slow = [])")
        await hand(number)
        taken.append(float(await page.evaluate(TAKEN)))
        if after is not None:
            await after(number)
            await page.evaluate(TAKEN)
    return sorted(taken)[round(0.95 * (ROUNDS - 1))]


async def at_the_board(page: Page) -> list[Row]:
    await page.get_by_test_id("board-agent").nth(20).wait_for()
    search = page.get_by_test_id("agents-search")
    actions = page.get_by_test_id("board-agents").get_by_test_id("agent-actions")

    async def menu(number: int) -> None:
        await actions.nth(number).click()

    async def away(_: int) -> None:
        await page.keyboard.press("Escape")

    async def skills(_: int) -> None:
        await page.get_by_test_id("agent-skills").click()

    async def letter(number: int) -> None:
        await page.keyboard.press(str(number % 10))

    async def empty(_: int) -> None:
        await page.keyboard.press("Backspace")

    rows = [row("board_menu_of_an_agent", await measured(page, menu, away), "ms", TARGET)]
    drawers = []
    for number in range(ROUNDS):
        await expect(page.get_by_test_id("agent-skills")).to_have_count(0)  # the menu before may still be going
        await menu(number)
        await page.get_by_test_id("agent-skills").wait_for()
        await page.evaluate("() => void (window.slow = [])")
        await skills(number)
        drawers.append(float(await page.evaluate(TAKEN)))
        await page.get_by_role("dialog").wait_for()
        await away(number)
        await page.get_by_role("dialog").wait_for(state="detached")
    rows.append(row("board_drawer_of_an_agent", sorted(drawers)[round(0.95 * (ROUNDS - 1))], "ms", TARGET))
    await search.click()
    rows.append(row("board_letter_in_search", await measured(page, letter, empty), "ms", TARGET))
    return rows


async def at_the_workplace(page: Page) -> list[Row]:
    await page.get_by_test_id("line-call").nth(4).wait_for()

    async def reasons(_: int) -> None:
        await page.get_by_test_id("state-break").click()

    async def away(_: int) -> None:
        await page.keyboard.press("Escape")

    async def digit(number: int) -> None:
        await page.keyboard.press(str(number % 10))

    states = []
    rows = [row("workplace_menu_of_breaks", await measured(page, reasons, away), "ms", TARGET)]
    for number in range(ROUNDS):
        await reasons(number)
        reason = page.get_by_test_id(f"break-{('rest', 'lunch')[number % 2]}")
        await reason.wait_for()
        await page.evaluate("() => void (window.slow = [])")
        await reason.click()
        states.append(float(await page.evaluate(TAKEN)))
        await reason.wait_for(state="detached")
    rows.append(row("workplace_change_of_state", sorted(states)[round(0.95 * (ROUNDS - 1))], "ms", TARGET))
    await page.get_by_test_id("call-out-number").click()
    rows.append(row("workplace_digit_of_a_number", await measured(page, digit), "ms", TARGET))
    return rows


async def measure(home: Path) -> list[Row]:
    try:
        async with served(home) as (url, seeded), async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            board = await opened(browser, url, seeded.supervisor.login, seeded.supervisor.password, "/board")
            rows = await at_the_board(board)
            await board.context.close()
            me = seeded.agents[0]
            workplace = await opened(browser, url, me.login, me.password, "/workplace")
            rows += await at_the_workplace(workplace)
            await browser.close()
            return rows
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="kaska-page-"))
    home.chmod(0o755)  # PostgreSQL may run as a user of its own
    publish("page", asyncio.run(measure(home)))


if __name__ == "__main__":
    main()
