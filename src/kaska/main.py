"""One process of an installation.

``KASKA_ROLES`` says what it does: ``engine`` (decides and talks to the switch), ``jobs`` (keeps the projections,
reconciles), ``web`` (the page and the API). By default one process does all.

After a crash people wait on the line, so what telephones need is imported and started first; the database and the web
follow (kaska.services), which alone take most of the time that a start takes.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import structlog
import uvloop

from kaska.asterisk.voice import VoiceChannel
from kaska.core.facts import ConfigurationApplied, Fact
from kaska.engine.engine import Engine
from kaska.engine.journal import Journal
from kaska.kit.config import Settings
from kaska.kit.logging import configure
from kaska.kit.repeating import keep_running
from kaska.phone_secrets import PhoneSecrets
from kaska.realtime.feed import LiveFeed

if TYPE_CHECKING:
    from kaska.services import BehindTheCalls

log = structlog.get_logger(__name__)

LEGS_COMPARED_SECONDS = 30.0


class Process:
    """Everything that runs in this process; ``run`` returns after SIGTERM or SIGINT, with calls living on."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.journal = Journal(settings.root / "journal.sqlite3")
        self.engine = Engine(self.journal, self._happened)
        self.feed = LiveFeed(self.engine.picture)
        self.secrets = PhoneSecrets(settings)
        self.voice = VoiceChannel(settings, self.engine, self.secrets.all)
        self.engine.carry_out = self.voice.carry_out
        self._stop = asyncio.Event()
        self._background: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        with self._signals():
            tasks = self._start_calls() if "engine" in self.settings.active_roles else []
            behind = await self._behind_the_calls()
            tasks += behind.start()
            await self._stop.wait()
            log.info("stopping: calls live on in the switch")
            await behind.stop_serving()
            await self._wind_down(tasks)
            await behind.close()
            await self.journal.aclose()

    def _start_calls(self) -> list[asyncio.Task[None]]:
        for tenant in self.journal.tenants():
            self.engine.open(tenant)
        return [
            keep_running("voice", self.voice.run),
            keep_running("housekeeping", self.engine.housekeeping),
            keep_running("legs", self._compare_legs),
        ]

    async def _behind_the_calls(self) -> BehindTheCalls:
        def imported() -> type[BehindTheCalls]:
            from kaska.services import BehindTheCalls

            return BehindTheCalls

        return (await asyncio.to_thread(imported))(self)

    async def _wind_down(self, tasks: list[asyncio.Task[None]]) -> None:
        await self.voice.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.engine.stop()

    # --- what the engine tells -------------------------------------------------------------------------------------

    def _happened(self, tenant: str, cursor: int, happened: Sequence[Fact]) -> None:
        self.feed.publish(tenant, cursor, happened)
        if any(isinstance(fact, ConfigurationApplied) for fact in happened):
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

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)


def main(environment: Mapping[str, str] | None = None) -> None:
    try:
        settings = Settings()
        _ = settings.active_roles
    except ValueError as error:
        sys.stderr.write(f"The settings cannot be used: {error}\n")
        raise SystemExit(2) from error
    configure(settings.log_level)

    async def live() -> None:
        await Process(settings).run()

    uvloop.run(live())


if __name__ == "__main__":
    main()
