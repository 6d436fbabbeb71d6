"""What tests of whole calls look at: the books through the API, the live picture, the ledger's own rows.

``DIRECT`` and ``SHORT`` are numbers added to the demo company, so that not every test hears the whole greeting.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from tests.plugins.installation import CITY, Installation
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from phones.phone import Phone

MAIN = "+74950000101"
CLOSED = "+74950000102"
DIRECT = "+74950000111"
"""straight into the sales queue; nothing is said before"""
SHORT = "+74950000112"
"""a menu with a short question and little patience"""

SPOKEN = "+74950000114"
"""a menu that may be answered by voice"""

_SALES = {"kind": "enqueue", "queue": "sales", "message": "message", "keys": {"1": "message", "2": "callback"}}
MESSAGE: dict[str, Any] = {
    "message": {"kind": "take_message", "prompts": ["ru/all-busy"], "next": "thanks"},
    "thanks": {"kind": "finish", "prompts": ["ru/goodbye"]},
}
SCENARIOS: dict[str, tuple[str, dict[str, Any]]] = {
    "direct": (DIRECT, {"start": "sales", "nodes": {"sales": _SALES, **MESSAGE}}),
    "spoken": (
        SPOKEN,
        {
            "start": "menu",
            "nodes": {
                "menu": {
                    "kind": "menu",
                    "prompts": ["ru/menu"],
                    "choices": {"1": "sales"},
                    "words": {"1": ["продажи", "купить"]},
                    "otherwise": "message",
                },
                "sales": _SALES,
                **MESSAGE,
            },
        },
    ),
    "short": (
        SHORT,
        {
            "start": "menu",
            "nodes": {
                "menu": {
                    "kind": "menu",
                    "prompts": ["ru/wrong-key"],
                    "choices": {"1": "sales"},
                    "otherwise": "operators",
                    "timeout": 1.0,
                    "tries": 2,
                    "extensions": True,
                    "extension_next": "operators",
                },
                "sales": _SALES,
                "operators": _SALES | {"queue": "operators"},
                **MESSAGE,
            },
        },
    ),
}

_RUN = random.randint(1000, 9999)


def person(number: int) -> str:
    """An invented person's telephone number (``number``: three digits), another one in every run."""
    return f"+7900{_RUN}{number}"


class Centre:
    """``supervisor`` is a signed-in client; ``board`` the live picture as a browser has it."""

    def __init__(self, kaska: Installation, supervisor: httpx.AsyncClient, board: Board, city_port: int) -> None:
        self.kaska = kaska
        self.supervisor = supervisor
        self.board = board
        self.city_port = city_port

    # --- callers ---------------------------------------------------------------------------------------------------

    def customer(self, tone: int = 440, *, reachable: bool = False) -> Phone:
        """A telephone in the city; a ``reachable`` one is where all outgoing calls arrive."""
        return Phone(local_ip=CITY, tone=tone, port=self.city_port if reachable else 0)

    # --- the books -------------------------------------------------------------------------------------------------

    async def get(self, path: str, **query: Any) -> Any:
        answer = await self.supervisor.get(path, params=query or None)
        answer.raise_for_status()
        return answer.json()

    async def cards(self, phone: str, *, ended: int, within: float = 10.0) -> list[dict[str, Any]]:
        """The cards of a caller's contacts, oldest first, when ``ended`` of them are over. TimeoutError otherwise."""
        items: list[dict[str, Any]] = []
        try:
            async with asyncio.timeout(within):
                while True:
                    items = (await self.get("/api/contacts", phone=phone))["items"]
                    over = [item for item in items if item["outcome"]]
                    if len(over) >= ended:
                        break
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise TimeoutError(f"{phone}: {len(items)} contacts, not {ended} of them over: {items}") from None
        assert len(items) == ended, f"{phone} called {ended} times, the books have {items}"
        return [await self.get(f"/api/contacts/{item['id']}") for item in reversed(items)]

    async def card(self, phone: str, within: float = 10.0) -> dict[str, Any]:
        """The card of somebody's only contact, when it is over."""
        (card,) = await self.cards(phone, ended=1, within=within)
        return card

    async def debt(self, card: dict[str, Any], status: str, within: float = 10.0) -> dict[str, Any]:
        """The debt of a contact, when it has the status."""
        assert card["debt"], f"no debt: {card['outcome']} {card['cause']}"
        return dict(await self.until(f"/api/debts/{card['debt']}", lambda debt: debt["status"] == status, within))

    async def until(self, path: str, condition: Callable[[Any], bool], within: float = 10.0, **query: Any) -> Any:
        """What ``path`` says when ``condition`` is true of it."""
        said: Any = None
        try:
            async with asyncio.timeout(within):
                while True:
                    answer = await self.supervisor.get(path, params=query or None)
                    said = answer.json()
                    if answer.status_code != 404:  # it may be on its way into the books
                        answer.raise_for_status()
                        if condition(said):
                            return said
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise TimeoutError(f"{path} still says {said}") from None

    async def ledger(self, contact: str) -> list[str]:
        """The types of a contact's facts, in order, as the database has them."""
        rows = await self.kaska.rows(
            "SELECT type FROM ledger.facts WHERE contact = :contact ORDER BY position", contact=contact
        )
        return [row["type"] for row in rows]


class Board:
    """The live picture: a snapshot, then changes."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, dict[str, Any]]] = {}
        self._changed = asyncio.Event()

    def call(self, caller: str) -> dict[str, Any]:
        """The live call of a caller; {} when there is none."""
        return next((row for row in self.rows.get("calls", {}).values() if row["caller"] == caller), {})

    def agent(self, extension: str) -> dict[str, Any]:
        return next(row for row in self.rows["agents"].values() if row["extension"] == extension)

    @property
    def books(self) -> dict[str, Any]:
        return dict(self.rows["books"]["today"])

    async def until(self, condition: Callable[[], bool], within: float = 5.0) -> None:
        """Wait for the change that makes ``condition`` true."""
        try:
            async with asyncio.timeout(within):
                while not self.rows or not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            shown = {name: self.rows.get(name) for name in ("calls", "agents", "books")}
            raise TimeoutError(f"the board shows {shown}") from None

    async def calls(self, caller: str, phase: str, within: float = 5.0) -> dict[str, Any]:
        """Wait until a caller's call is in ``phase`` ("" = gone)."""
        await self.until(lambda: self.call(caller).get("phase", "") == phase, within)
        return self.call(caller)

    async def agent_is(self, extension: str, state: str, within: float = 5.0) -> dict[str, Any]:
        await self.until(lambda: self.agent(extension)["state"] == state, within)
        return self.agent(extension)

    async def follow(self, web: httpx.AsyncClient) -> None:
        """For ever; connects again when the application went away."""
        address = str(web.base_url).rstrip("/")
        cookie = "; ".join(f"{name}={value}" for name, value in web.cookies.items())
        url = address.replace("http", "ws", 1) + "/api/live"
        async for socket in connect(url, origin=address, additional_headers={"Cookie": cookie}, max_size=None):  # type: ignore[arg-type]
            try:
                async for text in socket:
                    self._take(json.loads(text))
            except (OSError, ConnectionClosed):  # a page that is only just starting says "try again later"
                continue

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "snapshot":
            self.rows = message["view"]
        for change in message.get("changes", ()):
            rows = self.rows.setdefault(change["collection"], {})
            if change["op"] == "put":
                rows[change["id"]] = change["row"]
            else:
                rows.pop(change["id"], None)
        self._changed.set()


async def describe(kaska: Installation) -> None:
    """Tell the installation of the extra numbers."""
    async with kaska.session(kaska.company.administrator) as web:
        for name, (number, draft) in SCENARIOS.items():
            given: dict[str, Any] = {"name": name, "draft": draft}
            (await web.put(f"/api/scenarios/{name}", json=given)).raise_for_status()
            given = {"project": "windows", "scenario": name}
            (await web.put(f"/api/numbers/{number}", json=given)).raise_for_status()
        await kaska.publish(web)


@asynccontextmanager
async def open_centre(kaska: Installation, city_port: int) -> AsyncIterator[Centre]:
    async with kaska.session(kaska.company.supervisor) as web:
        board = Board()
        following = asyncio.create_task(board.follow(web))
        try:
            await board.until(lambda: True)
            yield Centre(kaska, web, board, city_port)
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
