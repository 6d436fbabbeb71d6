"""The days a report is about, and what stretch of time a row of it is. Days are local; [since, until) are moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Period:
    """``first`` and ``last`` belong to it."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        return beginning(self.first, self.zone)

    @property
    def until(self) -> datetime:
        return beginning(self.last + timedelta(days=1), self.zone)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> Period:
        """As many days that end where this begins."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1), self.zone)

    def whole_months(self) -> tuple[datetime, datetime] | None:
        """[since, until) of the months of which no day is missing; None when there are none."""
        first = self.first if self.first.day == 1 else _next_month(self.first)
        end = (self.last + timedelta(days=1)).replace(day=1)
        return (beginning(first, self.zone), beginning(end, self.zone)) if first < end else None

    def within(self, by: str, start: date) -> Period:
        """The part of it that belongs to the "day", "week" or "month" beginning at ``start``."""
        last = start
        if by == "week":
            last = start + timedelta(days=6)
        elif by == "month":
            last = _next_month(start) - timedelta(days=1)
        return Period(max(self.first, start), min(self.last, last), self.zone)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def beginning(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
