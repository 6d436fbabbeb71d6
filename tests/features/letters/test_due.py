"""When letters are due, and their words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kaska.features.letters.due import AGENT_DAY, MONTH, due_about, last_day
from kaska.features.letters.wording import CONTACTS, Owed, agent_day, plural

MOSCOW = ZoneInfo("Europe/Moscow")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
EIGHT = 20 * 60


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "about"),
    [
        ("2026-11-26 19:59", date(2026, 11, 25)),  # yesterday's, which could not be sent
        ("2026-11-26 20:00", date(2026, 11, 26)),
        ("2026-11-26 23:59", date(2026, 11, 26)),
        ("2026-11-26 17:00", None),  # yesterday's is of no use any more
    ],
)
def test_a_days_letter_is_due_in_its_evening_and_a_while_after(now: str, about: date | None) -> None:
    late = at(now) if now != "2026-11-26 19:59" else at("2026-11-26 15:59")
    assert due_about(AGENT_DAY, EIGHT, MOSCOW, LONG_AGO, late) == about


def test_a_months_letter_is_about_the_month_before() -> None:
    assert due_about(MONTH, EIGHT, MOSCOW, LONG_AGO, at("2026-12-01 20:00")) == date(2026, 11, 1)
    assert due_about(MONTH, EIGHT, MOSCOW, LONG_AGO, at("2026-12-08 09:00")) == date(2026, 11, 1)
    assert due_about(MONTH, EIGHT, MOSCOW, LONG_AGO, at("2026-12-01 19:00")) is None
    assert due_about(MONTH, EIGHT, MOSCOW, LONG_AGO, at("2026-12-20 09:00")) is None
    assert last_day(date(2026, 2, 1)) == date(2026, 2, 28)


def test_nothing_is_due_that_came_due_before_the_letter_was_ordered() -> None:
    ordered = at("2026-11-26 20:30")
    assert due_about(AGENT_DAY, EIGHT, MOSCOW, ordered, ordered + timedelta(hours=1)) is None
    assert due_about(AGENT_DAY, EIGHT, MOSCOW, ordered, at("2026-11-27 20:00")) == date(2026, 11, 27)


def test_every_day_of_a_year_has_its_letter_once_whatever_the_clocks_do() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    moment, found = at("2026-01-01 12:00", berlin).astimezone(UTC), []
    for _ in range(365 * 48):
        about = due_about(AGENT_DAY, 150, berlin, LONG_AGO, moment)  # 02:30, which one day has twice and one never
        if about is not None and about not in found:
            found.append(about)
        moment += timedelta(minutes=30)
    assert found == [date(2026, 1, 1) + timedelta(days=day) for day in range(len(found))]
    assert len(found) >= 365


def test_words_have_their_plurals() -> None:
    assert [plural(count, CONTACTS) for count in (1, 3, 5, 11, 21)] == [
        "1 обращение", "3 обращения", "5 обращений", "11 обращений", "21 обращение",
    ]  # fmt: skip
    mine, others = {"contacts": 3, "talk": 125, "timed_out": 2}, {"contacts": 5, "talk": 90}
    told = agent_day("Анна", date(2026, 11, 26), mine, others, Owed(1, 2, 1, "27.11 10:00"), "ru")
    assert told.subject == "Ваш день, 26 ноября: 3 обращения"
    assert "Средний разговор: 2:05 (у коллег 1:30)." in told.text
    assert "не взяли: 2 раза" in told.text
    assert "За вами 2 перезвона, из них просрочено 1. Ближайший срок: 27.11 10:00. За день закрыто: 1." in told.text
