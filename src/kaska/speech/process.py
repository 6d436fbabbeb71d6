"""The process with the recogniser: takes orders over a unix socket, fetches the callers' sound, tells what was said."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from kaska.speech.contract import RATE, Listening, Recogniser
from kaska.speech.wording import LONGEST_LINE, Failed, Hear, Heard, Stop, line, read_order

log = structlog.get_logger(__name__)

PIECE_BYTES = RATE * 2 // 5
"""so much sound is given to the recogniser at once: 200 ms"""
MOST_BEHIND = 5 * RATE * 2
"""bytes that a recogniser may be behind; beyond that sound is dropped, as an old answer is of no use to a caller"""
OPEN_SECONDS = 5.0
THREADS = max(os.cpu_count() or 1, 2)


class Ears:
    """Serves at ``path`` until cancelled. Whoever goes away takes what he ordered with him."""

    def __init__(self, recogniser: Recogniser, path: Path) -> None:
        self._recogniser = recogniser
        self._path = path
        self._visitors: set[asyncio.StreamWriter] = set()
        self._threads = ThreadPoolExecutor(THREADS, "recogniser")

    async def run(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(self._serve, str(self._path), limit=LONGEST_LINE)
        os.chmod(self._path, 0o600)
        log.info("listening for the engine's orders", socket=str(self._path))
        try:
            await asyncio.get_running_loop().create_future()  # serving goes on by itself
        finally:
            server.close()
            for visitor in self._visitors:
                visitor.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ears: dict[str, asyncio.Task[None]] = {}
        self._visitors.add(writer)
        try:
            async for text in reader:
                order = read_order(text)
                if isinstance(order, Stop):
                    task = ears.pop(order.ear, None)
                    if task is not None:
                        task.cancel()
                else:
                    ears[order.ear] = asyncio.create_task(self._hear(order, writer), name=order.ear)
                    ears[order.ear].add_done_callback(lambda done: ears.pop(done.get_name(), None))
        except (OSError, ValueError) as problem:  # a line that is none is a defect of ours: begin anew
            log.warning("orders ended", problem=repr(problem))
        finally:
            for task in list(ears.values()):
                task.cancel()
            self._visitors.discard(writer)
            writer.close()

    async def _hear(self, order: Hear, writer: asyncio.StreamWriter) -> None:
        try:
            loop = asyncio.get_running_loop()
            listening = await loop.run_in_executor(self._threads, self._recogniser.listen, order.language, order.words)
            await self._listen(order, listening, writer)
        except (OSError, TimeoutError, WebSocketException, LookupError) as problem:
            log.warning("a caller cannot be heard", ear=order.ear, problem=repr(problem))
            writer.write(line(Failed(order.ear, f"{type(problem).__name__}: {problem}")))
        except Exception as problem:
            log.exception("the recogniser failed", ear=order.ear)
            writer.write(line(Failed(order.ear, type(problem).__name__)))

    async def _listen(self, order: Hear, listening: Listening, writer: asyncio.StreamWriter) -> None:
        """Until the switch closes the sound, which it does when the caller's line or the ear is gone."""
        sound, more = bytearray(), asyncio.Event()
        async with _opened(order.url) as wire:
            recognising = asyncio.create_task(self._recognise(order.ear, listening, sound, more, writer))
            fetching = asyncio.create_task(_fetch(wire, sound, more))
            try:
                done, _ = await asyncio.wait((fetching, recognising), return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                fetching.cancel()
                recognising.cancel()
                await asyncio.gather(fetching, recognising, return_exceptions=True)

    async def _recognise(
        self, ear: str, listening: Listening, sound: bytearray, more: asyncio.Event, writer: asyncio.StreamWriter
    ) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await more.wait()
            more.clear()
            piece = bytes(sound)
            sound.clear()
            for text in await loop.run_in_executor(self._threads, listening.hear, piece):
                writer.write(line(Heard(ear, text)))


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[ClientConnection]:
    """The caller's sound. Who gives up while it opens leaves no line behind that the switch goes on filling."""
    opening = asyncio.ensure_future(_open(url))
    try:
        wire = await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_abort)
        raise
    async with wire:
        yield wire


async def _open(url: str) -> ClientConnection:
    return await connect(url, subprotocols=[Subprotocol("media")], open_timeout=OPEN_SECONDS, compression=None)


def _abort(opening: asyncio.Future[ClientConnection]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().transport.abort()


async def _fetch(wire: ClientConnection, sound: bytearray, more: asyncio.Event) -> None:
    async for message in wire:
        if isinstance(message, bytes):
            sound += message
            del sound[: max(0, len(sound) - MOST_BEHIND)]
            if len(sound) >= PIECE_BYTES:
                more.set()
