"""How long things last: talking, patience, picking up, writing down. All in seconds.

A duration is plain data. ``sampler`` binds it to a generator of its own, so that the same seed gives the same days and
nothing shares a global state.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Sampler = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Exactly:
    """Always the same. ``math.inf`` as patience: never hangs up."""

    seconds: float

    def sampler(self, chance: Random) -> Sampler:
        seconds = self.seconds
        return lambda: seconds


@dataclass(frozen=True, slots=True)
class Exponential:
    mean: float

    def sampler(self, chance: Random) -> Sampler:
        draw, log, mean = chance.random, math.log, self.mean
        return lambda: -mean * log(1.0 - draw())  # 1 - [0, 1): never the logarithm of zero


@dataclass(frozen=True, slots=True)
class Lognormal:
    """``mean`` and ``deviation`` are those of the duration itself, not of its logarithm; both above zero."""

    mean: float
    deviation: float

    def sampler(self, chance: Random) -> Sampler:
        variance = math.log(1.0 + (self.deviation / self.mean) ** 2)
        centre, spread = math.log(self.mean) - variance / 2.0, math.sqrt(variance)
        draw, exp = chance.gauss, math.exp
        return lambda: exp(draw(centre, spread))


@dataclass(frozen=True, slots=True)
class Given:
    """Drawn, each with the same chance, from durations that were measured; at least one."""

    measured: tuple[float, ...]

    def sampler(self, chance: Random) -> Sampler:
        choose, measured = chance.choice, self.measured
        return lambda: choose(measured)


Duration = Exactly | Exponential | Lognormal | Given

AT_ONCE = Exactly(0.0)
FOREVER = Exactly(math.inf)
QUARTER_MINUTE = Exactly(15.0)
HALF_MINUTE = Exactly(30.0)
