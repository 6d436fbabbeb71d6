"""The intervals that sums are kept by. Moments are seconds since the epoch; days and months are local. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kaska.features.reports.cubes import DAY, MONTH, QUARTER, SLOT, SLOT_SECONDS


def day_of(start: float, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) of the local day that a moment belongs to; where midnight is skipped, what follows it."""
    local = datetime.fromtimestamp(start, zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)


def month_of(start: float, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) of the local month."""
    local = datetime.fromtimestamp(start, zone)
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)


def slot_of(start: float, zone: ZoneInfo) -> datetime:
    """Where the sums of the half-hour of the week are kept that a moment belongs to; see ``cubes.SLOT``."""
    local = datetime.fromtimestamp(start, zone)
    number = local.weekday() * 48 + local.hour * 2 + local.minute // 30
    return month_of(start, zone) + timedelta(seconds=number * SLOT_SECONDS)


def _quarter(start: float, _zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(start, UTC)


STARTS: dict[str, Callable[[float, ZoneInfo], datetime]] = {
    QUARTER: _quarter,
    DAY: day_of,
    MONTH: month_of,
    SLOT: slot_of,
}


@lru_cache(maxsize=20_000)
def start_of(grain: str, quarter: int, zone: ZoneInfo) -> datetime:
    """Under which ``start`` a quarter of an hour is kept."""
    return STARTS[grain](quarter, zone)
