"""What agents did when: stretches of time in one state, cut to a span and to days, and their sums. Pure.

Times are aware datetimes; a span is [since, until). A stretch whose ``until`` is None goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

OFFLINE = "offline"
AT_WORK = "at_work"
"""stands for all WORKING states where a stretch is told in few words"""
WORKING = ("ready", "ringing", "talking", "wrap_up")


class Began(NamedTuple):
    """One agent is in ``state`` from ``at`` on, until the next one begins."""

    at: datetime
    state: str
    reason: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """``began``: the moment it really began, which may lie before ``at`` when it is cut."""

    at: datetime
    until: datetime | None
    state: str
    reason: str = ""
    contact: str = ""
    began: datetime | None = None

    def seconds(self, now: datetime) -> float:
        """How long it lasted, or has lasted by ``now``."""
        return max(0.0, ((self.until or now) - self.at).total_seconds())


@dataclass(slots=True)
class Sum:
    """``times``: how often a state began or went on from before; ``seconds`` in all of them."""

    seconds: float = 0.0
    times: int = 0


@dataclass(slots=True)
class Worked:
    """One agent in a span. ``spent``: (state, reason) → sum, without being offline. ``came`` is None when he never was
    on shift; ``left`` also when he had not left by the end of it."""

    came: datetime | None = None
    left: datetime | None = None
    from_before: bool = False
    """he was on shift already when the span began"""
    now: Stretch | None = None
    """the state that goes on at the end of it"""
    spent: dict[tuple[str, str], Sum] = field(default_factory=dict)

    @property
    def on_shift(self) -> float:
        """Seconds."""
        return sum(one.seconds for one in self.spent.values())

    def add(self, state: str, reason: str, seconds: float, times: int = 1) -> None:
        one = self.spent.setdefault((state, reason), Sum())
        one.seconds += seconds
        one.times += times


def stretches(states: Sequence[Began], since: datetime, until: datetime, now: datetime) -> list[Stretch]:
    """``states`` of one agent in their order, the last one before ``since`` among them, as what fills [since, until).

    The last one goes on when the span has not ended by ``now``. Those that took no time are left out.
    """
    found = []
    for place, one in enumerate(states):
        following = states[place + 1].at if place + 1 < len(states) else None
        if one.at >= until or (following is not None and following <= since):
            continue
        end = None if following is None and now < until else min(following or until, until)
        start = max(one.at, since)
        if end is None or start < end:
            found.append(Stretch(start, end, one.state, one.reason, one.contact, one.at))
    return found


def worked(line: Iterable[Stretch], until: datetime, now: datetime) -> Worked:
    """``line``: of one agent, in order, without gaps, cut to a span that ends at ``until``."""
    told = Worked()
    first = True
    for one in line:
        if one.state != OFFLINE:
            if told.came is None:
                told.came = one.at
                told.from_before = first and one.began is not None and one.began < one.at
            told.left = one.until if one.until is not None and one.until < until else None
            told.add(one.state, one.reason, one.seconds(now))
        if one.until is None:
            told.now = one
        first = False
    return told


def by_days(line: Sequence[Stretch], days: Sequence[date], zone: ZoneInfo, now: datetime) -> list[list[Stretch]]:
    """``line`` cut at each midnight of ``zone``, one list a day. What goes on does so in the day that ``now`` is in."""
    found = []
    for day in days:
        since, until = midnight(day, zone), midnight(day + timedelta(days=1), zone)
        found.append([piece for one in line if (piece := cut(one, since, until, now)) is not None])
    return found


def cut(one: Stretch, since: datetime, until: datetime, now: datetime) -> Stretch | None:
    """The part of a stretch within [since, until); None when there is none."""
    end = one.until
    if end is None and now < until:
        return replace(one, at=max(one.at, since)) if max(one.at, since) <= now else None
    end = min(end or until, until)
    start = max(one.at, since)
    return replace(one, at=start, until=end) if start < end else None


def in_few_words(line: Iterable[Stretch]) -> list[Stretch]:
    """States of work that follow each other as one, AT_WORK: a week of calls is too fine to be drawn."""
    found: list[Stretch] = []
    for one in line:
        told = one
        if one.state in WORKING:
            told = replace(one, state=AT_WORK, reason="", contact="")
        last = found[-1] if found else None
        if last is not None and told.state == AT_WORK == last.state and last.until == told.at:
            found[-1] = replace(last, until=told.until)
        else:
            found.append(told)
    return found


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
