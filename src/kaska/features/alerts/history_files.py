"""The history of alerts as a file: every situation, and sums by rule."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from kaska.features.alerts.history import lasted_seconds, taken_after_seconds
from kaska.features.alerts.schemas import Situation, SituationHistory, SituationSums
from kaska.features.alerts.wording import FIGURES, said
from kaska.features.reports.public import Cell, Sheet, as_csv, as_pdf, as_xlsx, file_words

_WORDS = {
    "title": ("История оповещений", "Alerts history"),
    "by_rule": ("Оповещения по правилам", "Alerts by rule"),
    "about": (
        "Когда показатель выходил за пределы, как долго, кто и через сколько занялся и что сделал. Ситуация относится "
        "к дню, в который началась.",
        "When a figure left its limits, for how long, who took it up after how long, and what was done. A situation "
        "belongs to the day it began on.",
    ),
    "alert": ("Оповещение", "Alert"),
    "project": ("Проект", "Project"),
    "figure": ("Показатель", "Figure"),
    "worst": ("Худшее", "Worst"),
    "limit": ("Предел", "Limit"),
    "since": ("Началось", "Began"),
    "until": ("Кончилось", "Ended"),
    "lasts": ("длится", "lasts"),
    "lasted": ("Длилось", "Lasted"),
    "taken_by": ("Кто занялся", "Who took it"),
    "taken_after": ("Через сколько", "After"),
    "done": ("Что сделано", "What was done"),
    "situations": ("Ситуаций", "Situations"),
    "mean": ("В среднем", "Mean"),
    "longest": ("Дольше всего", "Longest"),
    "taken": ("Занялись", "Taken up"),
    "told": ("Сказано, что сделано", "Told what was done"),
    "total": ("Всего", "Total"),
    "all": ("все", "all"),
}  # fmt: skip


_UNWATCHED = {"webhook": ("Вебхук не принимает, часов", "Webhook fails, hours")}
"""figures that no rule of people watches"""


def _word(name: str, language: str) -> str:
    return _WORDS[name][language == "en"]


async def written(
    told: SituationHistory, projects: Mapping[str, str], format: str, language: str, now: datetime
) -> bytes:
    """The file's content; ``projects``: identifier → name. :raises CannotDraw: when there is no font for a PDF."""
    return await asyncio.to_thread(_written, told, projects, format, language, now)


def _written(told: SituationHistory, projects: Mapping[str, str], format: str, language: str, now: datetime) -> bytes:
    each, rules = _each(told, projects, language, now), _by_rule(told, language)
    if format == "csv":
        return as_csv(each, language)
    if format == "xlsx":
        return as_xlsx([each, rules])
    return as_pdf([each, rules], language, file_words("made", language))


def _facts(told: SituationHistory, language: str) -> list[tuple[str, str]]:
    return [
        (file_words("period", language), f"{told.first} … {told.last}"),
        (file_words("zone", language), told.zone),
    ]


def _each(told: SituationHistory, projects: Mapping[str, str], language: str, now: datetime) -> Sheet:
    zone = ZoneInfo(told.zone)

    def clock(moment: datetime | None) -> str:
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") if moment is not None else ""

    def cells(one: Situation) -> list[Cell]:
        return [
            one.name,
            projects.get(one.project, one.project) or _word("all", language),
            figure_name(one.figure, language),
            said(one.figure, one.worst, language),
            said(one.figure, one.limit, language),
            clock(one.since),
            clock(one.until) or _word("lasts", language),
            lasted_seconds(one, now),
            one.taken_by_name,
            taken_after_seconds(one),
            one.done,
        ]

    names = ("alert", "project", "figure", "worst", "limit", "since", "until", "lasted", "taken_by", "taken_after",
             "done")  # fmt: skip
    seconds = {"lasted", "taken_after"}
    columns = [(_word(name, language), "seconds" if name in seconds else "words") for name in names]
    rows = [cells(one) for one in told.situations]
    return Sheet(_word("title", language), _facts(told, language), columns, rows, about=_word("about", language))


def _by_rule(told: SituationHistory, language: str) -> Sheet:
    def cells(one: SituationSums, name: str) -> list[Cell]:
        figure = figure_name(one.figure, language)
        times: list[Cell] = [one.lasted_s, one.mean_s, one.longest_s]
        return [name, figure, one.situations, *times, one.taken, one.taken_after_s, one.done]

    kinds = {"alert": "words", "figure": "words", "situations": "count", "lasted": "seconds", "mean": "seconds",
             "longest": "seconds", "taken": "count", "taken_after": "seconds", "told": "count"}  # fmt: skip
    return Sheet(
        _word("by_rule", language),
        _facts(told, language),
        [(_word(name, language), kind) for name, kind in kinds.items()],
        [cells(one, one.name) for one in told.rules],
        cells(told.total, _word("total", language)),
    )


def figure_name(figure: str, language: str) -> str:
    """What people call a figure."""
    pair = {**FIGURES, **_UNWATCHED}.get(figure)
    return figure if pair is None else pair[language == "en"]
