"""Projections: tables made from the ledger alone. What one wrote and how far it has read move in one transaction."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import structlog
from prometheus_client import Counter, Gauge
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import Fact
from kaska.kit.database import Database
from kaska.ledger.reader import LedgerFact, RecentFacts
from kaska.ledger.tables import readers

log = structlog.get_logger(__name__)

BATCH = 1000
POLL_SECONDS = 2.0
"""How often the ledger is looked at when nobody says that it grew (facts shipped by another process)."""
GATHER_WHEN_BUSY = 0.8
BUSY = 20
"""After a round that took ``BUSY`` facts or more, so long may more of them gather: one contact's facts come within
seconds of one another, and a row that is read and written once costs less than one that is written five times."""
RETRY_SECONDS = 0.5
RETRY_AT_MOST = 30.0

_PLACES = text(
    "SELECT (SELECT position FROM ledger.heads WHERE tenant = :tenant),"
    " (SELECT position FROM ledger.readers WHERE tenant = :tenant AND projection = :projection)"
)
_LOCK = text("SELECT position FROM ledger.readers WHERE tenant = :tenant AND projection = :projection FOR UPDATE")
_MOVE = text("UPDATE ledger.readers SET position = :position WHERE tenant = :tenant AND projection = :projection")

_failures = Counter("kaska_projection_failures", "Batches that a projection could not take", ["projection"])
_failing = Gauge("kaska_projection_failing", "Tenants for whom a projection stands still", ["projection"])


class Projection(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def kinds(self) -> Collection[type[Fact]]:
        """The kinds of fact that it looks at; the others are not even read. () = it looks at all."""
        ...

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        """Take facts of one tenant, in order, each once. ``connection`` is a transaction behind the tenant's wall."""
        ...


@runtime_checkable
class Clearable(Protocol):
    """A projection that can be rebuilt."""

    async def clear(self, connection: AsyncConnection) -> None:
        """Delete everything made for the tenant of this transaction."""
        ...


@dataclass(slots=True)
class _Trouble:
    """A projection that could not take a tenant's facts: how many at most it gets next time, and when."""

    batch: int
    delay: float
    until: float


class Projector:
    """``tenants`` names all tenants. ``problems`` maps "projection/tenant" to what stops it, for /health."""

    def __init__(
        self,
        database: Database,
        projections: Sequence[Projection],
        tenants: Callable[[], Awaitable[list[str]]],
        *,
        poll: float = POLL_SECONDS,
    ) -> None:
        names = [projection.name for projection in projections]
        if len(set(names)) != len(names):
            raise ValueError(f"two projections have one name: {sorted(names)}")
        self._database = database
        self._projections = {projection.name: projection for projection in projections}
        self._tenants = tenants
        self._poll = poll
        self._wake = {name: asyncio.Event() for name in names}
        self._taken = dict.fromkeys(names, 0)
        self._recent = RecentFacts()
        self._found: list[str] = []
        self._asked_at = -math.inf
        self._asking = asyncio.Lock()
        self._trouble: dict[tuple[str, str], _Trouble] = {}
        self.problems: dict[str, str] = {}

    def wake(self, _tenants: frozenset[str] = frozenset()) -> None:
        """The ledger grew; give this to Shipper as ``on_shipped``."""
        for event in self._wake.values():
            event.set()

    async def run(self) -> None:
        """Keeps all projections up to date until cancelled. One that fails does not hold up the others."""
        async with asyncio.TaskGroup() as group:
            for name in self._projections:
                group.create_task(self._follow(name), name=f"projection {name}")

    async def _follow(self, name: str) -> None:
        while True:
            self._wake[name].clear()
            soonest = self._poll
            self._taken[name] = 0
            for tenant in await self._known():
                soonest = min(soonest, await self._advance(name, tenant))
            if self._taken[name] >= BUSY:
                await asyncio.sleep(GATHER_WHEN_BUSY)
            try:
                await asyncio.wait_for(self._wake[name].wait(), soonest)
            except TimeoutError:
                continue

    async def _known(self) -> list[str]:
        """All tenants, as of ``poll`` seconds ago at most when the database answers: asked once for all projections."""
        async with self._asking:
            if time.monotonic() - self._asked_at >= self._poll:
                self._asked_at = time.monotonic()
                try:
                    self._found = await self._tenants()
                except Exception as error:
                    log.warning("projection_tenants_unknown", error=str(error))
            return self._found

    async def _advance(self, name: str, tenant: str) -> float:
        """Reads as far as possible; returns in how many seconds it should be tried again at the latest."""
        key = (name, tenant)
        trouble = self._trouble.get(key)
        if trouble and trouble.until > time.monotonic():
            return trouble.until - time.monotonic()
        batch = trouble.batch if trouble else BATCH
        while True:
            taken: list[LedgerFact] = []
            try:
                count = await self._step(self._projections[name], tenant, batch, taken)
            except Exception as error:
                batch = max(1, len(taken) // 2)
                if len(taken) > 1 and not _is_connection(error):
                    continue  # less at once, until the fact that hurts stands alone
                return self._failed(key, error, taken)
            self._taken[name] += count
            if key in self._trouble:
                del self._trouble[key]
                self.problems.pop(f"{name}/{tenant}", None)
                _failing.labels(name).set(sum(1 for projection, _ in self._trouble if projection == name))
            if count < batch:
                return self._poll
            batch = min(BATCH, batch * 2)

    async def _step(self, projection: Projection, tenant: str, limit: int, taken: list[LedgerFact]) -> int:
        """One transaction: lock the position, read, apply, move. Returns how many positions it moved on."""
        async with self._database.tenant(tenant) as connection:
            places = await connection.execute(_PLACES, {"tenant": tenant, "projection": projection.name})
            newest, reached = (int(place or 0) for place in places.one())
            if reached == newest:
                return 0  # looked without a lock, which would be a write each time
            position = await _locked_position(connection, projection.name, tenant)
            last = min(position + limit, newest)
            if last <= position:
                return 0  # another process was quicker
            taken += await self._recent.between(connection, tenant, position, last, projection.kinds)
            if taken:
                await projection.apply(connection, taken)
            await _move(connection, projection.name, tenant, last)
        return last - position

    def _failed(self, key: tuple[str, str], error: Exception, taken: list[LedgerFact]) -> float:
        name, tenant = key
        before = self._trouble.get(key)
        delay = min(before.delay * 2, RETRY_AT_MOST) if before else RETRY_SECONDS
        self._trouble[key] = _Trouble(
            1 if taken and not _is_connection(error) else BATCH, delay, time.monotonic() + delay
        )
        _failures.labels(name).inc()
        _failing.labels(name).set(sum(1 for projection, _ in self._trouble if projection == name))
        at = f" at position {taken[0].position}" if taken else ""
        self.problems[f"{name}/{tenant}"] = f"{type(error).__name__}{at}: {error}"
        if _is_connection(error):
            log.warning("projection_waits", projection=name, tenant=tenant, error=str(error), retry=delay)
        else:
            log.error(
                "projection_failed",
                projection=name,
                tenant=tenant,
                position=taken[0].position if taken else None,
                fact=repr(taken[0].fact) if taken else "not read",
                retry=delay,
                exc_info=error,
            )
        return delay

    async def rebuild(self, name: str) -> None:
        """Empties the projection for every tenant and lets it read the ledger from the start.

        Raises KeyError for an unknown name, TypeError for a projection without ``clear``.
        """
        projection = self._projections[name]
        if not isinstance(projection, Clearable):
            raise TypeError(f"projection {name} cannot be rebuilt: it has no clear()")
        for tenant in await self._tenants():
            async with self._database.tenant(tenant) as connection:
                await rewind(connection, projection, tenant)
        self._wake[name].set()

    async def catch_up(self, name: str, told: Callable[[int], None] = lambda _: None) -> int:
        """Lets one projection read to the ledger's end, for every tenant; returns how many facts it moved on.

        ``told`` hears that number as it grows. What the projection cannot take is raised.
        """
        read = 0
        for tenant in await self._tenants():
            while moved := await self._step(self._projections[name], tenant, BATCH, []):
                read += moved
                told(read)
        return read


async def rewind(connection: AsyncConnection, projection: Projection, tenant: str) -> None:
    """Empty a projection for the tenant of this transaction; it is made again from the first fact.

    Raises TypeError for a projection without ``clear``.
    """
    if not isinstance(projection, Clearable):
        raise TypeError(f"projection {projection.name} cannot be rebuilt: it has no clear()")
    await _locked_position(connection, projection.name, tenant)
    await projection.clear(connection)
    await _move(connection, projection.name, tenant, 0)


async def position_of(connection: AsyncConnection, projection: str, tenant: str) -> int:
    """How far a projection has read; what it shows is the ledger up to here."""
    query = select(readers.c.position).where(readers.c.tenant == tenant, readers.c.projection == projection)
    return int((await connection.execute(query)).scalar_one_or_none() or 0)


async def _locked_position(connection: AsyncConnection, projection: str, tenant: str) -> int:
    """The lock is what keeps two processes from applying the same facts."""
    place = {"tenant": tenant, "projection": projection}
    position = (await connection.execute(_LOCK, place)).scalar_one_or_none()
    if position is None:
        await connection.execute(insert(readers).values(**place, position=0).on_conflict_do_nothing())
        position = (await connection.execute(_LOCK, place)).scalar_one()
    return int(position)


async def _move(connection: AsyncConnection, projection: str, tenant: str, position: int) -> None:
    await connection.execute(_MOVE, {"tenant": tenant, "projection": projection, "position": position})


def _is_connection(error: Exception) -> bool:
    """The database is away, rather than the facts unbearable."""
    return isinstance(error, OSError | TimeoutError | InterfaceError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )
