"""The report for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kaska.audit.shapes import wrapped
from kaska.audit.telling.blocks import Heading, Key, Paragraph, Report, Shown, Table

WIDTH = 96


def painted(report: Report) -> str:
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield report.title
    yield from wrapped(report.subtitle, WIDTH)
    for block in report.blocks:
        if isinstance(block, Heading):
            yield from ("", block.text, "─" * min(WIDTH, len(block.text)))
        elif isinstance(block, Paragraph):
            yield from wrapped(block.text, WIDTH)
        elif isinstance(block, Key):
            yield ""
            yield from (f"  {value:>12}  {name}" for value, name in block.figures)
            yield ""
        elif isinstance(block, Table):
            yield from _table(block.columns, block.rows)
        elif isinstance(block, Shown):
            yield from (f"  {line}" for line in block.words)
    yield from ("", report.footer)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in cells) for cells in zip(columns, *rows, strict=True)]
    for cells in (columns, *rows):
        first, *others = cells
        figures = "  ".join(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield f"  {first.ljust(widths[0])}  {figures}".rstrip()
    yield ""
