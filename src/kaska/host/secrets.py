"""Secrets of this installation: one file each, made at the first need, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret(directory: Path, name: str) -> str:
    """The secret called ``name``; made (43 URL-safe characters) when there is none yet.

    Safe against two processes asking at once: both get the same.
    """
    file = directory / name
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        draft = directory / f".{name}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(32))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()
