"""When a letter is due, and what it is about. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

AGENT_DAY, MANAGER_DAY, MONTH = "agent_day", "manager_day", "month"
LATEST = {AGENT_DAY: timedelta(hours=20), MANAGER_DAY: timedelta(hours=20), MONTH: timedelta(days=10)}
"""so long after its time a letter is still worth sending, when nothing could be sent before"""


def due_about(kind: str, minute: int, zone: ZoneInfo, since: datetime, now: datetime) -> date | None:
    """The day (or the first of the month) that the newest letter due by now is about; None when it came due before
    ``since``, or so long ago that nobody wants it.

    A day's letter is about the day on which it is sent, a month's about the month before.
    """
    local = now.astimezone(zone)
    today = local.date()
    if kind == MONTH:
        first = today.replace(day=1)
        moments = [first, (first - timedelta(days=1)).replace(day=1)]
    else:
        moments = [today, today - timedelta(days=1)]
    for day in moments:
        at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
        if at <= now:
            if at < since or now - at > LATEST[kind]:
                return None
            return (day - timedelta(days=1)).replace(day=1) if kind == MONTH else day
    return None


def last_day(about: date) -> date:
    """Of the month that begins with ``about``."""
    return (about + timedelta(days=31)).replace(day=1) - timedelta(days=1)
