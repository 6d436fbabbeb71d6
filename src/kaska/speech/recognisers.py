"""How the setting KASKA_SPEECH names a recogniser.

A new one is a file beside ``vosk`` with a class that has ``listen``, and a line in ``_MAKERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kaska.speech.contract import Recogniser, SpeechProblem


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
