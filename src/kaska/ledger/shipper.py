"""Carries the journal of this machine into PostgreSQL, exactly once.

One transaction inserts a batch and moves ``ledger.shipments``. If the connection breaks around COMMIT, nobody needs to
know whether it happened: the next one begins by moving ``last_seq`` from where we believe it is, waits there for the
broken one to end, and when it is elsewhere we go on from where it is.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import structlog
from prometheus_client import Counter, Gauge
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.kit.database import Database

log = structlog.get_logger(__name__)

BATCH = 1000
GATHER_SECONDS = 0.15
GATHER_WHEN_BUSY = 0.4
BUSY = 20
"""After facts appeared, so long may more of them gather; longer when the last batch had ``BUSY`` or more. Screens stay
quick when little happens, transactions stay few when much does, and the lag is far under a second."""
RETRY_SECONDS = 0.5
RETRY_AT_MOST = 5.0
CHANNEL = "kaska_ledger"
"""NOTIFY with the tenant as payload, for those who read the ledger in other processes."""

_lag = Gauge("kaska_ledger_lag_seconds", "Age of the oldest fact that is not yet in the ledger")
_unshipped = Gauge("kaska_ledger_unshipped", "Facts in the journal that are not yet in the ledger")
_shipped = Counter("kaska_ledger_shipped", "Facts shipped into the ledger")

_INSERT = text(
    "INSERT INTO ledger.facts (tenant, position, at, contact, type, body, journal, seq) "
    "SELECT :tenant, CAST(:base AS bigint) + row_number() OVER (ORDER BY f.seq), to_timestamp(f.at), f.contact, f.type,"
    " CAST(f.body AS jsonb), CAST(:journal AS uuid), f.seq "
    "FROM unnest(CAST(:seqs AS bigint[]), CAST(:ats AS double precision[]), CAST(:contacts AS text[]), "
    "CAST(:types AS text[]), CAST(:bodies AS text[])) AS f(seq, at, contact, type, body)"
)
_HEAD = text(
    "INSERT INTO ledger.heads AS h (tenant, position) VALUES (:tenant, :count) "
    "ON CONFLICT (tenant) DO UPDATE SET position = h.position + excluded.position RETURNING position"
)


_MOVE = text(
    "UPDATE ledger.shipments SET last_seq = :after WHERE journal = CAST(:journal AS uuid) AND last_seq = :before "
    "RETURNING last_seq"
)


class Written(Protocol):
    """One fact as the journal holds it."""

    @property
    def seq(self) -> int: ...
    @property
    def tenant(self) -> str: ...
    @property
    def at(self) -> float: ...
    @property
    def contact(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def body(self) -> bytes: ...


class Source(Protocol):
    """What is shipped: engine.journal.Journal."""

    @property
    def id(self) -> str: ...
    @property
    def durable_seq(self) -> int: ...
    def read(self, after_seq: int, limit: int) -> Sequence[Written]: ...
    def mark_shipped(self, seq: int) -> None: ...
    def watch(self) -> asyncio.Event: ...


class JournalBehindError(RuntimeError):
    """The ledger knows more of this journal than the journal itself: its file was put back from an older copy. What is
    appended to it would be taken for shipped. Move the file away: a new journal begins, and the ledger loses nothing.
    """


class Shipper:
    """``on_shipped`` hears the tenants whose ledger grew. One per journal; several journals may ship at once."""

    def __init__(
        self, journal: Source, database: Database, on_shipped: Callable[[frozenset[str]], None] | None = None
    ) -> None:
        self._journal = journal
        self._database = database
        self._on_shipped = on_shipped
        self._journal_id = ""
        self._seq = 0
        self._level_at = time.monotonic()
        self.problem = ""
        """why nothing can be shipped now, "" when all is well"""
        self.lag = 0.0
        """age in seconds of the oldest fact that is not yet in the ledger"""

    @property
    def unshipped(self) -> int:
        """Facts on this machine's disk that are not yet in the ledger."""
        return max(0, self._journal.durable_seq - self._seq)

    async def run(self) -> None:
        """Ships until cancelled. While the database is away it tries again and again and the journal waits."""
        grown = self._journal.watch()
        delay = RETRY_SECONDS
        while True:
            try:
                count = await self.ship_all()
            except Exception as error:
                self._failed(error)
                await asyncio.sleep(delay)
                delay = min(delay * 2, RETRY_AT_MOST)
                continue
            delay = RETRY_SECONDS
            if self.problem:
                log.warning("ledger_works_again", journal=self._journal_id, seq=self._seq)
                self.problem = ""
            await grown.wait()
            await asyncio.sleep(GATHER_WHEN_BUSY if count >= BUSY else GATHER_SECONDS)
            grown.clear()

    async def ship_all(self) -> int:
        """Ships what is on disk now; returns how many facts. Raises when the database or the disk refuses."""
        if self._journal_id != self._journal.id:
            await self._begin()
        count = 0
        while True:
            records = await asyncio.to_thread(self._journal.read, self._seq, BATCH)
            if self._journal_id != self._journal.id:
                return count + await self.ship_all()
            self._measure(records)
            if not records:
                return count
            if not await self._ship(records):
                await self._begin()
                continue
            count += len(records)
            _shipped.inc(len(records))
            self._journal.mark_shipped(self._seq)
            if self._on_shipped is not None:
                self._on_shipped(frozenset(record.tenant for record in records))

    async def _begin(self) -> None:
        identity = self._journal.id
        async with self._database.system() as connection:
            last = await _shipped_up_to(connection, identity)
        if last > self._journal.durable_seq:
            raise JournalBehindError(f"journal {identity} ends at {self._journal.durable_seq}, the ledger has {last}")
        self._journal_id, self._seq = identity, last

    async def _ship(self, records: Sequence[Written]) -> bool:
        """False when the ledger is not where we believed."""
        by_tenant: dict[str, list[Written]] = {}
        for record in records:
            by_tenant.setdefault(record.tenant, []).append(record)
        place = {"journal": uuid.UUID(self._journal_id), "before": self._seq, "after": records[-1].seq}
        async with self._database.system() as connection:
            if (await connection.execute(_MOVE, place)).scalar_one_or_none() is None:
                return False
            for tenant in sorted(by_tenant):  # always the same order of locks
                await self._append(connection, tenant, by_tenant[tenant])
        self._seq = records[-1].seq
        return True

    async def _append(self, connection: AsyncConnection, tenant: str, records: list[Written]) -> None:
        await connection.execute(
            text("SELECT set_config('kaska.tenant', :tenant, true), pg_notify(:channel, :tenant)"),
            {"tenant": tenant, "channel": CHANNEL},
        )
        head = (await connection.execute(_HEAD, {"tenant": tenant, "count": len(records)})).scalar_one()
        values: dict[str, Any] = {
            "tenant": tenant,
            "base": head - len(records),
            "journal": uuid.UUID(self._journal_id),
            "seqs": [record.seq for record in records],
            "ats": [record.at for record in records],
            "contacts": [record.contact for record in records],
            "types": [record.type for record in records],
            "bodies": [record.body.decode() for record in records],
        }
        await connection.execute(_INSERT, values)

    def _measure(self, records: Sequence[Written]) -> None:
        now = time.monotonic()
        if not records:
            self._level_at = now
        # A fact found later (told by the switch's records) is old by its own time, but has not waited here so long.
        self.lag = min(max(0.0, time.time() - records[0].at), now - self._level_at) if records else 0.0
        _lag.set(self.lag)
        _unshipped.set(self.unshipped)

    def _failed(self, error: Exception) -> None:
        if not self.problem:
            log.error("ledger_unavailable", error=f"{type(error).__name__}: {error}", unshipped=self.unshipped)
        self.problem = f"ledger cannot be written: {error}"
        oldest: Sequence[Written] = ()
        try:
            oldest = self._journal.read(self._seq, 1)
        except Exception:
            log.exception("journal_not_read")
        self._measure(oldest)


async def _shipped_up_to(connection: AsyncConnection, journal: str) -> int:
    """Waits for a transaction that is still deciding about this journal."""
    key = {"journal": uuid.UUID(journal)}
    await connection.execute(
        text("INSERT INTO ledger.shipments VALUES (CAST(:journal AS uuid), 0) ON CONFLICT DO NOTHING"), key
    )
    found = await connection.execute(
        text("SELECT last_seq FROM ledger.shipments WHERE journal = CAST(:journal AS uuid) FOR UPDATE"), key
    )
    return int(found.scalar_one())
