"""Carries SIP between a browser's WebSocket and the switch's."""

from __future__ import annotations

import asyncio

import structlog
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

log = structlog.get_logger(__name__)

LARGEST_MESSAGE = 65_536
CONNECT_SECONDS = 5.0
TRY_AGAIN_LATER = 1013


async def relay(browser: WebSocket, url: str) -> int:
    """Until either side closes; returns the code to close the browser's side with. Closes the switch's side itself."""
    try:
        switch = await connect(
            url,
            subprotocols=[Subprotocol("sip")],
            max_size=LARGEST_MESSAGE,
            open_timeout=CONNECT_SECONDS,
            compression=None,
            proxy=None,
        )
    except (OSError, TimeoutError, InvalidHandshake) as error:
        log.warning("the switch takes no browser phones", problem=repr(error))
        return TRY_AGAIN_LATER
    async with switch:
        there = asyncio.create_task(_to_switch(browser, switch))
        back = asyncio.create_task(_to_browser(browser, switch))
        try:
            done, _ = await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
            return next(iter(done)).result()
        finally:
            there.cancel()
            back.cancel()
            await asyncio.gather(there, back, return_exceptions=True)


async def _to_switch(browser: WebSocket, switch: ClientConnection) -> int:
    try:
        while (message := await browser.receive())["type"] != "websocket.disconnect":
            content = message.get("text")
            await switch.send(content if content is not None else message["bytes"])
    except ConnectionClosed:
        return TRY_AGAIN_LATER
    return 1000


async def _to_browser(browser: WebSocket, switch: ClientConnection) -> int:
    try:
        async for content in switch:
            if isinstance(content, str):
                await browser.send_text(content)
            else:
                await browser.send_bytes(content)
    except ConnectionClosed:
        log.debug("the switch cut a browser phone")
    return TRY_AGAIN_LATER
