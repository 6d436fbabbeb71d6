"""How many people are needed: Erlang A (the queue M/M/n+M, whose callers lose patience).

Source: C. Palm's model as in A. Mandelbaum, S. Zeltyn, "The Palm/Erlang-A Queue, with Applications to Call Centers"
(2005): arrivals are Poisson, handling times and patience exponential. The chain of how many are in the system is a
birth-death chain: up at the rate of arrivals, down from k at min(k, n)·μ + max(k - n, 0)·θ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_ENOUGH = 1e-12


@dataclass(frozen=True, slots=True)
class Expected:
    """What callers meet in the long run. Shares from 0 to 1."""

    abandon: float
    """lose patience and hang up"""
    wait_longer: float
    """would wait longer than the target, were they patient"""
    occupancy: float
    """share of the time in which a person is busy"""


def erlang_a(calls_per_hour: float, handling_s: float, patience_s: float, people: int, target_s: float) -> Expected:
    """Raises ValueError unless rates and times are positive and there is at least one person.

    ``patience_s`` is the mean time after which a caller hangs up. Somebody who arrives as the (m+1)-th waiting gets
    through after a sum of exponential times with the rates nμ, nμ+θ … nμ+mθ, which is -ln(X)/θ for X ~
    Beta(nμ/θ, m+1) (Rényi); its tail is a finite sum.
    """
    if min(calls_per_hour, handling_s, patience_s, people) <= 0 or target_s < 0:
        raise ValueError("calls, times and people must be positive")
    arrivals, mu, theta = calls_per_hour / 3600, 1 / handling_s, 1 / patience_s
    free = _weights_while_somebody_is_free(arrivals / mu, people)
    below, busy = sum(free), sum(number * weight for number, weight in enumerate(free))
    ratio, gap = people * mu / theta, -math.expm1(-theta * target_s)
    term = math.exp(-ratio * theta * target_s)
    tail, waiting, long_waits, queue, weight, place = term, 0.0, 0.0, 0.0, free[-1] * arrivals / (people * mu), 0
    total = below
    while True:
        total += weight
        waiting += weight
        queue += place * weight
        long_waits += weight * tail
        place += 1
        term *= gap * (ratio + place - 1) / place
        tail = min(1.0, tail + term)
        weight *= arrivals / (people * mu + place * theta)
        if weight < _ENOUGH * total and arrivals < people * mu + place * theta:
            break
    return Expected(theta * queue / arrivals / total, long_waits / total, (busy + people * waiting) / total / people)


def _weights_while_somebody_is_free(load: float, people: int) -> list[float]:
    """Weights of 0 … people - 1 in the system, the last one being 1, so that no power overflows."""
    weights = [1.0]
    for number in range(people - 1, 0, -1):
        weights.append(weights[-1] * number / load)
    return weights[::-1]


def people_needed(
    calls_per_hour: float, handling_s: float, patience_s: float, target_s: float, share: float, most: int = 500
) -> int:
    """The fewest people with whom ``share`` of the callers get through within the target; 0 when nobody calls."""
    if calls_per_hour <= 0 or handling_s <= 0:
        return 0
    few, enough = 0, most
    while enough - few > 1:  # one more person never makes anybody wait longer
        people = (few + enough) // 2
        if 1 - erlang_a(calls_per_hour, handling_s, patience_s, people, target_s).wait_longer >= share:
            enough = people
        else:
            few = people
    return enough
