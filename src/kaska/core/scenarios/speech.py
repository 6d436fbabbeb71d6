"""What is said to a caller, as names of prompts: our own complete set, in Russian and English.

A name like "ru/n/21" is a recording of ``VOCABULARY["ru"]["n/21"]``. Where the set stays small a prompt is a whole
sentence, because every join between recordings is heard.
"""

from __future__ import annotations

import math
from datetime import date

from kaska.core.scenarios.vocabulary import (
    EXACT_MINUTES,
    INFLECTED,
    NOUN_GENDERS,
    VOCABULARY,
    WHOLE_DAYS,
    WHOLE_PLACES,
    Gender,
    Noun,
    form_of,
)

__all__ = [
    "LANGUAGES",
    "VOCABULARY",
    "Gender",
    "Noun",
    "clock",
    "count",
    "day",
    "duration",
    "expected_wait",
    "money",
    "number",
    "phrase",
    "place",
]

LANGUAGES = ("ru", "en")

GREATEST_PLACE = 999
GREATEST_NUMBER = 999_999_999

ALMOST_A_MINUTE = 45.0
"""seconds; a wait below this is "less than a minute" """


def phrase(name: str, language: str = "ru") -> str:
    """The prompt name of a fixed phrase, e.g. "greeting" → "ru/greeting". Raises KeyError when there is none."""
    if name not in VOCABULARY[language]:
        raise KeyError(f"{language}/{name}")
    return f"{language}/{name}"


def place(n: int, language: str = "ru") -> tuple[str, ...]:
    """«Вы третий в очереди». Raises ValueError for ``n`` < 1; beyond 999 says only that the line is very long."""
    if n < 1:
        raise ValueError(f"place {n}: places are counted from one")
    if n > GREATEST_PLACE:
        return _named(language, "place/far")
    if n <= WHOLE_PLACES:
        return _named(language, f"place/{n}")
    hundreds, rest = n - n % 100, n % 100
    if rest == 0 or hundreds == 0:
        return _named(language, "place/you", f"ord/{n}")
    return _named(language, "place/you", f"n/{hundreds}", f"ord/{rest}")


def expected_wait(seconds: float, language: str = "ru") -> tuple[str, ...]:
    """«Примерное время ожидания — две минуты»: rounded up, and beyond an hour no longer counted.

    Anything that is not a number of seconds (infinity, NaN) counts as beyond an hour.
    """
    if not seconds <= 3600:
        return _named(language, "wait/over-hour")
    if seconds < ALMOST_A_MINUTE:
        return _named(language, "wait/under-minute")
    minutes = math.ceil(seconds / 60)
    if minutes > EXACT_MINUTES:
        minutes = math.ceil(minutes / 5) * 5
    return _named(language, f"wait/{minutes}")


def number(n: int, gender: Gender = "m", language: str = "ru") -> tuple[str, ...]:
    """A cardinal number 0…999 999 999. ``gender`` of what is counted matters in Russian only. ValueError beyond."""
    if not 0 <= n <= GREATEST_NUMBER:
        raise ValueError(f"{n}: only 0 to {GREATEST_NUMBER} can be said")
    names: list[str] = []
    millions, thousands, rest = n // 1_000_000, n // 1000 % 1000, n % 1000
    if millions:
        names += _below_thousand(millions, "m", language)
        names.append("million" if language == "en" else f"million/{form_of(millions)}")
    if thousands:
        names += _below_thousand(thousands, "f", language)
        names.append("thousand" if language == "en" else f"thousand/{form_of(thousands)}")
    if rest or not names:
        names += _below_thousand(rest, gender, language)
    return _named(language, *names)


def count(n: int, noun: Noun, language: str = "ru") -> tuple[str, ...]:
    """«Двадцать одно сообщение»: the number with what it counts, in gender and case. ValueError as ``number``."""
    return number(n, NOUN_GENDERS[noun], language) + _named(language, f"{noun}/{form_of(n, language)}")


def money(kopecks: int, language: str = "ru") -> tuple[str, ...]:
    """«Две тысячи рублей пятьдесят копеек». Nothing is «ноль рублей»; a whole sum has no kopecks.

    Raises ValueError below nothing and beyond 999 999 999 roubles.
    """
    roubles, rest = divmod(kopecks, 100)
    said = count(roubles, "rouble", language) if roubles or not rest else ()
    return said + (count(rest, "kopeck", language) if rest else ())


def day(on: date, language: str = "ru", *, weekday: bool = False) -> tuple[str, ...]:
    """«Двадцать пятое ноября», with ``weekday`` «среда двадцать пятое ноября»; "November twenty fifth"."""
    tens, units = on.day - on.day % 10, on.day % 10
    names = [f"day/{on.day}"] if on.day in WHOLE_DAYS else [f"n/{tens}", f"day/{units}"]
    names = [f"month/{on.month}", *names] if language == "en" else [*names, f"month/{on.month}"]
    return _named(language, *([f"weekday/{on.isoweekday()}"] if weekday else []), *names)


def clock(hour: int, minute: int, language: str = "ru") -> tuple[str, ...]:
    """«Четырнадцать часов пять минут», a whole hour without minutes; "two oh five P M", "noon".

    Raises ValueError for what no clock shows.
    """
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError(f"{hour}:{minute} is no time of day")
    if language != "en":
        return count(hour, "hour") + (count(minute, "minute") if minute else ())
    if not minute and hour in (0, 12):
        return _named("en", "time/noon" if hour else "time/midnight")
    minutes = [*(["time/oh"] if minute < 10 else []), f"n/{minute}"] if minute else []
    return _named("en", f"n/{(hour + 11) % 12 + 1}", *minutes, "time/pm" if hour >= 12 else "time/am")


def duration(seconds: float, language: str = "ru") -> tuple[str, ...]:
    """«Один час две минуты»: the two greatest units that are not nothing, from days to seconds.

    Raises ValueError for what is not a length of time.
    """
    if not 0 <= seconds <= GREATEST_NUMBER:
        raise ValueError(f"{seconds}: no length of time")
    whole = round(seconds)
    parts: list[tuple[int, Noun]] = [
        (whole // 86_400, "day"),
        (whole // 3600 % 24, "hour"),
        (whole // 60 % 60, "minute"),
        (whole % 60, "second"),
    ]
    first = next((index for index, (n, _) in enumerate(parts) if n), len(parts) - 1)
    kept = [(n, noun) for n, noun in parts[first : first + 2] if n] or [(0, parts[first][1])]
    return tuple(name for n, noun in kept for name in count(n, noun, language))


def _named(language: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{language}/{name}" for name in names)


def _below_thousand(n: int, gender: Gender, language: str) -> list[str]:
    names = [f"n/{n - n % 100}"] if n >= 100 else []
    rest = n % 100
    if rest or not names:
        inflected = language == "ru" and (rest, gender) in INFLECTED
        names.append(f"n/{rest}{gender}" if inflected else f"n/{rest}")
    return names
