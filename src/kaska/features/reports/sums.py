"""Sums that are to be added to what is kept: of a batch of contacts, or of one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kaska.core.counting.sketch import bucket_of
from kaska.features.calls.public import Card
from kaska.features.reports.cubes import QUARTER_SECONDS, Cube

MAX_TEXT = 200
"""letters of a dimension; what is longer is cut, so that it can be part of a key"""

Place = tuple[str, int, tuple[str, ...]]
"""cube, start of the quarter (seconds since the epoch), dimensions"""
Mark = tuple[int, str, str, str, int]
"""start of the quarter, what, project, queue, bucket"""


@dataclass(slots=True)
class Sums:
    """Sums to be added to what is kept; those that came to nothing are missing."""

    cubes: dict[Place, list[int]] = field(default_factory=dict)
    sketches: dict[Mark, int] = field(default_factory=dict)

    def add(self, cube: Cube, start: int, dimensions: Iterable[str], values: Mapping[str, int], sign: int = 1) -> None:
        place = (cube.name, start, tuple(text[:MAX_TEXT] for text in dimensions))
        row = self.cubes.setdefault(place, [0] * len(cube.measures))
        for at, name in enumerate(cube.measures):
            row[at] += sign * values.get(name, 0)
        if not any(row):
            del self.cubes[place]

    def mark(self, start: int, what: str, card: Card, seconds: float, sign: int = 1) -> None:
        key = (start, what, card.project[:MAX_TEXT], card.queue[:MAX_TEXT], bucket_of(seconds))
        left = self.sketches.get(key, 0) + sign
        if left:
            self.sketches[key] = left
        else:
            self.sketches.pop(key, None)


def quarter_of(seconds: float) -> int:
    return int(seconds // QUARTER_SECONDS) * QUARTER_SECONDS
