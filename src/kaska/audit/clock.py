"""Times of foreign logs: however written, seconds since the epoch; and the days and half-hours of a time zone."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

EARLIEST = 631_152_000
"""1990: before it there were no such logs; a clock that was never set shows 1970 or 1980"""
SLOT_SECONDS = 900
"""every time zone's hours begin at a multiple of this"""
_EPOCH_DIGITS = 9

_DATE_FIRST = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?"
)
_DAY_FIRST = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})"
    r"(?:,?[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*([AaPp][Mm])?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[ T]?(\d{2})(\d{2})(\d{2}))?")


class Clock:
    """Reads wall-clock times of one time zone. ``month_first``: 03/04/2024 is the 4th of March."""

    def __init__(self, zone: ZoneInfo, now: float, *, month_first: bool = False) -> None:
        self.zone = zone
        self._latest = int(now) + 366 * 86_400
        self._month_first = month_first
        self._hours: dict[tuple[int, int, int, int], float] = {}
        self._days: dict[int, int] = {}

    @property
    def bounds(self) -> tuple[int, int]:
        """The earliest and the latest time that can be true."""
        return EARLIEST, self._latest

    def plausible(self, at: float) -> bool:
        return EARLIEST <= at <= self._latest

    def read(self, text: str) -> float | None:
        """Seconds since the epoch; None for what is no time at all. A bare date is its midnight."""
        text = text.strip().strip('"')
        if len(text) >= _EPOCH_DIGITS and (number := _epoch(text)) is not None:
            return number
        found = _DATE_FIRST.fullmatch(text)
        if found:
            year, month, day, hour, minute, second, part, offset = found.groups()
            return self._moment(year, month, day, hour, minute, second, part, offset)
        found = _DAY_FIRST.fullmatch(text)
        if found:
            day, mark, month, year, hour, minute, second, part, half = found.groups()
            if self._month_first and mark == "/":
                day, month = month, day
            year = year if len(year) == len("2024") else f"20{year}"
            return self._moment(year, month, day, _of_day(hour, half), minute, second, part, None)
        found = _COMPACT.fullmatch(text)
        if not found:
            return None
        year, month, day, hour, minute, second = found.groups()
        return self._moment(year, month, day, hour, minute, second, None, None)

    def _moment(self, year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None,
                part: str | None, offset: str | None) -> float | None:  # fmt: skip
        fields = (int(year), int(month), int(day), int(hour or 0))
        minutes, seconds = int(minute or 0), int(second or 0) + float(f"0.{part or 0}")
        if minutes >= 60 or seconds >= 61:
            return None
        try:
            if offset:
                begin = datetime(*fields, tzinfo=UTC).timestamp() - _offset(offset)
            else:
                begin = self._hours.get(fields) or self._hour(fields)
        except (ValueError, OverflowError):
            return None
        return begin + minutes * 60 + seconds

    def _hour(self, fields: tuple[int, int, int, int]) -> float:
        year, month, day, hour = fields
        if hour == 24:
            begin = datetime(year, month, day, tzinfo=self.zone) + timedelta(days=1)
        else:
            begin = datetime(year, month, day, hour, tzinfo=self.zone)
        return self._hours.setdefault(fields, begin.timestamp())

    def local(self, at: float) -> datetime:
        return datetime.fromtimestamp(at, self.zone)

    def day_of(self, at: float) -> int:
        """The number of the local day."""
        slot = int(at // SLOT_SECONDS)
        day = self._days.get(slot)
        if day is None:
            day = self._days[slot] = self.local(slot * SLOT_SECONDS).toordinal()
        return day


def _epoch(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if not -1e20 < number < 1e20 or (len(text) in (8, 14) and "." not in text and text[:2] in ("19", "20")):
        return None
    while number > 1e11:  # milli- and microseconds
        number /= 1000
    return number


def _of_day(hour: str | None, half: str | None) -> str | None:
    if hour is None or not half:
        return hour
    return str(int(hour) % 12 + (12 if half.lower() == "pm" else 0))


@lru_cache(maxsize=64)
def _offset(text: str) -> float:
    """Seconds east of Greenwich of ``Z``, ``+03``, ``+0300``, ``+03:00``."""
    if text == "Z":
        return 0.0
    digits = text[1:].replace(":", "")
    seconds = int(digits[:2]) * 3600 + int(digits[2:] or 0) * 60
    return -seconds if text[0] == "-" else seconds


_CLOCKED = re.compile(r"(-?)(?:(\d+):)?(\d{1,3}):(\d{2})(?:[.,](\d+))?")


def seconds_of(text: str) -> float | None:
    """A duration: ``65``, ``65.5``, ``65,5``, ``1:05``, ``0:01:05``; may be negative. None for what is none."""
    text = text.strip().strip('"')
    try:
        number = float(text.replace(",", "."))
        return number if -1e9 < number < 1e9 else None
    except ValueError:
        pass
    found = _CLOCKED.fullmatch(text)
    if not found:
        return None
    sign, hours, minutes, seconds, part = found.groups()
    total = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{part or 0}")
    return -total if sign else total


def zone_of_this_machine() -> str:
    """Its name, or UTC when the machine does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    link = Path("/etc/localtime")
    candidates = [named, str(link.resolve()).partition("zoneinfo/")[2] if link.exists() else ""]
    for name in filter(None, candidates):
        try:
            return ZoneInfo(name).key
        except (ValueError, OSError, KeyError):
            continue
    return "UTC"
