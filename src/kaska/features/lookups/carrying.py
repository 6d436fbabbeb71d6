"""Puts the questions of scenarios to outside sources. The core keeps the deadline; here nothing waits longer either.

Whatever goes wrong becomes ``LookedUp(ok=False)``: the caller goes on by the way that the scenario has for it.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

import structlog

from kaska.core.commands import LookUp
from kaska.core.configuration import DecisionTable, HttpSource, Source, SqlSource
from kaska.core.events import Event, LookedUp

log = structlog.get_logger(__name__)

LARGEST_ANSWER = 64 * 1024
MOST_AT_ONCE = 100
LONGEST_SECONDS = 30.0
"""the command's own limit is within this"""


def key_of(tenant: str, source: str) -> str:
    """By what the key of a source is found among those of all companies."""
    return f"{tenant} {source}"


class CannotAskError(Exception):
    """The source cannot be asked, or what it answers is not what is needed."""


class Lookups:
    """``submit`` returns at once; ``emit`` is called with what came of it. ``keys``: see key_of."""

    def __init__(
        self,
        keys: Callable[[], Awaitable[Mapping[str, str]]],
        emit: Callable[[Event], object],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keys = keys
        self._emit = emit
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, command: LookUp, source: Source | None, tenant: str) -> None:
        if source is None or len(self._tasks) >= MOST_AT_ONCE:
            # not at once: who submits is in the middle of a turn
            asyncio.get_running_loop().call_soon(self._tell, command, None)
            return
        task = asyncio.ensure_future(self._carry(command, source, tenant))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, command: LookUp, source: Source, tenant: str) -> None:
        try:
            async with asyncio.timeout(command.seconds):
                answer = await self._ask(source, command.question, tenant)
        except Exception as problem:
            # its message may hold what the caller said or a password: only its kind is kept
            log.warning("a source was not asked", source=source.id, problem=type(problem).__name__)
            self._tell(command, None)
        else:
            self._tell(command, answer)

    def _tell(self, command: LookUp, answer: dict[str, str] | None) -> None:
        at = self._clock()
        self._emit(LookedUp(at, command.contact, command.lookup, answer or {}, ok=answer is not None))

    async def _ask(self, source: Source, question: dict[str, str], tenant: str) -> dict[str, str]:
        match source:
            case HttpSource():
                return as_fields(await self._http(source, question, await self._key(tenant, source)))
            case SqlSource():
                return as_fields(await self._sql(source, question, await self._key(tenant, source)))
            case DecisionTable():
                return as_fields(await asyncio.to_thread(decide, source.document, question))

    async def _http(self, source: HttpSource, question: dict[str, str], key: str) -> Any:
        import httpx  # not before somebody asks: what calls need starts first

        url = re.sub(r"\{([^{}]*)\}", lambda match: quote(question.get(match[1], ""), safe=""), source.url)
        headers = {"Accept": "application/json"}
        if key:  # one with a word before it says itself what kind it is
            headers["Authorization"] = key if " " in key else f"Bearer {key}"
        async with httpx.AsyncClient(follow_redirects=False, timeout=LONGEST_SECONDS) as client:
            body = question if source.method == "POST" else None
            async with client.stream(source.method, url, json=body, headers=headers) as response:
                if response.status_code == 404:
                    return {}
                if response.status_code != 200:
                    raise CannotAskError(str(response.status_code))
                received = bytearray()
                async for part in response.aiter_bytes():
                    received += part
                    if len(received) > LARGEST_ANSWER:
                        raise CannotAskError("the answer is too long")
        return json.loads(received)

    async def _sql(self, source: SqlSource, question: dict[str, str], key: str) -> Any:
        import asyncpg  # type: ignore[import-untyped]  # it carries no types

        query, values = positional(source.query, question)
        if not key:  # without an address the library would look for a server of this machine
            raise CannotAskError("no address")
        connection = await asyncpg.connect(key)
        try:
            async with connection.transaction(readonly=True):
                row = await connection.fetchrow(query, *values)
        finally:
            await connection.close(timeout=1)
        return dict(row) if row is not None else {}

    async def _key(self, tenant: str, source: Source) -> str:
        return (await self._keys()).get(key_of(tenant, source.id), "")


def positional(query: str, question: Mapping[str, str]) -> tuple[str, list[str]]:
    """``:name`` becomes ``$1`` …; values never become part of the text. Raises CannotAskError for an unknown name."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        if match[1] not in question:
            raise CannotAskError(match[1])
        if match[1] not in names:
            names.append(match[1])
        return f"${names.index(match[1]) + 1}::text"

    text = re.sub(r"(?<!:):([A-Za-z_][A-Za-z0-9_]*)", number, query)
    return text, [question[name] for name in names]


def decide(document: str, question: dict[str, str]) -> Any:
    """What a decision table says. Numbers of the question are numbers to it."""
    import zen

    answer = zen.ZenEngine().create_decision(document).evaluate({key: _plain(value) for key, value in question.items()})
    return answer["result"]


def _plain(value: str) -> str | int | float:
    try:
        return int(value) if value == str(int(value)) else value
    except ValueError:
        pass
    try:
        return float(value) if re.fullmatch(r"-?[0-9]+\.[0-9]+", value) else value
    except ValueError:
        return value


def as_fields(answer: Any) -> dict[str, str]:
    """A flat JSON object as text by field; true is "yes", false "no"; null and what is nested are left out."""
    if answer is None:
        return {}
    if not isinstance(answer, Mapping):
        raise CannotAskError("not an object")
    found = {}
    for name, value in answer.items():
        if isinstance(value, bool):
            found[str(name)] = "yes" if value else "no"
        elif value is not None and not isinstance(value, list | dict):
            found[str(name)] = str(value)
    return found
