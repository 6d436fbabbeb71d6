"""The picture of a report: bars over time or by row, the map of peak hours. Plain shapes, painted on paper."""

from __future__ import annotations

from kaska.audit.shapes import DEEP, LEAK, PALE, PAPER, Picture, Text
from kaska.features.reports import labels
from kaska.features.reports.schemas import ReportTable

_WIDTH = 500.0
_BARS = 140.0
_MOST_BARS = 62
_CELL_HEIGHT, _LEFT, _TOP = 15.0, 24.0, 16.0


def drawn(table: ReportTable, language: str) -> Picture | None:
    """None when there is nothing to draw."""
    first = [row.figures[0].value or 0.0 for row in table.rows]
    if not first or max(first) <= 0:
        return None
    if table.by == "slot":
        return _heat(table, first, language)
    return _bars(table, first[:_MOST_BARS], language)


def _bars(table: ReportTable, values: list[float], language: str) -> Picture:
    """The first column as bars; where a lost or abandoned column stands beside it, that part is in its colour."""
    picture = Picture(_WIDTH, _BARS + 26, table.report.title.en if language == "en" else table.report.title.ru)
    most, width = max(values), _WIDTH / len(values)
    lost = next((at for at, column in enumerate(table.columns) if column.id == "abandoned"), None)
    for place, value in enumerate(values):
        height = _BARS * value / most
        picture.rect(place * width + 0.5, 10 + _BARS - height, max(0.5, width - 1), height, DEEP)
        if lost is not None:
            part = _BARS * (table.rows[place].figures[lost].value or 0.0) / most
            picture.rect(place * width + 0.5, 10 + _BARS - part, max(0.5, width - 1), part, LEAK)
    label = [row.label.en if language == "en" else row.label.ru for row in table.rows]
    _write(picture, 0, _BARS + 22, label[0][:28], "start")
    _write(picture, _WIDTH, _BARS + 22, label[len(values) - 1][:28], "end")
    _write(picture, 0, 8, f"{most:,.0f}".replace(",", "\u00a0"), "start")
    return picture


def _heat(table: ReportTable, values: list[float], language: str) -> Picture:
    picture = Picture(_WIDTH, _TOP + 7 * _CELL_HEIGHT + 4, table.report.title.ru)
    width, most = (_WIDTH - _LEFT) / 48, max(values)
    for hour in range(0, 24, 3):
        _write(picture, _LEFT + hour * 2 * width, _TOP - 5, labels.half_hour(hour * 2), "start")
    for number, value in enumerate(values):
        day, place = divmod(number, 48)
        picture.rect(_LEFT + place * width, _TOP + day * _CELL_HEIGHT, width - 0.6, _CELL_HEIGHT - 0.6,
                     shade(value / most))  # fmt: skip
    for day, name in enumerate(labels.WEEKDAYS):
        _write(picture, 0, _TOP + day * _CELL_HEIGHT + 10, name[language == "en"], "start")
    return picture


def shade(share: float) -> str:
    """From paper (0) to deep blue (1), evenly to the eye."""
    part = max(0.0, min(1.0, share)) ** 0.7
    ends = [tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in (PAPER, DEEP)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(*ends, strict=True))


def _write(picture: Picture, x: float, y: float, text: str, anchor: str) -> None:
    picture.shapes.append(Text(x, y, text, 7.5, anchor, PALE))
