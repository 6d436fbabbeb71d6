"""Reads a growing file of comma separated records from where it was read last. Survives rotation, truncation, a last
line that is only half written, and a record that was cut short for ever when the switch died.

All fields are quoted. ``begins`` is how a record begins: within quotation marks each mark is doubled, so that nothing
inside a record can look like the beginning of one after a newline.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

AT_ONCE = 256 * 1024
"""bytes"""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file that may be renamed meanwhile: ``inode`` says which file, ``offset`` the byte in it."""

    inode: int = 0
    offset: int = 0


Record = tuple[Position, Position, list[str]]
"""(where it begins, where the next begins, its fields)"""


def read(file: Path, since: Position, begins: re.Pattern[bytes]) -> Iterator[Record]:
    """Whole records after ``since``, which is where one begins."""
    if since.inode and (left := _renamed(file, since)) is not None:
        yield from _records(left, since, begins)
        since = Position()
    try:
        inode = file.stat().st_ino
    except FileNotFoundError:
        return
    same = inode == since.inode and file.stat().st_size >= since.offset
    yield from _records(file, Position(inode, since.offset if same else 0), begins)


def newest(file: Path, size: int, begins: re.Pattern[bytes]) -> Iterator[Record]:
    """Whole records of the last ``size`` bytes."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return
    offset = max(0, status.st_size - size)
    if offset:
        with file.open("rb") as source:
            source.seek(offset - 1, os.SEEK_SET)
            data = source.read(size + 1)
        found = next((place for place in _newlines(data) if begins.match(data, place)), None)
        if found is None:
            return
        offset += found - 1
    yield from _records(file, Position(status.st_ino, offset), begins)


def _renamed(file: Path, since: Position) -> Path | None:
    """The file that was being read, when another has taken its name."""
    for path in file.parent.glob(f"{file.name}*"):
        try:
            if path != file and path.stat().st_ino == since.inode:
                return path
        except FileNotFoundError:
            continue
    return None


def _records(file: Path, since: Position, begins: re.Pattern[bytes]) -> Iterator[Record]:
    offset = since.offset
    with file.open("rb") as source:
        source.seek(offset, os.SEEK_SET)
        rest = b""
        while chunk := source.read(AT_ONCE):
            rest += chunk
            taken = 0
            for length in _whole(rest, begins):
                text = rest[taken : taken + length].decode("utf-8", "replace")
                begin, after = Position(since.inode, offset), Position(since.inode, offset + length)
                yield begin, after, next(csv.reader(text.splitlines(keepends=True)), [])
                taken += length
                offset += length
            rest = rest[taken:]


def _whole(data: bytes, begins: re.Pattern[bytes]) -> Iterator[int]:
    """Lengths of complete records: each ends in a newline outside quotation marks (a field may hold newlines), or, when
    it was cut short, where the next begins."""
    start = counted = marks = 0
    for after in _newlines(data):
        marks += data.count(b'"', counted, after)
        counted = after
        if marks % 2 == 0 or begins.match(data, after):
            yield after - start
            start, marks = after, 0


def _newlines(data: bytes) -> Iterator[int]:
    """Places after each newline."""
    position = 0
    while (newline := data.find(b"\n", position)) >= 0:
        position = newline + 1
        yield position
