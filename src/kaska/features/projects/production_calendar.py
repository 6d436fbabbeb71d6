"""The production calendar of Russia: which days are off by law and by the government's transfers, which are shortened.

The days come from the ``holidays`` library, which follows article 112 of the Labour Code and the yearly decrees on
transfers. A shortened day is the working day right before a holiday of article 112 (article 95); a day that is off by a
transfer only does not shorten the one before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import holidays as library

from kaska.core.configuration import Calendar

FIXED = (*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4))
"""(month, day) of the holidays of article 112"""

SHORTENED_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Year:
    """``days_off``: weekdays that are not worked; ``working_weekends``: Saturdays and Sundays that are."""

    holidays: tuple[date, ...]
    days_off: tuple[date, ...]
    working_weekends: tuple[date, ...]
    shortened: tuple[date, ...]


def year_of(year: int) -> Year:
    """The production calendar of a year, for a week of five days; as far as the library knows its decree."""
    named = library.country_holidays("RU", years=[year, year + 1], language="en_US")
    worked = frozenset(getattr(named, "weekend_workdays", ()))
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    fixed = tuple(date(year, month, day) for month, day in FIXED)

    def off(day: date) -> bool:
        return day in named or (day.weekday() >= 5 and day not in worked)

    before_holiday = {day for day in days if _is_fixed(day + timedelta(days=1)) and not off(day)}
    return Year(
        fixed,
        tuple(day for day in days if day in named and day.weekday() < 5),
        tuple(sorted(day for day in worked if day.year == year)),
        # a Saturday is worked in place of the day before a holiday, and is as short
        tuple(sorted(before_holiday | {day for day in worked if day.year == year and _stands_for_short(day, named)})),
    )


def _is_fixed(day: date) -> bool:
    return (day.month, day.day) in FIXED


def _stands_for_short(worked: date, named: library.HolidayBase) -> bool:
    """The day that was taken in exchange lies right before a holiday, so by article 95 its hours were fewer."""
    taken = f"{worked:%m/%d/%Y}"
    return any(taken in str(name) and _is_fixed(day + timedelta(days=1)) for day, name in named.items())


def with_year(calendar: Calendar, year: int) -> Calendar:
    """The calendar with this year's days: off, worked (the hours of a usual day), shortened by an hour at the end.

    Days that were described by hand stay as they are; a day on which the week is closed anyway needs no entry.
    """
    found = year_of(year)
    usual = next((hours for hours in calendar.week if hours), ())
    days: dict[str, tuple[tuple[int, int], ...]] = {}
    for day in found.days_off:
        if calendar.week and calendar.week[day.weekday()]:
            days[day.isoformat()] = ()
    for day in found.holidays:
        if calendar.week and calendar.week[day.weekday()]:
            days[day.isoformat()] = ()
    for day in found.working_weekends:
        days[day.isoformat()] = calendar.week[day.weekday()] or usual
    for day in found.shortened:
        hours = days.get(day.isoformat()) or (calendar.week[day.weekday()] if calendar.week else ())
        if hours:
            days[day.isoformat()] = _shorter(hours)
    holidays = sorted({*calendar.holidays, *(day.isoformat() for day in found.holidays)})
    return replace(calendar, days={**days, **calendar.days}, holidays=tuple(holidays))


def _shorter(hours: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """An hour less at the end of the day; hours around the clock are nobody's working day and stay."""
    start, end = hours[-1]
    if (hours[0][0], end) == (0, 1440):
        return hours
    return (*hours[:-1], (start, end - SHORTENED_MINUTES)) if end - start > SHORTENED_MINUTES else hours[:-1]
