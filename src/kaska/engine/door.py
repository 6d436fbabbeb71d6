"""The engine's door for other processes of the same machine: events in, facts out, over a unix socket.

Frames are a four-byte length (big endian) and JSON. A question {"id", "tenant", "event", "body"} is answered by
{"id", "facts"} or {"id", "refused"}; {"watch": tenant} is answered by {"watch", "cursor", "state"} and from then on by
{"watch", "cursor", "facts"} soon after every event: what follows quickly goes in one frame, and an answer never comes
before the facts that were there before it. A fact is [type, body]. {"id", "ask": "health"} is answered by {"id",
"told"}. Only the owner of the state directory can open the socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import structlog

from kaska.core import events
from kaska.core.facts import Fact
from kaska.core.ports import EngineAway, Refused
from kaska.core.state import State
from kaska.engine.engine import Engine
from kaska.engine.journal import Record
from kaska.ledger.codec import decode_fact, decode_state, encode_fact, encode_state

log = structlog.get_logger(__name__)

LONGEST_FRAME = 64 * 1024 * 1024
LONGEST_ARREARS = 16 * 1024 * 1024
"""bytes that a watcher may be behind before it is let go; it comes back and begins with the state"""

GATHER_SECONDS = 0.03
"""Facts for those who watch may gather so long. A call is a dozen events, and a frame each costs both sides more than
the facts in it; the screens are told every tenth of a second."""

Wire = Sequence[tuple[str, msgspec.Raw]]
"""facts: (type, body as the journal holds it)"""

EVENT_TYPES: dict[str, type[events.Event]] = {one.__name__: one for one in events.Event.__args__}


def pack(document: Any) -> bytes:
    body = msgspec.json.encode(document)
    return len(body).to_bytes(4, "big") + body


async def read_frame(reader: asyncio.StreamReader) -> bytes:
    """The next frame; raises IncompleteReadError at the end, ValueError for one that is too long."""
    length = int.from_bytes(await reader.readexactly(4), "big")
    if length > LONGEST_FRAME:
        raise ValueError(f"a frame of {length} bytes")
    return await reader.readexactly(length)


def facts_to_wire(happened: Sequence[Fact]) -> Wire:
    return [(kind, msgspec.Raw(body)) for kind, _, body in map(encode_fact, happened)]


def facts_from_wire(told: Wire) -> tuple[Fact, ...]:
    return tuple(decode_fact(kind, bytes(body)) for kind, body in told)


def event_to_wire(event: events.Event) -> tuple[str, str]:
    return type(event).__name__, encode_state(event, type(event)).decode()


class Door:
    """Serves at ``path`` until cancelled; ``tell`` is given every event's facts.

    ``tellers`` answer what is no event: how this process is, what it has counted. What they tell must fit into JSON.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path
        self.tellers: dict[str, Callable[[], Any]] = {}
        self._watchers: dict[str, set[asyncio.StreamWriter]] = {}
        self._gathered: dict[str, tuple[int, list[tuple[str, msgspec.Raw]]]] = {}
        """tenant → (cursor, facts) not yet told"""
        self._handing_out: asyncio.TimerHandle | None = None
        self._visitors: set[asyncio.StreamWriter] = set()

    async def run(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(self._serve, str(self._path))
        os.chmod(self._path, 0o600)
        try:
            await server.serve_forever()
        finally:
            server.close()
            self._hand_out()
            for visitor in self._visitors:
                visitor.close()

    def tell(self, tenant: str, cursor: int, written: Sequence[Record]) -> None:
        if not self._watchers.get(tenant):
            return
        _, facts = self._gathered.get(tenant) or (0, [])
        facts += [(row.type, msgspec.Raw(row.body)) for row in written]
        self._gathered[tenant] = cursor, facts
        if self._handing_out is None:
            self._handing_out = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._hand_out)

    def _hand_out(self) -> None:
        if self._handing_out is not None:
            self._handing_out.cancel()
            self._handing_out = None
        gathered, self._gathered = self._gathered, {}
        for tenant, (cursor, facts) in gathered.items():
            frame = pack({"watch": tenant, "cursor": cursor, "facts": facts})
            watchers = self._watchers[tenant]
            for writer in list(watchers):
                if writer.transport.get_write_buffer_size() > LONGEST_ARREARS:
                    watchers.discard(writer)
                    writer.close()
                else:
                    writer.write(frame)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        questions: set[asyncio.Task[None]] = set()
        self._visitors.add(writer)
        try:
            while True:
                asked = msgspec.json.decode(await read_frame(reader))
                if "watch" in asked:
                    self._watch(asked["watch"], writer)
                    continue
                task = asyncio.create_task(self._answer(asked, writer))
                questions.add(task)
                task.add_done_callback(questions.discard)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._visitors.discard(writer)
            for watchers in self._watchers.values():
                watchers.discard(writer)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    def _watch(self, tenant: str, writer: asyncio.StreamWriter) -> None:
        self._hand_out()  # what is in the state must not be told after it
        picture = self._engine.picture(tenant)
        if picture is None:
            writer.write(pack({"watch": tenant, "cursor": 0, "state": None}))
            return
        cursor, state = picture
        writer.write(pack({"watch": tenant, "cursor": cursor, "state": encode_state(state, State).decode()}))
        self._watchers.setdefault(tenant, set()).add(writer)

    async def _answer(self, asked: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        answer: dict[str, Any] = {"id": asked["id"]}
        try:
            if "ask" in asked:
                answer["told"] = self.tellers[asked["ask"]]()
                return
            inbox = self._engine.inbox(asked["tenant"])
            if inbox is None:
                raise EngineAway
            event = decode_state(asked["body"], EVENT_TYPES[asked["event"]])
            answer["facts"] = facts_to_wire(await inbox.submit(event))
        except Refused as refusal:
            answer["refused"] = refusal.code
        except EngineAway:
            answer["away"] = True
        except Exception as problem:
            log.exception("a question that could not be answered", question=asked.get("event", asked.get("ask")))
            answer["failed"] = repr(problem)
        finally:
            self._hand_out()
            writer.write(pack(answer))
