"""The half-hours of the week as a log shows them. Who worked is seen from who talked: people who sat idle are in no
log."""

from __future__ import annotations

from kaska.audit.clock import SLOT_SECONDS, Clock
from kaska.audit.figures import Figures
from kaska.core.counting.closing import Evidence
from kaska.core.counting.week import Week


def week_of(figures: Figures, clock: Clock) -> Week:
    """Counts by local half-hours, against what Erlang A asks for."""
    week, present = Week(), dict[tuple[int, int], int]()
    for number, slot in figures.slots.items():
        local = clock.local(number * SLOT_SECONDS)
        start = local.hour * 2 + local.minute // 30
        cell = week.cell(local.weekday(), start)
        cell.offered += slot.offered
        cell.lost += slot.lost
        when = (local.toordinal(), start)
        present[when] = present.get(when, 0) | slot.agents
    for (day, start), agents in present.items():
        week.see(day, start, agents.bit_count())
    if figures.period is not None:
        week.spread(*(clock.day_of(at) for at in (figures.period[0], figures.period[1] - 1)))
    week.reckon(figures.aht_s, figures.patience_s, figures.target_s)
    return week


def evidence_of(figures: Figures, week: Week, clock: Clock) -> Evidence:
    """What the log can tell of what would close the holes.

    A log does not know the opening hours: half-hours of the week in which nobody ever talked are taken for closed.
    """
    found = figures.colander()
    unserved: dict[tuple[int, int], int] = {}
    for number, slot in figures.slots.items():
        local = clock.local(number * SLOT_SECONDS)
        key = (local.weekday(), local.hour * 2 + local.minute // 30)
        if slot.lost + slot.announced:
            unserved[key] = unserved.get(key, 0) + slot.lost + slot.announced
    return Evidence(
        found.arrived,
        {hole: leak.contacts for hole, leak in found.leaks.items()},
        week,
        list(figures.steps.items()),
        figures.to_line_s,
        figures.rings(),
        {key: count for key, count in unserved.items() if not week.cell(*key).served_days},
    )
