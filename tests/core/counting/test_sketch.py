"""Sketches: what they tell is near the truth, and adding them up is adding the values up."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from kaska.core.counting.sketch import (
    EXACT_SECONDS,
    RELATIVE_ERROR,
    add,
    bound_of,
    bucket_of,
    merged,
    percentile,
    sketch,
    within,
)

durations = st.floats(min_value=0, max_value=10_000_000, allow_nan=False)
samples = st.lists(durations, max_size=60)


@given(durations)
def test_a_value_is_told_as_itself_or_slightly_more(value: float) -> None:
    told = bound_of(bucket_of(value))
    assert value <= told
    assert told - value < max(1, RELATIVE_ERROR * value + 1e-6) or told - math.ceil(value) <= RELATIVE_ERROR * value


@given(st.integers(0, 20_000))
def test_buckets_follow_each_other_without_gap(bucket: int) -> None:
    assert bucket_of(bound_of(bucket)) == bucket
    assert bucket_of(bound_of(bucket) + 1) == bucket + 1


@given(samples, samples, samples)
def test_merging_is_counting_together_in_any_order(one: list[float], two: list[float], three: list[float]) -> None:
    a, b, c = sketch(one), sketch(two), sketch(three)
    assert merged(a, b) == dict(sorted(sketch([*one, *two]).items()))
    assert merged(merged(a, b), c) == merged(a, merged(c, b))
    assert merged(a, {}) == dict(sorted(a.items()))


@given(samples, durations)
def test_what_was_counted_can_be_taken_back(values: list[float], value: float) -> None:
    found = sketch(values)
    add(found, value)
    add(found, value, -1)
    assert found == sketch(values)


@given(st.lists(durations, min_size=1, max_size=60), st.sampled_from([0.0, 0.5, 0.9, 0.95, 1.0]))
def test_a_percentile_is_near_the_true_one(values: list[float], rank: float) -> None:
    true = sorted(values)[max(1, math.ceil(len(values) * rank)) - 1]
    told = percentile(sketch(values), rank)
    assert told is not None
    assert true <= told <= math.ceil(true) * (1 + RELATIVE_ERROR)


@given(samples, st.integers(0, EXACT_SECONDS))
def test_within_a_usual_target_is_exact(values: list[float], target: int) -> None:
    assert within(sketch(values), target) == sum(value <= target for value in values)


def test_the_usual_long_targets_are_bounds() -> None:
    assert all(bound_of(bucket_of(target)) == target for target in (300, 600, 900, 1200, 1800, 3600))


def test_of_nothing_nothing_is_told() -> None:
    assert percentile({}, 0.5) is None
