"""A TCP proxy before PostgreSQL that can lose an answer: the server commits, the client never hears of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

COMMIT = b"COMMIT;\0"


class CuttingProxy:
    """Forwards to ``port`` of loopback. While ``cut_at_commit`` is set, the answer to the next COMMIT is swallowed and
    the connection closed, once the server has answered; ``cuts`` counts.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self.cut_at_commit = False
        self.cuts = 0
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._target)
        condemned = asyncio.Event()

        async def up() -> None:
            while data := await reader.read(65536):
                if self.cut_at_commit and COMMIT in data:
                    self.cut_at_commit = False
                    condemned.set()
                server_writer.write(data)
                await server_writer.drain()

        async def down() -> None:
            while data := await server_reader.read(65536):
                if condemned.is_set():
                    self.cuts += 1
                    return
                writer.write(data)
                await writer.drain()

        tasks = [asyncio.create_task(up()), asyncio.create_task(down())]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        with suppress(OSError):
            writer.close()
            server_writer.close()
