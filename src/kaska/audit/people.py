"""What became of the people who were lost, for any number of them in little memory.

Stories are kept by caller; when there are many, they go to temporary files by parts of the alphabet, and at the end
each part is put together by itself.
"""

from __future__ import annotations

import itertools
import marshal
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from kaska.core.counting.lost_callers import NEVER_HAPPENED, NOTHING, LostCallers, Story, fate, lost, served, together

MOST_IN_MEMORY = 150_000
"""people"""
PARTS = 64
MANY = 20_000
"""moments after which they are told, when not all of them are of one instant"""
SERVED, LOST, CALLED_BACK = 0, 1, 2


@dataclass(slots=True)
class Recovered:
    """Lost people by what became of them; of those reached again, who made the first step."""

    callers: LostCallers = field(default_factory=LostCallers)
    by_themselves: int = 0
    called_back: int = 0
    hidden: int = 0
    """lost contacts whose number is hidden: who they were, and so how many, nobody can tell"""


class People:
    """Told in ``moments`` of each served and lost contact; ``tell`` is to be called when they are ``enough``.

    Contacts come nearly in the order of time; what is kept of a person is exact when they come quite in order, so
    moments are sorted before they are taken in. ``close`` (or a with block) removes the temporary files.
    """

    def __init__(self) -> None:
        self.moments: list[tuple[float, int, str]] = []
        """(seconds since the epoch, SERVED, LOST or CALLED_BACK, caller)"""
        self.hidden = 0
        """lost contacts of hidden callers"""
        self.enough = MANY
        self._first: dict[str, float] = {}
        self._last: dict[str, float] = {}
        """of those who were served only: the first time, and the last one where it is another"""
        self._stories: dict[str, Story] = {}
        """of all others"""
        self._calls: dict[str, list[float]] = {}
        """when we called them and they answered"""
        self._files: list[IO[bytes]] = []

    def tell(self) -> None:
        """Takes in the earlier half of the moments; the later half waits for what may come between.

        One instant is never parted: stories of two periods are put together exactly only when one ends before the
        other begins. When all are of one instant (a log with dates only), they wait for more.
        """
        self.moments.sort()
        half = self._border()
        self.enough = MANY if half else 2 * len(self.moments)
        self._take_in(self.moments[:half])
        del self.moments[:half]

    def _border(self) -> int:
        """Where the instant before the middle ends, or the one after it; 0 when there is but one."""
        middle = len(self.moments) // 2
        for at in itertools.chain(range(middle, 0, -1), range(middle + 1, len(self.moments))):
            if self.moments[at - 1][0] < self.moments[at][0]:
                return at
        return 0

    def _take_in(self, moments: list[tuple[float, int, str]]) -> None:
        first, last, stories = self._first, self._last, self._stories
        for at, what, caller in moments:
            if what == SERVED and caller not in stories:
                if first.setdefault(caller, at) != at:
                    last[caller] = at
            else:
                self._tell_more(at, what, caller)
        if len(first) + len(stories) > MOST_IN_MEMORY:
            self._put_away()

    def _tell_more(self, at: float, what: int, caller: str) -> None:
        story = self._stories.get(caller)
        if story is None:
            story = NOTHING
            if caller in self._first:
                once = self._first.pop(caller)
                story = (NEVER_HAPPENED, once, self._last.pop(caller, once), False)
        self._stories[caller] = lost(story, at) if what == LOST else served(story, at)
        if what == CALLED_BACK:
            self._calls.setdefault(caller, []).append(at)

    def _put_away(self) -> None:
        if not self._files:
            self._files = [tempfile.TemporaryFile() for _ in range(PARTS)]  # noqa: SIM115 - closed by ``close``
        pieces: list[_Piece] = [([], [], [], []) for _ in range(PARTS)]
        for caller, at in self._first.items():
            names, first, last, _ = pieces[zlib.crc32(caller.encode("utf-8", "replace")) % PARTS]
            names.append(caller)
            first.append(at)
            last.append(self._last.get(caller, at))
        for caller, story in self._stories.items():
            piece = pieces[zlib.crc32(caller.encode("utf-8", "replace")) % PARTS]
            piece[3].append((caller, story, self._calls.get(caller, [])))
        for file, piece in zip(self._files, pieces, strict=True):
            written = marshal.dumps(piece, _WITHOUT_REFERENCES)
            file.write(len(written).to_bytes(_LENGTH))
            file.write(written)
        self._first, self._last, self._stories, self._calls = {}, {}, {}, {}

    def recovered(self, day_of: Callable[[float], int]) -> Recovered:
        self.moments.sort()
        self._take_in(self.moments)
        self.moments = []
        found = Recovered(hidden=self.hidden)
        for stories in self._parts():
            for story, calls in stories.values():
                became = fate(story, day_of) if story[0] != NEVER_HAPPENED else None
                if became is None:
                    continue
                found.callers.add(became)
                if story[1] != float("inf"):
                    ours = story[1] in calls
                    found.called_back += ours
                    found.by_themselves += not ours
        return found

    def _parts(self) -> Iterator[dict[str, tuple[Story, list[float]]]]:
        """Whole stories with the calls, of all who were ever lost; a part of the people at a time."""
        if not self._files:
            yield {caller: (story, self._calls.get(caller, [])) for caller, story in self._stories.items()}
            return
        self._put_away()
        for file in self._files:
            yield _whole(list(_pieces(file)))

    def close(self) -> None:
        for file in self._files:
            file.close()
        self._files = []

    def __enter__(self) -> People:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_Piece = tuple[list[str], list[float], list[float], list[tuple[str, Story, list[float]]]]
"""of one part of the people in one period: who were served only, when first and when last; the others' stories"""
_LENGTH = 8
_WITHOUT_REFERENCES = 2
"""the version of the form: looking for equal objects takes longer than writing them twice"""


def _pieces(file: IO[bytes]) -> Iterator[_Piece]:
    file.seek(0)
    while length := int.from_bytes(file.read(_LENGTH)):
        yield marshal.loads(file.read(length))  # noqa: S302 - written by ourselves a moment ago


def _whole(pieces: list[_Piece]) -> dict[str, tuple[Story, list[float]]]:
    whole: dict[str, tuple[Story, list[float]]] = {}
    for _, _, _, stories in pieces:
        for caller, story, calls in stories:
            before, earlier = whole.get(caller, (NOTHING, []))
            whole[caller] = (together(before, story), earlier + calls)
    for names, first, last, _ in pieces:
        for caller, at, until in zip(names, first, last, strict=True):
            if caller in whole:
                story, calls = whole[caller]
                whole[caller] = (together(story, (NEVER_HAPPENED, at, until, False)), calls)
    return whole
