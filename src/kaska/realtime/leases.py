"""An agent who works in the browser is at work as long as a page of his is connected.

When the last one goes and none returns within the lease, he is signed out, so that no call is offered to an empty
chair. A page that says nothing any more counts as gone since its last word: a frozen tab, a closed lid or a dead
network leaves a connection that looks alive. Agents with SIP phones are watched by their registration instead.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from kaska.core.events import AgentSignedOut
from kaska.core.ports import EngineAway, Inbox, Refused
from kaska.realtime.feed import LiveFeed

log = structlog.get_logger(__name__)

LEASE_SECONDS = 60.0
PINGS = 6
"""so many times in a lease a page is asked whether it lives"""
SILENT_PINGS = 2.5
"""after so many without a word it does not"""
Who = tuple[str, str]


@dataclass(slots=True)
class Page:
    """A page that is connected. ``silent``: seconds since its last word, when it left without one."""

    silent: float = 0.0


class Leases:
    """``inboxes`` gives the inbox of a tenant, or None without an engine."""

    def __init__(
        self, feed: LiveFeed, inboxes: Callable[[str], Inbox | None], *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        self._feed = feed
        self._inboxes = inboxes
        self._seconds = lease_seconds
        self._pages: Counter[Who] = Counter()
        self._expiring: dict[Who, asyncio.Task[None]] = {}

    @property
    def ping_seconds(self) -> float:
        return self._seconds / PINGS

    @property
    def silence_seconds(self) -> float:
        return self.ping_seconds * SILENT_PINGS

    @contextmanager
    def page(self, tenant: str, agent: str) -> Iterator[Page]:
        """A page of the agent is connected while inside."""
        who = (tenant, agent)
        self._pages[who] += 1
        expiring = self._expiring.pop(who, None)
        if expiring is not None:
            expiring.cancel()
        page = Page()
        try:
            yield page
        finally:
            self._pages[who] -= 1
            if not self._pages[who]:
                del self._pages[who]
                self._expire_later(who, max(0.0, self._seconds - page.silent))

    def expect(self, tenant: str) -> None:
        """After a start: whoever worked in a browser before must show up within the lease."""
        for agent in self._feed.agents_on_web(tenant):
            if (tenant, agent) not in self._pages:
                self._expire_later((tenant, agent), self._seconds)

    def _expire_later(self, who: Who, seconds: float) -> None:
        if who not in self._expiring:
            self._expiring[who] = asyncio.get_running_loop().create_task(self._expire(who, seconds))

    async def _expire(self, who: Who, seconds: float) -> None:
        await asyncio.sleep(seconds)
        # from here on a page that connects is a new beginning: it must not cut this off half-way
        self._expiring.pop(who, None)
        tenant, agent = who
        row = self._feed.agent(tenant, agent)
        inbox = self._inboxes(tenant)
        if row is None or row["device"] != "web" or row["state"] == "offline" or inbox is None:
            return
        try:
            await inbox.submit(AgentSignedOut(time.time(), agent, "lost"))
            log.info("agent signed out: no page is connected", tenant=tenant, agent=agent)
        except (Refused, EngineAway) as error:
            log.warning("agent could not be signed out", tenant=tenant, agent=agent, problem=repr(error))

    async def close(self) -> None:
        tasks = list(self._expiring.values())
        self._expiring.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
