"""Seals over the days of the ledger, so that a later change of what was written is visible.

A seal is SHA-256 over these bytes: one header line, then the canonical line (``canonical.py``) of each fact from
``first`` to ``last`` in the order of positions. The header is canonical JSON as well:

    ["kaska-seal",1,tenant,day,first,last,previous]

with ``day`` as YYYY-MM-DD (UTC) and ``previous`` the seal before it (hexadecimal; 64 zeros before the first).

Days follow positions, not the times of facts: the seal of a day begins where the one before it ended and goes up to the
first fact of a later day. What was learned late, with an older time, is in the seal of the day in which it came. So
every fact is under exactly one seal, and a seal once made never has to change. Days without facts have no seal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from json.encoder import encode_basestring

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Select

from kaska.kit.database import Database
from kaska.ledger.canonical import Row, line_of
from kaska.ledger.rows import by_position
from kaska.ledger.tables import facts, heads, seals

GENESIS = "0" * 64
GRACE = timedelta(hours=1)
"""so long after midnight a day is sealed: what was on its way has come by then"""
BATCH = 500
"""facts hashed at a time while calls go on: a few milliseconds"""
LOOK_AHEAD = 1000

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seal:
    """Positions ``first`` to ``last`` of one tenant; ``seal`` and ``previous`` in hexadecimal."""

    day: date
    first: int
    last: int
    previous: str
    seal: str


class HoleError(RuntimeError):
    """Facts of a day that should be sealed are missing, or one cannot be put into bytes."""


class Hash:
    """The seal of one day, fact by fact."""

    def __init__(self, tenant: str, day: date, first: int, last: int, previous: str) -> None:
        header = f'["kaska-seal",1,{encode_basestring(tenant)},"{day.isoformat()}",{first},{last},"{previous}"]\n'
        self._hash = hashlib.sha256(header.encode())
        self.facts = 0

    def add(self, row: Row) -> None:
        """Raises ValueError when the body is no JSON."""
        self._hash.update(line_of(row))
        self.facts += 1

    def hexadecimal(self) -> str:
        return self._hash.hexdigest()


async def seal_closed_days(database: Database, tenant: str, now: datetime, grace: timedelta = GRACE) -> list[Seal]:
    """Seals what is due at ``now`` and is not sealed yet; returns the new seals. Raises HoleError.

    Two processes may do it at once: the keys of ``ledger.seals`` allow one seal a day and one beginning at a position.
    """
    closed = (now - grace).astimezone(UTC).date() - _DAY
    made: list[Seal] = []
    while True:
        async with database.tenant(tenant) as connection:
            before = await newest(connection, tenant)
            place = await _next(connection, tenant, before, closed)
        if place is None:
            return made
        previous = before.seal if before is not None else GENESIS
        seal = await _make(database, tenant, *place, previous)
        async with database.tenant(tenant) as connection:
            await _keep(connection, tenant, seal, now)
        made.append(seal)


async def newest(connection: AsyncConnection, tenant: str) -> Seal | None:
    query = _select().where(seals.c.tenant == tenant).order_by(seals.c.day.desc()).limit(1)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else Seal(*row)


async def all_seals(connection: AsyncConnection, tenant: str) -> list[Seal]:
    """From the first to the newest."""
    query = _select().where(seals.c.tenant == tenant).order_by(seals.c.first, seals.c.day)
    return [Seal(*row) for row in await connection.execute(query)]


def _select() -> Select[date, int, int, str, str]:
    return select(seals.c.day, seals.c.first, seals.c.last, seals.c.previous, seals.c.seal)


async def _next(
    connection: AsyncConnection, tenant: str, before: Seal | None, closed: date
) -> tuple[date, int, int] | None:
    """Day, first and last position of the next seal; None when nothing is due."""
    after = before.last if before is not None else 0
    if before is not None and before.day >= closed:
        return None
    mine = facts.c.tenant == tenant
    ahead = select(facts.c.at).where(mine, facts.c.position > after).order_by(facts.c.position).limit(LOOK_AHEAD)
    times = [at.astimezone(UTC).date() for at in (await connection.execute(ahead)).scalars()]
    if not times or min(times) > closed:
        return None
    # a fact with a time of the future must not hold up those after it
    day = min(times[0], closed) if before is None else max(before.day + _DAY, min(times[0], closed))
    end = datetime.combine(day + _DAY, time(), UTC)
    later = select(func.min(facts.c.position)).where(mine, facts.c.position > after + 1, facts.c.at >= end)
    following = (await connection.execute(later)).scalar_one()
    if following is not None:
        return day, after + 1, int(following) - 1
    found = await connection.execute(select(heads.c.position).where(heads.c.tenant == tenant))
    return day, after + 1, int(found.scalar_one())


async def _make(database: Database, tenant: str, day: date, first: int, last: int, previous: str) -> Seal:
    seal = Hash(tenant, day, first, last, previous)
    after = first - 1
    while after < last:
        async with database.tenant(tenant) as connection:
            batch = await by_position(connection, tenant, after, last, BATCH)
        for row in batch:
            try:
                seal.add(row)
            except ValueError as problem:
                raise HoleError(f"the fact at {row.position} cannot be sealed: {problem}") from problem
        after = batch[-1].position if batch else last
    if seal.facts != last - first + 1:
        raise HoleError(f"{day}: {last - first + 1 - seal.facts} of the facts {first} to {last} are missing")
    return Seal(day, first, last, previous, seal.hexadecimal())


async def _keep(connection: AsyncConnection, tenant: str, seal: Seal, now: datetime) -> None:
    row = {
        "tenant": tenant,
        "day": seal.day,
        "first": seal.first,
        "last": seal.last,
        "previous": seal.previous,
        "seal": seal.seal,
        "sealed_at": now,
    }
    await connection.execute(insert(seals).values(row).on_conflict_do_nothing())


class Check:
    """Holds seals against the facts they were made of, which are taken by position. Flat in memory.

    Each day is judged with the seal before it as it is written, so that one change is one bad day, unless its seal was
    made anew: then the next day does not follow from it.
    """

    def __init__(self, tenant: str, chain: Sequence[Seal]) -> None:
        self._tenant = tenant
        self._chain = chain
        self._at = -1
        self._hash: Hash | None = None
        self.bad: dict[date, str] = {}
        """day → why its seal does not agree, in the order of days"""
        previous, expected = GENESIS, 1
        for seal in chain:
            if seal.previous != previous:
                self.bad[seal.day] = "does not follow from the seal before it"
            elif seal.first != expected or seal.last < seal.first:
                self.bad[seal.day] = f"begins at fact {seal.first} and not at {expected}"
            previous, expected = seal.seal, seal.last + 1
        self.after_last = 0
        """facts that no seal covers yet"""
        self._begin(0)

    def take(self, row: Row) -> None:
        while self._hash is not None and row.position > self._chain[self._at].last:
            self._end()
        if self._hash is None:
            self.after_last += 1
            return
        if row.position < self._chain[self._at].first:
            return  # under no seal: the chain has a gap, which is told already
        try:
            self._hash.add(row)
        except ValueError as problem:
            self._blame(self._chain[self._at].day, f"fact {row.position}: {problem}")

    def finish(self) -> dict[date, str]:
        """All facts were taken; what does not agree, the earliest day first."""
        while self._hash is not None:
            self._end()
        return dict(sorted(self.bad.items()))

    def _begin(self, index: int) -> None:
        self._at = index
        self._hash = None
        if index < len(self._chain):
            seal = self._chain[index]
            self._hash = Hash(self._tenant, seal.day, seal.first, seal.last, seal.previous)

    def _end(self) -> None:
        assert self._hash is not None
        seal = self._chain[self._at]
        expected = seal.last - seal.first + 1
        if self._hash.facts != expected:
            self._blame(seal.day, f"{self._hash.facts} facts instead of {expected}")
        elif self._hash.hexadecimal() != seal.seal:
            self._blame(seal.day, "the facts are not those that were sealed")
        self._begin(self._at + 1)

    def _blame(self, day: date, why: str) -> None:
        self.bad.setdefault(day, why)
