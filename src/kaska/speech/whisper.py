"""faster-whisper (MIT): better with free speech and noise than Vosk, and many times as costly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kaska.speech.contract import Listening, SpeechProblem
from kaska.speech.library import bring, model_at
from kaska.speech.pauses import Sentences


class Whisper:
    """``models``: language → directory of a model converted for CTranslate2; the same one may serve several."""

    def __init__(self, models: Mapping[str, str]) -> None:
        self._library = bring("faster_whisper", "faster-whisper")
        self._numpy = bring("numpy", "numpy")
        loaded: dict[str, Any] = {}
        for path in models.values():
            if path not in loaded:
                loaded[path] = self._model(path)
        self._models = {language: loaded[path] for language, path in models.items()}

    def _model(self, path: str) -> Any:
        try:
            return self._library.WhisperModel(model_at(path), device="cpu", compute_type="int8", local_files_only=True)
        except SpeechProblem:
            raise
        except Exception as problem:  # the library raises whatever it meets
            raise SpeechProblem(f"KASKA_SPEECH: {path} holds no model for faster-whisper ({problem})") from problem

    def listen(self, language: str, words: Sequence[str]) -> Listening:
        return _Listening(self._models[language], self._numpy, language, ", ".join(words))


class _Listening:
    def __init__(self, model: Any, numpy: Any, language: str, expected: str) -> None:
        self._model = model
        self._numpy = numpy
        self._language = language
        self._expected = expected
        self._sentences = Sentences()

    def hear(self, sound: bytes) -> Sequence[str]:
        return [text for sentence in self._sentences.add(sound) if (text := self._read(sentence))]

    def _read(self, sentence: bytes) -> str:
        samples = self._numpy.frombuffer(sentence, dtype="<i2").astype("float32") / 32768.0
        segments, _ = self._model.transcribe(
            samples, language=self._language, initial_prompt=self._expected, beam_size=1, without_timestamps=True
        )
        return " ".join(segment.text.strip() for segment in segments).strip()
