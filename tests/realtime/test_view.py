from __future__ import annotations

import copy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.realtime.floor import Floor

from kaska.core import facts
from kaska.core.facts import FACT_TYPES
from kaska.realtime.view import Change, LiveView, Rows

LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def merged(rows: Rows, changes: list[Change]) -> Rows:
    """What a browser does."""
    for change in changes:
        if change.row is None:
            del rows[change.collection][change.id]
        else:
            rows[change.collection][change.id] = change.row
    return rows


@LAW
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 150))
def test_old_snapshot_and_changes_make_a_fresh_snapshot_after_every_fact(seed: int, steps: int) -> None:
    floor = Floor(seed)
    view = LiveView.from_state(floor.core.state)
    browser = copy.deepcopy(view.rows)
    for happened in floor.run(steps):
        for fact in happened:
            merged(browser, view.apply(fact))
            assert browser == view.rows
        assert browser == LiveView.from_state(floor.core.state).rows, happened


@LAW
@given(seed=st.integers(0, 2**32), batches=st.lists(st.integers(1, 40), max_size=8))
def test_changes_of_many_facts_at_once_are_as_good(seed: int, batches: list[int]) -> None:
    floor = Floor(seed)
    view = LiveView.from_state(floor.core.state)
    browser = copy.deepcopy(view.rows)
    for size in batches:
        merged(browser, view.apply_all(fact for happened in floor.run(size) for fact in happened))
        assert browser == LiveView.from_state(floor.core.state).rows


def test_the_floor_makes_every_type_of_fact() -> None:
    seen: set[str] = set()
    phases: set[str] = set()
    every = {cls.__name__ for cls in FACT_TYPES.values()}
    for seed in range(120):
        floor = Floor(seed)
        view = LiveView.from_state(floor.core.state)
        for happened in floor.run(400):
            seen.update(type(fact).__name__ for fact in happened)
            for change in view.apply_all(happened):
                if change.collection == "calls" and change.row is not None:
                    phases.add(change.row["phase"])
        if seen == every:
            break
    assert every - seen == set()
    assert phases == {"menu", "waiting", "ringing", "talking", "message", "promised", "parked"}


def test_the_view_does_not_touch_the_engines_state() -> None:
    floor = Floor(1)
    for _ in floor.run(50):
        pass
    before = copy.deepcopy(floor.core.state)
    view = LiveView.from_state(floor.core.state)
    other = Floor(1)
    for _ in other.run(50):
        pass
    for happened in other.run(50):
        view.apply_all(happened)
    assert floor.core.state == before


def test_nothing_changes_nothing_is_told() -> None:
    view = LiveView.from_state(Floor(1).core.state)
    assert view.changes() == []
    assert view.apply(facts.RecordingReady(1.0, "gone", "x.wav", 1.0)) == []
