"""What all readers share while they read: the clock, the number of rows, and what was left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kaska.audit.clock import Clock
from kaska.audit.left_out import LeftOut, Why
from kaska.audit.source import Source


@dataclass(slots=True)
class Reading:
    clock: Clock
    left_out: LeftOut = field(default_factory=LeftOut)
    doubts: LeftOut = field(default_factory=LeftOut)
    """values that cannot be and count as unknown; their rows are in contacts"""
    lines: int = 0
    """of all files read so far, line ends within records counted too"""
    rows: int = 0
    """read so far, those left out among them"""
    _files: list[tuple[int, Source]] = field(default_factory=list)
    """(lines of all files before it, file)"""
    known_calls: set[str] | None = None
    """ids of the calls told so far; None = nobody will ask"""
    announcements_told: bool = False
    """the format can tell that a caller heard announcements only"""
    outbound_told: bool = False
    rings_told: bool = False
    """the format can tell whose telephone rang in vain"""
    said: list[str] = field(default_factory=list)
    """what a reader took for granted and a person should see"""

    def begin(self, source: Source) -> int:
        """How many lines there were in the files before this one: lines are numbered through all files."""
        self._files.append((self.lines, source))
        return self.lines

    def place(self, number: int) -> tuple[str, int]:
        """File and line of a line numbered through all files."""
        before, source = self._files[bisect_left(self._files, number, key=lambda one: one[0]) - 1]
        return source.name, number - before

    def leave(self, why: Why, number: int, rows: int = 1) -> None:
        """``number`` is that of the (first) line."""
        self.left_out.add(why, self.place(number), rows)

    def doubt(self, why: Why, number: int, values: int = 1) -> None:
        self.doubts.add(why, self.place(number), values)


def lines_of(pieces: Iterable[str]) -> Iterator[tuple[list[str], bool]]:
    """Whole lines without their ends, many at a time; at last the unfinished one alone, with True."""
    rest = ""
    for piece in pieces:
        lines = (rest + piece).split("\n")
        rest = lines.pop()
        if lines:
            yield lines, False
    if rest.strip():
        yield [rest], True
