"""WebSocket routes: the live picture, and SIP between the browser and the switch."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from kaska.core.ports import EngineAway
from kaska.features.identity.public import CurrentUser, Permission, holder, require
from kaska.kit.errors import DatabaseAway
from kaska.kit.http import SettingsDep
from kaska.realtime.feed import FeedClosed, LiveFeed, Subscription
from kaska.realtime.leases import Leases, Page
from kaska.realtime.sip_proxy import relay

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/api", tags=["realtime"])

SESSION_CHECK_SECONDS = 30.0
SEND_SECONDS = 20.0
PING = '{"type":"ping"}'
TRY_AGAIN_LATER = 1013
NOT_ALLOWED = 1008


@router.websocket("/live")
async def live(socket: WebSocket, user: Annotated[CurrentUser, require(Permission.WATCH_FLOOR)]) -> None:
    """Snapshot, then changes; now and then ``{"type": "ping"}``, to which a page says that it lives, in any words."""
    feed: LiveFeed = socket.app.state.feed
    leases: Leases = socket.app.state.leases
    await socket.accept()
    sees_all = Permission.MONITOR_CALLS in user.permissions
    try:
        with (
            leases.page(user.tenant, user.id) as page,
            feed.subscribe(user.tenant, sees_all=sees_all) as subscription,
        ):
            code = await _first(
                _send(socket, subscription, leases.ping_seconds),
                _listen(socket, page, leases.silence_seconds),
                _watch_session(socket),
            )
    except EngineAway:
        code = TRY_AGAIN_LATER
    await _close(socket, code)


@router.websocket("/phone/ws")
async def phone(
    socket: WebSocket, user: Annotated[CurrentUser, require(Permission.TAKE_CALLS)], settings: SettingsDep
) -> None:
    """SIP over WebSocket to the switch, which itself listens on loopback only and asks for the device's password."""
    if "sip" not in socket.scope.get("subprotocols", ()):
        await socket.close(NOT_ALLOWED)
        return
    await socket.accept(subprotocol="sip")
    url = f"ws://127.0.0.1:{settings.asterisk_http_port}/ws"
    code = await _first(relay(socket, url), _watch_session(socket))
    await _close(socket, code)


async def _send(socket: WebSocket, subscription: Subscription, ping_seconds: float) -> int:
    """Pings come at their time whatever else is told: the answer says that the page reads it."""
    clock = asyncio.get_running_loop().time
    ping_at = clock() + ping_seconds
    while True:
        try:
            text = await subscription.next(max(0.0, ping_at - clock()))
        except FeedClosed:
            return TRY_AGAIN_LATER
        if text is None:
            text, ping_at = PING, clock() + ping_seconds
        async with asyncio.timeout(SEND_SECONDS):
            await socket.send_text(text)


async def _listen(socket: WebSocket, page: Page, silence_seconds: float) -> int:
    """Notices that the page is gone, or frozen: one that spoke and says nothing any more. Who never spoke is a program
    that only reads, and is not waited for.
    """
    patience: float | None = None
    while True:
        try:
            async with asyncio.timeout(patience):
                message = await socket.receive()
        except TimeoutError:
            page.silent = silence_seconds
            return TRY_AGAIN_LATER
        if message["type"] == "websocket.disconnect":
            return 1000
        patience = silence_seconds


async def _watch_session(socket: WebSocket) -> int:
    """Ends when the session does: signing out anywhere also closes what was open."""
    while True:
        await asyncio.sleep(SESSION_CHECK_SECONDS)
        try:
            if await holder(socket) is None:
                return NOT_ALLOWED
        except DatabaseAway:
            log.debug("session not checked: the database is away")


async def _first(*works: Coroutine[Any, Any, int]) -> int:
    """Runs all until one ends, then stops the others; the closing code."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        ended = next(iter(done))
        error = ended.exception()
        if error is None:
            return ended.result()
        if not isinstance(error, WebSocketDisconnect | TimeoutError | RuntimeError | OSError):
            log.error("a socket failed", exc_info=error)
        return TRY_AGAIN_LATER
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _close(socket: WebSocket, code: int) -> None:
    try:
        await socket.close(code)
    except (RuntimeError, WebSocketDisconnect):
        log.debug("the socket was closed already")
