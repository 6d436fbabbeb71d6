"""What stands behind the calls: the database, the books, the page. Slower to start than telephones may wait."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import structlog
import uvicorn

from kaska.features.calls.projection import CallsProjection
from kaska.features.debts.projection import DebtsProjection
from kaska.features.identity.public import Doors
from kaska.features.publishing import public as publishing
from kaska.health import Health
from kaska.host import postgres
from kaska.kit.database import Database
from kaska.kit.repeating import keep_running
from kaska.ledger.projector import Projector
from kaska.ledger.shipper import Shipper
from kaska.web import Services, create_app
from kaska.witnessing import Witnessing

if TYPE_CHECKING:
    from kaska.main import Process

log = structlog.get_logger(__name__)

CONFIGURATION_POLL_SECONDS = 5.0
LAST_SHIPMENT_SECONDS = 3.0


class BehindTheCalls:
    def __init__(self, process: Process) -> None:
        self.process = process
        self.settings = process.settings
        self.database = Database(postgres.urls(self.settings).app)
        self.projector = Projector(self.database, [CallsProjection(), DebtsProjection()], self.tenants)
        self.shipper = Shipper(process.journal, self.database, self.projector.wake)
        self.witnessing = Witnessing(self.settings, self.database, process.engine, process.journal)
        self.health = Health(self)
        self._server: uvicorn.Server | None = None
        self._serving: asyncio.Task[None] | None = None
        process.secrets.ask = self._device_secrets

    async def tenants(self) -> list[str]:
        """All tenants; those that the journal knows while the database is away."""
        try:
            async with self.database.system() as connection:
                return await Doors(connection).tenant_ids()
        except Exception:
            return self.process.journal.tenants()

    def start(self) -> list[asyncio.Task[None]]:
        roles = self.settings.active_roles
        tasks = []
        if "engine" in roles:
            tasks.append(keep_running("configuration", self._follow_configuration))
            tasks.append(keep_running("shipping", self.shipper.run))
        if "jobs" in roles:
            tasks.append(keep_running("projections", self.projector.run))
            tasks.append(keep_running("witnesses", self.witnessing.run))
        if "web" in roles:
            self._server = self._web()
            self._serving = asyncio.create_task(self._server.serve(), name="web")
            tasks.append(self._serving)
        return tasks

    async def stop_serving(self) -> None:
        """Let the browsers go; they come back by themselves when somebody serves again."""
        self.process.feed.close()
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await asyncio.wait([self._serving], timeout=5)

    async def close(self) -> None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(LAST_SHIPMENT_SECONDS):
                await self.shipper.ship_all()
        await self.database.close()

    async def _device_secrets(self) -> dict[str, str]:
        found: dict[str, str] = {}
        async with self.database.system() as connection:
            tenants = await Doors(connection).tenant_ids()
        for tenant in tenants:
            found |= await publishing.device_secrets(self.database, tenant)
        return found

    async def _follow_configuration(self) -> None:
        """Take what was published while we were away, and new tenants, as soon as the database can tell."""
        phones_told = False
        while True:
            for tenant in await self.tenants():
                self.process.engine.open(tenant)
                with contextlib.suppress(OSError, TimeoutError):
                    configuration = await publishing.latest(self.database, tenant)
                    if configuration is not None:
                        self.process.engine.publish(configuration)
                        if not phones_told and self.process.voice.is_connected:
                            await self.process.voice.provision_again()  # the switch was met without the database
                            phones_told = True
            await asyncio.sleep(CONFIGURATION_POLL_SECONDS)

    def _web(self) -> uvicorn.Server:
        services = Services(
            settings=self.settings,
            database=self.database,
            feed=self.process.feed,
            inboxes=self.process.engine.inbox,
            health=self.health.parts,
        )
        return _Server(
            uvicorn.Config(
                create_app(services),
                host=self.settings.web_host,
                port=self.settings.web_port,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=3,
                ws_ping_interval=20,
                ws_ping_timeout=20,
            )
        )


class _Server(uvicorn.Server):
    """Signals are the process's business, not the web server's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
