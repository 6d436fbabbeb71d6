"""All tenants' running cores of this process, and the way from a channel's signal to the right one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from kaska.core.commands import Command
from kaska.core.configuration import Configuration
from kaska.core.events import (
    ConfigurationPublished,
    ContactArrived,
    ContactWitnessed,
    DeviceReached,
    Event,
    PhoneDialled,
    SwitchResynced,
)
from kaska.core.ports import Inbox
from kaska.core.state import State
from kaska.engine.clock import Clock
from kaska.engine.journal import Journal
from kaska.engine.recovery import Memory, recover
from kaska.engine.tenant import CarryOut, TenantEngine, Watch

log = structlog.get_logger(__name__)

HOUSEKEEPING_SECONDS = 30.0
SWITCH_KEY = "switch_startup_time"


def _nobody(command: Command) -> None:
    log.warning("a command before any channel was there", kind=type(command).__name__)


class Engine:
    """Made before the channels: ``carry_out`` is set by whoever composes the process."""

    def __init__(self, journal: Journal, watch: Watch) -> None:
        self.clock = Clock()
        self.carry_out: CarryOut = _nobody
        self._journal = journal
        self._watch = watch
        self._tenants: dict[str, TenantEngine] = {}
        self._memories: dict[str, Memory] = {}

    # --- tenants ---------------------------------------------------------------------------------------------------

    def open(self, tenant: str) -> TenantEngine:
        """The tenant's engine, recovered from the journal the first time."""
        found = self._tenants.get(tenant)
        if found is None:
            found = TenantEngine(
                tenant,
                recover(self._journal, tenant),
                self._journal,
                self.clock,
                carry_out=lambda command: self.carry_out(command),
                watch=self._watch,
            )
            self._tenants[tenant] = found
            self._memories[tenant] = Memory(self._journal, found)
        return found

    def inbox(self, tenant: str) -> Inbox | None:
        return self._tenants.get(tenant)

    def picture(self, tenant: str) -> tuple[int, State] | None:
        """(cursor, state) for the live feed."""
        found = self._tenants.get(tenant)
        return (found.cursor, found.core.state) if found is not None else None

    def all(self) -> Sequence[TenantEngine]:
        return list(self._tenants.values())

    def publish(self, configuration: Configuration) -> None:
        """Take a configuration that is newer than the one in force."""
        tenant = self.open(configuration.tenant)
        if configuration.version > tenant.core.state.configuration.version:
            tenant.tell(ConfigurationPublished(self.clock.now(), configuration))

    def configurations(self) -> list[Configuration]:
        return [tenant.core.state.configuration for tenant in self._tenants.values()]

    # --- what a channel asks of those who believe it (asterisk.voice.Believer) ---------------------------------------

    def now(self) -> float:
        return self.clock.now()

    def resynced(self, event: SwitchResynced) -> None:
        for tenant in self.all():
            tenant.tell(event)

    def recall_switch(self) -> str:
        """Start time of the switch whose legs we know; "" when none was ever heard of."""
        return self._journal.recall(SWITCH_KEY) or ""

    def remember_switch(self, startup_time: str) -> None:
        if startup_time != self.recall_switch():
            self._journal.remember_nowait(SWITCH_KEY, startup_time)

    # --- the way of a signal ---------------------------------------------------------------------------------------

    def of_contact(self, contact: str) -> TenantEngine | None:
        """Whose contact this is (alive, or ended lately)."""
        for tenant in self._tenants.values():
            if tenant.knows(contact):
                return tenant
        return None

    def of_trunk(self, trunk: str) -> TenantEngine | None:
        """Whose trunk this is; with a single tenant everything is his, so that no call is lost to a wrong name."""
        for tenant in self._tenants.values():
            if trunk in tenant.core.state.configuration.trunks:
                return tenant
        return next(iter(self._tenants.values())) if len(self._tenants) == 1 else None

    def of_endpoint(self, endpoint: str) -> TenantEngine | None:
        """Names of agents' telephones begin with their tenant's; a door is whose configuration has it."""
        if endpoint.endswith("-door"):
            return next((one for one in self._tenants.values() if one.has_door(endpoint)), None)
        return self._tenants.get(endpoint.rsplit("-web", 1)[0].rsplit("-", 1)[0])

    def living_legs(self) -> dict[str, str]:
        return {leg: contact for tenant in self._tenants.values() for leg, contact in tenant.living_legs().items()}

    def answered_legs(self) -> set[str]:
        return {leg for tenant in self._tenants.values() for leg in tenant.answered_legs()}

    def joined_contacts(self) -> set[str]:
        return {contact for tenant in self._tenants.values() for contact in tenant.joined()}

    def known_contacts(self) -> set[str]:
        """Alive, or ended lately."""
        states = [tenant.core.state for tenant in self._tenants.values()]
        return {one for has in states for one in (*has.contacts, *has.recent, *has.inside, *has.inside_recent)}

    def is_inside(self, contact: str) -> bool:
        """A call among ourselves, alive or ended lately: it is no contact."""
        return any(tenant.is_inside(contact) for tenant in self._tenants.values())

    def devices(self) -> dict[str, bool]:
        return {name: on for tenant in self._tenants.values() for name, on in tenant.core.state.devices.items()}

    def tell(self, event: Event) -> bool:
        """An event of a channel, to the tenant whom it concerns; False when it concerns nobody known."""
        if isinstance(event, (ContactArrived, ContactWitnessed)):
            tenant = self.of_contact(event.contact) or self.of_trunk(event.trunk)
        elif isinstance(event, (DeviceReached, PhoneDialled)):
            tenant = self.of_endpoint(event.endpoint)
        else:
            tenant = self.of_contact(getattr(event, "contact", ""))
        if tenant is None:
            log.warning("an event of nobody", kind=type(event).__name__, contact=getattr(event, "contact", ""))
            return False
        tenant.tell(event)
        return True

    # --- life ------------------------------------------------------------------------------------------------------

    async def housekeeping(self) -> None:
        """Runs until cancelled: snapshots, and the laws looked at while real calls happen."""
        while True:
            await asyncio.sleep(HOUSEKEEPING_SECONDS)
            for tenant in self.all():
                for sentence in tenant.broken_laws():
                    log.error("a law is broken", tenant=tenant.tenant, law=sentence)
                try:
                    await self._memories[tenant.tenant].keep()
                except Exception:
                    log.exception("no snapshot this time", tenant=tenant.tenant)

    async def stop(self) -> None:
        """Stop deciding and keep what was decided; calls in the switch live on."""
        for tenant in self.all():
            tenant.stop()
            await self._memories[tenant.tenant].keep(now=True)
