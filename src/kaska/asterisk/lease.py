"""Only one application of this installation may speak with the switch: a second one would take its events silently."""

from __future__ import annotations

import asyncio
import fcntl
import os
from pathlib import Path
from types import TracebackType

import structlog

log = structlog.get_logger(__name__)

LOOK_EVERY = 0.5
TELL_EVERY = 20
"""looks"""


class Lease:
    """``async with Lease(file)`` waits until nobody else holds it. The system gives it back when its holder dies."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor = -1

    async def __aenter__(self) -> Lease:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        looks = 0
        try:
            while not self._try():
                if looks % TELL_EVERY == 0:
                    log.warning(
                        "another application of this installation speaks with the switch; waiting for it to end"
                    )
                looks += 1
                await asyncio.sleep(LOOK_EVERY)
        except BaseException:
            self._close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _try(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _close(self) -> None:
        os.close(self._descriptor)
        self._descriptor = -1
