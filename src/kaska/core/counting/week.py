"""Where people were too few: each half-hour of the week against what Erlang A asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from kaska.core.counting.erlang import agents_needed, impatient

SHARE = 0.8
"""of the callers shall be answered within the target"""
PATIENCE_S = 90.0
"""when nobody hung up, so that nothing is known of it"""
LONGEST_S = 3600.0
"""longer means are those of broken records, and would take long to reckon with"""
DAYS = 7


@dataclass(slots=True)
class HalfHour:
    """One half-hour of the week. ``start`` is in half-hours since midnight, ``weekday`` in days since Monday."""

    weekday: int
    start: int
    days: int = 0
    offered: int = 0
    lost: int = 0
    people_days: int = 0
    """people who talked, added up over the days"""
    served_days: int = 0
    """days on which anybody talked"""
    needed: int = 0
    saved: float = 0.0
    """contacts that one more person would have answered in the whole period"""

    @property
    def people(self) -> float:
        """Seen talking, on an average day on which anybody was."""
        return self.people_days / self.served_days if self.served_days else 0.0

    @property
    def a_day(self) -> float:
        return self.offered / self.days if self.days else 0.0

    @property
    def gap(self) -> int:
        return max(0, self.needed - round(self.people))


@dataclass(slots=True)
class Week:
    cells: dict[tuple[int, int], HalfHour] = field(default_factory=dict)

    def cell(self, weekday: int, start: int) -> HalfHour:
        key = (weekday, start)
        found = self.cells.get(key)
        if found is None:
            found = self.cells[key] = HalfHour(weekday, start)
        return found

    def see(self, day: int, start: int, people: int) -> None:
        """On ``day`` (proleptic ordinal, 1 is a Monday) so many different people talked in this half-hour."""
        cell = self.cell((day - 1) % DAYS, start)
        cell.people_days += people
        cell.served_days += bool(people)

    def spread(self, first: int, last: int) -> None:
        """The period has the days ``first`` to ``last`` (ordinals, both in it)."""
        whole, rest = divmod(last - first + 1, DAYS)
        extra = {(first - 1 + day) % DAYS for day in range(rest)}
        for cell in self.cells.values():
            cell.days = whole + (cell.weekday in extra)

    def reckon(self, handling_s: float | None, patience_s: float | None, target_s: float) -> None:
        """Fill ``needed`` and ``saved``. Means in seconds, None = not known; without handling nothing is told."""
        handling = min(handling_s or 0.0, LONGEST_S)
        if handling < 1:
            return
        patience = min(max(patience_s or PATIENCE_S, 1.0), LONGEST_S)
        for cell in self.cells.values():
            load = cell.a_day / 1800 * handling
            if load <= 0:
                continue
            cell.needed = agents_needed(load, handling, SHARE, target_s, patience)
            people = round(cell.people)
            now, more = (impatient(load, people + one, handling, patience, target_s).abandons for one in (0, 1))
            cell.saved = min(cell.lost, cell.offered * (now - more))

    def busiest(self, count: int) -> list[HalfHour]:
        return sorted(self.cells.values(), key=lambda one: (-one.a_day, one.weekday, one.start))[:count]

    def gaps(self, count: int) -> list[HalfHour]:
        """Half-hours with too few people in which contacts were lost; where most were lost first."""
        found = [one for one in self.cells.values() if one.gap and one.lost]
        return sorted(found, key=lambda one: (-one.lost, one.weekday, one.start))[:count]
