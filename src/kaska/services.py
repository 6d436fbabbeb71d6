"""What stands behind the calls: the database, the books, the page. Slower to start than telephones may wait."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog
import uvicorn
from prometheus_client import generate_latest
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska import web
from kaska.asterisk.endpoints import line_states
from kaska.asterisk.places import Places
from kaska.core.ports import EngineAway, Inbox
from kaska.core.state import State
from kaska.engine.remote import RemoteEngine
from kaska.features.alerts.public import Alerting
from kaska.features.audits.public import Tidying
from kaska.features.calls.projection import CallsProjection
from kaska.features.customers.public import CustomersProjection
from kaska.features.debts.projection import DebtsProjection
from kaska.features.identity.public import Doors
from kaska.features.inside.public import InsideProjection
from kaska.features.letters.public import Letters
from kaska.features.lookups.public import source_keys
from kaska.features.outgoing.public import OutgoingProjection
from kaska.features.prompts.public import DictatedProjection, Dictations
from kaska.features.publishing import public as publishing
from kaska.features.reports.public import ReportsProjection
from kaska.features.retention.public import Deleting
from kaska.features.supervision.public import ShiftsProjection
from kaska.features.surveys.public import SurveysProjection
from kaska.features.voicemail.public import MessageLetters
from kaska.features.webhooks.public import Event, Posting, WebhooksProjection, tell
from kaska.health import Health
from kaska.host import postgres
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.kit.metrics import merged
from kaska.kit.repeating import keep_running
from kaska.ledger.listening import listen
from kaska.ledger.projector import Projector
from kaska.ledger.shipper import Shipper
from kaska.ledger.watch import Watch
from kaska.realtime.feed import LiveFeed
from kaska.telephony import Telephony
from kaska.witnessing import Witnessing

log = structlog.get_logger(__name__)

PROJECTIONS = (
    CallsProjection(),
    DebtsProjection(),
    CustomersProjection(),
    ReportsProjection(),
    ShiftsProjection(),
    WebhooksProjection(),
    OutgoingProjection(),
    InsideProjection(),
    SurveysProjection(),
    DictatedProjection(),
)
CONFIGURATION_POLL_SECONDS = 5.0
LAST_SHIPMENT_SECONDS = 3.0


class Services:
    """``telephony`` is None in a process without the engine."""

    def __init__(self, settings: Settings, telephony: Telephony | None) -> None:
        self.settings = settings
        self.telephony = telephony
        self.database = Database(postgres.urls(settings).app)
        self.projector = Projector(self.database, PROJECTIONS, self.tenants)
        self.watch = Watch(self.database, self.tenants)
        self.tidying = Tidying(self.database, settings, self.tenants)
        self.books: Books | None = Books(self, telephony) if telephony is not None else None
        self.remote: RemoteEngine | None = None
        self.health = Health(self)
        if telephony is not None:
            telephony.door.tellers |= {"health": self.health.told, "metrics": lambda: generate_latest().decode()}
        self._web: uvicorn.Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def tenants(self) -> list[str]:
        """All tenants; those that the journal knows while the database is away."""
        try:
            async with self.database.system() as connection:
                return await Doors(connection).tenant_ids()
        except Exception:
            return self.telephony.journal.tenants() if self.telephony is not None else []

    def start(self) -> None:
        roles = self.settings.active_roles
        if self.books is not None:
            self._tasks += self.books.start()
        if "jobs" in roles:
            self._tasks.append(keep_running("projections", self.projector.run))
            self._tasks.append(keep_running("laws and seals", self.watch.run))
            posting = Posting(self.settings, self.database, self.tenants)
            self._tasks.append(keep_running("webhooks", posting.run))
            self._tasks.append(keep_running("audits' files", self.tidying.run))
            letters = Letters(self.settings, self.database, self.tenants)
            self._tasks.append(keep_running("letters", letters.run))
            messages = MessageLetters(self.settings, self.database, self.tenants)
            self._tasks.append(keep_running("messages by mail", messages.run))
            spoken = Dictations(self.settings, self.database, self.tenants, Places.of(self.settings).messages)
            self._tasks.append(keep_running("prompts by telephone", spoken.run))
            if self.books is None:
                self._tasks.append(keep_running("ledger", lambda: listen(self.database, self.projector.wake)))
        if "web" in roles or "jobs" in roles:
            self._feed, inboxes = self._engine()
        if "jobs" in roles:
            deleting = Deleting(self.settings, self.database, self.tenants, inboxes)
            self._tasks.append(keep_running("keeping recordings", deleting.run))
            alerting = Alerting(self.settings, self.database, self._pictured, self._picture, also_tell=_tell_alert)
            self._tasks.append(keep_running("alerts", alerting.run))
        if "web" in roles:
            self._web = self._server(self._feed, inboxes)
            self._serving = asyncio.create_task(self._web.serve(), name="web")
            self._tasks.append(self._serving)

    def _pictured(self) -> list[str]:
        return self._feed.tenants() if self.telephony is None else self.telephony.journal.tenants()

    def _picture(self, tenant: str) -> tuple[int, State] | None:
        """The engine's state, here or as it was told; None while nobody tells it, as what was told last is over."""
        if self.telephony is not None:
            return self.telephony.engine.picture(tenant)
        return self._feed.picture(tenant) if self.remote is not None and self.remote.is_connected else None

    def _engine(self) -> tuple[LiveFeed, Callable[[str], Inbox | None]]:
        if self.telephony is not None:
            return self.telephony.feed, self.telephony.engine.inbox
        feed = LiveFeed()
        self.remote = RemoteEngine(self.settings.engine_door, feed, self.tenants)
        self._tasks.append(keep_running("engine's door", self.remote.run))
        return feed, self.remote.inbox

    async def stop_serving(self) -> None:
        """Let the browsers go; they come back by themselves when somebody serves again."""
        if self._web is not None and self._serving is not None:
            self._feed.close()
            self._web.should_exit = True
            await asyncio.wait([self._serving], timeout=5)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.books is not None:
            await self.books.ship_the_rest()
        await self.database.close()

    async def _metrics(self) -> bytes:
        """What was counted here, and by the engine when it runs elsewhere and answers."""
        if self.remote is None:
            return generate_latest()
        try:
            return merged(generate_latest().decode(), await self.remote.inquire("metrics"))
        except EngineAway:
            return generate_latest()

    def _server(self, feed: LiveFeed, inboxes: Callable[[str], Inbox | None]) -> uvicorn.Server:
        application = web.create_app(
            web.Services(
                settings=self.settings,
                database=self.database,
                feed=feed,
                inboxes=inboxes,
                health=self.health.parts,
                metrics=self._metrics,
                line_states=partial(line_states, self.settings),
                lease_seconds=self.settings.page_lease,
            )
        )
        return _Server(
            uvicorn.Config(
                application,
                host=self.settings.web_host,
                port=self.settings.web_port,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=3,
                ws_ping_interval=20,
                ws_ping_timeout=20,
                # a change is some hundred bytes, told to many: deflating it for each watcher costs more than it saves
                ws_per_message_deflate=False,
            )
        )


class Books:
    """Between the engine's journal and the database: configuration in, facts out, witnesses compared."""

    def __init__(self, services: Services, telephony: Telephony) -> None:
        self._services = services
        self._database = services.database
        self._telephony = telephony
        self.shipper = Shipper(telephony.journal, services.database, services.projector.wake)
        self.witnessing = Witnessing(services.settings, services.database, telephony.engine, telephony.journal)
        telephony.secrets.ask = self._device_secrets
        telephony.source_keys.ask = self._source_keys

    def start(self) -> list[asyncio.Task[None]]:
        return [
            keep_running("configuration", self._follow_configuration),
            keep_running("shipping", self.shipper.run),
            keep_running("witnesses", self.witnessing.run),
        ]

    async def ship_the_rest(self) -> None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(LAST_SHIPMENT_SECONDS):
                await self.shipper.ship_all()

    async def _device_secrets(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for tenant in await self._tenants():
            found |= await publishing.device_secrets(self._database, tenant)
        return found

    async def _source_keys(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for tenant in await self._tenants():
            async with self._database.tenant(tenant) as connection:
                found |= await source_keys(connection, tenant)
        return found

    async def _tenants(self) -> list[str]:
        async with self._database.system() as connection:
            return await Doors(connection).tenant_ids()

    async def _follow_configuration(self) -> None:
        """Take what was published while we were away, and new tenants, as soon as the database can tell."""
        engine, voice = self._telephony.engine, self._telephony.voice
        phones_told = False
        while True:
            for tenant in await self._services.tenants():
                engine.open(tenant)
                with contextlib.suppress(OSError, TimeoutError):
                    configuration = await publishing.latest(self._database, tenant)
                    if configuration is not None:
                        engine.publish(configuration)
                        if not phones_told and voice.is_connected:
                            await voice.provision_again()  # the switch was met without the database
                            phones_told = True
            await asyncio.sleep(CONFIGURATION_POLL_SECONDS)


async def _tell_alert(
    connection: AsyncConnection, tenant: str, what: str, at: datetime, document: Mapping[str, Any]
) -> None:
    await tell(connection, tenant, Event(f"alert.{what}"), at, document)


class _Server(uvicorn.Server):
    """Signals are the process's business, not the web server's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
