"""Sound files: found only by a name that the ledger gave, and sent in the part that the player asked for."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from fastapi import Response
from fastapi.responses import StreamingResponse

from kaska.features.recordings.errors import RangeNotSatisfiable

CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Audio:
    """A file on the disk. ``size`` in bytes."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes [first, end) of a file; ``whole`` when no part of it was asked for."""

    first: int
    end: int
    whole: bool


class AudioResponse(StreamingResponse):
    media_type = "audio/wav"


async def locate(directory: Path, name: str) -> Audio | None:
    """The file called ``name`` (its ``.wav`` may be left out) directly in ``directory``; None when there is none.

    Names that lead out of the directory, by .. or by a link, find nothing.
    """
    return await asyncio.to_thread(_locate, directory, name)


def _locate(directory: Path, name: str) -> Audio | None:
    for candidate in (name, f"{name}.wav"):
        if not candidate or "\x00" in candidate or Path(candidate).name != candidate:
            continue
        try:
            path = (directory / candidate).resolve(strict=True)
            if path.parent == directory.resolve() and path.is_file():
                return Audio(path, path.stat().st_size)
        except OSError:
            continue
    return None


def part_of(size: int, asked: str | None) -> Part:
    """What a Range header asks for. One that is malformed, or of several parts, is answered with the whole file.

    :raises RangeNotSatisfiable: when it begins after the end of the file.
    """
    found = _RANGE.fullmatch(asked.strip()) if asked else None
    if found is None or not (found[1] or found[2]):
        return Part(0, size, whole=True)
    if not found[1]:  # the last so many bytes
        first, end = max(0, size - int(found[2])), size
    else:
        first, end = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < first:
            return Part(0, size, whole=True)
    if first >= size or end <= first:
        raise RangeNotSatisfiable(size)
    return Part(first, end, whole=False)


def play(audio: Audio, part: Part) -> Response:
    """The answer that sends it; browsers may not keep it, nor take it for anything but sound."""
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(part.end - part.first),
        "Content-Disposition": "inline",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    if not part.whole:
        headers["Content-Range"] = f"bytes {part.first}-{part.end - 1}/{audio.size}"
    return AudioResponse(_read(audio.path, part), status_code=200 if part.whole else 206, headers=headers)


async def _read(path: Path, part: Part) -> AsyncIterator[bytes]:
    file = await asyncio.to_thread(path.open, "rb")
    try:
        await asyncio.to_thread(file.seek, part.first)
        left = part.end - part.first
        while left > 0 and (chunk := await asyncio.to_thread(file.read, min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
    finally:
        file.close()
