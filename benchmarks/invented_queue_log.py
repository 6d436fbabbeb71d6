"""A queue_log as a centre of some size writes it, invented line by line: for benchmarks and tests of scale."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator

BEGIN = 1_704_067_200
"""2024-01-01 00:00 UTC"""
AGENTS = 40
QUEUES = ("sales", "support", "delivery")
CALLS_AN_HOUR = 220
CALLERS = 400_000


def lines(count: int, seed: int = 1, size: int = 1) -> Iterator[str]:
    """So many lines in the order of time, each with its line end; ``size``: of so many such centres together, with as
    many callers and so many lines within the same days."""
    chance = random.Random(seed)
    now, call = float(BEGIN), 0
    waiting: list[tuple[int, int, str]] = []
    order = told = 0
    while told < count:
        now += chance.expovariate(size * CALLS_AN_HOUR / 3600)
        while waiting and waiting[0][0] <= now and told < count:
            yield heapq.heappop(waiting)[2]
            told += 1
        call += 1
        for at, text in _call(chance, int(now), call, size * CALLERS):
            order += 1
            heapq.heappush(waiting, (at, order, f"{at}|{text}\n"))


def _call(chance: random.Random, at: int, number: int, callers: int) -> Iterator[tuple[int, str]]:
    queue = chance.choice(QUEUES)
    head = f"{at}.{number}|{queue}|"
    caller = f"7495{chance.randrange(callers):07d}"
    yield at, f"{head}NONE|ENTERQUEUE||{caller}|1"
    hold = int(chance.expovariate(1 / 18))
    if chance.random() < 0.09:
        yield at + hold, f"{head}NONE|ABANDON|1|1|{hold}"
        return
    if chance.random() < 0.02:
        yield at + 120, f"{head}NONE|EXITWITHTIMEOUT|1|1|120"
        return
    for _ in range(chance.choices((0, 1, 2), (70, 22, 8))[0]):
        yield at + hold, f"{head}SIP/{100 + chance.randrange(AGENTS)}|RINGNOANSWER|15000"
        hold += 15
    agent = f"SIP/{100 + chance.randrange(AGENTS)}"
    talk = int(chance.expovariate(1 / 160)) + 5
    yield at + hold, f"{head}{agent}|CONNECT|{hold}|{at + hold}.{number + 1}|4"
    end = "COMPLETECALLER" if chance.random() < 0.6 else "COMPLETEAGENT"
    yield at + hold + talk, f"{head}{agent}|{end}|{hold}|{talk}|1"
    if chance.random() < 0.05:
        state = chance.choice(("PAUSE|lunch", "UNPAUSE|"))
        yield at + hold + talk, f"NONE|{queue}|{agent}|{state}"
