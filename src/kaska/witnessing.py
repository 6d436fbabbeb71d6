"""What the switch wrote down about its calls is read every few seconds, and held against what we know once a minute.

A call that nobody here heard of (the application was away, the caller hung up too early) becomes a contact; the rest
is compared in the database, and every difference is listed. Conversations whose recording nobody made ready, because
we were away at their end, are made ready.

Read in small pieces: what a busy minute's records take at once, the process that decides calls would keep for ever.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import msgspec
import structlog
from prometheus_client import Counter

from kaska.asterisk import cdr, recordings
from kaska.asterisk.cdr import CdrWitness
from kaska.asterisk.counters import LiveChannel
from kaska.asterisk.records import Position
from kaska.asterisk.signals import moment
from kaska.asterisk.witness import SwitchRecord, Witness, as_contact_witnessed
from kaska.engine.engine import Engine
from kaska.engine.journal import Journal
from kaska.features.calls.public import briefs, talked_unrecorded
from kaska.features.reconciliation.public import (
    CdrCall,
    Examined,
    SwitchCall,
    compare,
    record,
    record_cdr,
    record_count,
    slice_of,
)
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.switch_counting import Counting, Judged

log = structlog.get_logger(__name__)

FIRST_AFTER_SECONDS = 3.0
READ_EVERY_SECONDS = 5.0
SETTLED_SECONDS = 5.0
"""a call that ended less than this ago may still be on its way to us"""
COMPARED_HOURS = 2.0
POSITION_KEY = "witness_position"
CDR_POSITION_KEY = "witness_cdr_position"

_witnessed = Counter("kaska_witnessed_contacts", "Contacts that only the switch's records knew")


class Witnessing:
    """``problem`` and ``summary`` are for /health."""

    def __init__(self, settings: Settings, database: Database, engine: Engine, journal: Journal) -> None:
        self._settings = settings
        self._database = database
        self._engine = engine
        self._journal = journal
        self._witness = Witness(settings, self._recall(POSITION_KEY))
        self._cdr_witness = CdrWitness(settings, self._recall(CDR_POSITION_KEY))
        self._counting = Counting(settings, journal)
        self._read: list[tuple[Position, SwitchRecord]] = []
        """(from where a new witness has to read to be told of it, what the switch told), not yet in the database"""
        self._read_cdr: list[cdr.CdrCall] = []
        """the same of its further account"""
        self._cdr_alone: dict[str, tuple[float, cdr.CdrCall]] = {}
        """contact → (since when, what CDR tells) of calls that nobody else has told of yet"""
        self._examined: dict[str, Examined] = {}
        """tenant → what was compared and need not be read again"""
        self.problem = ""
        self.summary = "not compared yet"

    async def run(self) -> None:
        await asyncio.sleep(FIRST_AFTER_SECONDS)
        every = self._settings.compare_every
        compare_at = time.monotonic()
        while True:
            due = time.monotonic() >= compare_at
            try:
                await self.read_on()
                if due:
                    await self.compare()
                    compare_at = time.monotonic() + every
                    self.problem = ""
            except Exception as problem:
                if not self.problem:
                    log.warning("the books cannot be compared now", problem=repr(problem))
                self.problem = repr(problem)
            if due:
                await self._finish_recordings()
            await asyncio.sleep(min(READ_EVERY_SECONDS, every))

    async def read_on(self) -> None:
        """Write down what the switch tells, and take in what nobody knew. Raises when the database is away; nothing is
        forgotten then."""
        started = moment(self._engine.recall_switch())
        read_cdr = await asyncio.to_thread(self._cdr_witness.read)  # first: its calls are in CEL by then
        position = self._witness.position
        read = await asyncio.to_thread(self._witness.read, started)
        # a colleague at another site comes by a line, too: that is no contact, and no book has it
        self._read_cdr += [call for call in read_cdr if not self._engine.is_inside(call.contact)]
        self._read += [(position, call) for call in read if not self._engine.is_inside(call.contact)]
        settled = [call for _, call in self._read if call.ended_at < time.time() - SETTLED_SECONDS]
        await self._take_in_cdr()
        for tenant, calls in groupby(sorted(settled, key=self._tenant_of), key=self._tenant_of):
            await self._take_in(tenant, list(calls))
        taken = {id(one) for one in settled}
        self._read = [one for one in self._read if id(one[1]) not in taken]
        self._remember(POSITION_KEY, self._read[0][0] if self._read else self._witness.position)
        if not self._cdr_alone:
            self._remember(CDR_POSITION_KEY, self._cdr_witness.position)

    async def compare(self) -> None:
        """Hold all books and the switch's own counts against each other. Raises when the database is away."""
        started = moment(self._engine.recall_switch())
        judged = await self._counting.look(started, time.time() - SETTLED_SECONDS) if started else None
        opened = 0
        for tenant in self._engine.all():
            opened += await self._compare(tenant.tenant, judged)
        if judged is not None:
            self._counting.remember()
        self.summary = f"{opened} differences open"

    def _recall(self, key: str) -> Position | None:
        remembered = self._journal.recall(key)
        return msgspec.json.decode(remembered, type=Position) if remembered else None

    def _remember(self, key: str, position: Position) -> None:
        self._journal.remember_nowait(key, msgspec.json.encode(asdict(position)).decode())

    async def _take_in_cdr(self) -> None:
        """Write down what CDR tells; what CDR alone tells of becomes a contact when CEL has had its time."""
        told_by_cel = {call.contact for _, call in self._read}
        for tenant, calls in groupby(sorted(self._read_cdr, key=self._tenant_of), key=self._tenant_of):
            read = list(calls)
            if tenant:
                self._look_again(tenant, read)
                async with self._database.tenant(tenant) as connection:
                    await record_cdr(connection, tenant, [_as_cdr_call(call) for call in read])
            for call in read:
                if call.contact not in told_by_cel and self._engine.of_contact(call.contact) is None:
                    self._cdr_alone.setdefault(call.contact, (time.monotonic(), call))
        self._read_cdr = []
        for contact in told_by_cel & self._cdr_alone.keys():
            del self._cdr_alone[contact]
        patience = time.monotonic() - SETTLED_SECONDS
        due = [call for since, call in self._cdr_alone.values() if since <= patience]
        for tenant, calls in groupby(sorted(due, key=self._tenant_of), key=self._tenant_of):
            await self._take_in_alone(tenant, list(calls))

    async def _take_in_alone(self, tenant: str, calls: Sequence[cdr.CdrCall]) -> None:
        if not tenant:
            log.error("calls of trunks that belong to nobody", contacts=[call.contact for call in calls])
            for call in calls:
                del self._cdr_alone[call.contact]
            return
        async with self._database.tenant(tenant) as connection:
            in_ledger = await briefs(connection, tenant, [call.contact for call in calls])
        for call in calls:
            if call.contact not in in_ledger and self._engine.of_contact(call.contact) is None:
                _witnessed.inc()
                log.info("a contact that only the switch's CDR knew", contact=call.contact)
                told = await asyncio.to_thread(cdr.as_record, self._settings, call)
                self._engine.tell(as_contact_witnessed(told, self._engine.now()))
            del self._cdr_alone[call.contact]

    def _tenant_of(self, call: SwitchRecord | cdr.CdrCall | LiveChannel) -> str:
        contact = call.id if isinstance(call, LiveChannel) else call.contact
        found = self._engine.of_contact(contact) or self._engine.of_trunk(call.trunk)
        return found.tenant if found is not None else ""

    def _is_contact_of(self, line: LiveChannel, tenant: str) -> bool:
        return self._tenant_of(line) == tenant and not self._engine.is_inside(line.id)

    async def _take_in(self, tenant: str, calls: Sequence[SwitchRecord]) -> None:
        """Write down what CEL tells; what nobody here knows of becomes a contact."""
        if not tenant:
            log.error("calls of trunks that belong to nobody", contacts=[call.contact for call in calls])
            return
        self._look_again(tenant, calls)
        async with self._database.tenant(tenant) as connection:
            unknown = [call for call in calls if self._engine.of_contact(call.contact) is None]
            in_ledger = await briefs(connection, tenant, [call.contact for call in unknown])
            for call in unknown:
                if call.contact not in in_ledger:
                    _witnessed.inc()
                    log.info("a contact that only the switch knew", contact=call.contact)
                    self._engine.tell(as_contact_witnessed(call, self._engine.now()))
            await record(connection, tenant, [_as_switch_call(call) for call in calls])

    async def _compare(self, tenant: str, judged: Judged | None) -> int:
        """Returns how many differences are open."""
        now = datetime.now(UTC)
        async with self._database.tenant(tenant) as connection:
            if judged is not None:
                await record_count(connection, tenant, judged.count)
            found = await compare(
                connection,
                tenant,
                slice_of(now - timedelta(hours=COMPARED_HOURS)),
                now,
                recordings_dir=self._settings.recordings_dir,
                now=now,
                settled=self._settings.compare_after,
                lines=None if judged is None else judged.lines(lambda line: self._is_contact_of(line, tenant)),
                examined=self._examined.setdefault(tenant, Examined()),
            )
            quiet = now - timedelta(seconds=self._settings.compare_after)
            unrecorded = await talked_unrecorded(connection, tenant, now - timedelta(hours=COMPARED_HOURS), quiet)
        for contact in unrecorded:  # we died between making the recording ready and writing down that it is
            await self._tell_recording(tenant, contact)
        return found.open

    def _look_again(self, tenant: str, calls: Sequence[SwitchRecord] | Sequence[cdr.CdrCall]) -> None:
        """A book has something new of these times."""
        examined = self._examined.setdefault(tenant, Examined())
        for call in calls:
            examined.forget(datetime.fromtimestamp(call.ended_at, UTC))

    async def _tell_recording(self, tenant: str, contact: str) -> None:
        done = await recordings.finish(self._settings, contact)
        self._engine.open(tenant).tell(done.stored(self._engine.now(), contact))

    async def _finish_recordings(self) -> None:
        """Parts that were left behind: their conversation ended while we were away."""
        for contact in await asyncio.to_thread(
            _left_behind, self._settings.unfinished_dir, self._settings.compare_after
        ):
            tenant = self._engine.of_contact(contact)
            if tenant is None or contact in tenant.core.state.contacts:
                continue
            done = await recordings.finish(self._settings, contact)
            if done.name:
                self._engine.tell(done.stored(self._engine.now(), contact))
            else:
                await asyncio.to_thread(recordings.discard, self._settings, contact)


def _left_behind(directory: Path, seconds: float) -> list[str]:
    """Contacts of which there are parts that nobody has touched for so long."""
    before = time.time() - seconds
    found: set[str] = set()
    for part in (*directory.glob("*.in.wav"), *directory.glob("*.out.wav")):
        with contextlib.suppress(FileNotFoundError):
            if part.stat().st_mtime < before:
                found.add(part.name.rsplit(".", 2)[0])
    return sorted(found)


def _as_cdr_call(call: cdr.CdrCall) -> CdrCall:
    return CdrCall(
        contact=call.contact,
        number=call.number,
        caller=call.caller,
        trunk=call.trunk,
        arrived_at=call.started_at,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        noted_at=time.time(),
        billsec=call.billsec,
        disposition=call.disposition,
        talked=call.talked,
        rows=call.rows,
        legs=call.legs,
    )


def _as_switch_call(call: SwitchRecord) -> SwitchCall:
    return SwitchCall(
        contact=call.contact,
        number=call.number,
        caller=call.caller,
        trunk=call.trunk,
        arrived_at=call.arrived_at,
        answered_at=call.talked_at,
        ended_at=call.ended_at,
        talk_seconds=call.talk_seconds,
        outcome_hint=_hint(call),
        cause="switch failure" if call.crashed else str(call.cause),
    )


def _hint(call: SwitchRecord) -> str:
    """Whether somebody talked; of calls with which it died the switch does not know how long it went on."""
    if call.crashed or call.last_moment:
        return ""
    return "answered" if call.talk_seconds > 0.0 else "not_answered"
