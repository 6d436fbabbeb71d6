"""How many agents a load needs, by formula: waiting without end (Erlang C) and impatient callers (Erlang A).

``load`` is the offered work in erlangs: arrivals per second × handling seconds. Arrivals are Poisson, handling and
patience exponential, callers are answered in the order of arrival.

Sources. Erlang B by its recursion and Erlang C from it: R. B. Cooper, Introduction to Queueing Theory, 1981, ch. 3.
Erlang A: C. Palm, Research on telephone traffic carried by full availability groups, Tele 1957; the waiting time's
distribution in the form of Mandelbaum and Zeltyn, Staffing many-server queues with impatient customers, 2009.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

NEGLIGIBLE = 1e-14


@dataclass(frozen=True, slots=True)
class Expectation:
    """``waits``: share of callers who wait at all; ``mean_wait``: seconds, of all callers, the abandoning included;
    ``abandons``: share; ``in_time``: share of all callers answered within the target; ``occupancy`` of the agents.
    """

    waits: float
    mean_wait: float
    abandons: float
    in_time: float
    occupancy: float


def blocked(load: float, agents: int) -> float:
    """Erlang B: the share of callers who find ``agents`` lines busy and go away at once."""
    share = 1.0
    for lines in range(1, agents + 1):
        share = load * share / (lines + load * share)
    return share


def patient(load: float, agents: int, handling: float, target: float = 20.0) -> Expectation:
    """Erlang C. With ``load`` ≥ ``agents`` the line grows for ever: nobody is answered in time.

    :param handling: mean seconds
    :param target: seconds
    """
    if load >= agents:
        return Expectation(1.0, math.inf, 0.0, 0.0, 1.0)
    refused = blocked(load, agents)
    waits = refused / (1.0 - load / agents * (1.0 - refused))
    spare = (agents - load) / handling
    return Expectation(waits, waits / spare, 0.0, 1.0 - waits * math.exp(-spare * target), load / agents)


def impatient(load: float, agents: int, handling: float, patience: float, target: float = 20.0) -> Expectation:
    """Erlang A.

    :param handling: mean seconds
    :param patience: mean seconds until a caller gives up, above 0
    :param target: seconds
    """
    if load <= 0.0 or agents < 1:
        return Expectation(1.0 if load > 0.0 else 0.0, patience, 1.0 if load > 0.0 else 0.0, 0.0, 0.0)
    # The chances of so many callers being there, relative to exactly ``agents``: down from it, then up.
    below = 0.0
    weight = 1.0
    for present in range(agents, 0, -1):
        weight *= present / load
        below += weight
        if weight < NEGLIGIBLE * below:
            break
    line = _Line(load, agents, handling, patience, target)
    whole = below + line.chance
    mean_wait = line.waiting / whole * handling / load  # Little
    abandons = mean_wait / patience
    in_time = (below + line.in_time) / whole
    return Expectation(line.chance / whole, mean_wait, abandons, in_time, load * (1.0 - abandons) / agents)


class _Line:
    """What those meet who find all agents busy, in chances relative to that of exactly ``agents`` callers.

    ``chance`` that all are busy; ``waiting``: mean number who wait; ``in_time``: of those who find all busy, the share
    answered within ``target``.

    Who finds ``ahead`` callers waiting is answered after ahead + 1 departures with the rates a, a + g … a + ahead × g,
    a being agents ÷ handling and g 1 ÷ patience, unless patience ends before. That the patience lasts has the chance
    a ÷ (a + (ahead + 1) × g), and given that it lasts, the departures have the rates a + g … a + (ahead + 1) × g. The
    time of so many of them is −ln(X) ÷ g with X ~ Beta(a ÷ g + 1, ahead + 1) (Rényi), whose tail is a finite sum.
    """

    def __init__(self, load: float, agents: int, handling: float, patience: float, target: float) -> None:
        self.chance = self.waiting = self.in_time = 0.0
        ratio = agents * patience / handling + 1.0
        passed = -math.expm1(-target / patience)
        log_passed = math.log(passed) if passed > 0.0 else -math.inf
        log_term = -ratio * target / patience
        tail = math.exp(log_term)
        weight, ahead = 1.0, 0
        while True:
            self.chance += weight
            self.waiting += weight * ahead
            self.in_time += weight * (1.0 - tail) * (ratio - 1.0) / (ratio + ahead)
            ahead += 1
            log_term += log_passed + math.log((ratio + ahead - 1.0) / ahead)
            tail = min(1.0, tail + math.exp(log_term))
            weight *= load / (agents + ahead * handling / patience)
            if weight * (ahead + 1) < NEGLIGIBLE * self.chance and load < agents + ahead * handling / patience:
                return


VAST = 5000.0
"""erlangs; no centre is as large, but what somebody types may be: a year's contacts within a second"""


def agents_needed(load: float, handling: float, share: float, target: float, patience: float = math.inf) -> int:
    """The fewest agents with whom at least ``share`` (below 1) of all callers are answered within ``target`` seconds.

    Endless patience is Erlang C, any other Erlang A. 0 when there is no work. Above VAST, where larger crowds save
    hardly anything more, so many more as there is more work: it would be worked out caller by caller.
    """
    if load <= 0.0 or handling <= 0.0:
        return 0
    if load > VAST:
        return math.ceil(agents_needed(VAST, handling, share, target, patience) * (load / VAST))
    few = max(1, math.ceil(load * share)) - 1  # so few cannot do the work of those who must be answered
    step = 1
    while _in_time(load, few + step, handling, patience, target) < share:
        step *= 2
    enough = few + step
    few += step // 2
    while enough - few > 1:  # one more agent never makes anybody wait longer
        agents = (few + enough) // 2
        if _in_time(load, agents, handling, patience, target) >= share:
            enough = agents
        else:
            few = agents
    return enough


def _in_time(load: float, agents: int, handling: float, patience: float, target: float) -> float:
    if math.isinf(patience):
        return patient(load, agents, handling, target).in_time
    return impatient(load, agents, handling, patience, target).in_time
