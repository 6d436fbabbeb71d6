"""The line to the switch: a WebSocket that carries events to us, and lanes that carry our REST requests to it.

It reconnects by itself, for ever. Everything pending fails at a disconnect; events that came while the connection was
down are never replayed by the switch, so whoever listens takes a snapshot in ``on_connected`` (see mirror, reconcile).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec
import structlog

from kaska.asterisk.lease import Lease
from kaska.asterisk.leaving import hand_over
from kaska.asterisk.places import APP, Places, ari_password
from kaska.asterisk.signals import EVENT_NAMES, AnySignal, ApplicationReplaced, RESTResponse, decoder
from kaska.asterisk.wire import Wire, WireError, open_wire
from kaska.kit.config import Settings

log = structlog.get_logger(__name__)

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
PAUSE_AFTER_REPLACED = 30.0
PAUSE_AFTER_FIRST_REPLACED = 0.5
REPLACED_AGAIN_WITHIN = 60.0
"""once may be an attempt of our own that the network delivered late; twice in so many seconds is somebody else"""
PULSE_EVERY = 1.5
PULSE_DEADLINE = 2.5
"""what the connection's own pings do not see: a switch that answers them and nothing else, or has forgotten who we are.
Answers on one wire come in order, so every request is answered within their sum, or fails with the connection."""
LANE_PULSE_EVERY = 5.0
LANE_PULSE_DEADLINE = 15.0
"""A lane may be slow and well: the switch waits up to half a second for the first sound of whoever it answers, and
nothing else on that lane is answered meanwhile. That the line itself is dead is seen on the wire of the events."""
PAUSE_AFTER_LOSS = 1.0
"""until the switch has cleared away the connection before: doing that late, it would take the new one's name away"""
DEADLINE = 5.0
TELL_AGAIN_EVERY = 10
"""so many failed attempts after one that was told, another is told"""
LANES = 16
"""WebSockets beside the one that brings events, for requests only. The switch serves each by one thread, one request
after another: on a busy machine that one thread gets a small share among all that carry calls, and answers wait. And
callers who send no sound at once hold theirs for half a second each: many lanes let the others pass."""


class Line(StrEnum):
    """Where the connection stands."""

    CONNECTING = "connecting"
    """the WebSocket is being made, or the snapshot after it is being compared"""
    CONNECTED = "connected"
    WAITING = "waiting"
    """between two attempts"""
    REPLACED = "replaced"
    """an application that is not of this installation took our name: we stepped back and look again later"""
    CLOSED = "closed"


class SwitchAwayError(Exception):
    """The switch could not be asked (no connection, or it did not answer in time); asking again later helps."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one request; ``body`` is JSON text or ""."""

    status: int
    reason: str
    body: str

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        return msgspec.json.decode(self.body) if self.body else None


class _Question(msgspec.Struct, omit_defaults=True):
    type: str
    request_id: str
    method: str
    uri: str
    query_strings: list[dict[str, str]] = []
    content_type: str = ""
    message_body: str = ""


class Connection:
    """``run()`` keeps it up; ``on_signal`` is called with every event, in order, and must not block.

    ``on_connected`` is awaited after each (re)connect, before any event of the new connection is handed on: requests
    work in it, events are kept back and follow when it returns. If it raises, the connection is made anew.
    ``on_disconnected`` is called once per loss. ``knows``: has this channel been heard of? Calls that come in the
    moments in which ``run()`` is ended, and were not, go on as if nobody had been there (see leaving).
    """

    def __init__(
        self,
        settings: Settings,
        *,
        on_signal: Callable[[AnySignal], None],
        on_connected: Callable[[], Awaitable[None]] | None = None,
        on_disconnected: Callable[[], None] | None = None,
        knows: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self.settings = settings
        self._on_signal = on_signal
        self._on_connected = on_connected
        self._on_disconnected = on_disconnected
        self._knows = knows
        self._wire: Wire | None = None
        self._lanes: list[Wire] = []
        self._pending: dict[str, asyncio.Future[Reply]] = {}
        self._numbers = itertools.count(1)
        self._encoder = msgspec.json.Encoder()
        self._held_back: list[AnySignal] | None = None
        self._replaced = False
        self._changed = asyncio.Event()
        self.state = Line.WAITING
        self.losses = 0
        """how often it was lost, for the metrics"""

    # --- staying connected ------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Connect and stay connected until cancelled. Waits while another application of this installation does."""
        try:
            async with Lease(Places.of(self.settings).application_lock):
                await self._stay()
        finally:
            self._enter(Line.CLOSED)

    async def _stay(self) -> None:
        failures = 0
        replaced_at = -REPLACED_AGAIN_WITHIN
        while True:
            self._enter(Line.CONNECTING)
            self._replaced = False
            try:
                await self._live(failures)
                failures = 0
            except (OSError, WireError, SwitchAwayError, TimeoutError) as problem:
                # loud at times, else quiet: a switch that is being restarted must not fill the log
                tell = log.warning if failures % TELL_AGAIN_EVERY == 0 else log.debug
                tell("switch away", problem=str(problem) or type(problem).__name__, attempts=failures + 1)
                failures += 1
            if self._replaced:
                self._enter(Line.REPLACED)
                before, replaced_at = replaced_at, time.monotonic()
                if replaced_at - before >= REPLACED_AGAIN_WITHIN:
                    log.warning("the switch was taken over, perhaps by an old attempt of our own", app=APP)
                    await asyncio.sleep(PAUSE_AFTER_FIRST_REPLACED)
                else:
                    log.error("an application of another installation took over the switch; stepping back", app=APP)
                    await asyncio.sleep(PAUSE_AFTER_REPLACED)
                continue
            self._enter(Line.WAITING)
            await asyncio.sleep(_pause(failures) if failures else PAUSE_AFTER_LOSS)

    async def _live(self, failures: int) -> None:
        """One connection from its beginning to its end; raises when it could not be made."""
        self._held_back = []
        async with AsyncExitStack() as opened:
            self._wire = wire = await self._open(APP, self._read, opened, pings=True)
            opened.callback(self._lose)
            # under names of their own: a second connection under one name takes it away from the first
            names = [f"{APP}-lane-{number}" for number in range(LANES)]
            lanes = await asyncio.gather(*(self._open(name, self._read_answer, opened) for name in names))
            self._lanes, wires = lanes, [wire, *lanes]
            over = asyncio.create_task(_any_closed(wires))
            pulses: list[asyncio.Task[None]] = []
            try:
                await self._greet(over)
                if failures:
                    log.info("switch is back")
                self._enter(Line.CONNECTED)
                pulses = [asyncio.create_task(self._feel_pulse(wire, PULSE_EVERY, PULSE_DEADLINE))]
                pulses += [
                    asyncio.create_task(self._feel_pulse(lane, LANE_PULSE_EVERY, LANE_PULSE_DEADLINE)) for lane in lanes
                ]
                await over
            except asyncio.CancelledError:
                await self._leave(wire, lanes[0])
                raise
            finally:
                for task in (over, *pulses):
                    task.cancel()

    async def _open(
        self, app: str, on_message: Callable[[bytes | memoryview], None], opened: AsyncExitStack, *, pings: bool = False
    ) -> Wire:
        token = base64.b64encode(f"{APP}:{ari_password(self.settings)}".encode()).decode()
        port = self.settings.ari_port or self.settings.asterisk_http_port
        url = f"ws://127.0.0.1:{port}/ari/events?app={app}"
        wire = await open_wire(url, {"Authorization": f"Basic {token}"}, on_message, pings=pings)
        opened.callback(wire.abort)
        return wire

    async def _greet(self, over: asyncio.Task[None]) -> None:
        """Filter, subscribe, let the owner take his snapshot, then hand on what came meanwhile."""
        greeting = asyncio.create_task(self._prepare())
        try:
            await asyncio.wait([greeting, over], return_when=asyncio.FIRST_COMPLETED)
            if not greeting.done():
                raise SwitchAwayError("the connection was lost while it was being prepared")
            await greeting
        finally:
            greeting.cancel()
        held_back, self._held_back = self._held_back or [], None
        for signal in held_back:
            self._hand_on(signal)

    async def _prepare(self) -> None:
        allowed = [{"type": name} for name in EVENT_NAMES]
        await self.ask("PUT", f"applications/{APP}/eventFilter", body={"allowed": allowed, "disallowed": []})
        # all endpoints, but none of their channels' events
        await self.ask("POST", f"applications/{APP}/subscription", {"eventSource": "endpoint:"})
        if self._on_connected is not None:
            await self._on_connected()

    async def _feel_pulse(self, wire: Wire, every: float, deadline: float) -> None:
        """Give the connection up when the switch does not answer on it, or no longer knows our application."""
        while True:
            await asyncio.sleep(every)
            try:
                reply = await self._within(deadline, "GET", f"applications/{APP}", wire=wire)
            except SwitchAwayError:
                return
            if not reply.ok:
                log.warning("the switch has forgotten us; connecting anew", status=reply.status)
                wire.abort()
                return

    async def _leave(self, wire: Wire, lane: Wire) -> None:
        """Nothing that comes from now on is heard; a lane still asks."""

        async def ask(method: str, uri: str, query: Mapping[str, str] | None = None) -> Reply:
            return await self._send(lane, method, uri, query)

        wire.abort()
        with contextlib.suppress(SwitchAwayError, TimeoutError):
            await hand_over(ask, self._knows)

    def _lose(self) -> None:
        self._wire, self._lanes, self._held_back = None, [], None
        self.losses += 1
        for future in self._pending.values():
            if not future.done():
                future.set_exception(SwitchAwayError("the connection to the switch was lost"))
        self._pending.clear()
        if self._on_disconnected is not None:
            self._on_disconnected()

    def _enter(self, state: Line) -> None:
        self.state = state
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_for(self, state: Line, seconds: float = 30.0) -> None:
        """Return as soon as the connection is in ``state``; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while self.state is not state:
                await self._changed.wait()

    # --- what comes -------------------------------------------------------------------------------------------

    def _read(self, message: bytes | memoryview) -> None:
        try:
            signal = decoder.decode(message)
        except msgspec.ValidationError as problem:
            log.debug("event not understood", problem=str(problem))
            return
        if isinstance(signal, RESTResponse):
            self._answered(signal)
        elif isinstance(signal, ApplicationReplaced):
            self._replaced = True
            if self._wire is not None:
                self._wire.abort()
        elif self._held_back is not None:
            self._held_back.append(signal)
        else:
            self._hand_on(signal)

    def _read_answer(self, message: bytes | memoryview) -> None:
        """On a lane nothing else matters: being replaced there means that a connection of ours outlived its end."""
        with contextlib.suppress(msgspec.ValidationError):
            signal = decoder.decode(message)
            if isinstance(signal, RESTResponse):
                self._answered(signal)

    def _hand_on(self, signal: AnySignal) -> None:
        try:
            self._on_signal(signal)
        except Exception:
            log.exception("an event of the switch was not digested", signal=type(signal).__name__)

    def _answered(self, response: RESTResponse) -> None:
        future = self._pending.pop(response.request_id, None)
        if future is not None and not future.done():
            future.set_result(Reply(response.status_code, response.reason_phrase, response.message_body))

    # --- what we ask ------------------------------------------------------------------------------------------

    def send(
        self, contact: str, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> asyncio.Future[Reply]:
        """One REST request about a contact; ``uri`` without a leading slash ("channels/x/answer"), percent-encoded.

        Requests about one contact are carried out in the order in which they are made. What is returned ends in a
        Reply, or in SwitchAwayError when there is no connection or it is lost before the answer.
        """
        lane = self._lanes[hash(contact) % LANES] if self._lanes else None
        return self._send(lane, method, uri, query, body)

    def _send(
        self, wire: Wire | None, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> asyncio.Future[Reply]:
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        number = str(next(self._numbers))
        question = _Question(
            type="RESTRequest",
            request_id=number,
            method=method,
            uri=uri,
            query_strings=[{"name": name, "value": value} for name, value in query.items()] if query else [],
            content_type="application/json" if body is not None else "",
            message_body=self._encoder.encode(body).decode() if body is not None else "",
        )
        try:
            if wire is None:
                raise ConnectionResetError("there is none")
            wire.send(self._encoder.encode(question))
            self._pending[number] = future
        except OSError as problem:
            future.set_exception(SwitchAwayError(f"no connection to the switch: {problem}"))
        return future

    async def request(
        self, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> Reply:
        """One REST request about no contact, on the wire of the events, carried out in order with its like.

        :raises SwitchAwayError: no connection, it was lost while waiting, or no answer within DEADLINE.
        """
        return await self._within(DEADLINE, method, uri, query, body, wire=self._wire)

    async def _within(
        self,
        deadline: float,
        method: str,
        uri: str,
        query: Mapping[str, str] | None = None,
        body: object = None,
        *,
        wire: Wire | None,
    ) -> Reply:
        try:
            async with asyncio.timeout(deadline):
                return await self._send(wire, method, uri, query, body)
        except TimeoutError:
            # answers come in order: a wire that owes one this long carries nothing any more, pings or not
            log.warning("the switch does not answer; connecting anew", method=method, uri=uri, seconds=deadline)
            if wire is not None:
                wire.abort()
            raise SwitchAwayError(f"no answer to {method} {uri} within {deadline:g} s") from None

    async def ask(self, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None) -> Reply:
        """Like ``request`` but an answer that is not a success raises SwitchAwayError too."""
        reply = await self.request(method, uri, query, body)
        if not reply.ok:
            raise SwitchAwayError(f"{method} {uri}: {reply.status} {reply.reason} {reply.body[:200]}")
        return reply


async def _any_closed(wires: Sequence[Wire]) -> None:
    """Returns when the first of them is over: then all are made anew."""
    waiting = [asyncio.create_task(wire.closed.wait()) for wire in wires]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()


def _pause(failures: int) -> float:
    """Grows from 0.2 s to 5 s; a little chance keeps many applications from knocking at once."""
    grown: float = min(FIRST_PAUSE * 2.0 ** max(failures - 1, 0), LONGEST_PAUSE)
    return grown * random.uniform(0.8, 1.0)  # noqa: S311 — no secret
