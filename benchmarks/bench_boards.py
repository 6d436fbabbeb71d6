"""What many open boards cost: BOARDS watch one company, in which something changes once a second.

Share of one processor core, in per cent, that a process needs for it:

- ``feed``: rows brought up to date, encoded once, handed to every watcher, and taken by him; without sockets.
- ``server``: the process of the page, as it serves BOARDS browsers over WebSockets of its own port: the feed, each
  watcher's sends, pings and their answers, and the look at everybody's session twice a minute, for which the database's
  own work is not in it. The browsers are a process of their own: they read everything and answer pings as the page
  does.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import uvicorn
import uvloop
from websockets.asyncio.client import connect
from websockets.typing import Origin

from kaska.core import events
from kaska.core.configuration import AgentProfile, Configuration, Device
from kaska.core.core import Core
from kaska.core.state import State
from kaska.features.publishing.demo_company import TENANT, seed_demo_company
from kaska.host.postgres import Cluster
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.migrations.run import migrate
from kaska.realtime.feed import FeedClosed, LiveFeed, Subscription
from kaska.web import Services, create_app
from report import Row, publish, row

BOARDS = 500
AGENTS = 200
CHANGES = 60
TARGET = 5.0
WATCH = "--watch"
"""the browsers' process: ``--watch ADDRESS COOKIE`` says "open" on a line, and at the end how much each was told"""


def company() -> Configuration:
    agents = {
        f"a{n}": AgentProfile(f"a{n}", f"Agent {n}", str(1000 + n), devices=(Device("phone", "phone", f"t-{n}"),))
        for n in range(AGENTS)
    }
    return Configuration(TENANT, 1, "", agents=agents)


class Floor:
    """A company whose agents become ready one after the other, told to a feed."""

    def __init__(self) -> None:
        self._core = Core(State(company()))
        self._core.handle(events.ConfigurationPublished(1.0, company()))
        self.feed = LiveFeed(lambda tenant: (1, self._core.state))
        assert self.feed.knows(TENANT)

    async def changes(self, apart: float) -> None:
        """One every ``apart`` seconds, which is longer than the feed gathers changes: each is told by itself."""
        for number in range(CHANGES):
            happened = self._core.handle(events.AgentReadied(100.0 + number, f"a{number % AGENTS}")).facts
            self.feed.publish(TENANT, number + 2, happened)
            await asyncio.sleep(apart)


# --- the feed alone ------------------------------------------------------------------------------------------------


async def watch(subscription: Subscription) -> int:
    told = 0
    while True:
        try:
            text = await subscription.next(3600.0)
        except FeedClosed:
            return told
        told += text is not None


async def feed_alone() -> float:
    floor = Floor()
    watchers = []
    for _ in range(BOARDS):
        entered = floor.feed.subscribe(TENANT)
        watchers.append((entered, asyncio.create_task(watch(entered.__enter__()))))
    await asyncio.sleep(0.5)  # snapshots
    began = time.process_time()
    await floor.changes(0.12)
    spent = time.process_time() - began
    floor.feed.close()
    told = [await task for _, task in watchers]
    assert min(told) == max(told) == CHANGES + 1, (min(told), max(told))
    return 100.0 * spent / CHANGES


# --- through the server's sockets ----------------------------------------------------------------------------------


@asynccontextmanager
async def served(home: Path, floor: Floor) -> AsyncIterator[tuple[str, str]]:
    """The application, and the cookie of somebody who is signed in."""
    cluster = Cluster(home / "cluster", free_port(), home / "secrets", home / "postgres.log", durable=False)
    await asyncio.to_thread(cluster.start)
    try:
        await migrate(cluster.urls.owner)
        database = Database(cluster.urls.app)
        person = (await seed_demo_company(database, home / "secrets")).supervisor
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(BOARDS)
            application = create_app(Services(Settings(state=home), database, feed=floor.feed))
            config = uvicorn.Config(
                application, log_config=None, timeout_graceful_shutdown=1, ws_per_message_deflate=False
            )
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            async with httpx.AsyncClient(base_url=address, timeout=20, trust_env=False) as web:
                given = {"login": person.login, "password": person.password}
                (await web.post("/api/session", json=given)).raise_for_status()
                yield address, "; ".join(f"{name}={value}" for name, value in web.cookies.items())
            server.should_exit = True
            await serving
        await database.close()
    finally:
        await asyncio.to_thread(cluster.stop, "immediate")


async def server_with_sockets(home: Path) -> float:
    floor = Floor()
    async with served(home, floor) as (address, cookie):
        browsers = await asyncio.create_subprocess_exec(
            sys.executable, __file__, WATCH, address, cookie, stdout=asyncio.subprocess.PIPE
        )
        assert browsers.stdout is not None
        assert (await browsers.stdout.readline()).strip() == b"open"
        began, clock = time.process_time(), time.monotonic()
        await floor.changes(1.0)
        spent, passed = time.process_time() - began, time.monotonic() - clock
        told = json.loads(await browsers.stdout.readline())
        assert told == [CHANGES + 1] * BOARDS, (min(told), max(told))
        await browsers.wait()
    return 100.0 * spent / passed


async def browsers(address: str, cookie: str) -> None:
    """All boards, until each was told everything."""
    told = [0] * BOARDS
    opened = asyncio.Semaphore(20)
    everybody = asyncio.Barrier(BOARDS + 1)

    async def board(number: int) -> None:
        url = f"{address.replace('http', 'ws', 1)}/api/live"
        cookies = {"Cookie": cookie}
        async with opened:
            socket = await connect(url, origin=Origin(address), additional_headers=cookies, max_size=None, proxy=None)
        async with socket:
            async for text in socket:
                if '"ping"' in str(text)[:20]:
                    await socket.send("pong")
                    continue
                told[number] += 1
                if told[number] == 1:
                    await everybody.wait()
                if told[number] == CHANGES + 1:
                    break
            await everybody.wait()

    boards = [asyncio.create_task(board(number)) for number in range(BOARDS)]
    await everybody.wait()
    print("open", flush=True)
    await everybody.wait()
    print(json.dumps(told), flush=True)
    await asyncio.gather(*boards)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    if sys.argv[1:2] == [WATCH]:
        uvloop.run(browsers(*sys.argv[2:4]))
        return
    home = Path(tempfile.mkdtemp(prefix="kaska-boards-"))
    home.chmod(0o755)  # PostgreSQL may run as a user of its own
    try:
        rows: list[Row] = [
            row(f"{BOARDS} boards, a change a second: the feed, % of a core", uvloop.run(feed_alone()), "%", TARGET),
            row("  … and the server with its sockets", uvloop.run(server_with_sockets(home)), "%", TARGET),
        ]
    finally:
        shutil.rmtree(home, ignore_errors=True)
    publish("boards", rows)


if __name__ == "__main__":
    main()
