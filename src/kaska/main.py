"""One process of an installation: the only place that knows everything.

``KASKA_ROLES`` says what it does: ``engine`` (decides and talks to the switch), ``jobs`` (ships the journal, keeps the
projections, reconciles), ``web`` (the page and the API). By default one process does all.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from typing import Any

import structlog
import uvicorn
import uvloop

from kaska.asterisk.voice import VoiceChannel
from kaska.core.facts import ConfigurationApplied, Fact
from kaska.engine.engine import Engine
from kaska.engine.journal import Journal
from kaska.features.calls.projection import CallsProjection
from kaska.features.debts.projection import DebtsProjection
from kaska.features.identity.public import Doors
from kaska.features.publishing import public as publishing
from kaska.health import Health
from kaska.host import postgres
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.kit.logging import configure
from kaska.ledger.projector import Projector
from kaska.ledger.shipper import Shipper
from kaska.phone_secrets import PhoneSecrets
from kaska.realtime.feed import LiveFeed
from kaska.web import Services, create_app
from kaska.witnessing import Witnessing

log = structlog.get_logger(__name__)

CONFIGURATION_POLL_SECONDS = 5.0
LEGS_COMPARED_SECONDS = 30.0


class Process:
    """Everything that runs in this process; ``run`` returns after SIGTERM or SIGINT, with calls living on."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(postgres.urls(settings).app)
        self.journal = Journal(settings.root / "journal.sqlite3")
        self.feed = LiveFeed(self._picture)
        self.engine = Engine(self.journal, self._happened)
        self.secrets = PhoneSecrets(settings, self.database, self.tenants)
        self.voice = VoiceChannel(settings, self.engine, self.secrets.all)
        self.engine.carry_out = self.voice.carry_out
        self.projector = Projector(self.database, [CallsProjection(), DebtsProjection()], self.tenants)
        self.shipper = Shipper(self.journal, self.database, self.projector.wake)
        self.witnessing = Witnessing(settings, self.database, self.engine, self.journal)
        self.health = Health(self)
        self._stop = asyncio.Event()
        self._background: set[asyncio.Task[None]] = set()

    # --- composing -------------------------------------------------------------------------------------------------

    def _picture(self, tenant: str) -> Any:
        return self.engine.picture(tenant)

    def _happened(self, tenant: str, cursor: int, happened: Sequence[Fact]) -> None:
        self.feed.publish(tenant, cursor, happened)
        if any(isinstance(fact, ConfigurationApplied) for fact in happened):
            self._later(self.voice.provision_again())

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(_logged("after a publishing", work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def tenants(self) -> list[str]:
        """All tenants; those that the journal knows while the database is away."""
        try:
            async with self.database.system() as connection:
                return await Doors(connection).tenant_ids()
        except Exception:
            return self.journal.tenants()

    # --- running ---------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        for tenant in await self.tenants():
            self.engine.open(tenant)
        with self._signals():
            tasks = [asyncio.create_task(_forever(name, work), name=name) for name, work in self._work()]
            server = self._server() if "web" in self.settings.active_roles else None
            serving = asyncio.create_task(server.serve(), name="web") if server is not None else None
            await self._stop.wait()
            log.info("stopping: calls live on in the switch")
            if server is not None and serving is not None:
                self.feed.close()
                server.should_exit = True
                await asyncio.wait([serving], timeout=5)
            await self._wind_down(tasks)

    def _work(self) -> Iterator[tuple[str, Callable[[], Coroutine[Any, Any, None]]]]:
        roles = self.settings.active_roles
        if "engine" in roles:
            yield "configuration", self._follow_configuration
            yield "voice", self.voice.run
            yield "housekeeping", self.engine.housekeeping
            yield "legs", self._compare_legs
            yield "shipping", self.shipper.run
        if "jobs" in roles:
            yield "projections", self.projector.run
            yield "witnesses", self.witnessing.run

    async def _wind_down(self, tasks: list[asyncio.Task[None]]) -> None:
        await self.voice.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.engine.stop()
        with contextlib.suppress(Exception):
            async with asyncio.timeout(3):
                await self.shipper.ship_all()
        await self.journal.aclose()
        await self.database.close()

    def _server(self) -> uvicorn.Server:
        services = Services(
            settings=self.settings,
            database=self.database,
            feed=self.feed,
            inboxes=self.engine.inbox,
            health=self.health.parts,
        )
        config = uvicorn.Config(
            create_app(services),
            host=self.settings.web_host,
            port=self.settings.web_port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=3,
            ws_ping_interval=20,
            ws_ping_timeout=20,
        )
        return _Server(config)

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

    async def _follow_configuration(self) -> None:
        """Take what was published while we were away, and new tenants, as soon as the database can tell."""
        while True:
            for tenant in await self.tenants():
                self.engine.open(tenant)
                with contextlib.suppress(OSError, TimeoutError):
                    configuration = await publishing.latest(self.database, tenant)
                    if configuration is not None:
                        self.engine.publish(configuration)
            await asyncio.sleep(CONFIGURATION_POLL_SECONDS)

    async def _compare_legs(self) -> None:
        while True:
            await asyncio.sleep(LEGS_COMPARED_SECONDS)
            await self.voice.compare_now()


class _Server(uvicorn.Server):
    """Signals are the process's business, not the web server's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _logged(name: str, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("failed", work=name)


async def _forever(name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """One defect must not end a role: it is logged and the work begins again."""
    while True:
        try:
            await work()
        except Exception as problem:
            log.warning("work interrupted", work=name, problem=repr(problem), exc_info=not _is_remote(problem))
        await asyncio.sleep(1.0)


def _is_remote(problem: BaseException) -> bool:
    return isinstance(problem, (OSError, TimeoutError))


def _environment_problem(error: Exception) -> str:
    return f"The settings cannot be used: {error}"


def main(environment: Mapping[str, str] | None = None) -> None:
    try:
        settings = Settings()
        _ = settings.active_roles
    except ValueError as error:
        sys.stderr.write(_environment_problem(error) + "\n")
        raise SystemExit(2) from error
    configure(settings.log_level)

    async def live() -> None:
        await Process(settings).run()

    uvloop.run(live())


if __name__ == "__main__":
    main()
