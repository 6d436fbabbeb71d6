"""Cards as a table: CSV in and out. Pure.

The words of ``IMPORTED`` name what a column is; ``HEADINGS`` are what people call it, for guessing and for the export.
Columns of the fields that projects' cards have are named PROJECT.FIELD; ``Columns`` knows their headings.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kaska.features.calls.public import BOM, neutral
from kaska.features.customers.errors import WrongIdentity, WrongTable
from kaska.features.customers.identity import EMAIL, PHONE, Identity, identity
from kaska.features.customers.schemas import CustomField
from kaska.features.customers.values import NO, YES, Given, read_cell
from kaska.features.customers.words import fold

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("Имя", "Name", "ФИО", "Клиент", "Контакт", "Customer", "Full name", "Фамилия"),
    "phone": ("Телефон", "Phone", "Телефоны", "Мобильный", "Номер", "Tel", "Mobile", "Phone number"),
    "email": ("E-mail", "Email", "Почта", "Электронная почта", "Адрес почты", "Mail"),
    "company": ("Компания", "Company", "Организация", "Organisation", "Organization"),
    "position": ("Должность", "Position", "Job title"),
    "tags": ("Метки", "Tags", "Теги"),
    "language": ("Язык", "Language"),
    "vip": ("VIP", "ВИП", "Важный"),
}
"""The first two of each are what the export writes, in Russian and English."""
IMPORTED = tuple(HEADINGS)

LONGEST_CELL = 200
MOST_LINES = 20_000
SHOWN = 10
_SEPARATORS = (";", ",", "\t")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

REASONS = {
    "no_identity": ("Нет ни телефона, ни почты", "Neither a phone nor an e-mail"),
    "wrong_phone": ("Телефон записан неверно", "The phone number is wrong"),
    "wrong_email": ("Почта записана неверно", "The e-mail is wrong"),
    "too_long": ("Слишком длинное значение", "A value is too long"),
    "wrong_cells": ("В строке больше столбцов, чем в заголовке", "The line has more columns than the header"),
    "wrong_vip": ("VIP: напишите «да» или «нет»", "VIP: write yes or no"),
    "wrong_language": ("Язык: напишите ru или en", "Language: write ru or en"),
    "wrong_field": ("Значение не подходит полю «{about}»", "The value does not fit the field “{about}”"),
    "two_cards": (
        "Телефон и почта принадлежат разным карточкам: объедините их",
        "The phone and the e-mail belong to different cards: merge them",
    ),
}
REASON_HEADING = ("Причина", "Reason")


@dataclass(frozen=True, slots=True)
class Table:
    """``lines`` are without the header; empty ones are left out."""

    separator: str
    header: list[str]
    lines: list[list[str]]


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of the projects' cards: PROJECT.FIELD → the field; project → what it is called."""

    fields: Mapping[str, CustomField] = field(default_factory=dict)
    projects: Mapping[str, str] = field(default_factory=dict)

    def heading(self, column: str, language: str) -> str:
        """With the project's name, so that the same field of two projects is two columns."""
        project = column.partition(".")[0]
        return f"{self.fields[column].called(language)} ({self.projects.get(project, project)})"

    def known_by(self) -> dict[str, str]:
        """Folded heading → column: with the project's name, and without it where one field only is called so."""
        full: dict[str, str] = {}
        short: dict[str, list[str]] = {}
        for column, one in self.fields.items():
            for language in ("ru", "en"):
                full[fold(self.heading(column, language))] = column
                short.setdefault(fold(one.called(language)), []).append(column)
        return {name: columns[0] for name, columns in short.items() if len(set(columns)) == 1} | full


NO_FIELDS = Columns()


@dataclass(slots=True)
class Entry:
    """One line as a card. ``problem`` is a word of REASONS, "" when it can be taken; ``about`` which field it is about.
    ``custom``: {PROJECT.FIELD: value}."""

    cells: list[str]
    identities: list[Identity] = field(default_factory=list)
    name: str = ""
    company: str = ""
    position: str = ""
    language: str = ""
    tags: list[str] = field(default_factory=list)
    vip: bool | None = None
    custom: dict[str, Given] = field(default_factory=dict)
    problem: str = ""
    about: str = ""


def read(content: str) -> Table:
    """:raises WrongTable: when it is no table, or one of more than MOST_LINES lines."""
    text = content.removeprefix(BOM)
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[list[str]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append([_own(cell) for cell in cells])
            if len(lines) > MOST_LINES + 1:
                raise WrongTable(line=reader.line_num)
    except csv.Error as error:
        raise WrongTable(line=reader.line_num) from error
    if not lines or "\x00" in text:
        raise WrongTable(line=1)
    return Table(separator, lines[0], lines[1:])


def _own(cell: str) -> str:
    """What the cell was before ``neutral`` made it harmless."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA_STARTS and len(text) > 1 else text


def guess(table: Table, known: Columns = NO_FIELDS) -> list[str]:
    """What each column is, by its heading, else by what most of its cells look like; "" = not known."""
    names = known.known_by() | {fold(heading): word for word, headings in HEADINGS.items() for heading in headings}
    guessed = [names.get(fold(heading), "") for heading in table.header]
    for place, word in enumerate(guessed):
        if word:
            continue
        seen = [line[place] for line in table.lines[:50] if place < len(line) and line[place]]
        for kind in (PHONE, EMAIL):
            fitting = sum(1 for cell in seen if _identities(kind, cell) is not None)
            if kind not in guessed and seen and fitting * 2 > len(seen):
                guessed[place] = kind
                break
    return guessed


def _identities(kind: str, cell: str) -> list[Identity] | None:
    """All that stand in a cell, separated by comma, semicolon or a line's end; None when one of them is wrong."""
    parts = [part for part in cell.replace(";", ",").replace("\n", ",").split(",") if part.strip()]
    try:
        return [identity(kind, part) for part in parts]
    except WrongIdentity:
        return None


def entries(table: Table, columns: Sequence[str], known: Columns = NO_FIELDS) -> list[Entry]:
    return [_entry(line, len(table.header), columns, known) for line in table.lines]


def _entry(cells: list[str], width: int, columns: Sequence[str], known: Columns) -> Entry:
    entry = Entry(cells)
    if len(cells) > width:
        entry.problem = "wrong_cells"
        return entry
    for word, cell in zip(columns, cells, strict=False):
        if cell and word and not entry.problem:
            own = known.fields.get(word)
            entry.problem = _write(entry, word, cell) if own is None else _write_own(entry, word, own, cell)
    if not entry.problem and not entry.identities:
        entry.problem = "no_identity"
    return entry


def _write(entry: Entry, word: str, cell: str) -> str:
    """Write one cell into the entry; returns what is wrong with it."""
    if len(cell) > LONGEST_CELL or not cell.replace("\n", " ").isprintable():
        return "too_long"
    if word in (PHONE, EMAIL):
        found = _identities(word, cell)
        if found is None:
            return f"wrong_{word}"
        entry.identities += [one for one in found if one not in entry.identities]
    elif word == "tags":
        entry.tags = list(dict.fromkeys(tag.strip()[:60] for tag in cell.split(",") if tag.strip()))[:50]
    elif word == "vip":
        if fold(cell) not in YES | NO:
            return "wrong_vip"
        entry.vip = fold(cell) in YES
    elif word == "language":
        if not (cell.isascii() and cell.isalpha() and 2 <= len(cell) <= 3):
            return "wrong_language"
        entry.language = cell.lower()
    elif word == "name":
        entry.name = f"{entry.name} {cell}".strip()[:LONGEST_CELL]  # surname and name in columns of their own
    elif word in IMPORTED:
        setattr(entry, word, cell)
    return ""


def _write_own(entry: Entry, column: str, own: CustomField, cell: str) -> str:
    value = read_cell(own, cell)
    if value is None:
        entry.about = own.title
        return "wrong_field"
    entry.custom[column] = value
    return ""


def rejected(table: Table, refused: Iterable[Entry], language: str) -> str:
    """The lines that were not taken, as they were, with the reason in a last column; "" when there are none."""
    english = language == "en"
    lines = [[*entry.cells, *[""] * (len(table.header) - len(entry.cells)), _reason(entry, english)]
             for entry in refused]  # fmt: skip
    return BOM + lines_of([[*table.header, REASON_HEADING[english]], *lines], table.separator) if lines else ""


def _reason(entry: Entry, english: bool) -> str:
    return REASONS[entry.problem][english].format(about=entry.about)


def header(language: str, known: Columns = NO_FIELDS) -> list[str]:
    own = [known.heading(column, language) for column in known.fields]
    return [*(HEADINGS[word][language == "en"] for word in IMPORTED), *own]


def lines_of(rows: Iterable[Sequence[str]], separator: str) -> str:
    """CSV whose cells can do nothing in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue()


def plain_lines(rows: Iterable[Sequence[str]]) -> str:
    """CSV as ``read`` reads it, cells as they are; empty columns at the end and lines without a cell are left out."""
    filled = [[cell.strip() for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    width = max((place + 1 for row in filled for place, cell in enumerate(row) if cell), default=0)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(row[:width] for row in filled)
    return out.getvalue()


def separator_of(language: str) -> str:
    """A Russian spreadsheet splits at semicolons, its comma is the decimal point."""
    return "," if language == "en" else ";"
