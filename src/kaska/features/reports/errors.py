"""What reports refuse."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class NoSuchReport(ProductError):
    status = 404
    code = "no_such_report"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такого отчёта нет. Выберите отчёт из списка.",
        "en": "There is no such report. Choose one from the list.",
    }


class WrongPeriod(ProductError):
    code = "wrong_period"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Первый день позже последнего, или между ними больше {most} дней. Поправьте период.",
        "en": "The first day is after the last, or more than {most} days lie between them. Change the period.",
    }


class CannotGroup(ProductError):
    code = "cannot_group"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот отчёт нельзя построить так. Можно: {possible}.",
        "en": "This report cannot be grouped so. Possible: {possible}.",
    }


class CannotNarrow(ProductError):
    code = "cannot_narrow"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот отчёт нельзя сузить так: {asked}. Снимите этот фильтр.",
        "en": "This report cannot be narrowed so: {asked}. Take this filter off.",
    }


class NeedsKeptDays(ProductError):
    code = "needs_kept_days"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Этот отчёт считается по дням часового пояса {zone}. Выберите его или смените пояс отчётов в настройках.",
        "en": "This report is counted by days of the time zone {zone}. Choose it, or change the zone of the reports.",
    }


class CannotDraw(ProductError):
    status = 503
    code = "cannot_draw"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Для PDF на сервере нужен шрифт с русскими буквами: apt-get install fonts-dejavu-core. "
        "XLSX и CSV работают без него.",
        "en": "A PDF needs a font with Cyrillic letters on the server: apt-get install fonts-dejavu-core. "
        "XLSX and CSV work without it.",
    }
