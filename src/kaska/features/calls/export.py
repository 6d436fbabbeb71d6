"""The journal as a CSV file that a spreadsheet opens and that can do nothing in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from kaska.features.calls.schemas import ContactSummary
from kaska.features.calls.wording import CAUSES, DIRECTIONS, OUTCOMES, word

BOM = "\ufeff"
"""spreadsheets take a file without it for a one-byte alphabet"""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

COLUMNS: tuple[tuple[str, str], ...] = (
    ("Поступило", "Arrived"),
    ("Направление", "Direction"),
    ("Номер клиента", "Customer's number"),
    ("Имя", "Name"),
    ("Набранный номер", "Dialled number"),
    ("Проект", "Project"),
    ("Очередь", "Queue"),
    ("Ожидание, с", "Waiting, s"),
    ("Операторы", "Agents"),
    ("Разговор, с", "Talk, s"),
    ("Удержание, с", "Hold, s"),
    ("Итог", "Outcome"),
    ("Причина", "Cause"),
    ("Тематика", "Topic"),
    ("Результат", "Result"),
    ("Заметка", "Note"),
    ("Откуда узнали", "Learned of us from"),
    ("Причина отказа", "Reason of refusal"),
    ("Следующий шаг", "Next step"),
    ("Срок", "Until"),
    ("Завершено", "Ended"),
    ("Обращение", "Contact"),
)


def neutral(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would take it for a formula."""
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell


def header(language: str) -> str:
    return BOM + _lines([[pair[language == "en"] for pair in COLUMNS]], language)


def body(items: Iterable[ContactSummary], language: str, zone: ZoneInfo) -> str:
    return _lines((_cells(item, language, zone) for item in items), language)


def _cells(item: ContactSummary, language: str, zone: ZoneInfo) -> list[str]:
    return [
        _local(item.arrived_at, zone),
        word(DIRECTIONS, item.direction, language),
        item.customer or item.caller,
        item.caller_name,
        item.number,
        item.project_name,
        item.queue_name,
        str(round(item.wait_seconds)),
        ", ".join(agent.name for agent in item.agents),
        str(round(item.talk_seconds)),
        str(round(item.hold_seconds)),
        word(OUTCOMES, item.outcome, language),
        word(CAUSES, item.cause, language),
        item.topic_title,
        item.result_title,
        item.note,
        item.heard_from_title,
        item.refusal_title,
        item.next_step,
        _local(item.next_at, zone),
        _local(item.ended_at, zone),
        item.id,
    ]


def _local(moment: datetime | None, zone: ZoneInfo) -> str:
    return "" if moment is None else moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _lines(rows: Iterable[list[str]], language: str) -> str:
    out = io.StringIO(newline="")
    # a Russian spreadsheet splits at semicolons, its comma is the decimal point
    writer = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue()
