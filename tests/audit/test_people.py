"""What became of lost people, in little memory: temporary files and the order of telling change nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.audit.people import People, Recovered
from kaska.core.counting.lost_callers import Fate

DAY = 86_400
SERVED, LOST, CALLED_BACK = "served", "lost", "called back"
Moment = tuple[str, float, str]


def day_of(at: float) -> int:
    return int(at // DAY)


def told(*moments: Moment) -> Recovered:
    with People() as people:
        for what, at, caller in moments:
            if what == LOST:
                people.lost(at, caller)
            else:
                (people.served if what == SERVED else people.called_back).add(at, caller)
        return people.recovered(day_of)


MOMENTS: st.SearchStrategy[list[Moment]] = st.lists(
    st.tuples(
        st.sampled_from([SERVED, LOST, CALLED_BACK]),
        st.integers(0, 8) | st.integers(0, 3 * DAY) | st.floats(0, 4 * DAY),
        st.sampled_from(["a", "b", "c", "d", "e\nf", "ж", "\ud800"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ([(LOST, 100)], Fate.NEVER),
        ([(LOST, 100), (SERVED, 200)], Fate.SAME_DAY),
        ([(LOST, 100), (SERVED, DAY + 5)], Fate.LATER),
        ([(SERVED, 50), (LOST, 100)], Fate.EARLIER_ONLY),
        ([(SERVED, 100), (LOST, 100)], Fate.UNKNOWN),
        ([(LOST, 100), (SERVED, 200), (LOST, 300)], Fate.EARLIER_ONLY),
        ([(SERVED, 100)], None),
    ],
)
def test_the_last_loss_decides(moments: list[tuple[str, float]], expected: Fate | None) -> None:
    wanted = [int(fate is expected) for fate in Fate]
    for order in (moments, moments[::-1]):
        callers = told(*((what, at, "a") for what, at in order)).callers
        assert [getattr(callers, fate) for fate in Fate] == wanted, "the order of the rows must not matter"


def looked_at(moments: list[Moment]) -> tuple[Fate, bool] | None:
    """The fate of one person by looking at everything, and whether we made the first step."""
    losses = [at for what, at, _ in moments if what == LOST]
    services = [at for what, at, _ in moments if what != LOST]
    if not losses:
        return None
    last = max(losses)
    after = min((at for at in services if at > last), default=None)
    if after is not None:
        return (Fate.SAME_DAY if day_of(after) == day_of(last) else Fate.LATER), (CALLED_BACK, after) in {
            (what, at) for what, at, _ in moments
        }
    return (Fate.UNKNOWN if last in services else Fate.EARLIER_ONLY if services else Fate.NEVER), False


@settings(max_examples=100, deadline=None)
@given(MOMENTS, st.integers(1, 10), st.integers(0, 3))
def test_all_is_as_looking_at_everything_says(moments: list[Moment], many: int, people: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kaska.audit.people.MANY", many)
        patch.setattr("kaska.audit.people.MOST_IN_MEMORY", people)
        found = told(*moments)
    assert found == told(*moments[::-1]), "neither files nor order change anything"
    stories = [looked_at([one for one in moments if one[2] == name]) for name in {name for _, _, name in moments}]
    fates = [story for story in stories if story is not None]
    assert [getattr(found.callers, fate) for fate in Fate] == [sum(one[0] is fate for one in fates) for fate in Fate]
    assert found.called_back == sum(ours for _, ours in fates)
    assert found.by_themselves + found.called_back == found.callers.same_day + found.callers.later
