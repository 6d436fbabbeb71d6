"""A report as a file: XLSX and CSV whose cells can do nothing in a spreadsheet, PDF with a picture."""

from __future__ import annotations

import asyncio
import csv
import io

import xlsxwriter

from kaska.audit.options import AuditProblem
from kaska.audit.telling import pdf
from kaska.audit.telling.blocks import Block, Paragraph, Shown, Table
from kaska.audit.telling.blocks import Report as Told
from kaska.features.calls.public import BOM, neutral
from kaska.features.reports import labels, picture
from kaska.features.reports.errors import CannotDraw
from kaska.features.reports.schemas import Pair, ReportRow, ReportTable

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
_FORMATS = {"count": "#,##0", "share": "0.0%", "seconds": "[h]:mm:ss", "money": "#,##0.00"}
_DAY_SECONDS = 86_400
_WORDS = {
    "period": ("Период", "Period"),
    "zone": ("Часовой пояс", "Time zone"),
    "target": ("Цель, с", "Target, s"),
    "before": ("было", "before"),
    "made": ("Сделано Каской. Как считаются показатели, сказано в справочнике.",
             "Made by Kaska. The handbook says how figures are counted."),
}  # fmt: skip
MOST_ROWS_ON_PAPER = 400


async def written(table: ReportTable, format: str, language: str) -> bytes:
    """The file's content. :raises CannotDraw: when the server has no font for a PDF."""
    make = {"xlsx": as_xlsx, "csv": as_csv, "pdf": as_pdf}[format]
    return await asyncio.to_thread(make, table, language)


def said(pair: Pair, language: str) -> str:
    return pair.en if language == "en" else pair.ru


def _word(name: str, language: str) -> str:
    return _WORDS[name][language == "en"]


def _facts(table: ReportTable, language: str) -> list[tuple[str, str]]:
    """What the figures are of."""
    told = [(_word("period", language), f"{table.first} … {table.last}"), (_word("zone", language), table.zone)]
    if table.report.targets:
        told.append((_word("target", language), str(table.target)))
    return told


def _compared(table: ReportTable) -> bool:
    return any(figure.before is not None for figure in table.total.figures)


def _head(table: ReportTable, language: str) -> list[str]:
    first = labels.DIMENSIONS[table.by][language == "en"]
    titles = [said(column.title, language) for column in table.columns]
    if not _compared(table):
        return [first, *titles]
    return [first, *(one for title in titles for one in (title, f"{title}, {_word('before', language)}"))]


def _values(table: ReportTable, row: ReportRow) -> list[tuple[float | None, str]]:
    """(value, kind) of each cell after the label."""
    found: list[tuple[float | None, str]] = []
    for column, figure in zip(table.columns, row.figures, strict=True):
        found.append((figure.value, column.kind))
        if _compared(table):
            found.append((figure.before, column.kind))
    return found


def as_xlsx(table: ReportTable, language: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet(said(table.report.title, language)[:31])
    bold, plain = book.add_format({"bold": True}), book.add_format({})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format({"num_format": shape}) for kind, shape in _FORMATS.items()}
    totals = {kind: book.add_format({"num_format": shape, "bold": True, "top": 1}) for kind, shape in _FORMATS.items()}
    sheet.write_string(0, 0, said(table.report.title, language), bold)
    for at, (name, value) in enumerate(_facts(table, language), 1):
        sheet.write_string(at, 0, f"{name}: {value}", plain)
    top = len(_facts(table, language)) + 2
    for place, title in enumerate(_head(table, language)):
        sheet.write_string(top, place, title, head)
    for number, row in enumerate([*table.rows, table.total], top + 1):
        last = row is table.total
        sheet.write_string(number, 0, said(row.label, language), bold if last else plain)
        for place, (amount, kind) in enumerate(_values(table, row), 1):
            if amount is not None:
                figure = amount / _DAY_SECONDS if kind == "seconds" else amount
                sheet.write_number(number, place, figure, (totals if last else formats)[kind])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(_head(table, language)), 13)
    sheet.freeze_panes(top + 1, 1)
    book.close()
    return out.getvalue()


def as_csv(table: ReportTable, language: str) -> bytes:
    """Shares in per cent, durations in seconds; decimal comma and semicolons in Russian."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    units = {"share": ", %", "seconds": ", с" if language == "ru" else ", s"}
    kinds = [kind for _, kind in _values(table, table.total)]
    head = _head(table, language)
    writer.writerow(
        neutral(cell) for cell in [head[0], *(t + units.get(k, "") for t, k in zip(head[1:], kinds, strict=True))]
    )
    for row in [*table.rows, table.total]:
        cells = [_plain(value, kind, language) for value, kind in _values(table, row)]
        writer.writerow([neutral(said(row.label, language)), *cells])
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


def told(table: ReportTable, language: str) -> list[Block]:
    """Words, picture and table of a report, for paper and letters."""
    rows = [
        [said(row.label, language), *(shown(value, kind, language) for value, kind in _values(table, row))]
        for row in [*table.rows[:MOST_ROWS_ON_PAPER], table.total]
    ]
    blocks: list[Block] = [Paragraph(said(table.report.about, language))]
    drawn = picture.drawn(table, language)
    if drawn is not None:
        blocks.append(Shown(drawn, ()))
    if table.by != "slot":
        blocks.append(Table(_head(table, language), rows))
    return blocks


def as_pdf(table: ReportTable, language: str) -> bytes:
    subtitle = " · ".join(f"{name}: {value}" for name, value in _facts(table, language))
    report = Told(
        language, said(table.report.title, language), subtitle, told(table, language), _word("made", language)
    )
    return paper(report)


def paper(report: Told) -> bytes:
    """:raises CannotDraw:"""
    out = io.BytesIO()
    try:
        pdf.written(report, out)
    except AuditProblem as problem:
        raise CannotDraw from problem
    return out.getvalue()
