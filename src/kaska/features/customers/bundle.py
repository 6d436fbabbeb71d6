"""Everything about one person in one file that can be handed over: what is written, and what was said."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from kaska.features.recordings.public import locate
from kaska.kit.config import Settings

CHUNK = 64 * 1024
PERSON = "person.json"


async def packed(settings: Settings, told: dict[str, Any]) -> AsyncIterator[bytes]:
    """A ZIP archive, part by part: ``told``, what ``erasure.everything`` returns, as person.json, and the sounds and
    faxes that its contacts name. person.json lists them, and which of them are not on the disk (any more).

    The archive is made before the first part is given, in a file that has no name: however many the hours of talk are,
    they do not lie in memory, and nothing is left over when the reader goes away.
    """
    found, missing = await _found(settings, told["contacts"])
    whole = told | {"files": sorted(found), "missing_files": sorted(missing)}
    file = await asyncio.to_thread(_archive, settings.root, whole, found)
    return _parts(file)


async def _found(settings: Settings, contacts: list[dict[str, Any]]) -> tuple[dict[str, Path], list[str]]:
    """Name in the archive → file; and the names of those that are not there."""
    found, missing = {}, []
    for contact in contacts:
        for folder, directory, name in (
            ("recordings", settings.recordings_dir, contact["recording"]),
            ("messages", settings.messages_dir, contact["message"]),
            ("faxes", settings.faxes_dir, f"{contact['fax']}.tif" if contact["fax"] else ""),
        ):
            if not name:
                continue
            there = await locate(directory, name)
            if there is None:
                missing.append(f"{folder}/{name}")
            else:
                found[f"{folder}/{there.path.name}"] = there.path
    return found, missing


def _archive(directory: Path, whole: dict[str, Any], found: dict[str, Path]) -> IO[bytes]:
    """``directory``: on the disk that has the recordings, too; the system's own place for such files may be small."""
    file = tempfile.TemporaryFile(dir=directory)  # noqa: SIM115  closed when its last part is given
    try:
        with ZipFile(file, "w") as archive:
            written = json.dumps(whole, ensure_ascii=False, indent=2)
            archive.writestr(PERSON, written, compress_type=ZIP_DEFLATED)
            for name, path in found.items():
                archive.write(path, name, compress_type=ZIP_STORED)  # sound hardly gets smaller
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


async def _parts(file: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk
    finally:
        file.close()
