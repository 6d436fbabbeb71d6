"""Projections: tables made from the ledger alone. What one wrote and how far it has read move in one transaction."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import structlog
from prometheus_client import Counter, Gauge
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import Fact
from kaska.kit.database import Database
from kaska.ledger import positions
from kaska.ledger.reader import LedgerFact, RecentFacts

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
        self._wake = asyncio.Event()
        self._recent = RecentFacts()
        self._found: list[str] = []
        self._asked_at = -math.inf
        self._alone: dict[tuple[str, str], asyncio.Task[None] | None] = {}
        """(projection, tenant) that do not go with the others now, and what is being done about it"""
        self._trouble: dict[tuple[str, str], _Trouble] = {}
        self.problems: dict[str, str] = {}

    def wake(self, _tenants: frozenset[str] = frozenset()) -> None:
        """The ledger grew; give this to Shipper as ``on_shipped``."""
        self._wake.set()

    async def run(self) -> None:
        """Keeps all projections up to date until cancelled. One that fails does not hold up the others.

        All that are up to date take what is new in one transaction: most of what a small batch costs is the
        transaction itself. Whoever is far behind or cannot take a fact goes on alone until it is up to date again.
        """
        async with asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                taken, soonest = 0, self._poll
                for tenant in await self._known():
                    taken += await self._together(tenant)
                    soonest = min(soonest, self._send_alone(group, tenant))
                if taken >= BUSY:
                    await asyncio.sleep(GATHER_WHEN_BUSY)
                # not asyncio.wait_for: in Python 3.11 it forgets that it was cancelled when what it waits for happens
                # at the same moment, and the graceful stop would wait for ever
                with suppress(TimeoutError):
                    async with asyncio.timeout(soonest):
                        await self._wake.wait()

    # --- together ---------------------------------------------------------------------------------------------------

    async def _together(self, tenant: str) -> int:
        """How many positions all moved on who are up to date; the others are set apart."""
        names = [name for name in self._projections if (name, tenant) not in self._alone]
        if not names:
            return 0
        try:
            return await self._step_together(tenant, names)
        except Exception as error:
            log.debug("projections_go_alone", tenant=tenant, error=repr(error))
            self._alone.update(dict.fromkeys([(name, tenant) for name in names]))  # who it is will be seen there
            return 0

    async def _step_together(self, tenant: str, names: list[str]) -> int:
        async with self._database.tenant(tenant) as connection:
            newest, places = await positions.known(connection, tenant, names)
            if not newest:
                return 0
            near = [name for name in names if name in places and newest - places[name] <= BATCH]
            self._alone.update(dict.fromkeys([(name, tenant) for name in names if name not in near]))
            if all(places[name] == newest for name in near):
                return 0  # looked without a lock, which would be a write each time
            places = await positions.lock(connection, tenant, near)
            behind = [name for name in near if places[name] < newest]  # another process may have been quicker
            for name in behind:
                projection = self._projections[name]
                new = await self._recent.between(connection, tenant, places[name], newest, projection.kinds)
                if new:
                    await projection.apply(connection, new)
            await positions.move(connection, tenant, behind, newest)
        return max(0, newest - min(places.values()))

    # --- alone ------------------------------------------------------------------------------------------------------

    def _send_alone(self, group: asyncio.TaskGroup, tenant: str) -> float:
        """Begin what is to be done alone; returns in how many seconds to look again at the latest."""
        soonest = self._poll
        for key, task in list(self._alone.items()):
            if key[1] != tenant or task is not None:
                continue
            trouble = self._trouble.get(key)
            if trouble and trouble.until > time.monotonic():
                soonest = min(soonest, trouble.until - time.monotonic())
            else:
                self._alone[key] = group.create_task(self._go_alone(key), name=f"projection {key[0]}")
        return soonest

    async def _go_alone(self, key: tuple[str, str]) -> None:
        await self._advance(*key)
        if key in self._trouble:
            self._alone[key] = None
        else:
            del self._alone[key]
        self._wake.set()

    async def _known(self) -> list[str]:
        """All tenants, as of ``poll`` seconds ago at most when the database answers."""
        if time.monotonic() - self._asked_at >= self._poll:
            self._asked_at = time.monotonic()
            try:
                self._found = await self._tenants()
            except Exception as error:
                log.warning("projection_tenants_unknown", error=str(error))
        return self._found

    async def _advance(self, name: str, tenant: str) -> None:
        """Reads as far as possible; what stops it is in ``_trouble`` afterwards."""
        key = (name, tenant)
        trouble = self._trouble.get(key)
        batch = trouble.batch if trouble else BATCH
        while True:
            taken: list[LedgerFact] = []
            try:
                count = await self._step(self._projections[name], tenant, batch, taken)
            except Exception as error:
                batch = max(1, len(taken) // 2)
                if len(taken) > 1 and not _is_connection(error):
                    continue  # less at once, until the fact that hurts stands alone
                self._failed(key, error, taken)
                return
            if key in self._trouble:
                del self._trouble[key]
                self.problems.pop(f"{name}/{tenant}", None)
                _failing.labels(name).set(sum(1 for projection, _ in self._trouble if projection == name))
            if count < batch:
                return
            batch = min(BATCH, batch * 2)

    async def _step(self, projection: Projection, tenant: str, limit: int, taken: list[LedgerFact]) -> int:
        """One transaction: lock the position, read, apply, move. Returns how many positions it moved on."""
        async with self._database.tenant(tenant) as connection:
            newest, places = await positions.known(connection, tenant, [projection.name])
            if places.get(projection.name, 0) == newest:
                return 0  # looked without a lock, which would be a write each time
            position = await positions.lock_or_begin(connection, tenant, projection.name)
            last = min(position + limit, newest)
            if last <= position:
                return 0  # another process was quicker
            taken += await self._recent.between(connection, tenant, position, last, projection.kinds)
            if taken:
                await projection.apply(connection, taken)
            await positions.move(connection, tenant, [projection.name], last)
        return last - position

    def _failed(self, key: tuple[str, str], error: Exception, taken: list[LedgerFact]) -> None:
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
        self._wake.set()

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
    await positions.lock_or_begin(connection, tenant, projection.name)
    await projection.clear(connection)
    await positions.move(connection, tenant, [projection.name], 0)


def _is_connection(error: Exception) -> bool:
    """The database is away, rather than the facts unbearable."""
    return isinstance(error, OSError | TimeoutError | InterfaceError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )
