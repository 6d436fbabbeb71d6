"""What many open boards cost: BOARDS watch one company, in which something changes once a second.

``boards``: share of one processor core that the feed needs for it, in per cent: rows brought up to date, encoded once,
handed to every watcher, and taken by him. The sockets themselves are the web server's and not in it.
"""

from __future__ import annotations

import asyncio
import time

from kaska.core import events
from kaska.core.configuration import AgentProfile, Configuration, Device
from kaska.core.core import Core
from kaska.core.state import State
from kaska.realtime.feed import FeedClosed, LiveFeed, Subscription
from report import publish, row

BOARDS = 500
AGENTS = 200
CHANGES = 60
TARGET = 5.0


def company() -> Configuration:
    agents = {
        f"a{n}": AgentProfile(f"a{n}", f"Agent {n}", str(1000 + n), devices=(Device("phone", "phone", f"t-{n}"),))
        for n in range(AGENTS)
    }
    return Configuration("t", 1, "", agents=agents)


async def watch(subscription: Subscription) -> int:
    told = 0
    while True:
        try:
            text = await subscription.next(3600.0)
        except FeedClosed:
            return told
        told += text is not None


async def measure() -> float:
    core = Core(State(company()))
    core.handle(events.ConfigurationPublished(1.0, company()))
    feed = LiveFeed(lambda tenant: (1, core.state))
    assert feed.knows("t")
    watchers = []
    for _ in range(BOARDS):
        entered = feed.subscribe("t")
        watchers.append((entered, asyncio.create_task(watch(entered.__enter__()))))
    await asyncio.sleep(0.5)  # snapshots
    began = time.process_time()
    for number in range(CHANGES):
        agent = f"a{number % AGENTS}"
        happened = core.handle(events.AgentReadied(100.0 + number, agent)).facts
        feed.publish("t", number + 2, happened)
        await asyncio.sleep(0.12)  # longer than the feed gathers changes: each is told by itself
    spent = time.process_time() - began
    feed.close()
    told = [await task for _, task in watchers]
    assert min(told) == max(told) == CHANGES + 1, (min(told), max(told))
    return 100.0 * spent / CHANGES


def main() -> None:
    share = asyncio.run(measure())
    publish("boards", [row(f"{BOARDS} boards, a change a second: % of a core", share, "%", TARGET)])


if __name__ == "__main__":
    main()
