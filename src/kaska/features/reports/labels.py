"""What rows are called, and what they open in the journal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import CAUSES, OUTCOMES, names_of, word
from kaska.features.reports.figures import Text
from kaska.features.reports.period import Period
from kaska.features.topics.public import read_topics, titles

WEEKDAYS: tuple[Text, ...] = (
    ("пн", "Mon"),
    ("вт", "Tue"),
    ("ср", "Wed"),
    ("чт", "Thu"),
    ("пт", "Fri"),
    ("сб", "Sat"),
    ("вс", "Sun"),
)
MONTHS: tuple[Text, ...] = (
    ("январь", "January"),
    ("февраль", "February"),
    ("март", "March"),
    ("апрель", "April"),
    ("май", "May"),
    ("июнь", "June"),
    ("июль", "July"),
    ("август", "August"),
    ("сентябрь", "September"),
    ("октябрь", "October"),
    ("ноябрь", "November"),
    ("декабрь", "December"),
)
TOTAL: Text = ("Всего", "Total")
NONE: dict[str, Text] = {
    "project": ("без проекта", "no project"),
    "queue": ("без очереди", "no queue"),
    "number": ("номер неизвестен", "number not known"),
    "topic": ("тематика не указана", "no topic given"),
    "result": ("результат не указан", "no result given"),
    "refusal": ("причина не указана", "no reason given"),
    "heard_from": ("не спросили", "not asked"),
    "agent": ("никто не говорил", "nobody talked"),
}
DIMENSIONS: dict[str, Text] = {
    "day": ("День", "Day"),
    "week": ("Неделя", "Week"),
    "month": ("Месяц", "Month"),
    "weekday": ("День недели", "Weekday"),
    "half_hour": ("Полчаса", "Half-hour"),
    "slot": ("День и полчаса", "Day and half-hour"),
    "project": ("Проект", "Project"),
    "queue": ("Очередь", "Queue"),
    "number": ("Номер", "Number"),
    "agent": ("Оператор", "Agent"),
    "topic": ("Тематика", "Topic"),
    "result": ("Результат", "Result"),
    "refusal": ("Причина отказа", "Refusal reason"),
    "heard_from": ("Откуда узнали", "Learned of us"),
    "outcome": ("Итог", "Outcome"),
    "cause": ("Где закончилось", "Where it ended"),
}


_LISTS = {"topic": "topic_path", "result": "result", "refusal": "refusal", "heard_from": "source"}
"""dimension → its kind in ``topics.titles``"""


def half_hour(place: int) -> str:
    return f"{place // 2:02}:{place % 2 * 30:02}"


def of_time(by: str, key: Sequence[Any]) -> Text:
    start = key[0]
    if by == "weekday":
        return WEEKDAYS[start - 1]
    if by == "half_hour":
        return half_hour(start), half_hour(start)
    if by == "slot":
        ru, en = WEEKDAYS[start - 1]
        return f"{ru} {half_hour(key[1])}", f"{en} {half_hour(key[1])}"
    if by == "month":
        ru, en = MONTHS[start.month - 1]
        return f"{ru} {start.year}", f"{en} {start.year}"
    if by == "week":
        end = start + timedelta(days=6)
        return f"{start:%d.%m}–{end:%d.%m.%Y}", f"{start:%d/%m}–{end:%d/%m/%Y}"
    ru, en = WEEKDAYS[start.weekday()]
    return f"{start:%d.%m.%Y} {ru}", f"{start:%d/%m/%Y} {en}"


async def of_words(connection: AsyncConnection, tenant: str, by: str, words: Collection[str]) -> dict[str, Text]:
    """Word of a dimension → what people call it."""
    found: dict[str, Text] = {one: (one, one) for one in words}
    if by in ("project", "queue", "agent"):
        names = await names_of(connection, tenant, words)
        found |= {one: (name, name) for one in words if (name := names.get((by, one)))}
    elif by in _LISTS:
        titled = titles(await read_topics(connection, tenant))
        found |= {one: (title, title) for one in words if (title := titled.get((_LISTS[by], one)))}
    elif by in ("outcome", "cause"):
        spoken = OUTCOMES if by == "outcome" else CAUSES
        found |= {one: (word(spoken, one, "ru"), word(spoken, one, "en")) for one in words}
    if "" in found and by in NONE:
        found[""] = NONE[by]
    return found


def opens(by: str, key: Sequence[Any], period: Period) -> dict[str, Any]:
    """What the journal is narrowed to for a row."""
    if by in ("day", "week", "month"):
        part = period.within(by, key[0])
        return span(part)
    if by == "weekday":
        return {"weekday": key[0], "zone": period.zone.key}
    if by == "half_hour":
        return {"half_hour": key[0], "zone": period.zone.key}
    if by == "slot":
        return {"weekday": key[0], "half_hour": key[1], "zone": period.zone.key}
    if by in ("outcome", "cause"):
        return {by: [key[0]]}
    return {by: key[0]} if key[0] else {"without": [by]}


def span(period: Period) -> dict[str, Any]:
    return {"from": period.since.isoformat(), "to": period.until.isoformat()}


def every(by: str, period: Period) -> list[tuple[Any, ...]]:
    """All rows that a report by time has, so that an hour in which nothing happened is seen."""
    if by == "day":
        return [(period.first + timedelta(days=number),) for number in range(period.days)]
    if by == "week":
        first = period.first - timedelta(days=period.first.weekday())
        return [(first + timedelta(days=7 * number),) for number in range((period.last - first).days // 7 + 1)]
    if by == "month":
        found, start = [], period.first.replace(day=1)
        while start <= period.last:
            found.append((start,))
            start = (start + timedelta(days=31)).replace(day=1)
        return found
    if by == "weekday":
        return [(day,) for day in range(1, 8)]
    if by == "half_hour":
        return [(place,) for place in range(48)]
    if by == "slot":
        return [(day, place) for day in range(1, 8) for place in range(48)]
    return []


def written(key: Sequence[Any]) -> list[str]:
    return [one.isoformat() if isinstance(one, date) else str(one) for one in key]
