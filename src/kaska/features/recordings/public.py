"""What other features use of recordings."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from pathlib import Path

from kaska.features.recordings.audio import AudioResponse, locate, part_of, play
from kaska.features.recordings.rules import read_recording

__all__ = ["AudioResponse", "locate", "part_of", "play", "read_recording", "remove"]


async def remove(directory: Path, names: Iterable[str]) -> list[str]:
    """Delete these sound files and return the names of those that were there; a name leads to ``directory`` only."""
    removed = []
    for name in names:
        audio = await locate(directory, name)
        if audio is not None:
            with contextlib.suppress(FileNotFoundError):
                await asyncio.to_thread(audio.path.unlink)
                removed.append(name)
    return removed
