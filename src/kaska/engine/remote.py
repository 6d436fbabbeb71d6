"""The engine as seen from another process of the same machine, through its door."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec
import structlog

from kaska.core.events import Event
from kaska.core.facts import Fact
from kaska.core.ports import EngineAway, Inbox, Refused
from kaska.core.state import State
from kaska.engine.door import event_to_wire, facts_from_wire, pack, read_frame
from kaska.ledger.codec import decode_state

log = structlog.get_logger(__name__)

ANSWER_SECONDS = 10.0
PAUSE_SECONDS = 0.5
TENANTS_SECONDS = 5.0


class Frame(msgspec.Struct):
    """What comes through the door; what a frame does not have is None."""

    id: int = 0
    watch: str | None = None
    cursor: int = 0
    state: str | None = None
    facts: list[tuple[str, msgspec.Raw]] | None = None
    refused: str | None = None
    told: Any = None


_decode = msgspec.json.Decoder(Frame).decode


class Picture(Protocol):
    """Where the live picture is kept: realtime.LiveFeed."""

    def reset(self, tenant: str, cursor: int, state: State) -> None: ...
    def publish(self, tenant: str, cursor: int, happened: tuple[Fact, ...]) -> None: ...


class RemoteEngine:
    """Connects again and again; while there is no connection every question raises EngineAway."""

    def __init__(self, path: Path, picture: Picture, tenants: Callable[[], Awaitable[list[str]]]) -> None:
        self._path = path
        self._picture = picture
        self._tenants = tenants
        self._writer: asyncio.StreamWriter | None = None
        self._waiting: dict[int, asyncio.Future[Frame]] = {}
        self._numbers = itertools.count(1)
        self._watched: set[str] = set()

    @property
    def is_connected(self) -> bool:
        return self._writer is not None

    def inbox(self, tenant: str) -> Inbox | None:
        return _RemoteInbox(self, tenant)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                reader, writer = await asyncio.open_unix_connection(str(self._path))
            except OSError:
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            self._writer = writer
            self._watched.clear()
            watching = asyncio.create_task(self._watch_all(writer))
            try:
                while True:
                    self._heard(_decode(await read_frame(reader)))
            except (asyncio.IncompleteReadError, ConnectionError):
                log.info("the engine's door is closed")
            finally:
                watching.cancel()
                self._writer = None
                for future in self._waiting.values():
                    if not future.done():
                        future.set_exception(EngineAway())
                self._waiting.clear()
                writer.close()
            await asyncio.sleep(PAUSE_SECONDS)

    async def _watch_all(self, writer: asyncio.StreamWriter) -> None:
        while True:
            unseen = [tenant for tenant in await self._tenants() if tenant not in self._watched]
            for tenant in unseen:
                writer.write(pack({"watch": tenant}))
            # the engine itself may only just be learning of them
            await asyncio.sleep(PAUSE_SECONDS if unseen else TENANTS_SECONDS)

    def _heard(self, frame: Frame) -> None:
        if frame.watch is None:
            future = self._waiting.pop(frame.id, None)
            if future is not None and not future.done():
                future.set_result(frame)
        elif frame.state:
            self._watched.add(frame.watch)
            self._picture.reset(frame.watch, frame.cursor, decode_state(frame.state, State))
        elif frame.facts:
            self._picture.publish(frame.watch, frame.cursor, facts_from_wire(frame.facts))

    async def inquire(self, about: str) -> Any:
        """What the engine's process tells of itself ("health", "metrics"). Raises EngineAway."""
        answer = await self._question({"ask": about})
        if answer.told is None:
            raise EngineAway
        return answer.told

    async def ask(self, tenant: str, event: Event) -> tuple[Fact, ...]:
        kind, body = event_to_wire(event)
        answer = await self._question({"tenant": tenant, "event": kind, "body": body})
        if answer.refused is not None:
            raise Refused(answer.refused)
        if answer.facts is None:
            raise EngineAway
        return facts_from_wire(answer.facts)

    async def _question(self, asked: dict[str, Any]) -> Frame:
        writer = self._writer
        if writer is None:
            raise EngineAway
        number = next(self._numbers)
        future: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        writer.write(pack({"id": number, **asked}))
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await future
        except TimeoutError:
            raise EngineAway from None
        finally:
            self._waiting.pop(number, None)


class _RemoteInbox:
    def __init__(self, engine: RemoteEngine, tenant: str) -> None:
        self._engine = engine
        self._tenant = tenant

    async def submit(self, event: Event) -> tuple[Fact, ...]:
        return await self._engine.ask(self._tenant, event)

    async def now(self) -> float:
        return time.time()
