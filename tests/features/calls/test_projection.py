"""However the ledger is cut into batches, and whenever it is read again, the books are the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import Fact
from kaska.features.calls.card import Card, Leg
from kaska.features.calls.tables import contacts, legs, names
from kaska.features.customers.tables import customers, identities, words
from kaska.features.debts.projection import Debt
from kaska.features.debts.tables import debts
from kaska.ledger.codec import decode_fact, encode_fact
from kaska.ledger.projector import Projection
from kaska.ledger.reader import LedgerFact
from kaska.ledger.tables import readers
from support.books import PROJECTIONS as ALL
from support.books import Company, project
from support.play import random_day

PROJECTIONS = tuple(one for one in ALL if one.name != "reports")
"""those that are made of the facts they are given; the reports' one reads the ledger, and is tested there"""
BOOKS = (contacts, legs, names, debts, customers, identities, words)


async def books_of(connection: AsyncConnection) -> dict[str, list[Any]]:
    return {
        table.name: [tuple(row) for row in await connection.execute(select(table).order_by(*table.primary_key))]
        for table in BOOKS
    }


def in_ledger(tenant: str, written: list[Fact]) -> list[LedgerFact]:
    """As the ledger gives them back."""
    found = []
    for position, fact in enumerate(written, 1):
        name, contact, body = encode_fact(fact)
        found.append(LedgerFact(position, tenant, fact.at, contact, decode_fact(name, body)))
    return found


async def take(projection: Projection, connection: AsyncConnection, facts: list[LedgerFact]) -> None:
    """As the projector gives them: only what it looks at, and never nothing."""
    wanted = [entry for entry in facts if not projection.kinds or type(entry.fact) in projection.kinds]
    if wanted:
        await projection.apply(connection, wanted)


def test_a_card_has_the_columns_of_its_table() -> None:
    assert {column.name for column in contacts.c} - {"tenant"} == set(Card.__slots__)
    assert {column.name for column in legs.c} - {"tenant"} == set(Leg.__slots__)
    assert {column.name for column in debts.c} - {"tenant"} == set(Debt.__slots__)


@pytest.mark.database
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), sizes=st.lists(st.integers(1, 60), min_size=1, max_size=20))
async def test_any_cut_of_the_same_facts_gives_the_same_books(company: Company, seed: int, sizes: list[int]) -> None:
    facts = in_ledger(company.tenant, random_day(seed, 80))
    async with company.transaction() as connection:
        for projection in PROJECTIONS:
            await projection.clear(connection)
            await take(projection, connection, facts)
        whole = await books_of(connection)
        for projection in PROJECTIONS:
            await projection.clear(connection)
        assert not any((await books_of(connection)).values())
        turn = 0
        while facts:
            size = sizes[turn % len(sizes)]
            for projection in PROJECTIONS:
                await take(projection, connection, facts[:size])
            facts, turn = facts[size:], turn + 1
        assert await books_of(connection) == whole


@pytest.mark.database
async def test_a_rebuild_by_the_projector_gives_the_same_books(company: Company) -> None:
    await company.write_facts(random_day(7, 400))
    async with company.transaction() as connection:
        whole = await books_of(connection)
        assert all(whole.values())
        for projection in PROJECTIONS:
            await projection.clear(connection)
        await connection.execute(update(readers).values(position=0))
    await project(company.database, company.tenant, batch=37)
    async with company.transaction() as connection:
        assert await books_of(connection) == whole


@pytest.mark.database
async def test_the_books_agree_with_the_core(company: Company) -> None:
    """What the core still holds open is what the books show open."""
    play = company.play
    play.ready("a301")
    talked = play.talk("+79000000001")
    play.pass_time(60)
    live = play.arrive("+79000000002")
    play.settle()
    for n in range(3):
        play.lose(f"+7900000001{n}")
    await company.write()
    async with company.transaction() as connection:
        rows = (await connection.execute(select(contacts))).all()
        owed = (await connection.execute(select(debts.c.id).where(debts.c.closed_at.is_(None)))).scalars().all()
    assert {row.id for row in rows if row.ended_at is None} == set(play.core.state.contacts) == {live}
    assert set(owed) == set(play.core.state.debts)
    assert all((row.ended_at is None) == (row.outcome == "") for row in rows)
    assert {row.id for row in rows} >= {talked, live}


@pytest.mark.database
async def test_clearing_one_company_leaves_the_other(company: Company, neighbour: Company) -> None:
    for one in (company, neighbour):
        await one.write_facts(random_day(3, 80))
    async with company.transaction() as connection:
        for projection in PROJECTIONS:
            await projection.clear(connection)
    async with neighbour.transaction() as connection:
        assert all((await books_of(connection)).values())
