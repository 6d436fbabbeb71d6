"""What the checks of the ledger found, kept for the page. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.ledger.laws import Violation
from kaska.ledger.seals import newest
from kaska.ledger.tables import breaches, checks


@dataclass(frozen=True, slots=True)
class Verified:
    """The last check of everything: when, how many facts, the last sealed day then, the first that did not agree."""

    at: datetime
    facts: int
    through: date | None
    bad_day: date | None
    bad_why: str


@dataclass(frozen=True, slots=True)
class Proof:
    """``checked_at``, ``position``: the laws were last checked then, up to that fact."""

    checked_at: datetime | None
    position: int
    verified: Verified | None
    sealed_day: date | None
    seal: str
    broken: int


async def proof(connection: AsyncConnection, tenant: str) -> Proof:
    row = (await connection.execute(select(checks).where(checks.c.tenant == tenant))).one_or_none()
    seal = await newest(connection, tenant)
    verified = None
    if row is not None and row.verified_at is not None:
        verified = Verified(row.verified_at, row.verified_facts, row.verified_through, row.bad_day, row.bad_why)
    return Proof(
        checked_at=None if row is None else row.checked_at,
        position=0 if row is None else row.position,
        verified=verified,
        sealed_day=None if seal is None else seal.day,
        seal="" if seal is None else seal.seal,
        broken=await broken_count(connection, tenant),
    )


async def broken_count(connection: AsyncConnection, tenant: str) -> int:
    query = select(func.count()).select_from(breaches).where(breaches.c.tenant == tenant)
    return int((await connection.execute(query)).scalar_one())


async def broken(connection: AsyncConnection, tenant: str, limit: int) -> list[Violation]:
    """Those found first come first."""
    columns = (breaches.c.law, breaches.c.subject, breaches.c.position, breaches.c.detail)
    query = select(*columns).where(breaches.c.tenant == tenant).order_by(breaches.c.position, *columns[:2])
    return [Violation(*row) for row in await connection.execute(query.limit(limit))]


async def begin(connection: AsyncConnection, tenant: str, now: datetime) -> int:
    """How far the laws are checked; writes down that somebody looked now."""
    statement = insert(checks).values(tenant=tenant, position=0, checked_at=now)
    looked = statement.on_conflict_do_update(index_elements=["tenant"], set_={"checked_at": now})
    return int((await connection.execute(looked.returning(checks.c.position))).scalar_one())


async def keep_checked(
    connection: AsyncConnection, tenant: str, before: int, after: int, found: Collection[Violation], now: datetime
) -> bool:
    """The laws are now checked up to ``after``. False when another process was quicker: nothing is kept then."""
    place = (checks.c.tenant == tenant) & (checks.c.position == before)
    moved = await connection.execute(update(checks).where(place).values(position=after).returning(checks.c.position))
    if moved.scalar_one_or_none() is None:
        return False
    await _put(connection, tenant, found, now)
    return True


async def keep_verified(
    connection: AsyncConnection, tenant: str, outcome: Verified, found: Sequence[Violation], read_to: int
) -> None:
    """Everything up to position ``read_to`` was checked, so what it found replaces what was known of it."""
    judged = (breaches.c.position <= read_to) | (breaches.c.law == "no_holes")  # a hole may lie beyond the head
    await connection.execute(delete(breaches).where(breaches.c.tenant == tenant, judged))
    await _put(connection, tenant, found, outcome.at)
    verified = {
        "verified_at": outcome.at,
        "verified_facts": outcome.facts,
        "verified_through": outcome.through,
        "bad_day": outcome.bad_day,
        "bad_why": outcome.bad_why,
    }
    statement = insert(checks).values(tenant=tenant, position=read_to, checked_at=outcome.at, **verified)
    known = {"position": func.greatest(checks.c.position, read_to), **verified}
    await connection.execute(statement.on_conflict_do_update(index_elements=["tenant"], set_=known))


async def _put(connection: AsyncConnection, tenant: str, found: Collection[Violation], now: datetime) -> None:
    if found:
        rows = [{"tenant": tenant, "found_at": now, **asdict(violation)} for violation in found]
        await connection.execute(insert(breaches).on_conflict_do_nothing(), rows)
