"""What files look like before they are counted: format, columns, the first rows, and what the columns seem to mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kaska.audit.clock import Clock
from kaska.audit.options import AuditProblem
from kaska.audit.readers import mapping as columns
from kaska.audit.readers.mapping import WORDS, Mapping
from kaska.audit.readers.tables import column_name, sample_lines
from kaska.audit.recognise import recognise
from kaska.audit.source import UnreadableFile, open_source

ROWS = 5
FEW_VALUES = 15
LONGEST_CELL = 120


def look(path: Path, clock: Clock) -> dict[str, Any]:
    """One file as plain values. ``problem`` is {"ru", "en"} or None; ``mapping`` only for free tables."""
    try:
        source = open_source(path)
    except UnreadableFile as error:
        return _told(path.name, problem={"ru": str(error), "en": str(error)})
    if not source.sample.strip():
        return _told(path.name, problem={"ru": "файл пуст", "en": "the file is empty"})
    name = recognise(source)
    _, rows = sample_lines(source)
    if name != "csv":
        return _told(path.name, name, source.encoding, rows=rows)
    mapping, problem = Mapping(), None
    try:
        mapping = columns.guess(rows, clock)
    except AuditProblem as error:
        problem = {"ru": error.russian, "en": str(error)}
    header = _header(rows, mapping)
    body = rows[1:] if header else rows
    width = max(map(len, rows), default=0)
    named = [header[place] if place < len(header) and header[place] else str(place + 1) for place in range(width)]
    return _told(
        path.name, name, source.encoding, rows=body, problem=problem, columns=named,
        mapping={field: list(names) for field, names in mapping.columns.items()}, values=_values(named, body),
    )  # fmt: skip


def _header(rows: Sequence[Sequence[str]], mapping: Mapping) -> Sequence[str]:
    """The first row when it names columns; a guess by numbers saw no names there."""
    if mapping.columns and all(name.isdigit() for names in mapping.columns.values() for name in names):
        return ()
    return rows[0] if rows and not any(cell.isdigit() for cell in rows[0]) else ()


def _values(named: Sequence[str], body: Sequence[Sequence[str]]) -> dict[str, dict[str, str]]:
    """Column → its few different values → what each seems to mean, "" when that is not known."""
    found: dict[str, dict[str, str]] = {}
    for place, name in enumerate(named):
        values = {row[place].strip() for row in body if place < len(row) and row[place].strip()}
        if 0 < len(values) <= FEW_VALUES and all(len(value) <= LONGEST_CELL for value in values):
            found[name] = {value: str(WORDS.get(column_name(value), "")) for value in sorted(values)}
    return found


def _told(
    name: str,
    format_: str = "",
    encoding: str = "",
    *,
    rows: Sequence[Sequence[str]] = (),
    problem: dict[str, str] | None = None,
    columns: Sequence[str] = (),
    mapping: dict[str, list[str]] | None = None,
    values: dict[str, dict[str, str]] | None = None,
) -> dict[str, Any]:
    return {
        "name": name,
        "format": format_,
        "encoding": encoding,
        "columns": [cell[:LONGEST_CELL] for cell in columns],
        "rows": [[cell[:LONGEST_CELL] for cell in row] for row in rows[:ROWS]],
        "mapping": mapping or {},
        "values": values or {},
        "problem": problem,
    }
