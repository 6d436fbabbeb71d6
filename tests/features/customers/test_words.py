"""What cards are found by: folding, parts of numbers, mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaska.features.customers.errors import WrongIdentity
from kaska.features.customers.identity import Identity, identity, of_contact
from kaska.features.customers.words import (
    FEWEST_DIGITS,
    asked_words,
    card_words,
    fold,
    mistakes,
    spellings_of,
    words_of,
)

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
WORDS = st.text(LETTERS, min_size=4, max_size=12)


def test_folding_gives_one_spelling() -> None:
    assert fold("Ёлкина") == fold("ЕЛКИНА") == "елкина"
    assert fold("Йод") == "йод"
    assert fold("MÜLLER Straße") == "muller strasse"
    assert words_of(["ООО «Ромашка-Плюс»", "Пётр"]) == ["ооо", "петр", "плюс", "ромашка"]


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text: str) -> None:
    assert words_of(words_of([text])) == words_of([text])


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("8 (495) 000-00-01", ["#74950000001"]),
        ("+7 495 000 00 01", ["#74950000001"]),
        ("8 (495) 000", ["#495000"]),
        ("0001", ["#0001"]),
        ("01", []),
        ("Петров 0001", ["петров", "#0001"]),
        ("Ivan@Example.ORG", ["ivan@example.org"]),
        ("", []),
        ("«»—", []),
    ],
)
def test_a_query_becomes_words(typed: str, asked: list[str]) -> None:
    assert asked_words(typed) == asked


@given(st.integers(0, 9_999_999_999), st.data())
def test_any_part_of_a_number_is_the_beginning_of_a_word(number: int, data: st.DataObject) -> None:
    phone = f"+7{number:010}"
    start = data.draw(st.integers(1, 11 - FEWEST_DIGITS + 1))
    end = data.draw(st.integers(start + FEWEST_DIGITS, 12))
    part = "#" + phone[start:end]
    assert any(word.startswith(part) for word in card_words([], [phone], []))


@given(WORDS, st.data())
def test_words_one_mistake_apart_meet_in_a_spelling(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    wrong = {
        "missing": word[:place] + word[place + 1 :],
        "another": word[:place] + letter + word[place + 1 :],
        "more": word[:place] + letter + word[place:],
        "swapped": word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    }
    for kind, written in wrong.items():
        assert mistakes(written, word) <= 1, kind
        if len(written) >= 4:
            assert spellings_of(written) & spellings_of(word), kind


@given(st.text("абв", max_size=6), st.text("абв", max_size=6))
def test_mistakes_are_counted_alike_both_ways(one: str, other: str) -> None:
    assert mistakes(one, other) == mistakes(other, one)
    assert (mistakes(one, other) == 0) == (one == other)


def test_identities_have_one_writing() -> None:
    writings = ["8 (495) 000-00-01", "+7 495 000 00 01", "74950000001", "8-495-000-00-01"]
    assert {identity("phone", written) for written in writings} == {Identity("phone", "+74950000001")}
    assert identity("email", " Ivan.Petrov@Example.ORG ") == Identity("email", "ivan.petrov@example.org")
    assert identity("telegram", "@Ivan") == Identity("telegram", "@Ivan")
    for kind, written in (("phone", "двадцать"), ("phone", "301"), ("email", "ivan"), ("email", "a@b"), ("vk", " ")):
        with pytest.raises(WrongIdentity):
            identity(kind, written)


def test_a_contact_tells_who_it_is_by_its_channel() -> None:
    assert of_contact("voice", "+74950000001") == Identity("phone", "+74950000001")
    assert of_contact("email", "Ivan@Example.org") == Identity("email", "ivan@example.org")
    assert of_contact("voice", "") is None
