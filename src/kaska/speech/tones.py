"""Understands tones instead of words: proves that a caller's sound reaches a recogniser. For tests and trying out."""

from __future__ import annotations

import array
import math
from collections.abc import Mapping, Sequence

from kaska.speech.contract import RATE, Listening, SpeechProblem

WINDOW = RATE // 10
WINDOWS = 4
"""so many in a row are a word; the same tone says it once, until another one or silence comes"""
SHARE = 0.5
"""of the sound's power that is the tone's"""
QUIET = 100.0
"""effective value below which there is silence"""


class Tones:
    """``words``: frequency in Hz → what it says."""

    def __init__(self, words: Mapping[str, str]) -> None:
        try:
            self._words = {float(frequency): text for frequency, text in words.items()}
        except ValueError as problem:
            raise SpeechProblem(f"KASKA_SPEECH: tones are told by their frequency in Hz ({problem})") from None

    def listen(self, language: str, words: Sequence[str]) -> Listening:
        return _Listening(self._words)


class _Listening:
    def __init__(self, words: Mapping[float, str]) -> None:
        self._words = words
        self._rest = array.array("h")
        self._tone = 0.0
        self._heard = 0

    def hear(self, sound: bytes) -> Sequence[str]:
        self._rest.frombytes(sound[: len(sound) // 2 * 2])
        said = []
        while len(self._rest) >= WINDOW:
            window, self._rest = self._rest[:WINDOW], self._rest[WINDOW:]
            tone = self._tone_of(window)
            self._heard = self._heard + 1 if tone == self._tone else 1
            self._tone = tone
            if tone and self._heard == WINDOWS:
                said.append(self._words[tone])
        return said

    def _tone_of(self, window: Sequence[int]) -> float:
        """The frequency that most of the sound is; 0.0 for none of ours."""
        power = sum(sample * sample for sample in window) / len(window)
        if power < QUIET * QUIET:
            return 0.0
        return next((one for one in self._words if _power_at(window, one) > SHARE * power), 0.0)


def _power_at(window: Sequence[int], frequency: float) -> float:
    """Power of one frequency, by Goertzel's algorithm; a pure tone has all of it."""
    turn = 2 * math.cos(2 * math.pi * frequency / RATE)
    before = last = 0.0
    for sample in window:
        before, last = last, sample + turn * last - before
    size = len(window)
    return 2 * (last * last + before * before - turn * last * before) / (size * size)
