"""Tables as text: any delimiter, quotation marks, a header or none, as files or as exports of a database."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kaska.audit.left_out import Why
from kaska.audit.reading import Reading, lines_of
from kaska.audit.source import Source

DELIMITERS = ",;\t|"
LONGEST_RECORD = 20
"""lines; a quotation mark that is not closed after so many is a stray one"""
BATCH = 5000
SAMPLE_ROWS = 200

_INSERT = re.compile(r"\s*INSERT\s+INTO\b.*?\bVALUES?\s*\((.*)\)\s*;?\s*", re.I | re.S)
_RULER = re.compile(r"[\s+|=-]+")


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Line:
    """A record with the number of the line where it begins. ``unfinished``: the file ends without a line end."""

    number: int
    cells: list[str]
    unfinished: bool = False

    @property
    def empty(self) -> bool:
        return not any(self.cells)


def delimiter_of(sample: str) -> str:
    """The one that cuts most lines of the sample into equally many cells."""
    lines = [line for line in sample.splitlines()[:SAMPLE_ROWS] if line.strip() and not _RULER.fullmatch(line)][:-1]
    lines = lines or sample.splitlines()[:1]
    best, most = ",", 0.0
    for mark in DELIMITERS:
        counts = [len(_cells(line, mark)) - 1 for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count), count)) if counts else 0
        worth = usual * counts.count(usual) ** 2 if usual else 0.0
        if worth > most:
            best, most = mark, worth
    return best


def _cells(record: str, delimiter: str) -> list[str]:
    if (insert := _INSERT.fullmatch(record)) is not None:
        record = insert[1]
        if record.lstrip().startswith("'"):
            return [_clean(cell) for cell in next(csv.reader([record], quotechar="'", skipinitialspace=True), [])]
    try:
        return [_clean(cell) for cell in next(csv.reader([record], delimiter=delimiter, skipinitialspace=True), [])]
    except csv.Error:
        return [_clean(cell) for cell in record.replace('"', "").split(delimiter)]


def _clean(cell: str) -> str:
    cell = cell.strip().replace("\x00", "")
    return "" if cell in ("\\N", "NULL", "<null>") else cell


def lines(source: Source, delimiter: str) -> Iterator[Line]:
    """All records. A record may hold line ends between quotation marks."""
    held: list[str] = []
    number = begin = 0
    for batch, unfinished in lines_of(source.pieces()):
        for text in batch:
            number += 1
            text = text.removesuffix("\r")
            if not held and text.count('"') % 2 == 0:
                yield Line(number, _cells(text, delimiter), unfinished)
                continue
            begin = begin if held else number
            held.append(text)
            if sum(part.count('"') for part in held) % 2 == 0:
                yield Line(begin, _cells("\n".join(held), delimiter), unfinished)
                held = []
            elif len(held) >= LONGEST_RECORD:
                yield from _stray(held, begin, delimiter)
                held = []
    yield from _stray(held, begin, delimiter)


def _stray(held: list[str], begin: int, delimiter: str) -> Iterator[Line]:
    """Lines with a quotation mark that is never closed, each by itself."""
    for place, text in enumerate(held):
        last = place == len(held) - 1
        text = text if text.count('"') % 2 == 0 else text.replace('"', "")
        yield Line(begin + place, _cells(text, delimiter), unfinished=last and len(held) < LONGEST_RECORD)


def sample_lines(source: Source) -> tuple[str, list[list[str]]]:
    """(delimiter, cells of the first records)."""
    delimiter = delimiter_of(source.sample)
    found = []
    for text in source.sample.splitlines()[:SAMPLE_ROWS]:
        if text.strip():
            found.append(_cells(text if text.count('"') % 2 == 0 else text.replace('"', ""), delimiter))
    return delimiter, found


def column_name(cell: str) -> str:
    """``Caller ID Number`` → ``caller_id_number``."""
    return re.sub(r"[^\w]+", "_", cell.strip().lower().strip("`\"'")).strip("_")


def is_ruler(cells: Sequence[str]) -> bool:
    """A line that a database draws under its header."""
    return bool(cells) and all(_RULER.fullmatch(cell) for cell in cells if cell) and any(cells)


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table whose columns are known by name."""

    number: int
    """of its line, counted through all files"""
    cells: list[str]
    places: Mapping[str, int]
    unfinished: bool

    def __getitem__(self, name: str) -> str:
        """ "" when there is no such column."""
        place = self.places.get(name, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""


def records(source: Source, reading: Reading, places: Mapping[str, int], header: Sequence[str]) -> Iterator[Record]:
    """The rows that hold something; the others are counted and left out. ``header`` is a row that is none."""
    before = reading.begin(source)
    for line in lines(source, delimiter_of(source.sample)):
        reading.rows += 1
        reading.lines = before + line.number
        if line.empty or is_ruler(line.cells):
            reading.leave(Why.EMPTY if line.empty else Why.HEADER, reading.lines)
        elif header and line.cells[: len(header)] == list(header):
            reading.leave(Why.HEADER, reading.lines)
        else:
            yield Record(reading.lines, line.cells, places, line.unfinished)


@dataclass(slots=True)
class Gathering(Generic[Item]):
    """Rows of one call brought together, wherever they stand within ``window`` rows of each other."""

    window: int = 40_000
    young: dict[str, list[Item]] = field(default_factory=dict)
    old: dict[str, list[Item]] = field(default_factory=dict)
    left: int = 0

    def add(self, call: str, item: Item) -> list[list[Item]]:
        """The calls that are over, which is none but now and then."""
        group = self.young.get(call)
        if group is None:
            group = self.young[call] = self.old.pop(call, [])
        group.append(item)
        self.left += 1
        if self.left < self.window:
            return []
        resting, self.old, self.young, self.left = self.old, self.young, {}, 0
        return list(resting.values())

    def rest(self) -> Iterator[list[Item]]:
        yield from self.old.values()
        yield from self.young.values()


def table_rows(source: Source, reading: Reading, names: Sequence[str]) -> Iterator[list[list[str]]]:
    """Rows of a table in the order of ``names``, many at a time; the header comes too, with these names."""
    delimiter, sample = sample_lines(source)
    places = queue_places(sample, names)
    batch: list[list[str]] = []
    for line in lines(source, delimiter):
        cells = line.cells
        if line.number == 1 and {"event", "callid"} <= {column_name(cell) for cell in cells}:
            batch.append(list(names))
        elif line.empty or is_ruler(cells):
            batch.append([""])
        else:
            row = [cells[place] if 0 <= place < len(cells) else "" for place in places]
            if len(cells) > places[4] + 1 and "|" in row[5] and not any(row[6:]):
                row[5:] = row[5].split("|")
            batch.append(row)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    yield batch


def queue_places(sample: Sequence[Sequence[str]], names: Sequence[str]) -> list[int]:
    """In which column each name stands; -1 = in none. Without a header the others are found from the event's column."""
    header = [column_name(cell) for cell in sample[0]] if sample else []
    if "event" in header and "callid" in header:
        other = {"queuename": ("queue", "queue_name"), "data1": ("data", "arg1", "info1"), "time": ("eventdate",),
                 "agent": ("qagent", "member")}  # fmt: skip
        return [next((header.index(name) for name in (one, *other.get(one, ()), one.replace("data", "arg"))
                      if name in header), -1) for one in names]  # fmt: skip
    counts: dict[int, int] = {}
    for cells in sample:
        for place, cell in enumerate(cells):
            if cell in QUEUE_EVENTS:
                counts[place] = counts.get(place, 0) + 1
    event = max(counts, key=lambda place: counts[place]) if counts else 4
    return [event - 4 + place for place in range(len(names))]


QUEUE_EVENTS = frozenset((
    "ENTERQUEUE", "CONNECT", "COMPLETEAGENT", "COMPLETECALLER", "ABANDON", "RINGNOANSWER", "EXITWITHTIMEOUT",
    "EXITEMPTY", "EXITWITHKEY", "ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE", "QUEUESTART", "CONFIGRELOAD",
    "BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER",
))  # fmt: skip
