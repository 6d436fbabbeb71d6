"""The application leaves in order: no call stays in its hands that it has never heard of.

The switch notices some moments late that nobody listens any more, and until then it still hands new calls over to who
is gone. Such a call would ring at nobody until the application is back. Whoever leaves therefore goes on looking, by
another wire, until the switch knows, and sends what came meanwhile where calls go while the application is away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol
from urllib.parse import quote

import msgspec
import structlog

from kaska.asterisk.places import APP, FROM_TRUNK
from kaska.asterisk.signals import Channel

log = structlog.get_logger(__name__)

LOOKED_FOR_SECONDS = 2.0
LOOKED_EVERY = 0.05
FALLBACK = {"context": "fallback", "extension": "s", "priority": "1"}
STASIS = "Stasis"


class Answer(Protocol):
    @property
    def ok(self) -> bool: ...
    @property
    def body(self) -> str: ...


class Asks(Protocol):
    async def __call__(self, method: str, uri: str, query: dict[str, str] | None = None) -> Answer: ...


async def hand_over(ask: Asks, knows: Callable[[str], bool]) -> None:
    """Called when events come no more. Returns when the switch gives new calls to nobody of our name, or after two
    seconds by TimeoutError; ``knows`` says which channels we have heard of: they wait for our return."""
    sent: set[str] = set()
    async with asyncio.timeout(LOOKED_FOR_SECONDS):
        while True:
            # in this order: what came before the switch knew is seen by the look after it
            gone = not (await ask("GET", f"applications/{APP}")).ok
            left = [one for one in await _strangers(ask, knows) if one not in sent]
            for channel in left:  # one that entered this very moment cannot be sent on yet: it is tried again
                if (await ask("POST", f"channels/{quote(channel, safe='')}/continue", FALLBACK)).ok:
                    sent.add(channel)
                    log.info("a call that came as we left goes on without us", contact=channel)
            if gone and sent.issuperset(left):
                return
            await asyncio.sleep(LOOKED_EVERY)


async def _strangers(ask: Asks, knows: Callable[[str], bool]) -> list[str]:
    """Calls that came by a line and stand in our hands, unknown to us."""
    answer = await ask("GET", "channels")
    channels = msgspec.json.decode(answer.body or "[]", type=list[Channel]) if answer.ok else []
    return [
        one.id
        for one in channels
        if one.dialplan.context == FROM_TRUNK and one.dialplan.app_name == STASIS and not knows(one.id)
    ]
