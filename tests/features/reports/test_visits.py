"""First and repeated contacts: kept visit by visit, they are what one sees who looks at all visits at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaska.features.reports import people
from kaska.features.reports.cubes import VISITS
from kaska.features.reports.people import Change, forget_people
from kaska.features.reports.sums import Sums
from kaska.features.reports.visits import HANDLED, LOST, SALE, TARGET, Choice, Visit, count_nameless, count_person
from support.books import Company

HOUR_US = 3_600_000_000
CHOICE = Choice(days=2)


def visit(number: int, hours: float, person: str = "79000000001", topic: str = "sales", flags: int = HANDLED) -> Visit:
    return Visit(round(hours * HOUR_US), f"kaska-{number}.0", person, "p", "q", "a301", topic, "", flags)


def told(sums: Sums) -> dict[str, int]:
    totals = [0] * len(VISITS.measures)
    for (cube, _, _), values in sums.cubes.items():
        if cube == VISITS.name:
            totals = [a + b for a, b in zip(totals, values, strict=True)]
    return dict(zip(VISITS.measures, totals, strict=True))


def test_visits_told_by_hand() -> None:
    sums = Sums()
    visits = [
        visit(1, 0, flags=HANDLED | TARGET),
        visit(2, 47, flags=LOST, topic=""),
        visit(3, 48, flags=HANDLED | TARGET | SALE),  # the last moment of two days
        visit(4, 96.1, topic="order"),
    ]
    count_person(sums, reversed(visits), 2)
    found = told(sums)
    assert (found["contacts"], found["first"], found["again"]) == (4, 1, 3)
    assert (found["judged"], found["returned"]) == (3, 1)
    assert (found["target"], found["sales"], found["first_target"], found["first_sales"]) == (2, 1, 1, 0)


@st.composite
def written(draw: st.DrawFn) -> list[list[Change]]:
    """Batches of visits that end in any order, some of them told anew afterwards."""
    number = draw(st.integers(2, 25))
    persons = st.sampled_from(["", "79000000001", "79000000002"])
    hours = st.integers(0, 24 * 20)
    visits = [visit(one, draw(hours), draw(persons), draw(st.sampled_from(["", "a", "b"]))) for one in range(number)]
    changes: list[Change] = [(None, one) for one in visits]
    for place in draw(st.lists(st.integers(0, number - 1), unique=True, max_size=8)):
        topic, flags = draw(st.sampled_from(["", "a", "b"])), draw(st.integers(0, 15))
        changes.append((visits[place], replace(visits[place], topic=topic, flags=flags)))
    size = draw(st.integers(1, 6))
    batches = []
    for start in range(0, len(changes), size):
        last: dict[str, Change] = {}
        for before, after in changes[start : start + size]:
            assert after is not None
            last[after.contact] = (last[after.contact][0] if after.contact in last else before, after)
        batches.append(list(last.values()))
    return batches


def at_once(batches: Sequence[Sequence[Change]]) -> Sums:
    last = {after.contact: after for batch in batches for _, after in batch if after is not None}
    sums, persons = Sums(), dict[str, list[Visit]]()
    for one in last.values():
        if one.person:
            persons.setdefault(one.person, []).append(one)
        else:
            count_nameless(sums, one)
    for visits in persons.values():
        count_person(sums, visits, CHOICE.days)
    return sums


@pytest.mark.database
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(batches=written())
async def test_visits_kept_one_by_one_count_as_all_at_once(found: Any, batches: list[list[Change]]) -> None:
    company: Company = await found()
    sums = Sums()
    async with company.transaction() as connection:
        for batch in batches:
            await people.change(connection, company.tenant, sums, batch, CHOICE)
    assert sums.cubes == at_once(batches).cubes


@pytest.mark.database
async def test_who_is_erased_is_new_when_he_comes_again(company: Company) -> None:
    async with company.transaction() as connection:
        before, after = Sums(), Sums()
        await people.change(connection, company.tenant, before, [(None, visit(1, 0))], CHOICE)
        await forget_people(connection, company.tenant, ["+79000000001"])
        await people.change(connection, company.tenant, after, [(None, visit(2, 5))], CHOICE)
    assert (told(before)["first"], told(after)["first"], told(after)["again"]) == (1, 1, 0)
