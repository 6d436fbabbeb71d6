"""The shift log as a file: every state and everything that happened beside the states, uncounted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kaska.features.calls.public import AGENT_REASONS, AGENT_STATES, word
from kaska.features.reports.public import Cell, Sheet, as_csv, as_xlsx, file_words
from kaska.features.supervision.stretches import Stretch

_WORDS = {
    "title": ("Журнал смен", "Shift log"),
    "agent": ("Оператор", "Agent"),
    "extension": ("Номер", "Extension"),
    "state": ("Состояние", "State"),
    "reason": ("Причина", "Reason"),
    "since": ("Началось", "Began"),
    "until": ("Кончилось", "Ended"),
    "lasts": ("длится", "lasts"),
    "lasted": ("Длилось", "Lasted"),
    "contact": ("Обращение", "Contact"),
    "by": ("Кто приказал", "Ordered by"),
    "order": ("приказ супервизора: {state}", "order of a supervisor: {state}"),
    "break_refused": ("перерыв не разрешён правилом", "a break refused by rule"),
    "break_warned": ("предупреждён о перерыве", "warned about a break"),
    "break_insisted": ("перерыв несмотря на предупреждение", "a break in spite of the warning"),
}

_REASONS = {
    **AGENT_REASONS,
    "lunch": ("обед", "lunch"),
    "rest": ("отдых", "rest"),
    "training": ("обучение", "training"),
    "meeting": ("совещание", "meeting"),
    "technical": ("неполадки", "technical"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One agent: his states cut to the period, and what happened beside them (rows of ``repository.marks``)."""

    name: str
    extension: str
    states: Sequence[Stretch]
    marks: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Period:
    first: str
    last: str
    zone: ZoneInfo
    now: datetime


async def written(lines: Sequence[Line], names: dict[str, str], period: Period, format: str, language: str) -> bytes:
    """The file's content; ``names``: who ordered → name."""
    return await asyncio.to_thread(_written, lines, names, period, format, language)


def _written(lines: Sequence[Line], names: dict[str, str], period: Period, format: str, language: str) -> bytes:
    sheet = _sheet(lines, names, period, language)
    return as_csv(sheet, language) if format == "csv" else as_xlsx([sheet])


def _word(name: str, language: str) -> str:
    return _WORDS[name][language == "en"]


def _sheet(lines: Sequence[Line], names: dict[str, str], period: Period, language: str) -> Sheet:
    columns = ("agent", "extension", "state", "reason", "since", "until", "lasted", "contact", "by")
    return Sheet(
        _word("title", language),
        [
            (file_words("period", language), f"{period.first} … {period.last}"),
            (file_words("zone", language), period.zone.key),
        ],
        [(_word(name, language), "seconds" if name == "lasted" else "words") for name in columns],
        [row for line in lines for row in _rows(line, names, period, language)],
    )


def _rows(line: Line, names: dict[str, str], period: Period, language: str) -> list[Sequence[Cell]]:
    """In the order of time; an order stands before the state that obeys it."""

    def clock(moment: datetime) -> str:
        return moment.astimezone(period.zone).strftime("%Y-%m-%d %H:%M:%S")

    def reason(text: str) -> str:
        return word(_REASONS, text, language) if text else ""

    rows: list[tuple[datetime, int, Sequence[Cell]]] = []
    for one in line.states:
        state, ended = word(AGENT_STATES, one.state, language), clock(one.until) if one.until is not None else ""
        cells = (line.name, line.extension, state, reason(one.reason), clock(one.at), ended or _word("lasts", language))
        rows.append((one.at, 1, (*cells, one.seconds(period.now), one.contact, "")))
    for mark in line.marks:
        told, by = _told(mark.state, language), names.get(mark.by, mark.by)
        cells = (line.name, line.extension, told, reason(mark.reason), clock(mark.at), clock(mark.at))
        rows.append((mark.at, 0, (*cells, 0.0, "", "" if mark.state in _WORDS else by)))
    return [row for _, _, row in sorted(rows, key=lambda one: one[:2])]


def _told(what: str, language: str) -> str:
    if what in _WORDS:
        return _word(what, language)
    return _word("order", language).format(state=word(AGENT_STATES, what, language))
