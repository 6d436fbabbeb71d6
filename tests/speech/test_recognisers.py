"""Recognisers and what cuts sound for them; their libraries and models are brought by whoever wants them."""

from __future__ import annotations

import array
import math
import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaska.speech.contract import RATE, SpeechProblem
from kaska.speech.pauses import LONGEST_SECONDS, Sentences, loudness
from kaska.speech.recognisers import make


def sound(frequency: float, seconds: float, height: float = 8000) -> bytes:
    """A tone, with the little noise that a line has."""
    chance = random.Random(7)
    return array.array(
        "h",
        (
            int(height * math.sin(2 * math.pi * frequency * n / RATE) + chance.uniform(-20, 20))
            for n in range(int(seconds * RATE))
        ),
    ).tobytes()


def said(setting: str, pieces: Iterable[bytes]) -> list[str]:
    listening = make(setting).listen("ru", ())
    return [text for piece in pieces for text in listening.hear(piece)]


def test_a_tone_is_a_word_once_and_other_tones_are_none() -> None:
    setting = "tones:650=продажи,850=оператора"
    pieces = [sound(650, 2.0), sound(440, 1.0), sound(850, 0.5), sound(0, 1.0), sound(850, 0.25), sound(650, 0.5)]
    assert said(setting, pieces) == ["продажи", "оператора", "продажи"]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("", "choose among tones, vosk, whisper"),
        ("siri:ru=/x", "there is no recogniser 'siri'"),
        ("vosk", "write vosk:ru=/path"),
        ("vosk:/models/ru", "'/models/ru' should be a name, = and a value"),
        ("tones:high=да", "by their frequency"),
    ],
)
def test_a_setting_that_names_none_says_what_to_write(setting: str, told: str) -> None:
    with pytest.raises(SpeechProblem, match="KASKA_SPEECH") as problem:
        make(setting)
    assert told in str(problem.value)


@pytest.mark.parametrize(("kind", "package"), [("vosk", "vosk"), ("whisper", "faster-whisper")])
def test_what_is_missing_is_told_with_what_to_do(kind: str, package: str) -> None:
    """The library, or with it the model."""
    with pytest.raises(SpeechProblem) as problem:
        make(f"{kind}:ru=/no/such/model")
    assert f"pip install {package}" in str(problem.value) or "no directory with a model" in str(problem.value)


def test_sentences_are_cut_at_pauses() -> None:
    cut = Sentences()
    found = []
    for piece in (sound(0, 1.0, 0), sound(300, 0.8), sound(0, 1.0, 0), sound(300, 0.06), sound(0, 1.0, 0)):
        found.append([len(one) / 2 / RATE for one in cut.add(piece)])
    assert [len(one) for one in found] == [0, 0, 1, 0, 0], "a click is no sentence"
    assert found[2][0] == pytest.approx(0.2 + 0.8 + 0.7, abs=0.05), "with what was before and after it"


def test_who_never_pauses_is_cut_too() -> None:
    cut = Sentences()
    assert [len(one) / 2 / RATE for one in cut.add(sound(300, LONGEST_SECONDS * 2 + 1))] == pytest.approx(
        [LONGEST_SECONDS] * 2, abs=0.05
    )


@given(st.lists(st.binary(max_size=3000), max_size=20))
def test_the_size_of_the_pieces_changes_nothing(pieces: list[bytes]) -> None:
    one, other = Sentences(), Sentences()
    apart = [sentence for piece in pieces for sentence in one.add(piece)]
    assert other.add(b"".join(pieces)) == apart


def test_loudness_is_the_effective_value() -> None:
    assert loudness(sound(1000, 1.0, 1000)) == pytest.approx(1000 / math.sqrt(2), rel=0.01)
    assert loudness(b"") == 0.0
