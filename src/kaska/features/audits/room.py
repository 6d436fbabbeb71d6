"""Where an audit's files lie: STATE/audits/tenant/audit. Names on the disk are ours; people's names are only shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

SPARE = 1 << 30
"""bytes that stay free for the rest of the product"""
LONGEST_NAME = 80


class Room:
    """Blocking: call from a thread. ``tenant`` and ``audit`` are identifiers that we made ourselves."""

    def __init__(self, state: Path, tenant: str, audit: str) -> None:
        self.path = state / "audits" / _plain(tenant) / _plain(audit)

    def free(self) -> int:
        """Bytes that may be used."""
        place = self.path
        while not place.exists():
            place = place.parent
        return max(0, shutil.disk_usage(place).free - SPARE)

    def file(self, number: int, name: str) -> str:
        """Relative to ``path``; each in a directory of its own, so that equal names do not meet."""
        return f"files/{number}/{_plain(Path(name.replace(chr(92), '/')).name)[-LONGEST_NAME:]}"

    def got(self, number: int, name: str) -> int:
        """Bytes that have come."""
        path = self.path / self.file(number, name)
        return path.stat().st_size if path.exists() else 0

    def take(self, number: int, name: str, offset: int, piece: bytes, size: int) -> int:
        """Append the piece if it begins where the file ends and does not make it too long. → bytes that have come."""
        path = self.path / self.file(number, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            got = file.tell()
            if got == offset and got + len(piece) <= size:
                file.write(piece)
                got += len(piece)
        return got

    def touched(self) -> float:
        """When the last piece came; when the room was made, while none has. Seconds since the epoch."""
        files = (path for path in self.path.rglob("files/*/*") if path.is_file())
        return max((path.stat().st_mtime for path in files), default=self.path.stat().st_mtime)

    def forget_files(self) -> None:
        shutil.rmtree(self.path / "files", ignore_errors=True)

    def forget(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def rooms(state: Path, tenant: str) -> list[tuple[str, float]]:
    """(audit, when it was touched last) of every room on the disk."""
    place = state / "audits" / _plain(tenant)
    names = [path.name for path in place.iterdir() if path.is_dir()] if place.is_dir() else []
    return [(name, Room(state, tenant, name).touched()) for name in names]


def _plain(name: str) -> str:
    return re.sub(r"[^\w.\- ()]+", "_", name).lstrip(".") or "log"
