"""The sentences callers hear, and that every recording they are made of exists."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.core.codes.words import DONE, REFUSED, done, parked, refused
from kaska.core.contacts import screening
from kaska.core.inside import dictating, doors, paging
from kaska.core.scenarios.speech import (
    LANGUAGES,
    VOCABULARY,
    Gender,
    Noun,
    clock,
    count,
    day,
    duration,
    expected_wait,
    money,
    number,
    phrase,
    place,
)

LANGUAGE = st.sampled_from(LANGUAGES)
GENDERS: tuple[Gender, ...] = ("m", "f", "n")
GENDER: st.SearchStrategy[Gender] = st.sampled_from(GENDERS)


def said(names: tuple[str, ...]) -> str:
    """The text of the prompts; KeyError when one is not in the vocabulary."""
    parts = []
    for name in names:
        language, _, rest = name.partition("/")
        parts.append(VOCABULARY[language][rest])
    return " ".join(parts)


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "Вы первый в очереди."),
        (3, "Вы третий в очереди."),
        (20, "Вы двадцатый в очереди."),
        (21, "Вы двадцать первый в очереди."),
        (40, "Вы сороковой в очереди."),
        (100, "Вы сотый в очереди."),
        (103, "Вы сто третий в очереди."),
        (117, "Вы сто семнадцатый в очереди."),
        (200, "Вы двухсотый в очереди."),
        (999, "Вы девятьсот девяносто девятый в очереди."),
        (1000, "Сейчас очень длинная очередь."),
    ],
)
def test_place_in_russian(n: int, text: str) -> None:
    assert said(place(n)) == text


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "You are first in line."),
        (12, "You are twelfth in line."),
        (22, "You are twenty-second in line."),
        (300, "You are three hundredth in line."),
        (303, "You are three hundred third in line."),
    ],
)
def test_place_in_english(n: int, text: str) -> None:
    assert said(place(n, "en")) == text


def test_there_is_no_place_zero() -> None:
    with pytest.raises(ValueError, match="counted from one"):
        place(0)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-1.0, "меньше минуты"),
        (44.9, "меньше минуты"),
        (45.0, "одна минута"),
        (60.0, "одна минута"),
        (61.0, "две минуты"),
        (299.0, "пять минут"),
        (11 * 60.0, "одиннадцать минут"),
        (20 * 60.0, "двадцать минут"),
        (20 * 60.0 + 1, "двадцать пять минут"),
        (55 * 60.0, "пятьдесят пять минут"),
        (55 * 60.0 + 1, "один час"),
        (3601.0, "больше часа"),
        (math.inf, "больше часа"),
        (math.nan, "больше часа"),
    ],
)
def test_expected_wait_in_russian(seconds: float, text: str) -> None:
    assert said(expected_wait(seconds)) == f"Примерное время ожидания — {text}."


def test_expected_wait_in_english() -> None:
    assert said(expected_wait(60, "en")) == "The expected wait is one minute."
    assert said(expected_wait(90, "en")) == "The expected wait is two minutes."


@pytest.mark.parametrize(
    ("n", "gender", "text"),
    [
        (0, "m", "ноль"),
        (1, "m", "один"),
        (2, "f", "две"),
        (1, "n", "одно"),
        (2, "n", "два"),
        (11, "f", "одиннадцать"),
        (21, "f", "двадцать одна"),
        (100, "f", "сто"),
        (342, "f", "триста сорок две"),
        (1000, "m", "одна тысяча"),
        (2001, "f", "две тысячи одна"),
        (5000, "m", "пять тысяч"),
        (11_000, "m", "одиннадцать тысяч"),
        (112_912, "m", "сто двенадцать тысяч девятьсот двенадцать"),
        (322_022, "m", "триста двадцать две тысячи двадцать два"),
        (999_999, "m", "девятьсот девяносто девять тысяч девятьсот девяносто девять"),
    ],
)
def test_numbers_in_russian(n: int, gender: Gender, text: str) -> None:
    assert said(number(n, gender)) == text


def test_numbers_in_english() -> None:
    assert said(number(342, "f", "en")) == "three hundred forty-two"
    assert said(number(12_000, "m", "en")) == "twelve thousand"


@pytest.mark.parametrize("n", [-1, 1_000_000_000])
def test_numbers_that_cannot_be_said(n: int) -> None:
    with pytest.raises(ValueError, match="can be said"):
        number(n)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_in_the_vocabulary_and_differs(language: str) -> None:
    sentences = [said(place(n, language)) for n in range(1, 1000)]
    assert len(set(sentences)) == 999


@given(st.floats(allow_nan=True, allow_infinity=True), LANGUAGE)
def test_every_wait_is_in_the_vocabulary(seconds: float, language: str) -> None:
    assert said(expected_wait(seconds, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_second_of_an_hour_is_said_as_at_least_that_long(language: str) -> None:
    before = 0
    order = list(dict.fromkeys(expected_wait(second, language) for second in range(3700)))
    for second in range(3700):
        now = order.index(expected_wait(second, language))
        assert now >= before
        before = now


# --- an independent way to the same words --------------------------------------------------------------------------


def words(text: str) -> list[str]:
    return text.split()


ONES = words("один два три четыре пять шесть семь восемь девять")
TEENS = words(
    "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
TENS = words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
HUNDREDS = words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
EN_ONES = words("one two three four five six seven eight nine")
EN_TEENS = words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
EN_TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")


def by_digits(n: int, gender: Gender) -> str:
    """Russian, written digit by digit from the decimal notation."""
    if n == 0:
        return "ноль"
    parts: list[str] = []
    text = f"{n:09d}"
    groups = (
        (text[:3], "m", "миллион миллиона миллионов"),
        (text[3:6], "f", "тысяча тысячи тысяч"),
        (text[6:], gender, ""),
    )
    for group, kind, scale in groups:
        hundreds, tens, ones = map(int, group)
        if hundreds:
            parts.append(HUNDREDS[hundreds - 1])
        if tens == 1:
            parts.append(TEENS[ones])
        elif tens:
            parts.append(TENS[tens - 2])
        if ones and tens != 1:
            parts.append({"1f": "одна", "2f": "две", "1n": "одно"}.get(f"{ones}{kind}", ONES[ones - 1]))
        if scale and group != "000":
            parts.append(scale.split()[plural(int(group))])
    return " ".join(parts)


def plural(n: int) -> int:
    """0, 1 or 2: which of минута, минуты, минут."""
    if str(n)[-2:] in ("11", "12", "13", "14"):
        return 2
    return {"1": 0, "2": 1, "3": 1, "4": 1}.get(str(n)[-1], 2)


def by_digits_in_english(n: int) -> str:
    if n == 0:
        return "zero"
    parts: list[str] = []
    text = f"{n:09d}"
    for group, scale in ((text[:3], "million"), (text[3:6], "thousand"), (text[6:], "")):
        hundreds, tens, ones = map(int, group)
        if hundreds:
            parts += [EN_ONES[hundreds - 1], "hundred"]
        if tens == 1:
            parts.append(EN_TEENS[ones])
        elif tens:
            parts.append(EN_TENS[tens - 2] + (f"-{EN_ONES[ones - 1]}" if ones else ""))
        elif ones:
            parts.append(EN_ONES[ones - 1])
        if scale and group != "000":
            parts.append(scale)
    return " ".join(parts)


ANY_NUMBER = st.one_of(
    st.integers(0, 999_999_999),
    st.integers(0, 2000),
    st.tuples(*[st.sampled_from((0, 1, 2, 5, 11, 21, 112, 342, 999))] * 3).map(
        lambda g: g[0] * 10**6 + g[1] * 1000 + g[2]
    ),
)


@settings(max_examples=500, deadline=None)
@given(ANY_NUMBER, GENDER)
def test_every_number_is_said_in_words_of_the_vocabulary(n: int, gender: Gender) -> None:
    names = number(n, gender)
    assert said(names) == by_digits(n, gender)
    assert len(names) <= 8
    assert said(number(n, gender, "en")) == by_digits_in_english(n)


NOUNS: dict[Noun, tuple[Gender, str]] = {
    "rouble": ("m", "рубль рубля рублей"),
    "kopeck": ("f", "копейка копейки копеек"),
    "day": ("m", "день дня дней"),
    "hour": ("m", "час часа часов"),
    "minute": ("f", "минута минуты минут"),
    "second": ("f", "секунда секунды секунд"),
    "call": ("m", "звонок звонка звонков"),
    "message": ("n", "сообщение сообщения сообщений"),
    "person": ("m", "человек человека человек"),
}


@settings(max_examples=500, deadline=None)
@given(ANY_NUMBER, st.sampled_from(list(NOUNS)))
def test_what_is_counted_has_its_case_and_gender(n: int, noun: Noun) -> None:
    gender, forms = NOUNS[noun]
    assert said(count(n, noun)) == f"{by_digits(n, gender)} {forms.split()[plural(n)]}"
    english = said(count(n, noun, "en"))
    assert english.startswith(by_digits_in_english(n) + " ")
    assert (english.split()[-1] in {"people"} or english.endswith("s")) == (n != 1)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 99_999_999_999))
def test_money_is_said_to_the_kopeck(kopecks: int) -> None:
    roubles, rest = divmod(kopecks, 100)
    whole = f"{by_digits(roubles, 'm')} {('рубль', 'рубля', 'рублей')[plural(roubles)]}"
    part = f"{by_digits(rest, 'f')} {('копейка', 'копейки', 'копеек')[plural(rest)]}"
    expected = whole if not rest else part if not roubles else f"{whole} {part}"
    assert said(money(kopecks)) == expected
    assert said(money(kopecks, "en"))


@pytest.mark.parametrize("kopecks", [-1, 100_000_000_000])
def test_money_that_cannot_be_said(kopecks: int) -> None:
    with pytest.raises(ValueError, match="can be said"):
        money(kopecks)


GENITIVE = words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
NEUTER = words(
    "первое второе третье четвёртое пятое шестое седьмое восьмое девятое десятое одиннадцатое двенадцатое "
    "тринадцатое четырнадцатое пятнадцатое шестнадцатое семнадцатое восемнадцатое девятнадцатое двадцатое"
)
WEEKDAYS = words("понедельник вторник среда четверг пятница суббота воскресенье")


def test_every_day_of_a_leap_year() -> None:
    for on in (date(2028, 1, 1) + timedelta(days=number_of_day) for number_of_day in range(366)):
        if on.day <= 20:
            ordinal = NEUTER[on.day - 1]
        elif on.day == 30:
            ordinal = "тридцатое"
        else:
            ordinal = f"{'двадцать' if on.day < 30 else 'тридцать'} {NEUTER[on.day % 10 - 1]}"
        assert said(day(on)) == f"{ordinal} {GENITIVE[on.month - 1]}"
        assert said(day(on, weekday=True)).split()[0] == WEEKDAYS[on.weekday()]
        english = said(day(on, "en", weekday=True))
        assert english.startswith(f"{on:%A} {on:%B} ")
        assert english.endswith(("first", "second", "third", "th"))


def test_every_minute_of_a_day() -> None:
    for language in LANGUAGES:
        assert len({said(clock(hour, minute, language)) for hour in range(24) for minute in range(60)}) == 1440
    assert said(clock(14, 5)) == "четырнадцать часов пять минут"
    assert said(clock(21, 0)) == "двадцать один час"
    assert said(clock(1, 22)) == "один час двадцать две минуты"
    assert said(clock(14, 5, "en")) == "two oh five P M"
    assert said(clock(0, 30, "en")) == "twelve thirty A M"
    assert (said(clock(12, 0, "en")), said(clock(0, 0, "en"))) == ("noon", "midnight")


@pytest.mark.parametrize(("hour", "minute"), [(24, 0), (-1, 0), (0, 60)])
def test_what_no_clock_shows(hour: int, minute: int) -> None:
    with pytest.raises(ValueError, match="no time of day"):
        clock(hour, minute)


@pytest.mark.parametrize(
    ("seconds", "russian", "english"),
    [
        (0, "ноль секунд", "zero seconds"),
        (61, "одна минута одна секунда", "one minute one second"),
        (120.4, "две минуты", "two minutes"),
        (3725, "один час две минуты", "one hour two minutes"),
        (3605, "один час", "one hour"),
        (2 * 86_400 + 3 * 3600, "два дня три часа", "two days three hours"),
        (5 * 86_400, "пять дней", "five days"),
    ],
)
def test_durations(seconds: float, russian: str, english: str) -> None:
    assert said(duration(seconds)) == russian
    assert said(duration(seconds, "en")) == english


@given(st.floats(0, 999_999_999), LANGUAGE)
def test_every_duration_is_in_the_vocabulary(seconds: float, language: str) -> None:
    assert said(duration(seconds, language))


@pytest.mark.parametrize("seconds", [-1.0, math.nan, math.inf])
def test_what_is_no_length_of_time(seconds: float) -> None:
    with pytest.raises(ValueError, match="no length of time"):
        duration(seconds)


def test_the_vocabulary_holds_nothing_that_is_never_said() -> None:
    """Every recording costs time to make: what cannot be composed is not made."""
    for language in LANGUAGES:
        used = {name for name in VOCABULARY[language] if "/" not in name} | {"place/you"}
        used |= {screening.FROM, screening.HIDDEN, screening.KEYS, *dictating.SAID, *paging.SAID, doors.NOBODY}
        composed = [number(n, gender, language) for n in range(1000) for gender in GENDERS]
        composed += [number(n * 10**power, "m", language) for n in range(1, 1000) for power in (3, 6)]
        composed += [place(n, language) for n in range(1, 1001)]
        composed += [expected_wait(seconds, language) for seconds in range(3700)]
        composed += [count(n, noun, language) for n in (1, 2, 5) for noun in NOUNS]
        composed += [day(date(2028, 1, 1) + timedelta(days=n), language, weekday=True) for n in range(366)]
        composed += [clock(hour, minute, language) for hour in range(24) for minute in range(60)]
        composed += [refused(code, language) for code in (*REFUSED, "something else")]
        composed += [parked(1, language), *(done(action, language) for action in DONE)]
        used |= {name.partition("/")[2] for names in composed for name in names}
        assert used == set(VOCABULARY[language])


def test_every_number_below_ten_thousand_is_said_differently() -> None:
    assert len({said(number(n)) for n in range(10_000)}) == 10_000


def test_the_languages_have_the_same_phrases() -> None:
    fixed = [
        {name for name in VOCABULARY[language] if "/" not in name} - {"thousand", "million"} for language in LANGUAGES
    ]
    assert fixed[0] == fixed[1]
    assert phrase("greeting") == "ru/greeting"
    with pytest.raises(KeyError):
        phrase("no-such-phrase")


def test_nothing_is_left_to_read_but_words() -> None:
    for words in VOCABULARY.values():
        assert not [text for text in words.values() if any(char.isdigit() for char in text)]
