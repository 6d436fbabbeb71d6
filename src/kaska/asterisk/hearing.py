"""A recogniser's ear at a caller's line: a copy of what he says leaves the switch by a WebSocket of its own.

Three things, named by the ear: an ear channel at the caller's (he hears nothing of it), a channel whose sound goes to
whoever connects to it, and the bridge that joins the two. All that takes longer than asking is done beside the
contact's other commands, which wait for nothing here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

import msgspec
import structlog

from kaska.asterisk.connection import Connection, Reply, SwitchAwayError
from kaska.asterisk.ears import part, put_in, require
from kaska.asterisk.legwork import RefusedError
from kaska.asterisk.places import APP, heard_at
from kaska.core.commands import Listen, StopListening
from kaska.kit.config import Settings

log = structlog.get_logger(__name__)

CONNECTION_ID = "MEDIA_WEBSOCKET_CONNECTION_ID"


class Recogniser(Protocol):
    def hear(self, ear: str, url: str, language: str, words: tuple[str, ...]) -> None:
        """Raises ConnectionError when there is none."""
        ...

    def stop(self, ear: str) -> None: ...


class _Media(msgspec.Struct):
    channelvars: dict[str, str] = {}


class Hearing:
    """``failed`` is told of an order to listen that came to nothing, and why."""

    def __init__(self, settings: Settings, connection: Connection, failed: Callable[[Listen, str], None]) -> None:
        self._sound_at = f"ws://127.0.0.1:{settings.ari_port or settings.asterisk_http_port}/media/"
        self._connection = connection
        self._failed = failed
        self.recogniser: Recogniser | None = None
        self._ears: dict[str, Listen] = {}
        self._beginning: dict[str, asyncio.Task[None]] = {}

    def contact_of(self, ear: str) -> str:
        """ "" when nobody listens by it any more."""
        order = self._ears.get(ear)
        return order.contact if order is not None else ""

    def listen(self, order: Listen) -> None:
        if self.recogniser is None:
            raise RefusedError("there is no recogniser")
        self._ears[order.ear] = order
        task = asyncio.create_task(self._begin(order, self.recogniser))
        self._beginning[order.ear] = task
        task.add_done_callback(lambda _: self._beginning.pop(order.ear, None))

    def give_up(self, ear: str, reason: str) -> None:
        """The recogniser does not hear (any more)."""
        order = self._ears.pop(ear, None)
        if order is not None:
            self._failed(order, reason)

    async def stop(self, order: StopListening) -> None:
        self._ears.pop(order.ear, None)
        beginning = self._beginning.get(order.ear)
        if beginning is not None:
            beginning.cancel()
            await asyncio.wait([beginning])
        if self.recogniser is not None:
            self.recogniser.stop(order.ear)
        ear = part(order.ear)
        await asyncio.gather(  # what is gone is gone
            self._ask(order.contact, "DELETE", f"channels/{part(heard_at(order.ear))}"),
            self._ask(order.contact, "DELETE", f"channels/{ear}"),
            self._ask(order.contact, "DELETE", f"bridges/{ear}"),
        )

    async def _begin(self, order: Listen, recogniser: Recogniser) -> None:
        try:
            url = await self._make(order)
            recogniser.hear(order.ear, url, order.language, order.words)
            for channel in (heard_at(order.ear), order.ear):
                await put_in(self._connection, order.contact, order.ear, channel)
        except (RefusedError, SwitchAwayError, ConnectionError, TimeoutError) as problem:
            log.info("a caller is not listened to", contact=order.contact, problem=repr(problem))
            self.give_up(order.ear, str(problem) or type(problem).__name__)

    async def _make(self, order: Listen) -> str:
        """Address of the sound."""
        contact, ear = order.contact, part(order.ear)
        media = {
            "app": APP,
            "channelId": order.ear,
            "external_host": "INCOMING",
            "transport": "websocket",
            "connection_type": "server",
            "encapsulation": "none",
            "format": "slin16",
        }
        snooped = f"channels/{part(order.leg)}/snoop/{part(heard_at(order.ear))}"
        sound, bridged, heard = await asyncio.gather(
            self._ask(contact, "POST", "channels/externalMedia", media),
            self._ask(contact, "POST", f"bridges/{ear}", {"type": "mixing"}),
            self._ask(contact, "POST", snooped, {"spy": "in", "app": APP, "appArgs": "ear"}),
        )
        for reply in (sound, bridged, heard):
            require(reply)
        name = msgspec.json.decode(sound.body, type=_Media).channelvars.get(CONNECTION_ID, "")
        if not name:
            raise RefusedError("the switch names no address of the sound")
        return self._sound_at + name

    def _ask(self, contact: str, method: str, uri: str, query: dict[str, str] | None = None) -> asyncio.Future[Reply]:
        return self._connection.send(contact, method, uri, query)
