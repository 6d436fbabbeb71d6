"""Reads a growing file of comma separated records from where it was read last. Survives rotation, truncation and a
last line that is only half written."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

AT_ONCE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file that may be renamed meanwhile: ``inode`` says which file, ``offset`` the byte in it."""

    inode: int = 0
    offset: int = 0


Record = tuple[Position, Position, list[str]]
"""(where it begins, where the next begins, its fields)"""


def read(file: Path, since: Position) -> Iterator[Record]:
    """Whole records after ``since``."""
    if since.inode and (left := _renamed(file, since)) is not None:
        yield from _records(left, since)
        since = Position()
    try:
        inode = file.stat().st_ino
    except FileNotFoundError:
        return
    same = inode == since.inode and file.stat().st_size >= since.offset
    yield from _records(file, Position(inode, since.offset if same else 0))


def _renamed(file: Path, since: Position) -> Path | None:
    """The file that was being read, when another has taken its name."""
    for path in file.parent.glob(f"{file.name}*"):
        try:
            if path != file and path.stat().st_ino == since.inode:
                return path
        except FileNotFoundError:
            continue
    return None


def _records(file: Path, since: Position) -> Iterator[Record]:
    offset = since.offset
    with file.open("rb") as source:
        source.seek(offset, os.SEEK_SET)
        rest = b""
        while chunk := source.read(AT_ONCE):
            rest += chunk
            taken = 0
            for length in _whole(rest):
                text = rest[taken : taken + length].decode("utf-8", "replace")
                begin, after = Position(since.inode, offset), Position(since.inode, offset + length)
                yield begin, after, next(csv.reader(text.splitlines(keepends=True)), [])
                taken += length
                offset += length
            rest = rest[taken:]


def _whole(data: bytes) -> Iterator[int]:
    """Lengths of complete records: each ends in a newline outside quotation marks (a field may hold newlines)."""
    start = position = 0
    while (newline := data.find(b"\n", position)) >= 0:
        position = newline + 1
        if data.count(b'"', start, position) % 2 == 0:
            yield position - start
            start = position
