"""Recordings as files: how long they are, and where they pause."""

from __future__ import annotations

import hashlib
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

FRAME_SECONDS = 0.02
QUIET = 0.05
"""a frame this much quieter than the loudest one is silence"""
SHORTEST_PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds; ``pauses`` are (start, length) of at least SHORTEST_PAUSE."""

    seconds: float
    pauses: tuple[tuple[float, float], ...]


def measure(path: Path) -> Measured | None:
    """None for what is not a WAV file of 16 bit mono with sound in it."""
    try:
        with wave.open(str(path), "rb") as sound:
            rate, samples = sound.getframerate(), array("h", sound.readframes(sound.getnframes()))
            usable = sound.getnchannels() == 1 and sound.getsampwidth() == 2
    except (OSError, EOFError, ValueError, wave.Error):
        return None
    if not usable or not samples or not rate:
        return None
    size = max(int(rate * FRAME_SECONDS), 1)
    loud = [max(map(abs, samples[start : start + size])) for start in range(0, len(samples), size)]
    return Measured(len(samples) / rate, tuple(_pauses(loud, max(loud) * QUIET)))


def _pauses(loud: list[int], limit: float) -> list[tuple[float, float]]:
    found, began = [], -1
    for index, level in enumerate([*loud, -1]):
        quiet = 0 <= level <= limit
        if quiet and began < 0:
            began = index
        elif not quiet and began >= 0:
            if (index - began) * FRAME_SECONDS >= SHORTEST_PAUSE:
                found.append((began * FRAME_SECONDS, (index - began) * FRAME_SECONDS))
            began = -1
    return found


OF_TENANTS = "t-"
"""how the folders of companies begin"""


def folder_of(tenant: str) -> str:
    """Where a company's own recordings lie, and how their names begin."""
    return OF_TENANTS + hashlib.sha256(tenant.encode()).hexdigest()[:16]


def names_of(folder: Path, tenant: str) -> set[str]:
    """``names_under`` without the recordings of other companies; all of them for ""."""
    own = folder_of(tenant)
    return {
        name
        for name in names_under(folder)
        if not tenant or not name.startswith(OF_TENANTS) or name.partition("/")[0] == own
    }


def names_under(folder: Path) -> set[str]:
    """Names of the recordings in ``folder``: "ru/greeting" for ru/greeting.wav."""
    return {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.wav")}
