"""The sentences callers hear, and that every recording they are made of exists."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaska.core.scenarios.speech import LANGUAGES, VOCABULARY, Gender, expected_wait, number, phrase, place

LANGUAGE = st.sampled_from(LANGUAGES)
GENDER: st.SearchStrategy[Gender] = st.sampled_from(["m", "f", "n"])


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


@pytest.mark.parametrize("n", [-1, 1_000_000])
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


@given(st.integers(0, 999_999), GENDER, LANGUAGE)
def test_every_number_is_in_the_vocabulary(n: int, gender: Gender, language: str) -> None:
    names = number(n, gender, language)
    assert said(names)
    assert len(names) <= 5


def test_every_number_below_ten_thousand_is_said_differently() -> None:
    assert len({said(number(n)) for n in range(10_000)}) == 10_000


def test_the_languages_have_the_same_phrases() -> None:
    fixed = [{name for name in VOCABULARY[language] if "/" not in name} - {"thousand"} for language in LANGUAGES]
    assert fixed[0] == fixed[1]
    assert phrase("greeting") == "ru/greeting"
    with pytest.raises(KeyError):
        phrase("no-such-phrase")


def test_nothing_is_left_to_read_but_words() -> None:
    for words in VOCABULARY.values():
        assert not [text for text in words.values() if any(char.isdigit() for char in text)]
