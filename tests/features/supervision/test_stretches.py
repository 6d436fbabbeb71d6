"""States as stretches of time: nothing overlaps, cutting loses nothing, and sums are the time on shift."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kaska.features.supervision.stretches import (
    AT_WORK,
    OFFLINE,
    Began,
    Stretch,
    by_days,
    cut,
    in_few_words,
    stretches,
    worked,
)

SINCE = datetime(2026, 3, 9, 21, tzinfo=UTC)  # the first moment of the 10th in Moscow
UNTIL = SINCE + timedelta(days=1)
MOSCOW = ZoneInfo("Europe/Moscow")
STATES = ("offline", "ready", "ringing", "talking", "wrap_up", "break", "not_answering")


def at(hours: float) -> datetime:
    return SINCE + timedelta(hours=hours)


def seconds(line: list[Stretch], now: datetime) -> float:
    return sum(one.seconds(now) for one in line)


@st.composite
def lives(draw: st.DrawFn) -> list[Began]:
    """States from half a day before the span to half a day after it; some take no time at all."""
    steps = draw(st.lists(st.integers(0, 7200), max_size=60))
    moment, found = at(-12), []
    for step in steps:
        moment += timedelta(seconds=step)
        found.append(Began(moment, draw(st.sampled_from(STATES)), draw(st.sampled_from(("", "lunch")))))
    return found


NOW = st.integers(0, 60 * 3600).map(lambda after: at(-12) + timedelta(seconds=after))


def known_by(life: list[Began], now: datetime) -> list[Began]:
    return [one for one in life if one.at <= now]


@given(lives(), NOW)
def test_stretches_neither_overlap_nor_leave_gaps(life: list[Began], now: datetime) -> None:
    line = stretches(known_by(life, now), SINCE, UNTIL, now)
    for one, following in pairwise(line):
        assert one.until == following.at
    assert all(SINCE <= one.at < UNTIL and (one.until is None or one.at < one.until <= UNTIL) for one in line)
    assert all(one.until is not None for one in line[:-1])


@given(lives(), NOW)
def test_cutting_loses_nothing(life: list[Began], now: datetime) -> None:
    """What is cut to the two halves of a span is what is cut to the whole of it."""
    mine, middle = known_by(life, now), at(12)
    end = max(now, SINCE)
    whole = stretches(mine, SINCE, UNTIL, now)
    first, second = stretches(mine, SINCE, middle, now), stretches(mine, middle, UNTIL, now)
    ends = min(end, UNTIL), min(end, middle), min(max(end, middle), UNTIL)
    assert seconds(whole, ends[0]) == seconds(first, ends[1]) + seconds(second, ends[2])
    halves = [cut(one, SINCE, middle, now) for one in whole]
    assert [(one.at, one.until, one.state) for one in halves if one] == [
        (one.at, one.until, one.state) for one in first if one.until or one.at <= now
    ]


@given(lives(), NOW)
def test_the_sums_are_the_time_on_shift(life: list[Began], now: datetime) -> None:
    line = stretches(known_by(life, now), SINCE, UNTIL, now)
    told = worked(line, UNTIL, now)
    on = [one for one in line if one.state != OFFLINE]
    assert told.on_shift == sum(one.seconds(now) for one in on)
    assert told.came == (on[0].at if on else None)
    assert (told.left is None) == (not on or on[-1].until in (None, UNTIL))
    assert sum(one.times for one in told.spent.values()) == len(on)
    assert (told.now is not None) == bool(line and line[-1].until is None)


@given(lives(), NOW)
def test_few_words_tell_the_same_time(life: list[Began], now: datetime) -> None:
    line = stretches(known_by(life, now), SINCE, UNTIL, now)
    brief = in_few_words(line)
    assert len(brief) <= len(line)
    assert seconds(brief, now) == seconds(line, now)
    assert not any(a.state == AT_WORK == b.state for a, b in pairwise(brief))


def test_a_shift_over_midnight_is_in_both_days() -> None:
    states = [
        Began(at(20), "ready"),
        Began(at(23), "talking", "", "c1"),
        Began(at(25), "wrap_up"),
        Began(at(26), OFFLINE),
    ]
    now = at(40)
    line = stretches(states, SINCE, SINCE + timedelta(days=2), now)
    first, second = by_days(line, [date(2026, 3, 10), date(2026, 3, 11)], MOSCOW, now)
    assert [(one.state, one.at, one.until) for one in first] == [
        ("ready", at(20), at(23)),
        ("talking", at(23), at(24)),
    ]
    assert [one.state for one in second] == ["talking", "wrap_up", OFFLINE]
    before, after = worked(first, at(24), now), worked(second, at(48), now)
    assert (before.came, before.left, before.on_shift) == (at(20), None, 4 * 3600)
    assert (after.came, after.from_before, after.left, after.on_shift) == (at(24), True, at(26), 2 * 3600)
    assert second[0].began == at(23)


def test_what_goes_on_goes_on_today_only() -> None:
    states = [Began(at(20), "ready")]
    now = at(30)
    line = stretches(states, SINCE, SINCE + timedelta(days=3), now)
    days = by_days(line, [date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 12)], MOSCOW, now)
    assert [[one.until for one in day] for day in days] == [[at(24)], [None], []]
    told = worked(days[1], at(48), now)
    assert (told.on_shift, told.now and told.now.began) == (6 * 3600, at(20))
