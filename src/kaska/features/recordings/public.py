"""What other features use of recordings."""

from __future__ import annotations

import asyncio
import contextlib
import glob
from collections.abc import Iterable, Sequence
from pathlib import Path

from kaska.features.recordings.audio import AudioResponse, locate, part_of, play
from kaska.features.recordings.rules import read_recording

__all__ = ["AudioResponse", "locate", "part_of", "play", "read_recording", "remove", "remove_unfinished"]


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


async def remove_unfinished(directory: Path, contacts: Iterable[str]) -> list[str]:
    """Delete what the switch wrote of either side and was never joined; returns the names of the files."""
    return await asyncio.to_thread(_remove_unfinished, directory, list(contacts))


def _remove_unfinished(directory: Path, contacts: Sequence[str]) -> list[str]:
    removed = []
    for contact in contacts:
        for file in directory.glob(f"{glob.escape(contact)}.*"):
            file.unlink(missing_ok=True)
            removed.append(file.name)
    return removed
