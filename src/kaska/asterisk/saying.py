"""One text spoken by the machine's own synthesiser, for a recording that somebody wants now."""

from __future__ import annotations

import tempfile
from pathlib import Path

from kaska.asterisk import prompts

LANGUAGES = ("ru", "en")


def say(text: str, language: str) -> bytes | None:
    """A WAV as the switch plays it; None when no engine here speaks the language, or it said nothing. Takes seconds."""
    engine = prompts.engine_for(language) if language in LANGUAGES else ""
    if not engine:
        return None
    task = prompts.Task(language, "said", text, engine)
    with tempfile.TemporaryDirectory(prefix="kaska-say-") as folder:
        if prompts.make(Path(folder), [task]):
            return None
        return (Path(folder) / f"{task.prompt}.wav").read_bytes()
