"""Words and figures in rows as a file: XLSX and CSV whose cells can do nothing in a spreadsheet, PDF with a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from kaska.audit.options import AuditProblem
from kaska.audit.shapes import Picture
from kaska.audit.telling import pdf
from kaska.audit.telling.blocks import Block, Heading, Paragraph, Shown, Table
from kaska.audit.telling.blocks import Report as Told
from kaska.features.calls.public import BOM, neutral
from kaska.features.reports.errors import CannotDraw

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
Cell = str | float | None
_FORMATS = {"count": "#,##0", "share": "0.0%", "seconds": "[h]:mm:ss", "money": "#,##0.00"}
_DAY_SECONDS = 86_400
_UNITS = {"share": (", %", ", %"), "seconds": (", с", ", s")}
MOST_ROWS_ON_PAPER = 400


@dataclass(frozen=True, slots=True)
class Sheet:
    """``columns``: (title, kind), kind "words", "count", "share" (0 to 1), "seconds" or "money"; ``rows`` and ``total``
    have as many cells, None = cannot be told. ``facts``: (name, value) above them, what the figures are of.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    about: str = ""
    picture: Picture | None = None
    on_paper: bool = True
    """whether the table is printed in a PDF too"""

    @property
    def lines(self) -> list[Sequence[Cell]]:
        """All rows, the total last."""
        return [*self.rows, *([self.total] if self.total is not None else [])]


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook, one sheet after the other."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    for sheet in sheets:
        _into(book, sheet)
    book.close()
    return out.getvalue()


def _into(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title[:31])
    bold, plain = book.add_format({"bold": True}), book.add_format({})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format({"num_format": shape}) for kind, shape in _FORMATS.items()}
    totals = {kind: book.add_format({"num_format": shape, "bold": True, "top": 1}) for kind, shape in _FORMATS.items()}
    page.write_string(0, 0, sheet.title, bold)
    for at, (name, value) in enumerate(sheet.facts, 1):
        page.write_string(at, 0, f"{name}: {value}", plain)
    top = len(sheet.facts) + 2
    for place, (title, _) in enumerate(sheet.columns):
        page.write_string(top, place, title, head)
    for number, row in enumerate(sheet.lines, top + 1):
        last = row is sheet.total
        for place, (cell, (_, kind)) in enumerate(zip(row, sheet.columns, strict=True)):
            if isinstance(cell, str):
                page.write_string(number, place, cell, bold if last else plain)
            elif cell is not None:
                figure = cell / _DAY_SECONDS if kind == "seconds" else cell
                page.write_number(number, place, figure, (totals if last else formats)[kind])
    for place, (_, kind) in enumerate(sheet.columns):
        page.set_column(place, place, 34 if place == 0 else 24 if kind == "words" else 13)
    page.freeze_panes(top + 1, 1)


def as_csv(sheet: Sheet, language: str) -> bytes:
    """Shares in per cent, durations in seconds; decimal comma and semicolons in Russian."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    english = language == "en"
    writer.writerow(neutral(title + _UNITS.get(kind, ("", ""))[english]) for title, kind in sheet.columns)
    for row in sheet.lines:
        cells = zip(row, sheet.columns, strict=True)
        writer.writerow(
            neutral(cell) if isinstance(cell, str) else _plain(cell, kind, language) for cell, (_, kind) in cells
        )
    return (BOM + out.getvalue()).encode()


def _plain(value: float | None, kind: str, language: str) -> str:
    if value is None:
        return ""
    shown = f"{value:.0f}" if kind == "count" else f"{value * 100:.2f}" if kind == "share" else f"{value:.1f}"
    if kind == "money":
        shown = f"{value:.2f}"
    return shown if language == "en" else shown.replace(".", ",")


def shown(value: float | None, kind: str, language: str) -> str:
    """As people read it."""
    if value is None:
        return "–"
    if kind == "seconds":
        whole = round(value)
        hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    text = f"{value * 100:.1f} %" if kind == "share" else f"{value:,.2f}" if kind == "money" else f"{value:,.0f}"
    return text if language == "en" else text.replace(",", "\u00a0").replace(".", ",")


def told(sheet: Sheet, language: str) -> list[Block]:
    """Words, picture and table, for paper and letters."""
    lines = [*sheet.rows[:MOST_ROWS_ON_PAPER], *([sheet.total] if sheet.total is not None else [])]
    rows = [
        [
            cell if isinstance(cell, str) else shown(cell, kind, language)
            for cell, (_, kind) in zip(row, sheet.columns, strict=True)
        ]
        for row in lines
    ]
    blocks: list[Block] = [Paragraph(sheet.about)] if sheet.about else []
    if sheet.picture is not None:
        blocks.append(Shown(sheet.picture, ()))
    if sheet.on_paper:
        blocks.append(Table([title for title, _ in sheet.columns], rows))
    return blocks


def as_pdf(sheets: Sequence[Sheet], language: str, footer: str) -> bytes:
    """One document; the first sheet's title is its name. :raises CannotDraw:"""
    blocks = told(sheets[0], language)
    for sheet in sheets[1:]:
        blocks += [Heading(sheet.title), *told(sheet, language)]
    subtitle = " · ".join(f"{name}: {value}" for name, value in sheets[0].facts)
    return paper(Told(language, sheets[0].title, subtitle, blocks, footer))


def paper(report: Told) -> bytes:
    """:raises CannotDraw:"""
    out = io.BytesIO()
    try:
        pdf.written(report, out)
    except AuditProblem as problem:
        raise CannotDraw from problem
    return out.getvalue()
