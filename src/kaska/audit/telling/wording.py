"""The audit's words in Russian and English."""

from __future__ import annotations

from kaska.audit.left_out import Why
from kaska.core.counting.hole_words import number

LANGUAGES = ("ru", "en")

REASONS_RU: dict[Why, str] = {
    Why.NOT_A_CALL: "событие оператора или системы, не звонок",
    Why.UNKNOWN_EVENT: "нестандартное событие",
    Why.BROKEN: "испорченная строка",
    Why.CUT_OFF: "половина строки в конце файла",
    Why.IMPOSSIBLE_TIME: "невозможное время",
    Why.NEGATIVE: "отрицательная длительность",
    Why.NO_CALL_ID: "нет номера звонка",
    Why.DUPLICATE: "та же строка ещё раз",
    Why.SAME_FILE: "тот же файл ещё раз",
    Why.LOCAL_LEG: "плечо Local/: тот же звонок ещё раз",
    Why.OTHER_LEG: "другое плечо того же звонка",
    Why.INTERNAL: "внутренний звонок",
    Why.UNFINISHED: "звонок без конца в журнале",
    Why.BEGAN_BEFORE: "начала звонка нет в журнале",
    Why.OUTSIDE_PERIOD: "вне выбранного периода",
    Why.TOLD_ALREADY: "звонок уже рассказан другим файлом",
    Why.HEADER: "заголовок",
    Why.EMPTY: "пустая строка",
    Why.NOT_OUTCOME: "исход, который просили не считать",
    Why.UNKNOWN_OUTCOME: "исход, о котором не сказано, что он значит",
}


def reason(why: Why, language: str) -> str:
    return REASONS_RU[why] if language == "ru" else why.value


def duration(seconds: float | None, language: str) -> str:
    """``42 с``, ``3:05``, ``12 ч 05 мин``; a dash for what is not known."""
    if seconds is None:
        return "—"
    whole = round(seconds)
    hours, minutes = ("ч", "мин") if language == "ru" else ("h", "min")
    if whole >= 36_000:
        return f"{whole // 3600} {hours} {whole // 60 % 60:02d} {minutes}"
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}" if whole >= 60 else f"{whole} {'с' if language == 'ru' else 's'}"


def share(value: float | None, language: str, digits: int = 1) -> str:
    return "—" if value is None else number(100 * value, language, digits) + ("\u00a0%" if language == "ru" else "%")


def plural(count: int, one: str, few: str, many: str) -> str:
    """The Russian form after a number: 1 звонок, 2 звонка, 5 звонков."""
    if count % 10 == 1 and count % 100 != 11:
        return one
    return few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many
