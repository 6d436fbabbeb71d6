"""The WebSocket itself: whole messages in, messages out, and a connection that carries nothing any more is given up.

picows, because every call is a dozen messages and a library written in Python spent more time on them than we do on
deciding the call.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from picows import WSAutoPingStrategy, WSError, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

__all__ = ["Wire", "WireError", "open_wire"]

WireError = WSError

OPEN_TIMEOUT = 5.0
PING_EVERY = 2.0
PING_TIMEOUT = 2.0
"""together: a connection that silently stopped carrying anything is seen within 4 s"""
LARGEST_MESSAGE = 64 * 1024 * 1024
_PIECES = (WSMsgType.TEXT, WSMsgType.CONTINUATION)


class Wire(WSListener):
    """``on_message`` gets each text message as bytes that are only good until it returns."""

    def __init__(self, on_message: Callable[[bytes | memoryview], None]) -> None:
        self._on_message = on_message
        self._begun = bytearray()
        self._transport: WSTransport | None = None
        self.closed = asyncio.Event()

    def send(self, message: bytes) -> None:
        """Raises OSError on a connection that is over."""
        if self._transport is None or self.closed.is_set():
            raise ConnectionResetError("the connection is over")
        self._transport.send(WSMsgType.TEXT, message)

    def abort(self) -> None:
        """Over now, without a word to the other side."""
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    # --- told by picows -------------------------------------------------------------------------------------------

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type in _PIECES:
            if frame.fin and not self._begun:
                self._on_message(frame.get_payload_as_memoryview())
                return
            self._begun += frame.get_payload_as_memoryview()
            if frame.fin:
                whole, self._begun = bytes(self._begun), bytearray()
                self._on_message(whole)
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.closed.set()


async def open_wire(
    url: str, headers: Mapping[str, str], on_message: Callable[[bytes | memoryview], None], *, pings: bool
) -> Wire:
    """With ``pings`` a connection that carries nothing any more ends by itself.

    Raises OSError, TimeoutError or WireError when there is no connection to be had.
    """
    async with asyncio.timeout(OPEN_TIMEOUT):
        _, wire = await ws_connect(
            lambda: Wire(on_message),
            url,
            extra_headers=headers,
            disconnect_on_exception=False,
            enable_auto_ping=pings,
            auto_ping_strategy=WSAutoPingStrategy.PING_PERIODICALLY,
            auto_ping_idle_timeout=PING_EVERY,
            auto_ping_reply_timeout=PING_TIMEOUT,
            max_frame_size=LARGEST_MESSAGE,
            use_aiofastnet=False,  # the loop's own transport gathers what is sent in one turn into one write
        )
    assert isinstance(wire, Wire)
    return wire
