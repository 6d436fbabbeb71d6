"""Percentiles that can be added up: how often durations fell into buckets that widen with the duration.

The buckets are those of an HdrHistogram (G. Tene) over whole seconds: one second each below 256 s, and from there every
octave has 128 of them. A value is told as the upper end of its bucket, so what is told is at least the value and less
than one second, or 1/128 of it, above. Two sketches of different intervals are added bucket by bucket, in any order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

EXACT_SECONDS = 256
"""below it every whole second has a bucket of its own"""
PER_OCTAVE = 128
RELATIVE_ERROR = 1 / PER_OCTAVE

Sketch = dict[int, int]
"""bucket → how many values fell into it; buckets without values are missing"""


def bucket_of(seconds: float) -> int:
    """The bucket of a duration; negative ones and nonsense count as 0. A value on a bound belongs below it."""
    whole = math.ceil(seconds) if 0 < seconds < math.inf else 0
    if whole <= EXACT_SECONDS:
        return whole
    octave = (whole - 1).bit_length() - 8
    return EXACT_SECONDS + (octave - 1) * PER_OCTAVE + -(-(whole - (EXACT_SECONDS << (octave - 1))) >> octave)


def bound_of(bucket: int) -> int:
    """The greatest whole second that belongs to the bucket."""
    if bucket <= EXACT_SECONDS:
        return bucket
    octave, place = divmod(bucket - EXACT_SECONDS - 1, PER_OCTAVE)
    return (EXACT_SECONDS << octave) + ((place + 1) << (octave + 1))


def sketch(values: Iterable[float]) -> Sketch:
    found: Sketch = {}
    for value in values:
        add(found, value)
    return found


def add(to: Sketch, seconds: float, count: int = 1) -> None:
    """Count a value, or with a negative ``count`` take it back."""
    bucket = bucket_of(seconds)
    left = to.get(bucket, 0) + count
    if left:
        to[bucket] = left
    else:
        to.pop(bucket, None)


def merged(one: Mapping[int, int], other: Mapping[int, int]) -> Sketch:
    total = {bucket: one.get(bucket, 0) + other.get(bucket, 0) for bucket in {**one, **other}}
    return {bucket: count for bucket, count in sorted(total.items()) if count}


def together(several: Iterable[Mapping[int, int]]) -> Sketch:
    """All of them as one."""
    total: Sketch = {}
    for one in several:
        for bucket, count in one.items():
            total[bucket] = total.get(bucket, 0) + count
    return total


def percentile(of: Mapping[int, int], rank: float) -> int | None:
    """At least the value that ``rank`` (0 to 1) of all do not exceed, by nearest rank; see the module for the error.

    None when nothing was counted.
    """
    count = sum(of.values())
    if not count:
        return None
    wanted, passed = max(1, math.ceil(count * rank)), 0
    for bucket in sorted(of):
        passed += of[bucket]
        if passed >= wanted:
            return bound_of(bucket)
    return bound_of(max(of))


def within(of: Mapping[int, int], seconds: int) -> int:
    """How many did not exceed ``seconds``: exact up to 256 s and for every bound of a bucket beyond."""
    return sum(count for bucket, count in of.items() if bound_of(bucket) <= seconds)
