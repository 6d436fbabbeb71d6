"""What a report is described by: a cube, what its rows are, its columns with their formulas, and what a figure opens.

A new report is one ``Report`` in the catalogue; tables, totals, comparison, files and the way into the journal follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kaska.core.counting import sketch
from kaska.core.counting.sketch import Sketch
from kaska.features.reports.cubes import Cube

Text = tuple[str, str]
"""(Russian, English)"""
Filter = Mapping[str, Any]
"""what the journal is narrowed to: names and values of its query"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """In a filter: stands for what the company chose under this name of ReportChoices."""

    name: str


@dataclass(frozen=True, slots=True)
class Tariff:
    """In the company's money: for a contact, a minute of talk, an hour of an agent's presence."""

    per_contact: float = 0.0
    per_minute: float = 0.0
    per_hour: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums behind one row. Durations are asked for in seconds."""

    sums: Mapping[str, int]
    sketches: Mapping[str, Sketch] = field(default_factory=dict)
    target: int = 20
    tariff: Tariff = Tariff()

    def n(self, name: str) -> int:
        return self.sums.get(name, 0)

    def share(self, part: str, whole: str) -> float | None:
        return divided(self.n(part), self.n(whole))

    def seconds(self, name: str) -> float:
        return self.n(f"{name}_ms") / 1000

    def mean(self, name: str, of: str) -> float | None:
        return divided(self.seconds(name), self.n(of))

    def percentile(self, what: str, rank: float) -> float | None:
        return sketch.percentile(self.sketches.get(what, {}), rank)

    def state(self, name: str) -> float:
        """Seconds that agents were in a state."""
        return self.n(f"state_{name}_ms") / 1000


class _Asked(dict[str, Any]):
    """Answers everything alike and remembers what it was asked."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.answer = answer

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return self.answer


def divided(part: float, whole: float) -> float | None:
    return part / whole if whole else None


Formula = Callable[[Figures], float | None]
Opens = Filter | Callable[[Figures], Filter]


@dataclass(frozen=True, slots=True)
class Column:
    """``kind``: "count", "share" (0 to 1), "seconds", "money". ``opens``: what the journal is narrowed to besides the
    row, None = the figure is not of contacts. ``good``: whether "more" or "less" is better, "" = neither. ``group``:
    the heading that it shares with its neighbours, ("", "") = none.
    """

    id: str
    title: Text
    kind: str
    of: Formula
    opens: Opens | None = None
    note: Text = ("", "")
    good: str = ""
    group: Text = ("", "")


def under(group: Text, *columns: Column) -> tuple[Column, ...]:
    """The columns with one heading above them."""
    return tuple(replace(column, group=group) for column in columns)


@dataclass(frozen=True, slots=True)
class Report:
    """``by``: what rows may be, the usual first. ``where``: dimension → values that count. ``opens``: what every figure
    opens besides its row and column. ``sketches``: percentiles are asked for. ``states``: so are agents' states.
    ``opens_by``: figures open contacts only in rows of this dimension, "" = in all. ``filters``: dimension → what the
    journal calls it, where that differs.
    """

    id: str
    title: Text
    about: Text
    cube: Cube
    by: tuple[str, ...]
    columns: tuple[Column, ...]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opens: Filter = field(default_factory=dict)
    sketches: bool = False
    states: bool = False
    opens_by: str = ""
    targets: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)


def needs(columns: Sequence[Column], target: int) -> tuple[frozenset[str], frozenset[str]]:
    """Which sums and which sketches the formulas of columns ask for: no others need be read."""
    sums, sketches = _Asked(1), _Asked({})
    probe = Figures(sums, sketches, target, Tariff(1, 1, 1))
    for column in columns:
        column.of(probe)
        if callable(column.opens):
            column.opens(probe)
    return frozenset(sums.names), frozenset(sketches.names)
