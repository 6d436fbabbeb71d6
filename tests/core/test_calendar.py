"""Open hours as the wall clock of a time zone shows them, also in the nights when that clock is changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaska.core.calendar import due_after_open_minutes, is_open, local_day, next_opening
from kaska.core.configuration import Calendar

BERLIN = "Europe/Berlin"
MOSCOW = "Europe/Moscow"
OFFICE = ((540, 1080),)
ALL_DAY = ((0, 1440),)
HOUR = 3600.0


def moment(timezone: str, text: str, fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone), fold=fold).timestamp()


def weekdays(timezone: str = MOSCOW, **days: tuple[tuple[int, int], ...]) -> Calendar:
    named = {name.removeprefix("d").replace("_", "-"): intervals for name, intervals in days.items()}
    return Calendar("office", timezone, (OFFICE,) * 5 + ((), ()), named)


def every_day(timezone: str, *intervals: tuple[int, int]) -> Calendar:
    return Calendar("same", timezone, (intervals,) * 7)


def only_on(timezone: str, day: str, *intervals: tuple[int, int]) -> Calendar:
    return Calendar("once", timezone, ((),) * 7, {day: intervals})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20T08:59:59", False),
        ("2026-11-20T09:00", True),
        ("2026-11-20T17:59:59", True),
        ("2026-11-20T18:00", False),
        ("2026-11-21T12:00", False),
    ],
)
def test_intervals_are_half_open(text: str, expected: bool) -> None:
    assert is_open(weekdays(), moment(MOSCOW, text)) is expected


def test_a_named_day_overrides_the_week_both_ways() -> None:
    calendar = weekdays(d2026_12_31=(), d2026_11_21=((600, 660),))
    assert not is_open(calendar, moment(MOSCOW, "2026-12-31T12:00"))
    assert is_open(calendar, moment(MOSCOW, "2026-11-21T10:30"))
    assert not is_open(calendar, moment(MOSCOW, "2026-11-21T12:00"))


def test_an_interval_over_midnight_belongs_to_the_day_it_began() -> None:
    calendar = only_on(MOSCOW, "2026-11-20", (1320, 1440 + 120))
    assert is_open(calendar, moment(MOSCOW, "2026-11-20T23:00"))
    assert is_open(calendar, moment(MOSCOW, "2026-11-21T01:59"))
    assert not is_open(calendar, moment(MOSCOW, "2026-11-21T02:00"))
    assert not is_open(calendar, moment(MOSCOW, "2026-11-20T01:00"))


def test_next_opening_skips_the_weekend_and_the_present_span() -> None:
    monday = moment(MOSCOW, "2026-11-23T09:00")
    assert next_opening(weekdays(), moment(MOSCOW, "2026-11-20T18:00")) == monday
    assert next_opening(weekdays(), moment(MOSCOW, "2026-11-20T12:00")) == monday
    assert next_opening(weekdays(), monday) == monday


def test_next_opening_is_none_when_it_never_opens() -> None:
    never = every_day(MOSCOW)
    assert next_opening(never, 0.0) is None
    assert not is_open(never, 0.0)
    assert due_after_open_minutes(never, 1000.0, 20) == 1000.0 + 20 * 60
    assert next_opening(Calendar("empty", MOSCOW, ()), 0.0) is None


def test_due_runs_only_while_open() -> None:
    friday_evening = moment(MOSCOW, "2026-11-20T17:50")
    assert due_after_open_minutes(weekdays(), friday_evening, 20) == moment(MOSCOW, "2026-11-23T09:10")
    saturday = moment(MOSCOW, "2026-11-21T12:00")
    assert due_after_open_minutes(weekdays(), saturday, 20) == moment(MOSCOW, "2026-11-23T09:20")
    at = moment(MOSCOW, "2026-11-20T10:00")
    assert due_after_open_minutes(weekdays(), at, 20) == at + 20 * 60
    assert due_after_open_minutes(weekdays(), saturday, 0) == saturday


def test_due_crosses_a_lunch_break() -> None:
    calendar = every_day(MOSCOW, (540, 780), (840, 1080))
    assert due_after_open_minutes(calendar, moment(MOSCOW, "2026-11-20T12:50"), 20) == moment(
        MOSCOW, "2026-11-20T14:10"
    )


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-03-30", 24), ("2026-10-25", 25)])
def test_a_day_with_a_clock_change_has_its_own_length(day: str, hours: int) -> None:
    calendar = only_on(BERLIN, day, *ALL_DAY)
    start = moment(BERLIN, f"{day}T00:00")
    assert is_open(calendar, start)
    assert is_open(calendar, start + hours * HOUR - 1)
    assert not is_open(calendar, start + hours * HOUR)
    assert due_after_open_minutes(calendar, start, hours * 60) == start + hours * HOUR


def test_wall_clock_time_that_does_not_exist() -> None:
    # 2026-03-29 in Berlin: 01:59:59 is followed by 03:00.
    jump = moment(BERLIN, "2026-03-29T03:00")
    inside_the_gap = only_on(BERLIN, "2026-03-29", (125, 175))
    assert next_opening(inside_the_gap, jump - 2 * HOUR) is None
    from_the_gap = only_on(BERLIN, "2026-03-29", (150, 240))
    assert next_opening(from_the_gap, jump - 2 * HOUR) == jump
    assert due_after_open_minutes(from_the_gap, jump - 2 * HOUR, 60) == jump + HOUR
    into_the_gap = only_on(BERLIN, "2026-03-29", (60, 150))
    assert is_open(into_the_gap, jump - 1)
    assert not is_open(into_the_gap, jump)


def test_wall_clock_time_that_comes_twice_is_open_twice() -> None:
    # 2026-10-25 in Berlin: 02:00 to 03:00 passes twice.
    calendar = only_on(BERLIN, "2026-10-25", (120, 180))
    first = moment(BERLIN, "2026-10-25T02:00")
    assert next_opening(calendar, first - HOUR) == first
    assert all(is_open(calendar, first + k * HOUR / 2) for k in range(4))
    assert not is_open(calendar, first + 2 * HOUR)
    assert due_after_open_minutes(calendar, first, 90) == first + 1.5 * HOUR


def test_local_day() -> None:
    at = moment(MOSCOW, "2026-11-21T00:30")
    assert local_day(MOSCOW, at) == "2026-11-21"
    assert local_day("UTC", at) == "2026-11-20"


INTERVALS = (
    st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=3)
    .map(lambda pairs: tuple((start, start + length) for start, length in pairs))
    .filter(lambda intervals: all(end <= 2880 for _, end in intervals))
)
ZONES = st.sampled_from([MOSCOW, BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Havana"])
CALENDARS = st.builds(
    lambda zone, week: Calendar("c", zone, tuple(week)), ZONES, st.lists(INTERVALS, min_size=7, max_size=7)
)
MOMENTS = st.integers(1_767_225_600, 1_798_761_600).map(float)  # 2026


def open_by_the_wall(calendar: Calendar, at: float) -> bool:
    """The definition, said without spans: true away from clock changes."""
    wall = datetime.fromtimestamp(at, ZoneInfo(calendar.timezone)).replace(tzinfo=None)
    minute = wall.hour * 60 + wall.minute
    yesterday = wall.date() - timedelta(days=1)
    return any(start <= minute < end for start, end in calendar.week[wall.weekday()]) or any(
        start <= minute + 1440 < end for start, end in calendar.week[yesterday.weekday()]
    )


def near_clock_change(timezone: str, at: float) -> bool:
    zone = ZoneInfo(timezone)
    offsets = {datetime.fromtimestamp(at + k * HOUR, zone).utcoffset() for k in (-48, 0, 48)}
    return len(offsets) > 1


@given(CALENDARS, MOMENTS)
def test_is_open_says_what_the_wall_clock_says(calendar: Calendar, at: float) -> None:
    if not near_clock_change(calendar.timezone, at):
        assert is_open(calendar, at) == open_by_the_wall(calendar, at)


@given(CALENDARS, MOMENTS)
def test_an_opening_is_open_and_comes_after_closed(calendar: Calendar, at: float) -> None:
    opening = next_opening(calendar, at)
    if opening is not None:
        assert opening >= at
        assert is_open(calendar, opening)
        assert not is_open(calendar, opening - 1)
    elif not is_open(calendar, at):
        assert not any(calendar.week)


@given(CALENDARS, MOMENTS, st.integers(1, 3000), st.integers(1, 3000))
def test_due_adds_up(calendar: Calendar, at: float, first: int, second: int) -> None:
    whole = due_after_open_minutes(calendar, at, first + second)
    assert whole >= at + (first + second) * 60
    half = due_after_open_minutes(calendar, at, first)
    weekly = len(
        {
            (day * 1440 + minute) % (7 * 1440)
            for day, intervals in enumerate(calendar.week)
            for start, end in intervals
            for minute in range(start, end)
        }
    )
    # seven whole weeks and a clock change lie within the horizon; what opens for a minute a week is not waited for
    if weekly * 7 - 60 >= first + second:
        assert is_open(calendar, half - 1)
        assert due_after_open_minutes(calendar, half, second) == whole


@given(ZONES, st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 1439))
def test_two_parts_of_a_day_are_the_whole_day(timezone: str, day: date, cut: int) -> None:
    whole = only_on(timezone, day.isoformat(), *ALL_DAY)
    parts = only_on(timezone, day.isoformat(), (0, cut), (cut, 1440))
    start = next_opening(whole, moment(timezone, f"{day - timedelta(days=1)}T12:00"))
    assert start is not None
    for quarter in range(-4, 4 * 26):
        at = start + quarter * HOUR / 4
        assert is_open(whole, at) == is_open(parts, at)
