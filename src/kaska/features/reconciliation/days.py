"""Day by day: how many calls each witness tells of, and the cause of every difference. Days are those of the company's
report zone; a contact belongs to the day on which it arrived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import StoryText, local_zone
from kaska.features.reconciliation import repository
from kaska.features.reconciliation.comparison import KIND_TEXTS, by_day
from kaska.features.reconciliation.schemas import DayCause, ReconciledDay, ReconciledDays
from kaska.features.reports.public import Period, choices

MOST_DAYS = 92
"""in one answer"""

COUNTER_DIFFERS = "counter_differs"
SWITCH_DIED = "switch_died"
NOT_TO_RECORD = "not_to_record"

TEXTS: dict[str, tuple[str, str]] = {
    **KIND_TEXTS,
    COUNTER_DIFFERS: (
        "Счётчик станции насчитал не столько звонков, сколько в её записях",
        "The switch's counter has counted another number of calls than its records tell of",
    ),
    SWITCH_DIED: (
        "Станция упала во время звонка: CDR о нём она не написала",
        "The switch died with the call: it wrote no CDR of it",
    ),
    NOT_TO_RECORD: (
        "Разговор не записан по правилам или запись стёрта",
        "The conversation was not to be recorded, or its recording was erased",
    ),
}
"""cause → (Russian, English)"""


async def days(connection: AsyncConnection, tenant: str, last: date | None, back: int) -> ReconciledDays:
    """``back`` days up to ``last``, by default the day of the last comparison; newest first."""
    zone = await _zone(connection, tenant)
    run = await repository.last_run(connection, tenant)
    if run is None:
        return ReconciledDays(zone=zone.key, days=[])
    last = last or run.ran_at.astimezone(zone).date()
    first = last - timedelta(days=back - 1)
    period = Period(first, last, zone)
    told = await repository.told_by_day(connection, tenant, period, run.settled_before or run.ran_at)
    differing = await repository.differing_by_day(connection, tenant, period)
    counted = by_day(*await repository.counted_by_day(connection, tenant, period))
    downwards = (last - timedelta(days=n) for n in range(back))
    shown = [_day(day, told.get(day), differing.get(day, {}), counted.get(day)) for day in downwards]
    return ReconciledDays(zone=zone.key, days=[day for day in shown if day is not None])


async def of(connection: AsyncConnection, tenant: str, day: date) -> Period:
    """One day of the company's report zone."""
    return Period(day, day, await _zone(connection, tenant))


async def _zone(connection: AsyncConnection, tenant: str) -> ZoneInfo:
    return local_zone((await choices(connection, tenant)).zone)


def _day(
    day: date, told: Row[Any] | None, differing: Mapping[str, tuple[int, int]], unaccounted: int | None
) -> ReconciledDay | None:
    """None when nobody tells of that day. ``differing``: kind → (open, explained)."""
    if told is None and not differing and unaccounted is None:
        return None
    causes = {
        **differing,
        COUNTER_DIFFERS: (abs(unaccounted or 0), 0),
        SWITCH_DIED: (0, told.died if told else 0),
        NOT_TO_RECORD: (0, told.unwanted if told else 0),
    }
    switch = told.switch if told else 0
    return ReconciledDay(
        day=day,
        counter=None if unaccounted is None else switch + unaccounted,
        switch=switch,
        cdr=told.cdr if told else 0,
        ledger=told.ledger if told else 0,
        talked=told.talked if told else 0,
        recordings=told.recordings if told else 0,
        open=sum(still_open for still_open, _ in causes.values()),
        causes=[_cause(kind, *causes[kind]) for kind in TEXTS if any(causes.get(kind, ()))],
    )


def _cause(kind: str, still_open: int, explained: int) -> DayCause:
    russian, english = TEXTS[kind]
    return DayCause(kind=kind, text=StoryText(ru=russian, en=english), open=still_open, explained=explained)
