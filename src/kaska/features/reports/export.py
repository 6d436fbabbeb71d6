"""A report as a file."""

from __future__ import annotations

import asyncio
from collections import Counter

from kaska.audit.telling.blocks import Block
from kaska.features.reports import labels, picture, sheet
from kaska.features.reports.schemas import Pair, ReportRow, ReportTable
from kaska.features.reports.sheet import MEDIA, Sheet, paper, shown

__all__ = ["MEDIA", "paper", "said", "shown", "told", "words", "written"]

_WORDS = {
    "period": ("Период", "Period"),
    "zone": ("Часовой пояс", "Time zone"),
    "target": ("Цель, с", "Target, s"),
    "before": ("было", "before"),
    "made": ("Сделано Каской. Как считаются показатели, сказано в справочнике.",
             "Made by Kaska. The handbook says how figures are counted."),
}  # fmt: skip


async def written(table: ReportTable, format: str, language: str) -> bytes:
    """The file's content. :raises CannotDraw: when the server has no font for a PDF."""
    make = {"xlsx": as_xlsx, "csv": as_csv, "pdf": as_pdf}[format]
    return await asyncio.to_thread(make, table, language)


def as_xlsx(table: ReportTable, language: str) -> bytes:
    return sheet.as_xlsx([sheet_of(table, language)])


def as_csv(table: ReportTable, language: str) -> bytes:
    return sheet.as_csv(sheet_of(table, language), language)


def as_pdf(table: ReportTable, language: str) -> bytes:
    return sheet.as_pdf([sheet_of(table, language)], language, words("made", language))


def told(table: ReportTable, language: str) -> list[Block]:
    """Words, picture and table of a report, for paper and letters."""
    return sheet.told(sheet_of(table, language), language)


def said(pair: Pair, language: str) -> str:
    return pair.en if language == "en" else pair.ru


def words(name: str, language: str) -> str:
    """What files of reports call "period", "zone", "target"; "made" is their last line."""
    return _WORDS[name][language == "en"]


def sheet_of(table: ReportTable, language: str) -> Sheet:
    return Sheet(
        title=said(table.report.title, language),
        facts=_facts(table, language),
        columns=_columns(table, language),
        rows=[_cells(table, row, language) for row in table.rows],
        total=_cells(table, table.total, language),
        about=said(table.report.about, language),
        picture=picture.drawn(table, language),
        on_paper=table.by != "slot",
    )


def _facts(table: ReportTable, language: str) -> list[tuple[str, str]]:
    """What the figures are of."""
    facts = [(words("period", language), f"{table.first} … {table.last}"), (words("zone", language), table.zone)]
    if table.report.targets:
        facts.append((words("target", language), str(table.target)))
    return facts


def _compared(table: ReportTable) -> bool:
    return any(figure.before is not None for figure in table.total.figures)


def _columns(table: ReportTable, language: str) -> list[tuple[str, str]]:
    found = [(labels.DIMENSIONS[table.by][language == "en"], "words")]
    often = Counter(said(column.title, language) for column in table.columns)
    for column in table.columns:
        title, group = said(column.title, language), said(column.group, language)
        if often[title] > 1 and group:
            title = f"{group}: {title}"
        found.append((title, column.kind))
        if _compared(table):
            found.append((f"{title}, {words('before', language)}", column.kind))
    return found


def _cells(table: ReportTable, row: ReportRow, language: str) -> list[sheet.Cell]:
    cells: list[sheet.Cell] = [said(row.label, language)]
    for figure in row.figures:
        cells.append(figure.value)
        if _compared(table):
            cells.append(figure.before)
    return cells
