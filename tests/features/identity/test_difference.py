"""What changed is told field by field, and nothing else is."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kaska.features.identity.difference import difference

VALUES = st.none() | st.integers(0, 3) | st.lists(st.integers(0, 2), max_size=2)
ROWS = st.dictionaries(st.sampled_from("xyz"), VALUES | st.dictionaries(st.sampled_from("ab"), VALUES, max_size=2))


@given(ROWS)
def test_nothing_differs_from_itself(row: dict[str, Any]) -> None:
    assert difference(row, row) == []


@given(ROWS, ROWS)
def test_both_directions_tell_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    there = {change["field"]: (change["before"], change["after"]) for change in difference(one, other)}
    back = {change["field"]: (change["after"], change["before"]) for change in difference(other, one)}
    assert there == back


def test_it_looks_inside_of_mappings_only() -> None:
    before = {"week": [[1, 2]], "days": {"2026-01-01": [], "2026-01-02": [[0, 5]]}, "name": "a"}
    after = {"week": [[1, 3]], "days": {"2026-01-02": [[0, 6]]}, "name": "a"}
    assert difference(before, after) == [
        {"field": "week", "before": [[1, 2]], "after": [[1, 3]]},
        {"field": "days.2026-01-01", "before": [], "after": None},
        {"field": "days.2026-01-02", "before": [[0, 5]], "after": [[0, 6]]},
    ]
