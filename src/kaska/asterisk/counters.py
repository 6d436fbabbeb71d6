"""The switch's own counts: how many calls its dialplan has begun since it started, and which channels are up now.

Both are numbers in the switch's memory. They reach us by its control socket, not by its message bus, from which the
records (CDR, CEL) and the ARI events come, and not by a file. So a call that all of those have missed is still counted.

The counter has no times and knows no trunks: it is held against the calls that CEL says were begun, and what it has
more (or fewer) is ``unaccounted``. It counts a call when its dialplan begins: that of a call from a trunk, of one that
an agent's telephone makes by itself, and of a person who answered when we dialled him with a recording.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from kaska.asterisk import console, records
from kaska.asterisk.connection import SwitchAwayError
from kaska.asterisk.places import DIALLED_RECORDED, FROM_AGENTS, FROM_TRUNK, Places, is_dialled, trunk_of
from kaska.asterisk.records import Position
from kaska.asterisk.witness import Row, parse
from kaska.asterisk.witness_fields import CEL_BEGINS
from kaska.kit.config import Settings

LEAD_SECONDS = 0.5
"""a call that began so shortly before the counter was read, or after it, may be counted or not"""
_UPTIME_SLACK = 3.0

_PROCESSED = re.compile(r"^(\d+) calls? processed", re.MULTILINE)
_UPTIME = re.compile(r"^System uptime: (\d+)", re.MULTILINE)
_SECONDS, _UNIQUEID = -3, -1
"""places of a channel's duration and name in a line of "core show channels concise" (its end: a number that was dialled
may hold the separator)"""


@dataclass(frozen=True, slots=True)
class LiveChannel:
    """``since`` is seconds since the epoch; ``trunk`` is "" for what did not arrive from one."""

    id: str
    since: float
    trunk: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the switch counted at a moment between ``asked_at`` and ``answered_at``. ``started_at``: since when."""

    started_at: float
    asked_at: float
    answered_at: float
    processed: int
    channels: tuple[LiveChannel, ...] = ()


async def read(settings: Settings, started_at: float) -> Reading:
    """Ask the switch that was started at ``started_at``.

    :raises SwitchAwayError: when it does not answer, or another one does.
    """
    asked_at = time.time()
    processed = _PROCESSED.search(await console.ask(settings, "core show calls"))
    answered_at = time.time()
    uptime = _UPTIME.search(await console.ask(settings, "core show uptime seconds"))
    if processed is None or uptime is None:
        raise SwitchAwayError("the switch does not tell how many calls it has processed")
    if abs(time.time() - int(uptime[1]) - started_at) > _UPTIME_SLACK:
        raise SwitchAwayError("the switch has just been started again")
    listed = await console.ask(settings, "core show channels concise")
    return Reading(started_at, asked_at, answered_at, int(processed[1]), channels(listed, time.time()))


def channels(listed: str, now: float) -> tuple[LiveChannel, ...]:
    """The answer to "core show channels concise"; a line that is none of a channel is passed over."""
    found = []
    for line in listed.splitlines():
        fields = line.split("!")
        if len(fields) < 10 or not fields[_SECONDS].isdigit():
            continue
        id, trunk = fields[_UNIQUEID].strip(), trunk_of(fields[0])
        arrived = trunk if not is_dialled(id) else ""
        found.append(LiveChannel(id, now - int(fields[_SECONDS]), arrived))
    return tuple(found)


class Starts:
    """Reads on in CEL from ``position``: when calls were begun that the counter counts too."""

    def __init__(self, settings: Settings, position: Position | None = None) -> None:
        self._file = Places.of(settings).cel
        self.position = position or Position()

    def read(self) -> list[float]:
        found = []
        for _, after, fields in records.read(self._file, self.position, CEL_BEGINS):
            self.position = after
            row = parse(fields)
            if row is not None and begins(row):
                found.append(row.at)
        return found


def begins(row: Row) -> bool:
    """Does the dialplan begin with this event?"""
    if row.event == "CHAN_START":
        return (
            row.uniqueid == row.linkedid and not is_dialled(row.uniqueid) and row.context in (FROM_TRUNK, FROM_AGENTS)
        )
    return row.event == "DIALLED_STARTED" and row.context == DIALLED_RECORDED


class Tally(msgspec.Struct):
    """The counter against the records, over the life of one switch. Kept between our own lives.

    ``base``: what had been counted when we began to look; ``told``: calls that the records tell of up to the last
    reading; ``recent``: times of later ones; ``unaccounted``: calls that were counted and that the records do not tell
    of (below nought: told of and not counted).
    """

    started_at: float = 0.0
    base: int = 0
    told: int = 0
    recent: list[float] = []
    processed: int = 0
    unaccounted: int = 0

    def hear(self, starts: Iterable[float]) -> None:
        """Calls that the records tell of; each once."""
        self.recent.extend(starts)

    def judge(self, reading: Reading) -> None:
        """Hold a reading against what the records tell of; all of them up to it must have been heard by now.

        When calls began about the moment of the reading, several numbers agree with it: ``unaccounted`` then changes
        by no more than it must.
        """
        if reading.started_at != self.started_at:
            self._another_switch(reading)
        surely = sum(1 for at in self.recent if at <= reading.asked_at - LEAD_SECONDS)
        perhaps = sum(1 for at in self.recent if at <= reading.answered_at + LEAD_SECONDS)
        if self.base < 0:  # the first look ever at a switch that was there before us
            self.base = reading.processed - perhaps
        more = reading.processed - self.base - self.told
        self.unaccounted = min(max(self.unaccounted, more - perhaps), more - surely)
        self.processed = reading.processed
        self.told += surely
        self.recent = [at for at in self.recent if at > reading.asked_at - LEAD_SECONDS]

    def _another_switch(self, reading: Reading) -> None:
        """It counts from nought."""
        self.base = 0 if self.started_at else -1
        self.started_at, self.told, self.unaccounted = reading.started_at, 0, 0
        self.recent = [at for at in self.recent if at >= reading.started_at]
