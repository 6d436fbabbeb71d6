"""A period in pieces, and which of them need not be looked at again: so that what a comparison costs does not grow with
how busy the last hours were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SLICE = timedelta(seconds=30)
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the contacts that ended in a period each witness knows, without those that ended just now.

    ``switch`` (its CEL), ``cdr`` and ``ledger`` are inbound; ``talked`` of the ledger's, outbound too, should
    have a recording.
    """

    switch: int = 0
    cdr: int = 0
    ledger: int = 0
    talked: int = 0
    recordings: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.switch + other.switch,
            self.cdr + other.cdr,
            self.ledger + other.ledger,
            self.talked + other.talked,
            self.recordings + other.recordings,
        )


def slice_of(at: datetime) -> datetime:
    """The beginning of the slice in which ``at`` lies."""
    return at - (at - _EPOCH) % SLICE


def slices(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """[begin, end) of the pieces of [since, until), in order; the first and the last may be cut."""
    begin = since
    while begin < until:
        end = min(slice_of(begin) + SLICE, until)
        yield begin, end
        begin = end


class Examined:
    """The slices in which every contact was judged and no book is expected to tell more, with their counts. What
    differed in them stands in the table of differences, which is gone through by turns.

    Whoever writes something into a book calls ``forget`` with the times of the contact, and so does a slice leave.
    """

    def __init__(self) -> None:
        self._counts: dict[datetime, Counts] = {}
        self.turn = ""
        """the contact at which the last turn through the open differences stopped; "" = it begins anew"""

    def counts(self, begin: datetime, end: datetime) -> Counts | None:
        """None: [begin, end) has to be looked at."""
        return self._counts.get(begin) if end - begin == SLICE else None

    def keep(self, begin: datetime, end: datetime, counts: Counts) -> None:
        if end - begin == SLICE:
            self._counts[begin] = counts

    def forget(self, ended_at: datetime) -> None:
        self._counts.pop(slice_of(ended_at), None)

    def forget_all(self) -> None:
        self._counts.clear()

    def forget_before(self, since: datetime) -> None:
        for begin in [one for one in self._counts if one < since]:
            del self._counts[begin]
