"""Open and closed by a project's calendar.

Open hours have names, too: the modes of a project («день», «обед», «вечер», «ночь», «выходной», «праздник»).

Wall-clock intervals become spans of absolute time day by day, so a night with a clock change has its 23 or 25 hours:
minutes of a wall clock that jumps over them are not there, and minutes that it shows twice count twice. ``at`` is
always seconds since the Unix epoch. Spans are half-open [start, end).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kaska.core.configuration import Calendar

HORIZON_DAYS = 60
"""how far ahead an opening is looked for"""

MINUTES_IN_DAY = 1440

DAY, LUNCH, EVENING, NIGHT, WEEKEND, HOLIDAY = "day", "lunch", "evening", "night", "weekend", "holiday"
MODES = (DAY, LUNCH, EVENING, NIGHT, WEEKEND, HOLIDAY)
CLOSED_MODES = frozenset({NIGHT, WEEKEND, HOLIDAY})
"""whoever leaves unserved in these has called in closed hours"""

Interval = tuple[int, int]
Span = tuple[float, float]


def is_open(calendar: Calendar, at: float) -> bool:
    """Whether the calendar is open in the moment ``at``. Raises ZoneInfoNotFoundError for an unknown time zone."""
    today = _local_date(calendar.timezone, at)
    # An interval that runs over midnight belongs to the day on which it began.
    return any(
        start <= at < end for day in (today - timedelta(days=1), today) for start, end in _spans_of(calendar, day)
    )


@dataclass(frozen=True, slots=True)
class ManualMode:
    """Set by hand; ``until`` 0.0 = until it is set again."""

    mode: str
    until: float
    by: str


def mode_at(calendar: Calendar, at: float) -> str:
    """What the clock says: "holiday"; else a named part of the day; else "day" while open; else "weekend" on a day that
    does not open, "night" on one that does. Raises ZoneInfoNotFoundError for an unknown time zone."""
    today = _local_date(calendar.timezone, at)
    if today.isoformat() in calendar.holidays:
        return HOLIDAY
    days = (today - timedelta(days=1), today)
    for name, week in calendar.modes.items():
        for day in days:
            intervals = _named_part(calendar, week, day)
            if intervals and any(start <= at < end for start, end in _absolute(calendar.timezone, day, intervals)):
                return name
    if is_open(calendar, at):
        return DAY
    return NIGHT if _spans_of(calendar, today) else WEEKEND


def _named_part(calendar: Calendar, week: tuple[tuple[Interval, ...], ...], day: date) -> tuple[Interval, ...]:
    """A named part has no place on a day that does not open; a working Saturday has that of the first working day."""
    if not week or not _spans_of(calendar, day):
        return ()
    usual = calendar.week[day.weekday()] if calendar.week else ()
    if usual or week[day.weekday()]:
        return week[day.weekday()]
    return next((week[number] for number, hours in enumerate(calendar.week) if hours), ())


def next_opening(calendar: Calendar, at: float) -> float | None:
    """The start of the first open span at or after ``at``; None when there is none within HORIZON_DAYS.

    While the calendar is open this is the opening after the present one.
    """
    starts = (start for start, _ in _spans_from(calendar, at) if start >= at)
    return next(starts, None)


def due_after_open_minutes(calendar: Calendar, at: float, minutes: float) -> float:
    """The moment when ``minutes`` open minutes have passed since ``at``; for ``minutes`` <= 0 that is ``at`` itself.

    A calendar that opens too little within HORIZON_DAYS (or never) is not waited for: ``at`` + ``minutes``.
    """
    left = minutes * 60.0
    if left <= 0:
        return at
    for start, end in _spans_from(calendar, at):
        begin = max(start, at)
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return at + minutes * 60.0


def local_day(timezone: str, at: float) -> str:
    """The ISO date that the calendar on the wall shows in ``timezone``."""
    return _day_of_minute(timezone, int(at // 60.0))


@lru_cache(maxsize=1024)
def _day_of_minute(timezone: str, minute: int) -> str:
    """Asked for every counted fact; no wall clock in use changes its date within a minute of UTC."""
    return _local_date(timezone, minute * 60.0).isoformat()


def _local_date(timezone: str, at: float) -> date:
    return datetime.fromtimestamp(at, _zone(timezone)).date()


@lru_cache(maxsize=256)
def _zone(timezone: str) -> ZoneInfo:
    return ZoneInfo(timezone)


def local_minute(timezone: str, at: float) -> int:
    """Minutes since midnight that the clock on the wall shows."""
    local = datetime.fromtimestamp(at, _zone(timezone))
    return local.hour * 60 + local.minute


def day_begins(timezone: str, at: float, later: int) -> float:
    """The midnight with which the local day of ``at`` began, or the day ``later`` days after it."""
    return _moment(_zone(timezone), _local_date(timezone, at) + timedelta(days=later), 0, last=False)


def _spans_from(calendar: Calendar, at: float) -> Iterator[Span]:
    """Open spans that end after ``at``, in order and apart, up to HORIZON_DAYS ahead."""
    first = _local_date(calendar.timezone, at) - timedelta(days=1)
    pending: Span | None = None  # held back, because over midnight the next day may go on with it
    for offset in range(HORIZON_DAYS + 2):
        for start, end in _spans_of(calendar, first + timedelta(days=offset)):
            if end <= at:
                continue
            if pending is None:
                pending = (start, end)
            elif start <= pending[1]:
                pending = (pending[0], max(pending[1], end))
            else:
                yield pending
                pending = (start, end)
    if pending is not None:
        yield pending


def _spans_of(calendar: Calendar, day: date) -> tuple[Span, ...]:
    intervals = calendar.days.get(day.isoformat())
    if intervals is None:
        intervals = calendar.week[day.weekday()] if calendar.week else ()
    return _absolute(calendar.timezone, day, intervals) if intervals else ()


@lru_cache(maxsize=4096)
def _absolute(timezone: str, day: date, intervals: tuple[Interval, ...]) -> tuple[Span, ...]:
    """Merged spans, in order. Keyed by plain values, so a newly published calendar needs no forgetting."""
    zone = _zone(timezone)
    spans: list[Span] = []
    for start, end in sorted(intervals):
        begin, finish = _moment(zone, day, start, last=False), _moment(zone, day, end, last=True)
        if finish <= begin:
            continue
        if spans and begin <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], finish))
        else:
            spans.append((begin, finish))
    return tuple(spans)


def _moment(zone: ZoneInfo, day: date, minute: int, *, last: bool) -> float:
    """When the wall clock of ``zone`` shows ``minute`` of ``day`` (beyond 1440: of the days after).

    Shown twice: the first time, or with ``last`` the second, so that an interval holds the whole repeated hour.
    Never shown: the moment of the jump.
    """
    days, rest = divmod(minute, MINUTES_IN_DAY)
    wall = datetime(day.year, day.month, day.day) + timedelta(days=days, minutes=rest)
    local = wall.replace(tzinfo=zone, fold=int(last))
    absolute = local.astimezone(UTC)
    if absolute.astimezone(zone).replace(tzinfo=None) == wall:
        return absolute.timestamp()
    return _jump(zone, wall)


def _jump(zone: ZoneInfo, wall: datetime) -> float:
    """The moment at which the clock jumps over ``wall``."""
    # With fold=0 the offset before the jump is used, which lands after it; with fold=1 the other way round.
    after = int(wall.replace(tzinfo=zone, fold=0).timestamp())
    before = int(wall.replace(tzinfo=zone, fold=1).timestamp())
    offset = datetime.fromtimestamp(after, zone).utcoffset()
    while after - before > 1:
        middle = (after + before) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return float(after)
