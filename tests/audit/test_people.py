"""Lost people in little memory: temporary files change nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.audit.people import CALLED_BACK, LOST, SERVED, People, Recovered

DAY = 86_400


def day_of(at: float) -> int:
    return int(at // DAY)


def told(moments: list[tuple[float, int, str]], many: int) -> Recovered:
    with People() as people:
        for moment in moments:
            people.moments.append(moment)
            if len(people.moments) >= many:
                people.tell()
        return people.recovered(day_of)


MOMENTS = st.lists(
    st.tuples(st.floats(0, 4 * DAY), st.sampled_from([SERVED, LOST, CALLED_BACK]), st.sampled_from("abcdefgh")),
    max_size=60,
).map(sorted)


def test_an_instant_is_never_parted() -> None:
    """Lost and called back at the same moment, reached a second and some days later: the same day, however told."""
    moments = [(172800.0, LOST, "b"), (172800.0, CALLED_BACK, "b"), (172801.0, SERVED, "b"), (300000.0, SERVED, "b")]
    others = [(172800.0, SERVED, name) for name in "acd"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kaska.audit.people.MOST_IN_MEMORY", 0)
        assert {told(sorted(moments + others), many).callers.same_day for many in range(2, 9)} == {1}


@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.integers(2, 10))
def test_temporary_files_change_nothing(moments: list[tuple[float, int, str]], many: int) -> None:
    whole = told(moments, 10_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kaska.audit.people.MOST_IN_MEMORY", 3)
        assert told(moments, many) == whole
    assert whole.callers.total == len({caller for _, what, caller in moments if what == LOST})
    assert whole.by_themselves + whole.called_back == whole.callers.same_day + whole.callers.later


def test_who_made_the_first_step() -> None:
    found = told([(1, LOST, "a"), (5, SERVED, "a"), (2, LOST, "b"), (9, CALLED_BACK, "b"), (3, LOST, "c")], 100)
    assert (found.by_themselves, found.called_back, found.callers.never, found.callers.same_day) == (1, 1, 1, 2)
