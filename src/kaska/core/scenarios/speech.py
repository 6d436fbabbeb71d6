"""What is said to a caller, as names of prompts: our own complete set, in Russian and English.

A name like "ru/n/21" is a recording of ``VOCABULARY["ru"]["n/21"]``. Where the set stays small a prompt is a whole
sentence, because every join between recordings is heard.
"""

from __future__ import annotations

import math
from typing import Literal

Gender = Literal["m", "f", "n"]

LANGUAGES = ("ru", "en")

WHOLE_PLACES = 20
"""places up to this one are one recording each"""

GREATEST_PLACE = 999
GREATEST_NUMBER = 999_999

EXACT_MINUTES = 20
"""longer waits are rounded up to the next five minutes: an estimate is not that exact"""

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
    """A cardinal number 0…999 999. ``gender`` of what is counted matters in Russian only. ValueError beyond."""
    if not 0 <= n <= GREATEST_NUMBER:
        raise ValueError(f"{n}: only 0 to {GREATEST_NUMBER} can be said")
    names: list[str] = []
    thousands, rest = divmod(n, 1000)
    if thousands:
        names += _below_thousand(thousands, "f", language)
        names.append("thousand" if language == "en" else f"thousand/{_form(thousands)}")
    if rest or not thousands:
        names += _below_thousand(rest, gender, language)
    return _named(language, *names)


def _named(language: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{language}/{name}" for name in names)


def _below_thousand(n: int, gender: Gender, language: str) -> list[str]:
    names = [f"n/{n - n % 100}"] if n >= 100 else []
    rest = n % 100
    if rest or not names:
        inflected = language == "ru" and (rest, gender) in _INFLECTED
        names.append(f"n/{rest}{gender}" if inflected else f"n/{rest}")
    return names


def _form(n: int) -> str:
    """The Russian grammatical form of what is counted: "one" (минута), "few" (минуты) or "many" (минут)."""
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return "few"
    return "many"


# --- words -------------------------------------------------------------------------------------------------------


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_RU_SMALL = _words(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_RU_TENS = _words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_RU_HUNDREDS = _words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_RU_SMALL_ORDINALS = _words(
    "первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый "
    "тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый"
)
_RU_TENS_ORDINALS = _words(
    "двадцатый тридцатый сороковой пятидесятый шестидесятый семидесятый восьмидесятый девяностый"
)
_RU_HUNDREDS_ORDINALS = _words(
    "сотый двухсотый трёхсотый четырёхсотый пятисотый шестисотый семисотый восьмисотый девятисотый"
)
_RU_GENDERS: dict[tuple[int, Gender], str] = {(1, "f"): "одна", (2, "f"): "две", (1, "n"): "одно"}

_EN_SMALL = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_SMALL_ORDINALS = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_EN_TENS_ORDINALS = _words("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth")

_INFLECTED = frozenset((tens + unit, gender) for unit, gender in _RU_GENDERS for tens in (0, *range(20, 100, 10)))
"""the numbers below 100 whose last word differs from the masculine"""


def _russian(n: int, gender: Gender = "m") -> str:
    """0…99 in words."""
    if n >= 20 and n % 10 == 0:
        return _RU_TENS[n // 10 - 2]
    if n < 20:
        return _RU_GENDERS.get((n, gender), _RU_SMALL[n])
    return f"{_RU_TENS[n // 10 - 2]} {_RU_GENDERS.get((n % 10, gender), _RU_SMALL[n % 10])}"


def _russian_ordinal(n: int) -> str:
    """1…99, masculine."""
    if n < 20:
        return _RU_SMALL_ORDINALS[n - 1]
    if n % 10 == 0:
        return _RU_TENS_ORDINALS[n // 10 - 2]
    return f"{_RU_TENS[n // 10 - 2]} {_RU_SMALL_ORDINALS[n % 10 - 1]}"


def _english(n: int) -> str:
    """0…99 in words."""
    if n < 20:
        return _EN_SMALL[n]
    return _EN_TENS[n // 10 - 2] + (f"-{_EN_SMALL[n % 10]}" if n % 10 else "")


def _english_ordinal(n: int) -> str:
    """1…99."""
    if n < 20:
        return _EN_SMALL_ORDINALS[n - 1]
    if n % 10 == 0:
        return _EN_TENS_ORDINALS[n // 10 - 2]
    return f"{_EN_TENS[n // 10 - 2]}-{_EN_SMALL_ORDINALS[n % 10 - 1]}"


_WAITS = (*range(1, EXACT_MINUTES + 1), *range(EXACT_MINUTES + 5, 60, 5))

_RU_PHRASES = {
    "greeting": "Здравствуйте! Вы позвонили в компанию «Фабрика окон». Разговоры записываются.",
    "menu": (
        "Отдел продаж — нажмите один. Сервис — два. Чтобы поговорить с оператором, нажмите ноль. "
        "Если вы знаете внутренний номер, наберите его."
    ),
    "wrong-key": "Такого пункта в меню нет.",
    "extension-unanswered": "Сотрудник не отвечает. Соединяем с оператором.",
    "closed": "Сейчас мы не работаем, но обязательно ответим вам.",
    "message-question": (
        "Пожалуйста, после сигнала назовите ваш вопрос и как с вами связаться. Закончив, нажмите решётку."
    ),
    "thanks": "Спасибо! Мы получили ваше сообщение и перезвоним.",
    "goodbye": "До свидания!",
    "all-busy": "Все операторы сейчас заняты.",
    "stay-on-line": "Пожалуйста, оставайтесь на линии.",
    "queue-offer": (
        "Чтобы оставить сообщение, нажмите один. Чтобы мы перезвонили вам, сохранив ваше место в очереди, "
        "нажмите два. Или оставайтесь на линии."
    ),
    "callback-promised": "Спасибо! Мы сохранили ваше место в очереди и перезвоним на этот номер. До свидания!",
    "callback-connecting": (
        "Здравствуйте! Вы звонили в компанию «Фабрика окон». Соединяем вас с оператором. Разговор записывается."
    ),
    "fallback-message": (
        "Сейчас мы не можем соединить вас с оператором. Пожалуйста, после сигнала назовите ваше имя, "
        "номер телефона и вопрос. Мы перезвоним."
    ),
}

_EN_PHRASES = {
    "greeting": "Hello! You have reached the Window Factory. Calls are recorded.",
    "menu": (
        "For sales, press one. For service, press two. To speak to an operator, press zero. "
        "If you know the extension, dial it now."
    ),
    "wrong-key": "There is no such option.",
    "extension-unanswered": "Nobody answers there. We are connecting you to an operator.",
    "closed": "We are closed now, but we will answer you.",
    "message-question": "After the tone, please say your question and how to reach you. Press pound when you are done.",
    "thanks": "Thank you! We have your message and will call you back.",
    "goodbye": "Goodbye!",
    "all-busy": "All operators are busy now.",
    "stay-on-line": "Please stay on the line.",
    "queue-offer": (
        "To leave a message, press one. To be called back without losing your place in line, press two. "
        "Or stay on the line."
    ),
    "callback-promised": "Thank you! We have kept your place in line and will call this number. Goodbye!",
    "callback-connecting": (
        "Hello! You called the Window Factory. We are connecting you to an operator. The call is recorded."
    ),
    "fallback-message": (
        "We cannot connect you to an operator now. After the tone, please say your name, telephone number and "
        "question. We will call you back."
    ),
}


def _russian_set() -> dict[str, str]:
    words = dict(_RU_PHRASES)
    words |= {f"n/{n}": _russian(n) for n in range(100)}
    words |= {f"n/{n}{gender}": _russian(n, gender) for n, gender in sorted(_INFLECTED)}
    words |= {f"n/{100 * k}": word for k, word in enumerate(_RU_HUNDREDS, 1)}
    words |= {"thousand/one": "тысяча", "thousand/few": "тысячи", "thousand/many": "тысяч"}
    words |= {f"place/{n}": f"Вы {_russian_ordinal(n)} в очереди." for n in range(1, WHOLE_PLACES + 1)}
    words |= {"place/you": "Вы", "place/far": "Сейчас очень длинная очередь."}
    words |= {f"ord/{n}": f"{_russian_ordinal(n)} в очереди." for n in range(1, 100)}
    words |= {f"ord/{100 * k}": f"{word} в очереди." for k, word in enumerate(_RU_HUNDREDS_ORDINALS, 1)}
    estimate = "Примерное время ожидания —"
    minutes = {"one": "минута", "few": "минуты", "many": "минут"}
    words |= {f"wait/{n}": f"{estimate} {_russian(n, 'f')} {minutes[_form(n)]}." for n in _WAITS}
    words |= {"wait/60": f"{estimate} один час.", "wait/over-hour": f"{estimate} больше часа."}
    words |= {"wait/under-minute": f"{estimate} меньше минуты."}
    return words


def _english_set() -> dict[str, str]:
    words = dict(_EN_PHRASES)
    words |= {f"n/{n}": _english(n) for n in range(100)}
    words |= {f"n/{100 * k}": f"{_EN_SMALL[k]} hundred" for k in range(1, 10)}
    words |= {"thousand": "thousand"}
    words |= {f"place/{n}": f"You are {_english_ordinal(n)} in line." for n in range(1, WHOLE_PLACES + 1)}
    words |= {"place/you": "You are", "place/far": "The line is very long now."}
    words |= {f"ord/{n}": f"{_english_ordinal(n)} in line." for n in range(1, 100)}
    words |= {f"ord/{100 * k}": f"{_EN_SMALL[k]} hundredth in line." for k in range(1, 10)}
    estimate = "The expected wait is"
    words |= {f"wait/{n}": f"{estimate} {_english(n)} {'minute' if n == 1 else 'minutes'}." for n in _WAITS}
    words |= {"wait/60": f"{estimate} one hour.", "wait/over-hour": f"{estimate} more than an hour."}
    words |= {"wait/under-minute": f"{estimate} less than a minute."}
    return words


VOCABULARY: dict[str, dict[str, str]] = {"ru": _russian_set(), "en": _english_set()}
"""language → prompt name (without the language) → text to record"""
