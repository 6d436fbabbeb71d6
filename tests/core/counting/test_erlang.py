"""Erlang's formulas against published values, against each other, and against the chain they come from."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaska.core.counting.erlang import VAST, agents_needed, blocked, impatient, patient


@pytest.mark.parametrize(
    ("load", "lines", "share"),
    [(1.0, 1, 0.5), (2.0, 2, 0.4), (3.0, 4, 0.2061), (10.0, 10, 0.2146), (100.0, 100, 0.0757)],
)
def test_erlang_b(load: float, lines: int, share: float) -> None:
    assert blocked(load, lines) == pytest.approx(share, abs=5e-5)


def test_erlang_c_with_one_agent_is_the_simplest_queue() -> None:
    found = patient(0.8, 1, handling=60.0, target=20.0)
    assert found.waits == pytest.approx(0.8)
    assert found.mean_wait == pytest.approx(0.8 / 0.2 * 60.0)
    assert found.in_time == pytest.approx(1 - 0.8 * math.exp(-0.2 * 20 / 60))
    assert found.occupancy == pytest.approx(0.8)


def test_more_work_than_agents_is_never_answered_by_the_patient() -> None:
    assert patient(5.0, 5, 60.0).mean_wait == math.inf
    assert patient(5.0, 5, 60.0).in_time == 0.0


@given(
    agents=st.integers(1, 60),
    share=st.floats(0.05, 2.5),
    patience=st.floats(5.0, 900.0),
    target=st.floats(0.0, 90.0),
)
def test_erlang_a_balances(agents: int, share: float, patience: float, target: float) -> None:
    found = impatient(agents * share, agents, 120.0, patience, target)
    assert 0.0 <= found.waits <= 1.0
    assert 0.0 <= found.abandons < 1.0
    assert -1e-9 <= found.in_time <= 1.0 - found.abandons + 1e-6
    assert found.occupancy <= 1.0 + 1e-9
    assert found.in_time >= 1.0 - found.waits - 1e-9
    late = impatient(agents * share, agents, 120.0, patience, 3600.0)
    assert late.in_time == pytest.approx(1.0 - late.abandons, abs=1e-4)  # in the end all are answered or gone


@given(agents=st.integers(1, 40), share=st.floats(0.1, 0.95))
def test_those_who_hardly_ever_give_up_are_patient(agents: int, share: float) -> None:
    endless, long = patient(agents * share, agents, 120.0), impatient(agents * share, agents, 120.0, 1e9)
    assert long.waits == pytest.approx(endless.waits, abs=1e-3)
    assert long.in_time == pytest.approx(endless.in_time, abs=1e-3)


def test_erlang_a_of_one_agent_is_its_chain() -> None:
    load, handling, patience = 1.4, 100.0, 60.0
    chances = [1.0]
    for present in range(1, 200):
        chances.append(chances[-1] * load / handling / (1 / handling + (present - 1) / patience))
    whole = sum(chances)
    found = impatient(load, 1, handling, patience)
    assert found.waits == pytest.approx(1 - chances[0] / whole)
    line = sum(chance * (present - 1) for present, chance in enumerate(chances) if present) / whole
    assert found.mean_wait == pytest.approx(line * handling / load)


def test_as_many_agents_as_needed_and_no_more() -> None:
    for patience in (math.inf, 90.0):
        agents = agents_needed(20.0, 180.0, 0.8, 20.0, patience)
        reached = [
            patient(20.0, n, 180.0).in_time if math.isinf(patience) else impatient(20.0, n, 180.0, patience).in_time
            for n in (agents - 1, agents)
        ]
        assert reached[0] < 0.8 <= reached[1]
    assert agents_needed(20.0, 180.0, 0.8, 20.0) == 24


def test_what_is_too_large_to_work_out_goes_on_where_the_rest_ends() -> None:
    for patience in (math.inf, 120.0):
        worked_out = agents_needed(VAST, 180.0, 0.8, 20.0, patience)
        assert agents_needed(VAST + 1, 180.0, 0.8, 20.0, patience) == pytest.approx(worked_out, abs=2)
    assert agents_needed(1e15, 180.0, 0.8, 20.0) > 1e15
