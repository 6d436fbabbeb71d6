"""The live picture, as a browser has it: snapshot and changes over the WebSocket, connected again when it breaks."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from demo.desk import Desk, DeskError

Row = dict[str, Any]
RETRY_SECONDS = 2.0
TRY_AGAIN_LATER = 1013


class Live:
    """``rows[collection][id]``; empty while not ``connected``."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.connected = False
        self.problem = ""
        self.rows: dict[str, dict[str, Row]] = {}
        self._changed = asyncio.Event()

    @property
    def books(self) -> Row:
        return self.rows.get("books", {}).get("today", {})

    def call_of(self, caller: str) -> Row | None:
        """The newest call of a caller."""
        found = [row for row in self.rows.get("calls", {}).values() if row["caller"] == caller]
        return max(found, key=lambda row: float(row["arrived_at"]), default=None)

    def agent(self, agent: str) -> Row:
        return self.rows.get("agents", {}).get(agent, {})

    async def until(self, condition: Callable[[], bool], within: float) -> bool:
        """Wait for a change that makes ``condition`` true; False when it does not come in time."""
        try:
            async with asyncio.timeout(within):
                while not condition():
                    self._changed.clear()
                    await self._news(1.0)  # conditions also ask about calls, which change by themselves
        except TimeoutError:
            return False
        return True

    async def _news(self, within: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._changed.wait()

    def nudge(self) -> None:
        """Something else changed that conditions may ask about."""
        self._changed.set()

    async def run(self) -> None:
        """For ever."""
        while True:
            try:
                await self._follow()
            except ConnectionClosed as end:
                starting = end.rcvd is not None and end.rcvd.code == TRY_AGAIN_LATER
                self.problem = "the page is still starting" if starting else str(end)
            except (OSError, WebSocketException, DeskError, ValueError, KeyError) as error:
                self.problem = str(error) or repr(error)
            self.connected = False
            await asyncio.sleep(RETRY_SECONDS)

    async def _follow(self) -> None:
        await self.desk.sign_in()
        url = self.desk.address.replace("http", "ws", 1) + "/api/live"
        cookie = {"Cookie": self.desk.cookies}
        async with connect(url, origin=self.desk.address, additional_headers=cookie, max_size=None) as socket:  # type: ignore[arg-type]
            async for text in socket:
                self._take(json.loads(text))

    def _take(self, message: Row) -> None:
        if message["type"] == "snapshot":
            self.rows, self.connected, self.problem = message["view"], True, ""
        elif message["type"] == "changes":
            for change in message["changes"]:
                rows = self.rows.setdefault(change["collection"], {})
                if change["op"] == "put":
                    rows[change["id"]] = change["row"]
                else:
                    rows.pop(change["id"], None)
        self._changed.set()
