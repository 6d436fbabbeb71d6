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

STEPS = 1000
"""parts into which the time until the target is cut (Simpson's rule); even"""
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
    below = above = waiting = 0.0
    weight = 1.0
    for present in range(agents, 0, -1):
        weight *= present / load
        below += weight
        if weight < NEGLIGIBLE * below:
            break
    weight, line = 1.0, 0
    while True:
        above += weight
        waiting += weight * line
        line += 1
        weight *= load / (agents + line * handling / patience)
        if weight * (line + 1) < NEGLIGIBLE * above and load < agents + line * handling / patience:
            break
    waits = above / (below + above)
    mean_wait = waiting / (below + above) * handling / load  # Little
    abandons = mean_wait / patience
    in_time = 1.0 - waits + _answered_after_waiting(load, agents, handling, patience, target, below + above)
    return Expectation(waits, mean_wait, abandons, in_time, load * (1.0 - abandons) / agents)


def _answered_after_waiting(
    load: float, agents: int, handling: float, patience: float, target: float, whole: float
) -> float:
    """The share of callers who wait and are answered within ``target``.

    A caller with endless patience would wait t with the density (agents ÷ (handling × whole)) × exp(load × H(t) −
    agents × t ÷ handling), H(t) being the mean of min(patience, t) ÷ handling; the caller is still there at t with
    exp(−t ÷ patience). At t = 0 an agent becomes free with the rate agents ÷ handling, and 1 ÷ whole is the chance of
    exactly ``agents`` callers.
    """
    if target <= 0.0:
        return 0.0
    step = min(target, 40.0 * patience) / STEPS  # nobody is left after so long
    total = 0.0
    for index in range(STEPS + 1):
        t = index * step
        exponent = load / handling * patience * -math.expm1(-t / patience) - agents * t / handling - t / patience
        total += math.exp(exponent) * (1 if index in (0, STEPS) else 4 if index % 2 else 2)
    return agents / handling / whole * total * step / 3.0


def agents_needed(load: float, handling: float, share: float, target: float, patience: float = math.inf) -> int:
    """The fewest agents with whom at least ``share`` (below 1) of all callers are answered within ``target`` seconds.

    Endless patience is Erlang C, any other Erlang A.
    """
    agents = 1
    while True:
        if math.isinf(patience):
            expected = patient(load, agents, handling, target)
        else:
            expected = impatient(load, agents, handling, patience, target)
        if expected.in_time >= share:
            return agents
        agents += 1
