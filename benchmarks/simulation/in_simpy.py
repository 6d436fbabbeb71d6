"""The centre in simpy, twice: with simpy's own store of idle agents, and with lines kept by hand, which is faster."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Iterator
from random import Random
from typing import Any

import simpy

from simulation.centre import AGENTS, CAN, HANDLING, NEEDS, PATIENCE, PER_SECOND, WRAP_UP, Seen


def with_store(calls: int, seed: int) -> Seen:
    """A FilterStore hands out who has been in it longest, and serves requests in the order of asking."""
    env, chance, seen = simpy.Environment(), Random(seed), Seen(0, 0, 0.0)
    idle = simpy.FilterStore(env)
    idle.items.extend(AGENTS)
    able = {queue: frozenset(agent for agent in AGENTS if queue in CAN[agent]) for queue in NEEDS}

    def call(queue: str) -> Iterator[Any]:
        arrived, who = env.now, able[queue]
        request = idle.get(lambda agent: agent in who)
        yield request | env.timeout(chance.expovariate(1 / PATIENCE))
        if not request.triggered:
            request.cancel()
            return
        seen.answered += 1
        seen.waited += env.now - arrived
        yield env.timeout(chance.expovariate(1 / HANDLING))
        yield env.timeout(WRAP_UP)
        idle.put(request.value)

    return _run(env, chance, seen, call, calls)


def with_lines(calls: int, seed: int) -> Seen:
    """Idle agents stand in a line per queue, waiting callers too; whoever is freed looks at the heads."""
    env, chance, seen = simpy.Environment(), Random(seed), Seen(0, 0, 0.0)
    idle: dict[str, OrderedDict[str, None]] = {queue: OrderedDict() for queue in NEEDS}
    lines: dict[str, deque[tuple[float, simpy.Event]]] = {queue: deque() for queue in NEEDS}

    def rest(agent: str) -> None:
        longest: str | None = None
        for queue in CAN[agent]:
            line = lines[queue]
            while line and line[0][1].triggered:  # lost patience
                line.popleft()
            if line and (longest is None or line[0][0] < lines[longest][0][0]):
                longest = queue
        if longest is not None:
            lines[longest].popleft()[1].succeed(agent)
        else:
            for queue in CAN[agent]:
                idle[queue][agent] = None

    def call(queue: str) -> Iterator[Any]:
        arrived = env.now
        if idle[queue]:
            agent = next(iter(idle[queue]))
            for other in CAN[agent]:
                del idle[other][agent]
        else:
            turn = env.event()
            lines[queue].append((arrived, turn))
            yield turn | env.timeout(chance.expovariate(1 / PATIENCE))
            if not turn.triggered:
                turn.succeed()
                return
            agent = turn.value
            seen.waited += env.now - arrived
        seen.answered += 1
        yield env.timeout(chance.expovariate(1 / HANDLING))
        yield env.timeout(WRAP_UP)
        rest(agent)

    for agent in AGENTS:
        rest(agent)
    return _run(env, chance, seen, call, calls)


def _run(env: simpy.Environment, chance: Random, seen: Seen, call: Any, calls: int) -> Seen:
    def arrivals(queue: str) -> Iterator[Any]:
        while seen.calls < calls:
            yield env.timeout(chance.expovariate(PER_SECOND))
            seen.calls += 1
            env.process(call(queue))

    began = time.process_time()
    for queue in NEEDS:
        env.process(arrivals(queue))
    env.run()
    seen.elapsed = time.process_time() - began
    return seen
