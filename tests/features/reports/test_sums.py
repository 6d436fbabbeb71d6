"""The sums kept by interval are those of the ledger, however it is cut, corrected or read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core import facts as f
from kaska.core.counting.sketch import bound_of
from kaska.features.calls.card import Folder, fold, opened
from kaska.features.reports import tables
from kaska.features.reports.counted import count, spend
from kaska.features.reports.cubes import CUBES, DAY, MONTH, TALK
from kaska.features.reports.grains import day_of, start_of
from kaska.features.reports.projection import ReportsProjection
from kaska.features.reports.public import rebuild
from kaska.features.reports.sums import Sums
from kaska.features.reports.visits import Choice, count_nameless, count_person, visit_of
from kaska.ledger.codec import decode_fact, encode_fact
from kaska.ledger.projector import Projector
from kaska.ledger.tables import readers
from support.books import Company
from support.play import Play, random_day

ZONES = ("Europe/Moscow", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe", "UTC")
"""whole hours, 45 minutes, clock changes, a half-hour clock change"""


def plainly(facts: Sequence[f.Fact]) -> Sums:
    """All facts, contact after contact, without positions, batches or corrections."""
    sums = Sums()
    folders: dict[str, Folder] = {}
    agents: dict[str, f.AgentStateChanged] = {}
    for fact in (decode_fact(*_stored(one)) for one in facts):
        contact = getattr(fact, "contact", "")
        if isinstance(fact, f.ContactOpened):
            folders.setdefault(contact, opened(fact))
        elif isinstance(fact, f.AgentStateChanged):
            if (before := agents.get(fact.agent)) is not None:
                spend(sums, fact.agent, before.state, before.reason, round(before.at * 1000), round(fact.at * 1000))
            agents[fact.agent] = fact
        elif contact in folders:
            fold(folders[contact], fact)
    persons: dict[str, list[Any]] = {}
    for folder in folders.values():
        count(sums, folder)
        if (visit := visit_of(folder, Choice())) is not None:
            persons.setdefault(visit.person, []).append(visit)
    for visit in persons.pop("", []):
        count_nameless(sums, visit)
    for visits in persons.values():
        count_person(sums, visits, Choice().days)
    return sums


def _stored(fact: f.Fact) -> tuple[str, bytes]:
    name, _, body = encode_fact(fact)
    return name, body


def expected(sums: Sums, zone: str) -> dict[str, dict[Any, tuple[int, ...]]]:
    """As the tables should have it."""
    local = ZoneInfo(zone)
    found: dict[str, dict[Any, tuple[int, ...]]] = {cube.name: {} for cube in CUBES} | {"sketches": {}}
    grains = {cube.name: cube.grains for cube in CUBES}
    for (cube, start, dimensions), values in sums.cubes.items():
        for grain in grains[cube]:
            key = (grain, start_of(grain, start, local), *dimensions)
            before = found[cube].get(key, (0,) * len(values))
            found[cube][key] = tuple(a + b for a, b in zip(before, values, strict=True))
    for (start, *rest), contacts in sums.sketches.items():
        for grain in (DAY, MONTH):
            key = (grain, start_of(grain, start, local), *rest)
            found["sketches"][key] = (found["sketches"].get(key, (0,))[0] + contacts,)
    return found


async def kept(connection: AsyncConnection, tenant: str) -> dict[str, dict[Any, tuple[int, ...]]]:
    found: dict[str, dict[Any, tuple[int, ...]]] = {}
    for name, table in {**tables.cube_tables, "sketches": tables.sketches}.items():
        keys = len(table.primary_key)
        rows = (await connection.execute(select(table).where(table.c.tenant == tenant))).all()
        found[name] = {tuple(row)[1:keys]: tuple(row)[keys:] for row in rows}
    return found


async def read(company: Company, sizes: Sequence[int]) -> None:
    async def tenants() -> list[str]:
        return [company.tenant]

    projector, turn = Projector(company.database, [ReportsProjection()], tenants), 0
    while await projector._step(ReportsProjection(), company.tenant, sizes[turn % len(sizes)], []):
        turn += 1


async def rewind(company: Company) -> None:
    async with company.transaction() as connection:
        await ReportsProjection().clear(connection)
        await connection.execute(update(readers).where(readers.c.projection == "reports").values(position=0))


def corrected(facts: Sequence[f.Fact], chosen: Sequence[int]) -> list[f.Fact]:
    """The same day, and afterwards people say what some of the contacts were about; some of them twice."""
    last = facts[-1].at
    ended = [fact.contact for fact in facts if isinstance(fact, f.ContactOver)]
    words = [
        ("sales", "sale", "", "site", ""),
        ("order", "resolved", "", "", ""),
        ("sales", "refused", "", "", "price"),
    ]
    later = [
        f.Classified(last + place, ended[one % len(ended)], "a301", *words[one % 3])
        for place, one in enumerate(chosen)
        if ended
    ]
    return [*facts, *later]


@pytest.mark.database
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10_000),
    sizes=st.lists(st.integers(20, 200), min_size=1, max_size=8),
    said=st.lists(st.integers(0, 50), max_size=12),
    zone=st.sampled_from(ZONES),
)
async def test_the_sums_are_those_of_the_ledger_however_it_is_cut(
    found: Any, seed: int, sizes: list[int], said: list[int], zone: str
) -> None:
    company: Company = await found()
    async with company.transaction() as connection:
        await connection.execute(insert(tables.settings).values(tenant=company.tenant, zone=zone))
    facts = corrected(random_day(seed, 90), said)
    for start in range(0, len(facts), 150):  # ships and projects as it grows
        await company.write_facts(facts[start : start + 150])
    wanted = expected(plainly(facts), zone)
    async with company.transaction() as connection:
        assert await kept(connection, company.tenant) == wanted
    await rewind(company)
    await read(company, sizes)
    async with company.transaction() as connection:
        assert await kept(connection, company.tenant) == wanted


def test_every_grain_of_a_cube_adds_up_to_the_same_total() -> None:
    wanted = expected(plainly(random_day(11, 300)), "Australia/Lord_Howe")
    for cube in CUBES:
        totals = {
            grain: [sum(column) for column in zip(*rows, strict=True)]
            for grain in cube.grains
            if (rows := [values for key, values in wanted[cube.name].items() if key[0] == grain])
        }
        assert all(total == totals[DAY] for total in totals.values())
        assert wanted[cube.name], cube.name


def test_one_day_told_by_hand() -> None:
    play = Play()
    play.ready("a301")
    play.talk("+79000000001", seconds=40)
    play.pass_time(60)
    sums = plainly(play.written)
    flow = dict.fromkeys(CUBES[0].measures, 0)
    for (cube, _, _), values in sums.cubes.items():
        if cube == "flow":
            for name, value in zip(CUBES[0].measures, values, strict=True):
                flow[name] += value
    assert (flow["contacts"], flow["offered"], flow["answered"]) == (1, 1, 1)
    assert (flow["talked"], flow["talk_ms"], flow["recorded"], flow["answered_10"]) == (1, 40_000, 1, 1)
    [(_, what, _, queue, bucket)] = [mark for mark in sums.sketches if mark[1] == TALK]
    assert (what, queue, bound_of(bucket)) == (TALK, "sales", 40)
    states = {key[2][1]: values[0] for key, values in sums.cubes.items() if key[0] == "states"}
    assert states["talking"] == 40_000


@pytest.mark.parametrize(
    ("zone", "days"),
    [("Europe/Berlin", {23, 24, 25}), ("Australia/Lord_Howe", {23.5, 24, 24.5}), ("Asia/Kathmandu", {24})],
)
def test_days_with_a_clock_change_have_their_hours(zone: str, days: set[float]) -> None:
    local = ZoneInfo(zone)
    first = int(datetime(2026, 1, 1, 12, tzinfo=UTC).timestamp())
    starts = sorted({day_of(first + quarter * 900, local) for quarter in range(96 * 370)})
    lengths = {(after - before).total_seconds() / 3600 for before, after in pairwise(starts)}
    assert lengths == days


@pytest.mark.database
async def test_one_command_counts_everything_again(company: Company) -> None:
    await company.write_facts(random_day(7, 150))
    async with company.transaction() as connection:
        wanted = await kept(connection, company.tenant)
        assert all(wanted.values())
        flow = tables.cube_tables["flow"]
        await connection.execute(update(flow).where(flow.c.tenant == company.tenant).values(contacts=77))

    async def tenants() -> list[str]:
        return [company.tenant]

    heard: list[int] = []
    read = await rebuild(company.database, tenants, heard.append)
    assert read == heard[-1] >= 150
    async with company.transaction() as connection:
        assert await kept(connection, company.tenant) == wanted
