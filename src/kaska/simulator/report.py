"""What a simulated day came to: as a table for people, or as plain values for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from statistics import mean, stdev
from typing import Any
from zoneinfo import ZoneInfo

from kaska.simulator.description import Description
from kaska.simulator.figures import FORMULAS, Figures, by_interval, figures
from kaska.simulator.laws import Laws
from kaska.simulator.table import Table
from kaska.simulator.world import World

HEADS = {
    "ru": ("период", "предложено", "принято", "потеряно", "сброшено", "сообщ.", "УО {target:g} с", "ASA, с", "90 %, с",
           "AHT, с", "загрузка"),
    "en": ("interval", "offered", "answered", "abandoned", "short", "messages", "SL {target:g} s", "ASA, s", "90 %, s",
           "AHT, s", "occupancy"),
}  # fmt: skip
WHOLE = {"ru": "всего", "en": "whole"}
FORMULA = {"ru": "уровень сервиса {formula}; дней: {days}", "en": "service level {formula}; days: {days}"}
SPREAD = {
    "ru": "разброс между днями (стандартное отклонение): потеряно {abandoned:.1f}, уровень сервиса {level}",
    "en": "spread between days (standard deviation): abandoned {abandoned:.1f}, service level {level}",
}
QUEUE = {"ru": "очередь {name}", "en": "queue {name}"}


class Days:
    """The same description simulated with the seeds ``seed``, ``seed`` + 1, …, ``days`` of them.

    ``broken`` are violations of the core's laws, when they were to be checked.
    """

    def __init__(self, description: Description, seed: int, days: int, *, check: bool = False) -> None:
        self.description = description
        self.seed = seed
        self.broken: list[str] = []
        self.tables: list[Table] = []
        model = description.model
        for number in range(days):
            table, laws = Table(model.start, description.interval), Laws()
            if check:
                World(model, seed + number, (table.watch, laws.watch), laws.after_event).run()
                self.broken += [f"{seed + number}: {one}" for one in laws.broken()]
            else:
                World(model, seed + number, (table.watch,)).run()
            table.close(model.end)
            self.tables.append(table)

    def whole(self, table: Table, queue: str = "") -> Figures:
        model = self.description.model
        return figures(table, model.start, model.end, self.description.target, queue)

    def intervals(self, table: Table) -> list[Figures]:
        model = self.description.model
        return by_interval(table, model.start, model.end, self.description.target)

    @property
    def queues(self) -> list[str]:
        return list(self.description.model.configuration.queues)


def document(days: Days) -> dict[str, Any]:
    """For programs: per day the whole, each queue and each interval; moments in ISO, in the day's time zone."""
    zone = ZoneInfo(days.description.timezone)
    return {
        "formula": FORMULAS[0],
        "target_seconds": days.description.target,
        "broken_laws": days.broken,
        "days": [
            {
                "seed": days.seed + number,
                "whole": _plain(days.whole(table), zone),
                "queues": {name: _plain(days.whole(table, name), zone) for name in days.queues},
                "intervals": [_plain(one, zone) for one in days.intervals(table)],
            }
            for number, table in enumerate(days.tables)
        ],
    }


def _plain(one: Figures, zone: ZoneInfo) -> dict[str, Any]:
    levels = {formula: one.service_level(formula) for formula in FORMULAS}
    return asdict(one) | {
        "start": datetime.fromtimestamp(one.start, zone).isoformat(),
        "end": datetime.fromtimestamp(one.end, zone).isoformat(),
        "abandonment": one.abandonment,
        "service_levels": levels,
    }


def lines(days: Days, language: str) -> list[str]:
    """For people: a line per interval, per queue and for the whole, means of all days. "ru" or "en"."""
    zone = ZoneInfo(days.description.timezone)
    rows = [tuple(head.format(target=days.description.target) for head in HEADS[language])]
    for parts in zip(*(days.intervals(table) for table in days.tables), strict=True):
        start, end = (datetime.fromtimestamp(moment, zone) for moment in (parts[0].start, parts[0].end))
        rows.append((f"{start:%H:%M}–{end:%H:%M}", *_cells(parts)))
    if len(days.queues) > 1:
        for name in days.queues:
            of_queue = [days.whole(table, name) for table in days.tables]
            rows.append((QUEUE[language].format(name=name), *_cells(of_queue)[:-1], ""))
    wholes = [days.whole(table) for table in days.tables]
    rows.append((WHOLE[language], *_cells(wholes)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    said = []
    for first, *cells in rows:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        said.append("  ".join([first.ljust(widths[0]), *padded]).rstrip())
    said.append("")
    said.append(FORMULA[language].format(formula=FORMULAS[0], days=len(wholes)))
    if len(wholes) > 1:
        levels = [level for one in wholes if (level := one.service_level()) is not None]
        spread = _percent(stdev(levels)) if len(levels) > 1 else "–"
        said.append(SPREAD[language].format(abandoned=stdev(one.abandoned for one in wholes), level=spread))
    return said


def _cells(parts: Sequence[Figures]) -> tuple[str, ...]:
    """Means over the days; of what some days cannot tell, over those that can."""
    counts = ("offered", "answered", "abandoned", "short_abandoned", "message_taken")
    return (
        *(f"{mean(getattr(one, name) for one in parts):.1f}".removesuffix(".0") for name in counts),
        _percent(_mean([one.service_level() for one in parts])),
        _seconds(_mean([one.speed_of_answer for one in parts])),
        _seconds(_mean([one.wait_90 for one in parts])),
        _seconds(_mean([one.handling for one in parts])),
        _percent(_mean([one.occupancy for one in parts])),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return mean(known) if known else None


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
