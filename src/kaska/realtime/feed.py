"""Hands the live picture of each tenant to everybody who watches it.

The engine's loop only marks what happened; every FLUSH_SECONDS the changes are computed and encoded once, whatever
the number of watchers. A watcher who does not keep up loses his queue and gets a fresh snapshot instead: nobody ever
waits for him.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec
import structlog

from kaska.core.facts import Fact
from kaska.core.ports import EngineAway
from kaska.core.state import State
from kaska.realtime.rows import Row
from kaska.realtime.view import GUARDED, Change, LiveView

log = structlog.get_logger(__name__)

FLUSH_SECONDS = 0.1
LONGEST_ARREARS = 5000
"""rows that may wait to be computed while nobody watches"""
QUEUE_LENGTH = 50
"""about five seconds of changes"""

StateSource = Callable[[str], tuple[int, State] | None]
"""tenant → (cursor, state) of the running engine; None when it has none of that tenant"""

_encode = msgspec.json.Encoder().encode


class FeedClosed(Exception):
    """Nothing more will come: the process stops, or has no picture of this tenant any more."""


class Subscription:
    """One watcher. Iterating gives JSON texts: a snapshot first, then changes; ends when the feed closes."""

    def __init__(self, watched: _Watched, *, sees_all: bool = True) -> None:
        self._watched = watched
        self.sees_all = sees_all
        self._waiting: deque[str] = deque()
        self._arrived = asyncio.Event()
        self._behind = True  # begins with a snapshot
        self._closed = False
        self._arrived.set()

    def push(self, text: str) -> None:
        if self._behind:
            return
        if len(self._waiting) >= QUEUE_LENGTH:
            self.resynchronise()
            return
        self._waiting.append(text)
        self._arrived.set()

    def resynchronise(self) -> None:
        """Forget what was not fetched; the next thing to fetch is a snapshot."""
        self._waiting.clear()
        self._behind = True
        self._arrived.set()

    def close(self) -> None:
        self._closed = True
        self._arrived.set()

    async def next(self, seconds: float) -> str | None:
        """The next text, or None when nothing happened for ``seconds``. Raises FeedClosed at the end."""
        try:
            async with asyncio.timeout(seconds):
                await self._arrived.wait()
        except TimeoutError:
            return None
        if self._closed:
            raise FeedClosed
        if self._behind:
            self._behind = False
            text = self._watched.snapshot(sees_all=self.sees_all)
        else:
            text = self._waiting.popleft()
        if not self._waiting:
            self._arrived.clear()
        return text

    async def __aiter__(self) -> AsyncIterator[str]:
        while True:
            try:
                text = await self.next(3600.0)
            except FeedClosed:
                return
            if text is not None:
                yield text


class _Watched:
    """The view of one tenant and its watchers."""

    def __init__(self, cursor: int, view: LiveView) -> None:
        self.view = view
        self.cursor = cursor
        self.watchers: set[Subscription] = set()
        self._snapshots: dict[bool, str] = {}

    def flush(self) -> None:
        """Bring the rows up to date and tell the watchers."""
        changes = self.view.changes()
        if not changes:
            return
        self._snapshots.clear()
        if self.watchers:
            everything = self._told(changes)
            guarded = any(change.collection in GUARDED for change in changes)
            plain = self._told([one for one in changes if one.collection not in GUARDED]) if guarded else everything
            for watcher in self.watchers:
                watcher.push(everything if watcher.sees_all else plain)

    def _told(self, changes: Sequence[Change]) -> str:
        documents = [change.document() for change in changes]
        return _encode({"type": "changes", "cursor": self.cursor, "changes": documents}).decode()

    def snapshot(self, *, sees_all: bool = True) -> str:
        # flushed first, so that the snapshot and the changes that follow it meet exactly
        self.flush()
        text = self._snapshots.get(sees_all)
        if text is None:
            rows = {name: found for name, found in self.view.rows.items() if sees_all or name not in GUARDED}
            text = _encode({"type": "snapshot", "cursor": self.cursor, "view": rows}).decode()
            self._snapshots[sees_all] = text
        return text

    def replace(self, cursor: int, view: LiveView) -> None:
        self.view, self.cursor = view, cursor
        self._snapshots.clear()
        for watcher in self.watchers:
            watcher.resynchronise()


class LiveFeed:
    """All tenants' live pictures in this process. Everything here runs in one event loop.

    ``source`` is asked for the engine's state when a picture is missing or does not fit the facts any more.
    """

    def __init__(self, source: StateSource | None = None) -> None:
        self._source = source
        self._watched: dict[str, _Watched] = {}
        self._flushing: asyncio.TimerHandle | None = None

    def reset(self, tenant: str, cursor: int, state: State) -> None:
        """Begin anew from the engine's state, whose last fact is number ``cursor``."""
        view = LiveView.from_state(state)
        known = self._watched.get(tenant)
        if known is None:
            self._watched[tenant] = _Watched(cursor, view)
        else:
            known.replace(cursor, view)

    def publish(self, tenant: str, cursor: int, happened: Iterable[Fact]) -> None:
        """Facts in order, the last of which is number ``cursor``. Never raises: watching must not disturb calls."""
        watched = self._watched.get(tenant)
        if watched is None:
            return
        try:
            for fact in happened:
                watched.view.happen(fact)
            watched.cursor = cursor
        except Exception:
            log.exception("the live picture does not fit the facts", tenant=tenant, cursor=cursor)
            self._rebuild(tenant)
            return
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().call_later(FLUSH_SECONDS, self._flush)

    def _flush(self) -> None:
        self._flushing = None
        for watched in self._watched.values():
            if watched.watchers or watched.view.arrears > LONGEST_ARREARS:  # nobody looks: whoever asks brings it up
                watched.flush()

    def _rebuild(self, tenant: str) -> bool:
        found = self._source(tenant) if self._source is not None else None
        if found is not None:
            self.reset(tenant, *found)
            return True
        lost = self._watched.pop(tenant, None)
        for watcher in lost.watchers if lost is not None else ():
            watcher.close()
        return False

    @contextmanager
    def subscribe(self, tenant: str, *, sees_all: bool = True) -> Iterator[Subscription]:
        """Watch a tenant, without what is GUARDED unless ``sees_all``. Raises EngineAway without a picture of it."""
        if not self.knows(tenant):
            raise EngineAway
        watched = self._watched[tenant]
        subscription = Subscription(watched, sees_all=sees_all)
        watched.watchers.add(subscription)
        try:
            yield subscription
        finally:
            watched.watchers.discard(subscription)

    def knows(self, tenant: str) -> bool:
        """There is a picture of this tenant (made now if the engine has it)."""
        return tenant in self._watched or self._rebuild(tenant)

    def tenants(self) -> list[str]:
        """Those of whom there is a picture."""
        return list(self._watched)

    def picture(self, tenant: str) -> tuple[int, State] | None:
        """(cursor, state), to be looked at and left alone; None without a picture."""
        watched = self._watched.get(tenant)
        return (watched.cursor, watched.view.state) if watched is not None else None

    def agent(self, tenant: str, agent: str) -> Row | None:
        """The agent's row as it is now."""
        watched = self._watched.get(tenant)
        if watched is None:
            return None
        watched.flush()
        return watched.view.rows["agents"].get(agent)

    def books(self, tenant: str) -> Row | None:
        """Today's books as they are now, for the terminal's line."""
        watched = self._watched.get(tenant)
        if watched is None:
            return None
        watched.flush()
        return watched.view.rows["books"].get("today")

    def agents_on_web(self, tenant: str) -> list[str]:
        """Agents at work whose chosen device is the browser."""
        watched = self._watched.get(tenant)
        if watched is None:
            return []
        watched.flush()
        rows = watched.view.rows["agents"].values()
        return [row["id"] for row in rows if row["device"] == "web" and row["state"] != "offline"]

    def watcher_count(self) -> int:
        return sum(len(watched.watchers) for watched in self._watched.values())

    def close(self) -> None:
        """Let every watcher go."""
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        for watched in self._watched.values():
            for watcher in watched.watchers:
                watcher.close()
