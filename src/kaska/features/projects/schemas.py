"""What the routes of projects take and give."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, Field

from kaska.kit.given import Given, Id, PhoneNumber, Title

MINUTES_IN_DAY = 1440


def _ordered(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals of one day: each ends after it starts, and they do not overlap."""
    last = 0
    for start, end in sorted(intervals):
        if not (last <= start < end <= MINUTES_IN_DAY):
            raise ValueError("intervals must be within the day, not empty, and apart")
        last = end
    return sorted(intervals)


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("unknown time zone")
    return name


Day = Annotated[list[tuple[int, int]], Field(max_length=20), AfterValidator(_ordered)]


class ProjectGiven(Given):
    name: Title
    calendar: Id
    caller_id: PhoneNumber | Annotated[str, Field(max_length=0)] = ""
    trunk: Id | Annotated[str, Field(max_length=0)] = ""
    debt_minutes: Annotated[int, Field(ge=1, le=10_080)] = 20
    priorities: Annotated[dict[PhoneNumber, Annotated[int, Field(ge=-100, le=100)]], Field(max_length=10_000)] = Field(
        default_factory=dict
    )
    """important customers (E.164) → added to their priority"""


class CalendarGiven(Given):
    timezone: Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
    week: Annotated[list[Day], Field(min_length=7, max_length=7)]
    days: Annotated[dict[date, Day], Field(max_length=2000)] = Field(default_factory=dict)


class ProjectRow(BaseModel):
    id: str
    name: str
    calendar: str
    caller_id: str
    trunk: str
    debt_minutes: int
    priorities: dict[str, int]


class CalendarRow(BaseModel):
    id: str
    timezone: str
    week: list[list[tuple[int, int]]]
    days: dict[str, list[tuple[int, int]]]
