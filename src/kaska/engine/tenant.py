"""One tenant's core, running: an event goes in, its facts are journalled, its commands are carried out.

Everything here happens in one event loop, one event after another: that is the single writer. Nothing awaits
between an event and its facts.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import structlog
from prometheus_client import Counter, Histogram

from kaska.core import events
from kaska.core.commands import Command
from kaska.core.contacts.contact import Phase
from kaska.core.core import Core
from kaska.core.events import Event
from kaska.core.facts import Fact
from kaska.core.ports import EngineAway, Refused
from kaska.core.routing.distribution import waits_unserved
from kaska.core.state import IllegalTransition
from kaska.engine.clock import Clock
from kaska.engine.journal import Journal, Record, records

log = structlog.get_logger(__name__)

_events = Counter("kaska_engine_events", "Events handled by the core", ["kind"])
_seconds = Histogram(
    "kaska_engine_event_seconds",
    "Time from an event to its facts and commands",
    buckets=(0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
)
_defects = Counter("kaska_engine_defects", "Events that did not fit the state: each is a defect of ours")

_counters = {kind: _events.labels(kind.__name__) for kind in Event.__args__}
"""looking a label up costs more than counting"""

TIMER_SLACK = 0.001


class CarryOut(Protocol):
    """Where commands go. Must not block and must not tell the engine anything before it returns."""

    def __call__(self, command: Command) -> None: ...


class Watch(Protocol):
    """Hears the facts of every event, in order, and how they were written; ``cursor`` is the number of the last one."""

    def __call__(self, tenant: str, cursor: int, happened: Sequence[Fact], written: Sequence[Record]) -> None: ...


class TenantEngine:
    """The running core of one tenant; an Inbox."""

    def __init__(
        self, tenant: str, core: Core, journal: Journal, clock: Clock, *, carry_out: CarryOut, watch: Watch
    ) -> None:
        self.tenant = tenant
        self.core = core
        self.cursor = journal.last_seq
        self._journal = journal
        self._clock = clock
        self._carry_out = carry_out
        self._watch = watch
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at: float | None = None
        self._stopped = False

    # --- the two doors ---------------------------------------------------------------------------------------------

    def tell(self, event: Event) -> None:
        """An event of the switch or the clock: acted upon at once, on disk a moment later."""
        try:
            happened = self._handle(event)
        except Refused as refusal:
            log.info("refused", kind=type(event).__name__, code=refusal.code)
            return
        if happened:
            written = records(self.tenant, happened)
            self._publish(self._journal.append_records_nowait(written), happened, written)

    async def submit(self, event: Event) -> tuple[Fact, ...]:
        """A person's or a program's event: returns when its facts are on disk. Raises Refused, EngineAway."""
        if self._stopped:
            raise EngineAway
        happened = self._handle(event)
        if happened:
            written = records(self.tenant, happened)
            on_disk = self._journal.append_records(written)
            self._publish(self._journal.last_seq, happened, written)
            await asyncio.shield(on_disk)
        return tuple(happened)

    async def now(self) -> float:
        return self._clock.now()

    def stop(self) -> None:
        """Handle nothing more; whatever lives in the switch goes on without us."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()

    # --- the one way -----------------------------------------------------------------------------------------------

    def _handle(self, event: Event) -> list[Fact]:
        """Facts of the event, with its commands already on their way."""
        at = self._clock.not_before(event.at)
        if at != event.at:
            event = replace(event, at=at)
        began = time.perf_counter()
        try:
            outcomes = self.core.handle(event)
            happened, commands = outcomes.facts, outcomes.commands
        except IllegalTransition as defect:
            # what was written before the defect has happened and stays written: the journal and the state must agree
            _defects.inc()
            log.error("a defect of ours", kind=type(event).__name__, story=str(defect))
            happened, commands = self.core.desk.facts, self.core.desk.commands
        _counters[type(event)].inc()
        for command in commands:
            self._carry_out(command)
        self._arm()
        _seconds.observe(time.perf_counter() - began)
        return happened

    def _publish(self, cursor: int, happened: Sequence[Fact], written: Sequence[Record]) -> None:
        self.cursor = cursor
        self._watch(self.tenant, cursor, happened, written)

    # --- the clock -------------------------------------------------------------------------------------------------

    def _arm(self) -> None:
        due = self.core.next_deadline()
        if due == self._timer_at:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._timer_at = due
        if due is not None and not self._stopped:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(due - self._clock.now(), 0.0) + TIMER_SLACK, self._ring)

    def _ring(self) -> None:
        self._timer = None
        self._timer_at = None
        self.tell(events.TimePassed(self._clock.now()))
        self._arm()

    # --- looking in ------------------------------------------------------------------------------------------------

    def living_legs(self) -> dict[str, str]:
        """leg → contact or call among ourselves, for every leg believed to exist in the switch."""
        state = self.core.state
        of_contacts = {
            leg.id: contact.id for contact in state.contacts.values() for leg in contact.legs.values() if not leg.over
        }
        return of_contacts | {side.leg: talk.id for talk in state.inside.values() for side in talk.legs()}

    def answered_legs(self) -> set[str]:
        state = self.core.state
        of_contacts = {
            leg.id for contact in state.contacts.values() for leg in contact.legs.values() if leg.up and not leg.over
        }
        return of_contacts | {side.leg for talk in state.inside.values() for side in talk.legs() if side.up}

    def joined(self) -> set[str]:
        """Contacts and calls among ourselves whose parties hear each other."""
        state = self.core.state
        talking = {contact.id for contact in state.contacts.values() if contact.phase is Phase.TALKING}
        return talking | {talk.id for talk in state.inside.values() if talk.connected_at}

    def knows(self, contact: str) -> bool:
        """Alive, or ended lately; calls among ourselves too."""
        state = self.core.state
        return contact in state.contacts or contact in state.recent or self.is_inside(contact)

    def is_inside(self, contact: str) -> bool:
        """A call among ourselves, and no contact."""
        return contact in self.core.state.inside or contact in self.core.state.inside_recent

    def has_door(self, endpoint: str) -> bool:
        return any(door.endpoint == endpoint for door in self.core.state.configuration.doors.values())

    def broken_laws(self) -> list[str]:
        """[] always; each entry is a sentence for the log and the health page."""
        return [f"{contact} waits although {agent} is ready" for contact, agent in waits_unserved(self.core.desk)]
