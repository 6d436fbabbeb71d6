"""The engine's clock: seconds since the epoch that never run backwards while the process lives."""

from __future__ import annotations

import time


class Clock:
    """Wall time, held still while the wall clock is behind what was told already."""

    __slots__ = ("_latest",)

    def __init__(self) -> None:
        self._latest = 0.0

    def now(self) -> float:
        return self.not_before(time.time())

    def not_before(self, at: float) -> float:
        """``at``, or the latest moment told so far when that is later: facts of a tenant stay in order of time."""
        if at > self._latest:
            self._latest = at
        return self._latest
