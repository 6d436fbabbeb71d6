"""Vosk (Apache-2.0): small models, quick on a processor, and told which phrases to expect."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kaska.speech.contract import RATE, Listening, SpeechProblem
from kaska.speech.library import bring, model_at

UNKNOWN = "[unk]"
"""how it writes down what is none of the expected phrases"""


class Vosk:
    """``models``: language → directory of its model."""

    def __init__(self, models: Mapping[str, str]) -> None:
        self._vosk = bring("vosk", "vosk")
        self._vosk.SetLogLevel(-1)
        self._models = {language: self._model(path) for language, path in models.items()}

    def _model(self, path: str) -> Any:
        try:
            return self._vosk.Model(model_path=model_at(path))
        except SpeechProblem:
            raise
        except Exception as problem:  # the library raises bare exceptions
            raise SpeechProblem(f"KASKA_SPEECH: {path} holds no model that Vosk can read ({problem})") from problem

    def listen(self, language: str, words: Sequence[str]) -> Listening:
        expected = json.dumps([*(one.lower() for one in words), UNKNOWN], ensure_ascii=False)
        return _Listening(self._vosk.KaldiRecognizer(self._models[language], RATE, expected))


class _Listening:
    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser

    def hear(self, sound: bytes) -> Sequence[str]:
        if not self._recogniser.AcceptWaveform(sound):
            return ()
        text = json.loads(self._recogniser.Result()).get("text", "").replace(UNKNOWN, " ").strip()
        return (text,) if text else ()
