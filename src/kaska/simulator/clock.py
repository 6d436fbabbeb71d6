"""Virtual time: what is to happen, in order."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

Act = Callable[[Any], None]


class Clock:
    """Acts happen in the order of their moments, those of one moment in the order in which they were asked for."""

    __slots__ = ("_asked", "_heap", "now")

    def __init__(self, now: float) -> None:
        self.now = now
        self._heap: list[tuple[float, int, Act, Any]] = []
        self._asked = 0

    def at(self, moment: float, act: Act, argument: Any) -> None:
        """Let ``act(argument)`` happen at ``moment``, which is not in the past."""
        self._asked += 1
        heapq.heappush(self._heap, (moment, self._asked, act, argument))

    def next(self) -> float | None:
        """The moment of the next act; None when nothing is to happen."""
        return self._heap[0][0] if self._heap else None

    def step(self) -> None:
        """Let the next act happen. Raises IndexError when there is none."""
        self.now, _, act, argument = heapq.heappop(self._heap)
        act(argument)
