"""A line that can fall silent: what is sent stays unsaid, nothing is closed, until it speaks again."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType


class SilentLine:
    """Between the application and the switch's ARI; ``port`` is where the application connects."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._speaks = asyncio.Event()
        self._speaks.set()
        self._server: asyncio.Server
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        return int(self._server.sockets[0].getsockname()[1])

    def fall_silent(self) -> None:
        self._speaks.clear()

    def speak(self) -> None:
        """What was held back arrives late, as it does in a network that comes back."""
        self._speaks.set()

    async def __aenter__(self) -> SilentLine:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, near_reader: asyncio.StreamReader, near_writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await self._speaks.wait()
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
            await asyncio.gather(self._pump(near_reader, far_writer), self._pump(far_reader, near_writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError):
                while data := await reader.read(65536):
                    await self._speaks.wait()
                    writer.write(data)
                    await writer.drain()
                await self._speaks.wait()  # nor is it told that the other side has gone
        finally:
            writer.close()
