"""Recordings that are there, those that are missing, and who plays them."""

from __future__ import annotations

import wave
from pathlib import Path

from kaska.features.prompts.listing import listed


def test_own_uploaded_and_missing_recordings_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "ru").mkdir()
    for name in ("greeting", "our-own"):
        with wave.open(str(tmp_path / "ru" / f"{name}.wav"), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes(b"\0\0" * 4000)
    drafts = {"main": {"nodes": {"a": {"prompts": ["ru/greeting", "ru/gone"], "next": "b"}, "b": {"prompts": "x"}}}}
    found = {one.name: one for one in listed(tmp_path, drafts)}
    assert (found["ru/greeting"].seconds, found["ru/greeting"].own) == (0.5, True)
    assert found["ru/greeting"].scenarios == ("main",)
    assert "здравствуйте" in found["ru/greeting"].text.lower()
    assert (found["ru/our-own"].own, found["ru/our-own"].text) == (False, "")
    assert (found["ru/gone"].seconds, found["ru/gone"].scenarios) == (0.0, ("main",))
    assert not [name for name in found if name.count("/") > 1]
