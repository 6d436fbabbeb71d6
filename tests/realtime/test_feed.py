from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from tests.realtime.floor import TENANT, Floor

from kaska.core.facts import ContactOver
from kaska.core.ports import EngineAway
from kaska.realtime.feed import QUEUE_LENGTH, FeedClosed, LiveFeed, Subscription
from kaska.realtime.view import LiveView


class Picture:
    """What one browser shows."""

    def __init__(self) -> None:
        self.view: dict[str, dict[str, Any]] = {}
        self.cursor = 0
        self.snapshots = 0

    def take(self, text: str) -> None:
        message = json.loads(text)
        self.cursor = message["cursor"]
        if message["type"] == "snapshot":
            self.view = message["view"]
            self.snapshots += 1
            return
        for change in message["changes"]:
            rows = self.view[change["collection"]]
            if change["op"] == "put":
                rows[change["id"]] = change["row"]
            else:
                del rows[change["id"]]


async def drained(subscription: Subscription, picture: Picture, cursor: int) -> None:
    async with asyncio.timeout(10):
        while picture.cursor < cursor:
            text = await subscription.next(5)
            assert text is not None
            picture.take(text)


def floor_and_feed() -> tuple[Floor, LiveFeed]:
    floor, feed = Floor(7), LiveFeed()
    feed.reset(TENANT, 0, floor.core.state)
    return floor, feed


def truth(floor: Floor) -> dict[str, Any]:
    rows: dict[str, Any] = json.loads(json.dumps(LiveView.from_state(floor.core.state).rows))
    return rows


async def test_watchers_see_the_truth_whenever_they_came() -> None:
    floor, feed = floor_and_feed()
    cursor = 0
    with feed.subscribe(TENANT) as early:
        first = Picture()
        for happened in floor.run(100):
            cursor += len(happened)
            feed.publish(TENANT, cursor, happened)
        with feed.subscribe(TENANT) as late:
            second = Picture()
            for n, happened in enumerate(floor.run(100)):
                cursor += len(happened)
                feed.publish(TENANT, cursor, happened)
                if n % 10 == 0:
                    feed._flush()
            feed._flush()
            last = feed._watched[TENANT].cursor
            for subscription, picture in ((early, first), (late, second)):
                picture.take(await subscription.next(1) or "")
                while (text := await subscription.next(0.01)) is not None:
                    picture.take(text)
                assert picture.view == truth(floor)
                assert picture.cursor <= last
    assert feed.watcher_count() == 0


async def test_a_slow_watcher_gets_a_snapshot_and_blocks_nobody() -> None:
    floor, feed = floor_and_feed()
    with feed.subscribe(TENANT) as slow, feed.subscribe(TENANT) as quick:
        shown, lagging = Picture(), Picture()
        lagging.take(await slow.next(1) or "")
        cursor = 0
        for happened in floor.run(QUEUE_LENGTH * 8):
            cursor += len(happened)
            feed.publish(TENANT, cursor, happened)
            feed._flush()
            while (text := await quick.next(0)) is not None:
                shown.take(text)
        while (text := await slow.next(0.01)) is not None:
            lagging.take(text)
        assert (shown.snapshots, lagging.snapshots) == (1, 2)
        assert shown.view == lagging.view == truth(floor)


async def test_changes_are_gathered_and_encoded_once() -> None:
    floor, feed = floor_and_feed()
    with feed.subscribe(TENANT) as one, feed.subscribe(TENANT) as other:
        for subscription in (one, other):
            await subscription.next(1)
        happened = [fact for step in floor.run(30) for fact in step]
        for fact in happened:
            feed.publish(TENANT, 1, [fact])
        texts = [await subscription.next(2) for subscription in (one, other)]
        assert texts[0] is texts[1]
        assert await one.next(0.3) is None


async def test_facts_that_do_not_fit_bring_a_fresh_picture_and_never_an_error() -> None:
    floor = Floor(7)
    feed = LiveFeed(lambda tenant: (5, floor.core.state) if tenant == TENANT else None)
    with feed.subscribe(TENANT) as watcher:
        picture = Picture()
        picture.take(await watcher.next(1) or "")
        feed.publish(TENANT, 6, [ContactOver(1.0, "never-born", "lost", "menu")])
        picture.take(await watcher.next(1) or "")
        assert (picture.snapshots, picture.cursor) == (2, 5)


async def test_without_an_engine_there_is_nothing_to_watch() -> None:
    feed = LiveFeed()
    with pytest.raises(EngineAway), feed.subscribe(TENANT):
        pass
    floor, feed = floor_and_feed()
    with feed.subscribe(TENANT) as watcher:
        await watcher.next(1)
        feed.publish(TENANT, 1, [ContactOver(1.0, "never-born", "lost", "menu")])
        with pytest.raises(FeedClosed):
            await watcher.next(1)
    assert floor.core.state is not None


async def test_tenants_are_apart() -> None:
    floor, feed = floor_and_feed()
    other = Floor(8)
    feed.reset("other", 0, other.core.state)
    with feed.subscribe("other") as watcher:
        await watcher.next(1)
        for happened in floor.run(50):
            feed.publish(TENANT, 1, happened)
        feed._flush()
        assert await watcher.next(0.05) is None
