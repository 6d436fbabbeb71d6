"""What a recogniser is, and how the setting KASKA_SPEECH names one.

A new one is a file beside ``vosk`` with a class that has ``listen``, and a line in ``_MAKERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


def make(setting: str) -> Recogniser:
    """ "vosk:ru=/models/ru,en=/models/en", "whisper:…" in the same way, or "tones:650=продажи" for tests.

    Raises SpeechProblem.
    """
    kind, _, rest = setting.partition(":")
    maker = _MAKERS.get(kind.strip())
    if maker is None:
        raise SpeechProblem(f"KASKA_SPEECH: there is no recogniser {kind!r}; choose among {', '.join(sorted(_MAKERS))}")
    given = dict(_pair(one) for one in rest.split(",") if one.strip())
    if not given:
        raise SpeechProblem(f"KASKA_SPEECH: write {kind}:ru=/path/of/the/model")
    return maker(given)


def _pair(one: str) -> tuple[str, str]:
    name, sign, value = one.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise SpeechProblem(f"KASKA_SPEECH: {one.strip()!r} should be a name, = and a value")
    return name.strip(), value.strip()


def _vosk(models: Mapping[str, str]) -> Recogniser:
    from kaska.speech.vosk import Vosk

    return Vosk(models)


def _whisper(models: Mapping[str, str]) -> Recogniser:
    from kaska.speech.whisper import Whisper

    return Whisper(models)


def _tones(words: Mapping[str, str]) -> Recogniser:
    from kaska.speech.tones import Tones

    return Tones(words)


_MAKERS: dict[str, Callable[[Mapping[str, str]], Recogniser]] = {"vosk": _vosk, "whisper": _whisper, "tones": _tones}
