"""Whoever changes what was written, as the owner of the database himself, is found out, with the day."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kaska.core.facts import DeviceSeen, Fact
from kaska.engine.journal import Journal
from kaska.host.postgres import DatabaseUrls
from kaska.kit.database import Database
from kaska.ledger.canonical import Row
from kaska.ledger.invariants import nothing
from kaska.ledger.seals import GENESIS, Check, Hash, HoleError, Seal, all_seals, seal_closed_days
from kaska.ledger.shipper import Shipper
from kaska.ledger.verify import Verdict, verify

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
DAYS = [(MONDAY + timedelta(days=number)).date() for number in range(5)]
PER_DAY = 6


def seen(day: int, number: int) -> Fact:
    at = (MONDAY + timedelta(days=day, minutes=number)).timestamp()
    return DeviceSeen(at, f"phone-{number}", number % 2 == 0)


async def write(journal: Journal, database: Database, tenant: str, facts: list[Fact]) -> None:
    await journal.append(tenant, facts)
    await Shipper(journal, database).ship_all()


@pytest.fixture
async def owner(postgres: DatabaseUrls) -> AsyncIterator[Database]:
    owner = Database(postgres.owner)
    yield owner
    await owner.close()


@pytest.fixture
async def sealed(journal: Journal, database: Database, tenant: str) -> list[Seal]:
    """Monday to Wednesday, each with ``PER_DAY`` facts, sealed on Thursday; and a fact of Thursday."""
    await write(journal, database, tenant, [seen(day, number) for day in range(3) for number in range(PER_DAY)])
    await write(journal, database, tenant, [seen(3, 0)])
    return await seal_closed_days(database, tenant, MONDAY + timedelta(days=3, hours=2))


async def looked_at(database: Database, tenant: str) -> Verdict:
    return await verify(database, tenant, now=MONDAY + timedelta(days=3, hours=3), progress=nothing)


@pytest.mark.database
async def test_each_closed_day_gets_its_seal_once(
    sealed: list[Seal], journal: Journal, database: Database, tenant: str
) -> None:
    assert [(seal.day, seal.first, seal.last) for seal in sealed] == [
        (DAYS[0], 1, 6),
        (DAYS[1], 7, 12),
        (DAYS[2], 13, 18),
    ]
    assert [seal.previous for seal in sealed] == [GENESIS, sealed[0].seal, sealed[1].seal]
    assert await seal_closed_days(database, tenant, MONDAY + timedelta(days=3, hours=3)) == []
    assert await seal_closed_days(database, tenant, MONDAY + timedelta(days=4, minutes=59)) == []
    verdict = await looked_at(database, tenant)
    assert (verdict.agrees, verdict.seals, verdict.sealed_through, verdict.facts) == (True, 3, DAYS[2], 19)
    assert (verdict.unsealed, verdict.newest_seal) == (1, sealed[-1].seal)

    # what is learned late goes under the seal of the day in which it came; Friday sleeps
    await write(journal, database, tenant, [seen(1, 30), seen(3, 50)])
    [thursday] = await seal_closed_days(database, tenant, MONDAY + timedelta(days=6))
    assert (thursday.day, thursday.first, thursday.last, thursday.previous) == (DAYS[3], 19, 21, sealed[-1].seal)
    assert (await looked_at(database, tenant)).agrees


TAMPERING = {
    "a byte of a body": "UPDATE ledger.facts SET body = jsonb_set(body, '{endpoint}', '\"phone-X\"') "
    "WHERE position = 8",
    "a digit nobody reads": "UPDATE ledger.facts SET body = jsonb_set(body, '{at}', "
    "to_jsonb((body ->> 'at')::numeric + 0.00000000000000001)) WHERE position = 8",
    "a time": "UPDATE ledger.facts SET at = at + interval '1 microsecond' WHERE position = 8",
    "where it came from": "UPDATE ledger.facts SET seq = seq + 1000000 WHERE position = 8",
    "one deleted": "DELETE FROM ledger.facts WHERE position = 8",
    "the last of a day deleted": "DELETE FROM ledger.facts WHERE position = 12",
    "one deleted and the rest moved up": (
        "DELETE FROM ledger.facts WHERE position = 8; "
        "UPDATE ledger.facts SET position = position + 1000 WHERE position > 8; "
        "UPDATE ledger.facts SET position = position - 1001 WHERE position > 1000; "
        "UPDATE ledger.heads SET position = position - 1"
    ),
    "one inserted": (
        "UPDATE ledger.facts SET position = position + 1000 WHERE position >= 8; "
        "UPDATE ledger.facts SET position = position - 999 WHERE position > 1000; "
        "INSERT INTO ledger.facts SELECT tenant, 8, at, contact, type, body, journal, seq + 1000000 "
        "FROM ledger.facts WHERE position = 9; UPDATE ledger.heads SET position = position + 1"
    ),
    "two swapped": (
        "UPDATE ledger.facts SET position = 1008 WHERE position = 8; "
        "UPDATE ledger.facts SET position = 8 WHERE position = 10; "
        "UPDATE ledger.facts SET position = 10 WHERE position = 1008"
    ),
    "the seal itself": "UPDATE ledger.seals SET seal = repeat('a', 64) WHERE day = '2026-11-24'",
}


@pytest.mark.database
@pytest.mark.parametrize("what", TAMPERING)
async def test_what_the_owner_of_the_database_changes_is_found_with_the_day(
    sealed: list[Seal], owner: Database, database: Database, tenant: str, what: str
) -> None:
    async with owner.tenant(tenant) as connection:
        for statement in TAMPERING[what].split("; "):
            await connection.execute(text(statement.replace(":", r"\:")))
    verdict = await looked_at(database, tenant)
    assert (verdict.agrees, verdict.bad_day) == (False, DAYS[1])
    assert verdict.bad_why


@pytest.mark.database
async def test_a_day_that_was_sealed_anew_does_not_lead_to_the_next(
    sealed: list[Seal], owner: Database, database: Database, tenant: str
) -> None:
    """Who changes a fact and its seal breaks the seal after it."""
    async with owner.tenant(tenant) as connection:
        await connection.execute(text("UPDATE ledger.facts SET contact = 'kaska-9.9' WHERE position = 8"))
        await connection.execute(text("DELETE FROM ledger.seals WHERE day >= '2026-11-24'"))
    forged = await seal_closed_days(database, tenant, MONDAY + timedelta(days=2, hours=2))
    async with owner.tenant(tenant) as connection:
        await connection.execute(
            text("INSERT INTO ledger.seals VALUES (:tenant, :day, :first, :last, :previous, :seal, now())"),
            {"tenant": tenant, **{name: getattr(sealed[2], name) for name in Seal.__slots__}},
        )
    assert forged[0].seal != sealed[1].seal
    assert (await looked_at(database, tenant)).bad_day == DAYS[2]


@pytest.mark.database
async def test_a_seal_noted_elsewhere_must_be_in_the_chain(
    sealed: list[Seal], owner: Database, database: Database, tenant: str
) -> None:
    """Who forges everything to the end is found out by a seal that somebody kept."""
    now = MONDAY + timedelta(days=3, hours=3)
    assert (await verify(database, tenant, now=now, noted=sealed[1].seal[:16])).agrees
    async with owner.tenant(tenant) as connection:
        await connection.execute(text("UPDATE ledger.facts SET body = body || '{\"reachable\"\\: true}'"))
        await connection.execute(text("DELETE FROM ledger.seals"))
    await seal_closed_days(database, tenant, now)
    assert (await verify(database, tenant, now=now)).agrees
    verdict = await verify(database, tenant, now=now, noted=sealed[1].seal[:16])
    assert (verdict.agrees, verdict.noted_missing) == (False, True)


@pytest.mark.database
async def test_a_fact_behind_the_head_breaks_a_law(
    sealed: list[Seal], owner: Database, database: Database, tenant: str
) -> None:
    async with owner.tenant(tenant) as connection:
        await connection.execute(
            text(
                "INSERT INTO ledger.facts SELECT tenant, 21, at, 'kaska-9.9', 'leg_flew', body, journal, "
                "seq + 1000000 FROM ledger.facts WHERE position = 19"
            )
        )
        await connection.execute(text("UPDATE ledger.facts SET contact = 'kaska-9.9' WHERE position = 19"))
    laws = {violation.law for violation in (await looked_at(database, tenant)).broken}
    assert laws == {"no_holes", "columns_agree", "one_birth"}
    async with owner.tenant(tenant) as connection:
        await connection.execute(text("UPDATE ledger.heads SET position = 21"))
    laws = {violation.law for violation in (await looked_at(database, tenant)).broken}
    assert laws == {"no_holes", "columns_agree", "one_birth", "readable"}


@pytest.mark.database
async def test_nothing_is_sealed_over_a_hole(
    journal: Journal, owner: Database, database: Database, tenant: str
) -> None:
    await write(journal, database, tenant, [seen(0, number) for number in range(4)])
    async with owner.tenant(tenant) as connection:
        await connection.execute(text("DELETE FROM ledger.facts WHERE position = 2"))
    with pytest.raises(HoleError, match="1 of the facts 1 to 4 are missing"):
        await seal_closed_days(database, tenant, MONDAY + timedelta(days=2))


@pytest.mark.database
async def test_a_wrong_clock_does_not_stop_the_seals(journal: Journal, database: Database, tenant: str) -> None:
    """A fact dated far ahead stands between those of two days."""
    await write(journal, database, tenant, [seen(0, 0), seen(9000, 0), seen(0, 1), seen(1, 0), seen(2, 0)])
    made = await seal_closed_days(database, tenant, MONDAY + timedelta(days=2, hours=2))
    assert [(seal.day, seal.first, seal.last) for seal in made] == [(DAYS[0], 1, 1), (DAYS[1], 2, 4)]


@pytest.mark.database
async def test_the_application_may_neither_change_nor_remove_a_seal(
    sealed: list[Seal], database: Database, tenant: str
) -> None:
    for statement in ("UPDATE ledger.seals SET seal = ''", "DELETE FROM ledger.seals"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with database.tenant(tenant) as connection:
                await connection.execute(text(statement))
    async with database.tenant("somebody else") as connection:
        assert (await connection.execute(text("SELECT count(*) FROM ledger.seals"))).scalar_one() == 0


@pytest.mark.database
async def test_two_processes_may_seal_at_once(
    sealed: list[Seal], database: Database, owner: Database, tenant: str
) -> None:
    async with owner.tenant(tenant) as connection:
        await connection.execute(text("DELETE FROM ledger.seals"))
    now = MONDAY + timedelta(days=3, hours=2)
    await asyncio.gather(*(seal_closed_days(database, tenant, now) for _ in range(3)))
    async with database.tenant(tenant) as connection:
        assert await all_seals(connection, tenant) == sealed


def rows(count: int) -> list[Row]:
    at = MONDAY.replace(hour=9)
    return [
        Row(n, at + timedelta(seconds=n), f"kaska-1.{n}", "leg_up", f'{{"at": {n}.5}}', "j", n)
        for n in range(1, count + 1)
    ]


def chained(facts: list[Row], lengths: list[int]) -> list[Seal]:
    chain: list[Seal] = []
    first, previous = 1, GENESIS
    for number, length in enumerate(lengths):
        day = date(2026, 1, 1) + timedelta(days=number)
        made = Hash("t", day, first, first + length - 1, previous)
        for row in facts[first - 1 : first - 1 + length]:
            made.add(row)
        chain.append(Seal(day, first, first + length - 1, previous, made.hexadecimal()))
        first, previous = first + length, made.hexadecimal()
    return chain


QUICK = settings(max_examples=40, deadline=None)

lengths = st.lists(st.integers(1, 5), min_size=1, max_size=6)


@QUICK
@given(lengths, st.integers(0, 5), st.randoms(use_true_random=False))
def test_any_one_change_is_found_in_its_day_and_in_no_other(days: list[int], more: int, seed: random.Random) -> None:
    facts = rows(sum(days) + more)
    chain = chained(facts, days)
    assert checked(chain, facts) == {}
    at = seed.randrange(sum(days))
    bad = next(seal.day for seal in chain if seal.first <= at + 1 <= seal.last)
    changed = list(facts)
    if seed.random() < 0.5:
        del changed[at]
    else:
        changed[at] = replace(changed[at], body=changed[at].body.replace(".5", ".6"))
    assert set(checked(chain, changed)) == {bad}


@QUICK
@given(lengths, st.randoms(use_true_random=False))
def test_a_missing_seal_is_found(days: list[int], seed: random.Random) -> None:
    facts = rows(sum(days))
    chain = chained(facts, days)
    gone = seed.randrange(len(chain))
    left = [seal for seal in chain if seal is not chain[gone]]
    following = {chain[gone + 1].day} if gone + 1 < len(chain) else set()
    assert set(checked(left, facts)) == following


def checked(chain: list[Seal], facts: list[Row]) -> dict[date, str]:
    check = Check("t", chain)
    for row in facts:
        check.take(row)
    return check.finish()
