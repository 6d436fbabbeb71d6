"""What is simulated: who calls when, who answers when, under which published configuration.

Moments are seconds since the Unix epoch, as everywhere in the core; they must lie above zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from kaska.core.configuration import Configuration
from kaska.simulator.durations import AT_ONCE, FOREVER, HALF_MINUTE, QUARTER_MINUTE, Duration


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls come at random (Poisson), ``per_second`` on the average, in the half-open [start, end)."""

    start: float
    end: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Poisson:
    """Calls come at random with a rate that changes from interval to interval; intervals in order and apart."""

    rates: tuple[Rate, ...]

    def moments(self, chance: Random) -> Iterator[float]:
        for rate in self.rates:
            if rate.per_second <= 0.0:
                continue
            at, gap = rate.start, chance.expovariate
            while (at := at + gap(rate.per_second)) < rate.end:  # without memory: each interval begins anew
                yield at


@dataclass(frozen=True, slots=True)
class Recorded:
    """Calls come when they came: moments in order."""

    at: tuple[float, ...]

    def moments(self, chance: Random) -> Iterator[float]:
        return iter(self.at)


@dataclass(frozen=True, slots=True)
class Callers:
    """People who dial ``number`` for the same kind of reason.

    ``patience`` runs from the first ring until somebody talks with them. ``keys`` are pressed one after another, one
    in each menu they meet, ``key_after`` seconds after it begins to speak.
    """

    number: str
    arrivals: Poisson | Recorded
    handling: Duration
    patience: Duration = FOREVER
    keys: str = ""
    key_after: float = 4.0
    message: Duration = QUARTER_MINUTE
    """how long they speak when they are asked for a message; 0 = they say nothing"""


@dataclass(frozen=True, slots=True)
class Shift:
    """On duty in the half-open [start, end) but for ``breaks``, which are (start, end) in order."""

    start: float
    end: float
    breaks: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Worker:
    """How one agent of the configuration works."""

    agent: str
    shifts: tuple[Shift, ...]
    answering: Duration = AT_ONCE
    """from the first ring of his phone until he picks up; longer than the queue's ``ring_seconds``: he does not"""
    wrap_up: Duration = FOREVER
    """after the talk; the queue's ``wrap_up_seconds`` end it in any case"""
    returning: Duration = HALF_MINUTE
    """from an offer that rang out until he presses "ready" again"""


@dataclass(frozen=True, slots=True)
class Model:
    """``start`` and ``end`` bound the figures; whoever still waits ``patience_after_end`` later is sent home."""

    configuration: Configuration
    callers: tuple[Callers, ...]
    workers: tuple[Worker, ...]
    start: float
    end: float
    prompt_seconds: float = 2.5
    """how long one announcement takes to play"""
    patience_after_end: float = 4 * 3600.0
