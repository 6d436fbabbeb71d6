"""What an ear needs of the switch, a supervisor's or a recogniser's: channels that come into a bridge in their time."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from kaska.asterisk.connection import Connection, Reply
from kaska.asterisk.legwork import RefusedError

_DONE_BEFORE = 409
_NOT_YET = 422
ENTERING_SECONDS = 5.0
ENTERING_PAUSE = 0.03
"""a channel that was made enters the application a moment later, one that is connected to by others when they come: so
often it is tried, for so long"""


async def put_in(connection: Connection, contact: str, bridge: str, channel: str) -> None:
    """Raises RefusedError, SwitchAwayError, or TimeoutError when the channel does not come."""
    uri = f"bridges/{part(bridge)}/addChannel"
    async with asyncio.timeout(ENTERING_SECONDS):
        while True:
            reply = await connection.send(contact, "POST", uri, {"channel": channel})
            if reply.status != _NOT_YET:
                break
            await asyncio.sleep(ENTERING_PAUSE)
    require(reply)


def require(reply: Reply, *also: int) -> None:
    """Raises RefusedError for what was not done; ``also`` are statuses that are as good."""
    if not reply.ok and reply.status != _DONE_BEFORE and reply.status not in also:
        raise RefusedError(f"{reply.status} {reply.reason} {reply.body[:200]}")


def part(name: str) -> str:
    """A name as a part of an address."""
    return quote(name, safe="")
