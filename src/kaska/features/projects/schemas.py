"""What the routes of projects take and give."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, Field

from kaska.kit.given import Given, Id, Name, PhoneNumber, Revised, Title

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


Week = Annotated[list[Day], Field(min_length=7, max_length=7)]


def _once(dates: list[date]) -> list[date]:
    return sorted(set(dates))


class ProjectGiven(Revised):
    name: Title
    calendar: Id
    caller_id: PhoneNumber | Annotated[str, Field(max_length=0)] = ""
    trunk: Id | Annotated[str, Field(max_length=0)] = ""
    debt_minutes: Annotated[int, Field(ge=1, le=10_080)] = 20
    priorities: Annotated[dict[PhoneNumber, Annotated[int, Field(ge=-100, le=100)]], Field(max_length=10_000)] = Field(
        default_factory=dict
    )
    """important customers (E.164) → added to their priority"""


class CalendarGiven(Revised):
    name: Name = ""
    timezone: Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
    week: Week
    days: Annotated[dict[date, Day], Field(max_length=2000)] = Field(default_factory=dict)
    modes: Annotated[dict[Id, Week], Field(max_length=20)] = Field(default_factory=dict)
    """parts of the day with a name: "lunch", "evening", or the company's own"""
    mode_names: Annotated[dict[Id, Title], Field(max_length=20)] = Field(default_factory=dict)
    """what people call them; one that is missing has the usual word or its key"""
    holidays: Annotated[list[date], Field(max_length=2000), AfterValidator(_once)] = Field(default_factory=list)


class ProjectRow(BaseModel):
    id: str
    name: str
    calendar: str
    caller_id: str
    trunk: str
    debt_minutes: int
    priorities: dict[str, int]
    revision: str = ""


class CalendarRow(BaseModel):
    id: str
    name: str = ""
    timezone: str
    week: list[list[tuple[int, int]]]
    days: dict[str, list[tuple[int, int]]]
    modes: dict[str, list[list[tuple[int, int]]]]
    mode_names: dict[str, str]
    holidays: list[str]
    revision: str = ""


class ProductionYear(BaseModel):
    """What the government's calendar changed: days that are off, working weekends, shortened days."""

    holidays: list[date]
    days_off: list[date]
    working_weekends: list[date]
    shortened: list[date]


class ModeGiven(Given):
    """``mode`` "" = by the clock again. ``minutes`` 0 = until it is set again."""

    mode: Id | Annotated[str, Field(max_length=0)]
    minutes: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)] = 0.0


class ModeNow(BaseModel):
    """``until`` in seconds since the epoch; 0 = until it is set again."""

    project: str
    mode: str
    until: float
