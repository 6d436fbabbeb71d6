"""What a recogniser is, whichever it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

RATE = 16_000
"""samples a second of the sound that is given: 16 bits, mono, little endian"""


class Listening(Protocol):
    """One caller."""

    def hear(self, sound: bytes) -> Sequence[str]:
        """What was said up to a pause that is within this piece of sound, in order; mostly nothing. May take long."""
        ...


class Recogniser(Protocol):
    """Made once, with its models in memory; listens to many at once, from several threads."""

    def listen(self, language: str, words: Sequence[str]) -> Listening:
        """``words``: phrases that are expected. Raises LookupError for a language that it has no model of."""
        ...


class SpeechProblem(Exception):
    """The recogniser cannot be made; the message says what to do."""
