"""The rules that every figure follows, by worked examples and laws."""

from __future__ import annotations

import heapq
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaska.core.counting import lost_callers
from kaska.core.counting.durations import mean, percentile
from kaska.core.counting.erlang import agents_needed, impatient, patient
from kaska.core.counting.lost_callers import Fate
from kaska.core.counting.service_level import Counted, service_levels


def test_the_worked_example() -> None:
    """A=1000, B=60, a=860, b=20, s=10."""
    levels = service_levels(Counted(answered=1000, lost=60, answered_within=860, lost_within=20, lost_short=10))
    shown = [
        f"{100 * (value or 0):.2f}"
        for value in (
            levels.early_abandons_good,
            levels.answered,
            levels.offered,
            levels.early_abandons_excluded,
            levels.short_abandons_good,
            levels.short_abandons_excluded,
        )
    ]
    assert shown == ["83.02", "86.00", "81.13", "82.69", "82.08", "81.90"]


def test_of_nothing_there_is_no_share() -> None:
    levels = service_levels(Counted(0, 0, 0, 0, 0))
    assert levels.offered is levels.answered is levels.early_abandons_excluded is None


@given(st.lists(st.integers(0, 600), max_size=60), st.floats(0.01, 1.0))
def test_a_percentile_is_the_nearest_rank(values: list[int], rank: float) -> None:
    histogram = {value: values.count(value) for value in values}
    found = percentile(histogram, rank)
    if not values:
        assert found is None
        return
    assert found in values
    assert sum(value <= found for value in values) >= rank * len(values) - 1e-6
    assert sum(value < found for value in values) < rank * len(values)


def test_zero_waits_belong_to_the_mean() -> None:
    assert mean(30.0, 3) == 10.0
    assert mean(0.0, 0) is None


def test_fates_add_up() -> None:
    counted = lost_callers.LostCallers()
    for one in (*Fate, Fate.NEVER):
        counted.add(one)
    assert (counted.total, counted.never) == (6, 2)


def simulate(rate: float, handling: float, patience: float, people: int, target: float) -> tuple[float, float]:
    """Share that hangs up and share that is answered within the target, of 60,000 invented callers.

    A caller gets through when a person is free who is not wanted by anybody before: each patient caller takes the
    earliest free person.
    """
    chance = random.Random(11)
    free, now, hung_up, in_time, callers = [0.0] * people, 0.0, 0, 0, 60_000
    heapq.heapify(free)
    for _ in range(callers):
        now += chance.expovariate(rate)
        begins = max(now, free[0])
        if begins - now > chance.expovariate(1 / patience):
            hung_up += 1
            continue
        in_time += begins - now <= target
        heapq.heapreplace(free, begins + chance.expovariate(1 / handling))
    return hung_up / callers, in_time / callers


@pytest.mark.parametrize(("per_hour", "people"), [(60, 3), (120, 5), (200, 8)])
def test_erlang_a_agrees_with_a_simulation(per_hour: float, people: int) -> None:
    load = per_hour / 3600 * 180
    expected = impatient(load, people, 180, 90, 20)
    abandons, in_time = simulate(per_hour / 3600, 180, 90, people, 20)
    assert expected.abandons == pytest.approx(abandons, abs=0.015)
    assert expected.in_time == pytest.approx(in_time, abs=0.02)
    assert expected.occupancy == pytest.approx(load * (1 - abandons) / people, abs=0.02)


def test_patient_callers_are_erlang_c() -> None:
    """20 erlangs at 24 people: Erlang C says that 0.2981 wait at all."""
    assert impatient(20, 24, 180, 1e9, 0).waits == pytest.approx(0.2981, abs=0.0005)
    assert patient(20, 24, 180).waits == pytest.approx(0.2981, abs=0.0005)


@given(st.floats(1, 300), st.floats(20, 600), st.floats(10, 600))
def test_one_more_person_never_hurts(per_hour: float, handling: float, patience: float) -> None:
    load = per_hour / 3600 * handling
    needed = agents_needed(load, handling, 0.8, 20, patience)
    few, more = (impatient(load, needed + extra, handling, patience, 20) for extra in (0, 1))
    assert few.in_time >= 0.8
    assert more.abandons <= few.abandons + 1e-9
    if needed > 1:
        assert impatient(load, needed - 1, handling, patience, 20).in_time < 0.8


def test_nobody_is_needed_for_nothing() -> None:
    assert agents_needed(0.0, 180.0, 0.8, 20.0, 90.0) == 0
