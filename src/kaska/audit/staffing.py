"""Where people were too few: each half-hour of the week against what Erlang A asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from kaska.audit.clock import SLOT_SECONDS, Clock
from kaska.audit.figures import Figures
from kaska.core.counting.staffing import erlang_a, people_needed

SHARE = 0.8
"""of the callers shall get through within the target"""
PATIENCE_S = 90.0
"""when nobody hung up in the log"""
LONGEST_S = 3600.0
"""longer means are those of a broken log, and would take long to reckon with"""
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

    def busiest(self, count: int) -> list[HalfHour]:
        return sorted(self.cells.values(), key=lambda one: (-one.a_day, one.weekday, one.start))[:count]

    def gaps(self, count: int) -> list[HalfHour]:
        """Half-hours with too few people in which contacts were lost; where most were lost first."""
        found = [one for one in self.cells.values() if one.gap and one.lost]
        return sorted(found, key=lambda one: (-one.lost, one.weekday, one.start))[:count]


def week_of(figures: Figures, clock: Clock) -> Week:
    """Counts by local half-hours. Who worked is seen from who talked: people who sat idle are in no log."""
    week, present = Week(), dict[tuple[int, int], int]()
    for number, slot in figures.slots.items():
        local = clock.local(number * SLOT_SECONDS)
        start = local.hour * 2 + local.minute // 30
        key = (local.weekday(), start)
        cell = week.cells.get(key)
        if cell is None:
            cell = week.cells[key] = HalfHour(*key)
        cell.offered += slot.offered
        cell.lost += slot.lost
        when = (local.toordinal(), start)
        present[when] = present.get(when, 0) | slot.agents
    for (day, start), agents in present.items():
        cell = week.cells[((day - 1) % DAYS, start)]
        cell.people_days += agents.bit_count()
        cell.served_days += bool(agents)
    _count_days(week, figures, clock)
    _reckon(week, figures)
    return week


def _count_days(week: Week, figures: Figures, clock: Clock) -> None:
    period = figures.period
    if period is None:
        return
    first, last = (clock.day_of(at) for at in (period[0], period[1] - 1))
    whole, rest = divmod(last - first + 1, DAYS)
    extra = {(first - 1 + day) % DAYS for day in range(rest)}
    for cell in week.cells.values():
        cell.days = whole + (cell.weekday in extra)


def _reckon(week: Week, figures: Figures) -> None:
    handling = min(figures.aht_s or 0.0, LONGEST_S)
    if handling < 1:
        return
    patience = min(max(figures.patience_s or PATIENCE_S, 1.0), LONGEST_S)
    for cell in week.cells.values():
        an_hour = cell.a_day * 2
        if an_hour <= 0:
            continue
        cell.needed = people_needed(an_hour, handling, patience, figures.target_s, SHARE)
        people = max(1, round(cell.people))
        now, more = (erlang_a(an_hour, handling, patience, people + one, figures.target_s).abandon for one in (0, 1))
        before = 1.0 if not round(cell.people) else now
        cell.saved = min(cell.lost, cell.offered * (before - (now if before == 1.0 else more)))
