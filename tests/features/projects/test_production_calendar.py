"""The production calendar of 2026 and 2027, held to a table of its own, and what it does to a project's calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kaska.core.calendar import mode_at
from kaska.core.configuration import Calendar
from kaska.features.projects.production_calendar import with_year, year_of

OFFICE = Calendar("office", "Europe/Moscow", (((540, 780), (840, 1080)),) * 5 + ((), ()))


def days(year: int, text: str) -> set[date]:
    """ "01-09 05-11" → dates."""
    return {date.fromisoformat(f"{year}-{one}") for one in text.split()}


@pytest.mark.parametrize(
    ("year", "off", "worked", "shortened", "working_days", "hours"),
    [
        (
            2026,
            "01-01 01-02 01-05 01-06 01-07 01-08 01-09 02-23 03-09 05-01 05-11 06-12 11-04 12-31",
            "",
            "04-30 05-08 06-11 11-03",
            247,
            1972,
        ),
        (
            2027,
            "01-01 01-04 01-05 01-06 01-07 01-08 02-22 02-23 03-08 05-03 05-10 06-14 11-04 11-05 12-31",
            "02-20",
            "02-20 04-30 06-11 11-03",
            247,
            1972,
        ),
    ],
)
def test_a_year(year: int, off: str, worked: str, shortened: str, working_days: int, hours: int) -> None:
    found = year_of(year)
    assert set(found.days_off) == days(year, off)
    assert set(found.working_weekends) == days(year, worked)
    assert set(found.shortened) == days(year, shortened)
    every = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    worked_days = [d for d in every if (d.weekday() < 5 and d not in found.days_off) or d in found.working_weekends]
    assert len(worked_days) == working_days
    assert len(worked_days) * 8 - len(found.shortened) == hours


def test_a_calendar_takes_the_years_days() -> None:
    calendar = with_year(OFFICE, 2027)
    assert calendar.days["2027-01-04"] == ()
    assert calendar.days["2027-02-22"] == ()
    assert calendar.days["2027-02-20"] == ((540, 780), (840, 1020)), "a worked Saturday, an hour shorter"
    assert calendar.days["2027-04-30"] == ((540, 780), (840, 1020))
    assert "2027-01-02" not in calendar.days, "closed on Saturdays anyway"
    assert "2027-01-02" in calendar.holidays
    noon = 1_798_794_000.0 + 3 * 86_400  # 4 January 2027, 12:00 in Moscow
    assert mode_at(calendar, noon) == "holiday"


def test_days_described_by_hand_stay_and_years_add_up() -> None:
    by_hand = replace(OFFICE, days={"2026-05-11": ((600, 660),)}, holidays=("2025-12-31",))
    calendar = with_year(with_year(by_hand, 2026), 2027)
    assert calendar.days["2026-05-11"] == ((600, 660),)
    assert {"2025-12-31", "2026-01-01", "2027-11-04"} <= set(calendar.holidays)
    assert with_year(calendar, 2027) == calendar


def test_who_works_around_the_clock_is_closed_by_holidays_but_not_shortened() -> None:
    always = Calendar("always", "Europe/Moscow", (((0, 1440),),) * 7)
    calendar = with_year(always, 2026)
    assert calendar.days["2026-05-09"] == ()
    assert calendar.days["2026-04-30"] == ((0, 1440),)


def test_a_short_last_part_of_a_day_falls_away() -> None:
    odd = replace(OFFICE, week=(((540, 780), (840, 900)),) * 5 + ((), ()))
    assert with_year(odd, 2026).days["2026-04-30"] == ((540, 780),)
