"""In-house or outsourced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kaska.core.counting.outsourcing import WEEKS, Assumptions, compare

USUAL = Assumptions()


def test_the_worked_example() -> None:
    """One agent is enough: every line by hand."""
    few = replace(USUAL, contacts=100.0, open_hours=40.0, lost_inhouse=0.1, lost_outsourced=0.0)
    found = compare(few)
    people = 40 * WEEKS / (164 * 0.87 * 0.85)
    assert (found.busy_agents, found.quiet_agents) == (1, 1)
    assert found.people == pytest.approx(people)
    assert found.inhouse.parts["salaries"] == pytest.approx(people * 60_000 * 1.302)
    assert found.inhouse.parts["losses"] == pytest.approx(100 * 0.1 * 300)
    assert found.inhouse.parts["seats"] == 12_000
    assert found.outsourced.parts["minutes"] == pytest.approx(100 * 3 * 26)
    assert found.outsourced.total < found.inhouse.total


def test_many_contacts_are_cheaper_in_house_and_few_are_not() -> None:
    found = compare(USUAL)
    assert found.break_even is not None
    for contacts, cheaper in ((found.break_even * 3, True), (found.break_even / 3, False)):
        there = compare(replace(USUAL, contacts=contacts))
        assert (there.inhouse.total < there.outsourced.total) is cheaper
    assert compare(replace(USUAL, minute_outsourced=0.1, fee_outsourced=0.0, coordination=0.0)).break_even is None


@settings(max_examples=25)
@example(20_000.0, 40.0, 0.9999999999999999, 0.0)  # all contacts in no time at all
@given(st.floats(1, 20_000), st.floats(5, 168), st.floats(0.05, 1), st.floats(0, 1))
def test_whatever_is_assumed_gives_figures(contacts: float, hours: float, busy: float, share: float) -> None:
    assumed = replace(USUAL, contacts=contacts, open_hours=hours, busy_hours=busy, busy_contacts=share)
    found = compare(replace(assumed, minute_outsourced=0.0))
    assert found.inhouse.total > 0
    assert all(part >= 0 for costs in (found.inhouse, found.outsourced) for part in costs.parts.values())
