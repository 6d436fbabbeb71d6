"""The engine with its journal and the voice channel: what must run for calls to be decided."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

import structlog

from kaska.asterisk.voice import VoiceChannel
from kaska.core.commands import Command, LookUp
from kaska.core.facts import ConfigurationApplied, Fact
from kaska.engine.door import Door
from kaska.engine.engine import Engine
from kaska.engine.journal import Journal, Record
from kaska.features.lookups.carrying import Lookups
from kaska.kit.config import Settings
from kaska.kit.repeating import keep_running
from kaska.realtime.feed import LiveFeed
from kaska.secrets_beside import SecretsBeside
from kaska.speech.link import SpeechLink

log = structlog.get_logger(__name__)

LEGS_COMPARED_SECONDS = 30.0


class Telephony:
    """Needs no database. ``feed`` is told everything that happens."""

    def __init__(self, settings: Settings) -> None:
        self.journal = Journal(settings.root / "journal.sqlite3")
        self.engine = Engine(self.journal, self._happened)
        self.feed = LiveFeed(self.engine.picture)
        self.door = Door(self.engine, settings.engine_door)
        self.secrets = SecretsBeside(settings, "phones")
        """endpoint → password"""
        self.source_keys = SecretsBeside(settings, "sources")
        """see lookups.public.key_of"""
        self.voice = VoiceChannel(settings, self.engine, self.secrets.all)
        self.lookups = Lookups(self.source_keys.all, self.engine.tell)
        self.speech = SpeechLink(settings.speech_socket, self.voice.heard, self.voice.deaf) if settings.speech else None
        if self.speech is not None:
            self.voice.listen_with(self.speech)
        self.engine.carry_out = self._carry_out
        self._background: set[asyncio.Task[None]] = set()

    def start(self) -> list[asyncio.Task[None]]:
        for tenant in self.journal.tenants():
            self.engine.open(tenant)
        speech = [keep_running("speech", self.speech.run)] if self.speech is not None else []
        return [
            *speech,
            keep_running("voice", self.voice.run),
            keep_running("door", self.door.run),
            keep_running("housekeeping", self.engine.housekeeping),
            keep_running("legs", self._compare_legs),
        ]

    async def stop(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        """Decide nothing more; calls live on in the switch."""
        await self.voice.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.engine.stop()

    def _carry_out(self, command: Command) -> None:
        if isinstance(command, LookUp):
            tenant = self.engine.of_contact(command.contact)
            sources = tenant.core.state.configuration.sources if tenant is not None else {}
            self.lookups.submit(command, sources.get(command.source), tenant.tenant if tenant is not None else "")
        else:
            self.voice.carry_out(command)

    def _happened(self, tenant: str, cursor: int, happened: Sequence[Fact], written: Sequence[Record]) -> None:
        self.feed.publish(tenant, cursor, happened)
        self.door.tell(tenant, cursor, written)
        if ConfigurationApplied in map(type, happened):
            self._later(self.voice.provision_again())

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        async def logged() -> None:
            try:
                await work
            except Exception:
                log.exception("the switch was not told of the new configuration")

        task = asyncio.get_running_loop().create_task(logged())
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _compare_legs(self) -> None:
        while True:
            await asyncio.sleep(LEGS_COMPARED_SECONDS)
            await self.voice.compare_now()
