"""The switch's own counts as a witness: read again and again, held against its records, kept between our lives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
import structlog

from kaska.asterisk import counters
from kaska.asterisk.connection import SwitchAwayError
from kaska.asterisk.counters import LiveChannel, Reading, Starts, Tally
from kaska.asterisk.places import contact_of
from kaska.asterisk.records import Position
from kaska.engine.journal import Journal
from kaska.features.reconciliation.public import Lines, SwitchCount
from kaska.kit.config import Settings

log = structlog.get_logger(__name__)

COUNTER_KEY = "witness_counter"


class _Kept(msgspec.Struct):
    inode: int
    offset: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class Judged:
    """``earlier`` was held against the records; ``later`` is the newest reading."""

    earlier: Reading
    later: Reading
    count: SwitchCount

    def lines(self, is_theirs: Callable[[LiveChannel], bool]) -> Lines:
        """What was up at both readings; ``is_theirs`` says whether a call from a trunk is of the company that asks."""
        ids = {channel.id for channel in self.later.channels}
        steady = [one for one in self.earlier.channels if one.trunk and one.id in ids and is_theirs(one)]
        return Lines(
            since=datetime.fromtimestamp(self.earlier.asked_at, UTC),
            arrived={one.id: datetime.fromtimestamp(one.since, UTC) for one in steady},
            present=frozenset(contact_of(one.id) for one in (*self.earlier.channels, *self.later.channels)),
        )


class Counting:
    """Ask ``look`` every now and then; ``remember`` what was judged when it has been written down."""

    def __init__(self, settings: Settings, journal: Journal) -> None:
        self._settings = settings
        self._journal = journal
        self._reading: Reading | None = None
        remembered = journal.recall(COUNTER_KEY)
        kept = msgspec.json.decode(remembered, type=_Kept) if remembered else None
        self._tally = kept.tally if kept else Tally()
        self._starts = Starts(settings, Position(kept.inode, kept.offset) if kept else None)

    async def look(self, started_at: float, settled_before: float) -> Judged | None:
        """Read the counter of the switch that was started at ``started_at``; judge the reading before it.

        None when there is none yet that is older than ``settled_before``: what happened up to then must be in the
        records. A switch that cannot be asked is no difference: the next reading tells of the time until then too.
        """
        self._tally.hear(await asyncio.to_thread(self._starts.read))
        earlier = self._reading
        if earlier is not None and earlier.answered_at > settled_before:
            return None
        try:
            self._reading = later = await counters.read(self._settings, started_at)
        except SwitchAwayError as away:
            log.info("the switch's counters cannot be read now", problem=str(away))
            self._reading = None
            return None
        if earlier is None or earlier.started_at != later.started_at:
            return None
        self._tally.judge(earlier)
        count = SwitchCount(earlier.started_at, earlier.asked_at, earlier.processed, self._tally.unaccounted)
        return Judged(earlier, later, count)

    def remember(self) -> None:
        place = self._starts.position
        kept = _Kept(place.inode, place.offset, self._tally)
        self._journal.remember_nowait(COUNTER_KEY, msgspec.json.encode(kept).decode())
