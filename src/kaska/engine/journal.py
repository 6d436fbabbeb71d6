"""The local journal: every fact is here, in order, before anybody is told that it happened.

Facts get gapless numbers in the order of the calls to ``append`` and ``append_nowait``. One thread writes them in
groups: everything that arrived while the disk was busy with the last group makes the next one, so that one fsync serves
many. When the disk refuses (full, broken), those who await are told JournalUnavailable, and the records stay in memory
and are tried again until they are written: calls go on, nothing is dropped, ``alarm`` says so.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from prometheus_client import Counter, Gauge, Histogram

from kaska.core.facts import Fact
from kaska.engine.journal_file import (
    SHIPPED,
    TRIMMED_AT_ONCE,
    Job,
    JournalFile,
    JournalInUse,
    Record,
    is_corruption,
    remember_job,
    snapshot_job,
    trim_job,
)
from kaska.ledger.codec import encode_fact

__all__ = ["Journal", "JournalInUse", "JournalUnavailable", "Record", "records"]

log = structlog.get_logger(__name__)

LINGER_SECONDS = 0.02
"""How long facts that nobody awaits may gather before they are written."""
GROUP = 2048
RETRY_SECONDS = 0.25
RETRY_AT_MOST = 2.0
DISK_CHECK_SECONDS = 10.0
DISK_ALARM = 0.9

_written = Counter("kaska_journal_facts", "Facts written to the local journal")
_groups = Histogram("kaska_journal_sync_seconds", "Time of one group sync", buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 1))
_waiting = Gauge("kaska_journal_waiting", "Facts in memory that are not yet on disk")
_unavailable = Gauge("kaska_journal_unavailable", "1 while the journal's disk refuses to write")
_replaced = Gauge("kaska_journal_replaced", "1 when a corrupt journal was moved aside since the start")
_disk_used = Gauge("kaska_journal_disk_used_ratio", "Used part of the disk that holds the journal")


class JournalUnavailable(RuntimeError):
    """Not on disk yet. It is kept in memory and will be written if this process lives until the disk works again."""


@dataclass(slots=True, eq=False)
class _Item:
    rows: list[Record]
    job: Job | None = None
    future: asyncio.Future[object] | None = None
    loop: asyncio.AbstractEventLoop | None = None
    done: Callable[[int], None] | None = None
    result: object = None


class Journal:
    """Opens ``path``; reading works at once, with or without an event loop.

    Raises JournalInUse, and sqlite3.Error or OSError when the disk refuses at the start.
    """

    def __init__(self, path: Path, *, linger: float = LINGER_SECONDS) -> None:
        self._file = JournalFile(path)
        self._linger = linger
        self._changed = threading.Condition()
        self._pending: list[_Item] = []
        self._urgent = False
        self._asleep = False
        self._closing = False
        self._watchers: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        self._disk_checked = 0.0
        self.alarm = ""
        """what is wrong, for people and for /health; "" when all is well"""
        self.disk_used = 0.0
        self.durable_seq = self._seq = self._file.last_seq()
        self.shipped_up_to = int(self._file.recall(SHIPPED) or 0)
        _replaced.set(bool(self._file.replaced))
        self._thread = threading.Thread(target=self._write_forever, name="journal", daemon=True)
        self._thread.start()

    @property
    def id(self) -> str:
        """Random, made with the file; another one after a corrupt file was replaced."""
        return self._file.id

    @property
    def replaced(self) -> str:
        """Where the corrupt file was moved whose place this journal took; "" when there was none."""
        return self._file.replaced

    @property
    def last_seq(self) -> int:
        """Number of the newest fact, on disk or not."""
        return self._seq

    @property
    def waiting(self) -> int:
        """Facts in memory that are not yet on disk."""
        return self._seq - self.durable_seq

    # --- writing ---------------------------------------------------------------------------------------------------

    def append(self, tenant: str, facts: Sequence[Fact]) -> asyncio.Future[int]:
        """Await the result: the number of the last fact, once all of them are on disk.

        Numbers are given now, in the order of calls. Raises JournalUnavailable (from the awaiting), ValueError from
        the call itself for a fact that cannot be written, and then none of ``facts`` is.
        """
        return self.append_records(records(tenant, facts))

    def append_records(self, rows: list[Record]) -> asyncio.Future[int]:
        """``append`` of what ``records`` made; their numbers are filled in."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[int] = loop.create_future()
        self._enqueue(_Item(rows, future=future, loop=loop), urgent=True)  # type: ignore[arg-type]
        return future

    def append_nowait(self, tenant: str, facts: Sequence[Fact], on_durable: Callable[[int], None] | None = None) -> int:
        """Number of the last fact, at once. ``on_durable`` gets it when all are on disk (in the caller's loop if one
        runs, else in the writing thread). A kill within the linger time loses them: only for what reconciliation heals.
        """
        loop = None
        if on_durable is not None:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                loop = None
        return self._enqueue(_Item(records(tenant, facts), loop=loop, done=on_durable), urgent=False)

    def append_records_nowait(self, rows: list[Record]) -> int:
        """``append_nowait`` of what ``records`` made; their numbers are filled in."""
        return self._enqueue(_Item(rows), urgent=False)

    async def save_snapshot(self, tenant: str, seq: int, body: bytes) -> None:
        """The tenant's state after fact ``seq``."""
        await self._job(snapshot_job(tenant, seq, body))

    async def remember(self, key: str, value: str) -> None:
        """On disk when it returns, and never before the facts that were appended before it."""
        await self._job(remember_job(key, value))

    def remember_nowait(self, key: str, value: str) -> None:
        self._enqueue(_Item([], remember_job(key, value)), urgent=False)

    def mark_shipped(self, seq: int) -> None:
        """Facts up to ``seq`` are in the ledger."""
        self.shipped_up_to = seq
        self.remember_nowait(SHIPPED, str(seq))

    async def trim(self) -> int:
        """Deletes facts that are shipped and older than their tenant's last snapshot; returns how many. In pieces:
        between them is written what has happened."""
        total = 0
        while True:
            count = await self._job(trim_job)
            assert isinstance(count, int)
            total += count
            if count < TRIMMED_AT_ONCE:
                return total

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self, after_seq: int, limit: int, tenant: str | None = None) -> list[Record]:
        """At most ``limit`` facts on disk after ``after_seq``, in order. Blocks for the disk."""
        return self._file.read(after_seq, limit, tenant)

    def latest_snapshot(self, tenant: str) -> tuple[int, bytes] | None:
        return self._file.latest_snapshot(tenant)

    def recall(self, key: str) -> str | None:
        return self._file.recall(key)

    def tenants(self) -> list[str]:
        """Everybody who has facts or a snapshot here."""
        return self._file.tenants()

    def watch(self) -> asyncio.Event:
        """An event of the running loop that is set whenever facts have reached the disk; the watcher clears it."""
        event = asyncio.Event()
        self._watchers.append((asyncio.get_running_loop(), event))
        return event

    # --- ending ----------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Writes what is waiting and closes the file. Blocks; with a broken disk it gives up after one more try."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()
        self._file.close()

    async def aclose(self) -> None:
        await asyncio.to_thread(self.close)

    # --- inside ----------------------------------------------------------------------------------------------------

    async def _job(self, job: Job) -> object:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[object] = loop.create_future()
        self._enqueue(_Item([], job, future, loop), urgent=True)
        return await future

    def _enqueue(self, item: _Item, *, urgent: bool) -> int:
        with self._changed:
            if self._closing:
                raise JournalUnavailable("the journal is closed")
            seq = self._seq
            for index, row in enumerate(item.rows):
                seq += 1
                item.rows[index] = Record(seq, *row[1:])
            self._seq = seq
            item.result = seq
            self._pending.append(item)
            if urgent:
                self._urgent = True
            if self._asleep or urgent:
                self._changed.notify()
        return seq

    def _write_forever(self) -> None:
        while True:
            group = self._next_group()
            if not group:
                return
            self._write(group)

    def _next_group(self) -> list[_Item]:
        with self._changed:
            while not self._pending and not self._closing:
                self._asleep = True
                self._changed.wait()
                self._asleep = False
            if not self._urgent and not self._closing:
                self._changed.wait(self._linger)
            return self._take()

    def _take(self) -> list[_Item]:
        group, self._pending = self._pending[:GROUP], self._pending[GROUP:]
        self._urgent = bool(self._pending)
        return group

    def _write(self, group: list[_Item]) -> None:
        """Returns when the group is on disk, or when the journal closes and the disk still refuses."""
        delay = RETRY_SECONDS
        while True:
            started = time.perf_counter()
            try:
                results = self._file.write(
                    [row for item in group for row in item.rows], [item.job for item in group if item.job is not None]
                )
                break
            except (sqlite3.Error, OSError) as error:
                if not self._refused(group, error, delay):
                    return
                delay = min(delay * 2, RETRY_AT_MOST)
                with self._changed:
                    group = group + self._take()
        _groups.observe(time.perf_counter() - started)
        self._written(group, results)

    def _written(self, group: list[_Item], results: list[object]) -> None:
        for item, result in zip((i for i in group if i.job is not None), results, strict=True):
            item.result = result
        count = sum(len(item.rows) for item in group)
        if count:
            self.durable_seq += count
            _written.inc(count)
        if self.alarm:
            log.warning("journal_works_again", journal=self.id, seq=self.durable_seq)
            self.alarm = ""
            _unavailable.set(0)
        _waiting.set(self.waiting)
        self._tell(group, None, wake=count > 0)
        if time.monotonic() - self._disk_checked > DISK_CHECK_SECONDS:
            self._check_disk()

    def _refused(self, group: list[_Item], error: Exception, delay: float) -> bool:
        """False when there is no use in trying again."""
        if not self.alarm:
            log.critical("journal_unavailable", journal=self.id, error=str(error), waiting=self.waiting)
        self.alarm = f"journal cannot be written: {error}"
        _unavailable.set(1)
        _waiting.set(self.waiting)
        self._tell(group, str(error), wake=False)
        with self._changed:
            if self._closing:
                log.critical("journal_closed_unwritten", journal=self.id, facts=self.waiting, error=str(error))
                return False
            self._changed.wait_for(lambda: self._closing, delay)
        try:
            if isinstance(error, sqlite3.Error) and is_corruption(error):
                self._file.move_aside(error)
                _replaced.set(1)
            else:
                self._file.disconnect()
                self._file.open()
        except (sqlite3.Error, OSError) as again:
            log.error("journal_not_opened", error=str(again))
        return True

    def _tell(self, group: list[_Item], error: str | None, *, wake: bool) -> None:
        told: dict[asyncio.AbstractEventLoop, list[_Item]] = {}
        for item in group:
            if item.loop is not None:
                told.setdefault(item.loop, []).append(item)
            elif item.done is not None and error is None and isinstance(item.result, int):
                item.done(item.result)
        for loop, items in told.items():
            _call(loop, _settle, items, error)
        if wake:
            for loop, event in self._watchers:
                if not event.is_set():
                    _call(loop, event.set)

    def _check_disk(self) -> None:
        self._disk_checked = time.monotonic()
        try:
            usage = shutil.disk_usage(self._file.path.parent)
        except OSError:
            return
        before, self.disk_used = self.disk_used, 1 - usage.free / usage.total
        _disk_used.set(self.disk_used)
        if self.disk_used >= DISK_ALARM > before:
            log.error("disk_nearly_full", used=round(self.disk_used, 3), directory=str(self._file.path.parent))


def records(tenant: str, facts: Sequence[Fact]) -> list[Record]:
    """Facts as they are written, without numbers. Raises ValueError for a fact that cannot be written."""
    rows = []
    for fact in facts:
        type_name, contact, body = encode_fact(fact)
        rows.append(Record(0, tenant, fact.at, contact, type_name, body))
    return rows


def _call(loop: asyncio.AbstractEventLoop, what: Callable[..., object], *arguments: object) -> None:
    try:
        loop.call_soon_threadsafe(what, *arguments)
    except RuntimeError:
        log.debug("journal_listener_gone")  # its loop is closed: nobody waits any more


def _settle(items: list[_Item], error: str | None) -> None:
    for item in items:
        if item.future is not None and not item.future.done():
            if error is None:
                item.future.set_result(item.result)
            else:
                item.future.set_exception(JournalUnavailable(error))
        if item.done is not None and error is None and isinstance(item.result, int):
            item.done(item.result)
