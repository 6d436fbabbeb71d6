"""The centre in the product's simulator, whose core is the one that takes live calls."""

from __future__ import annotations

import sys
import time

from kaska.core.configuration import Queue
from kaska.simulator.company import company, number_of
from kaska.simulator.durations import Exponential
from kaska.simulator.laws import Laws
from kaska.simulator.model import Callers, Model, Poisson, Rate, Shift, Worker
from kaska.simulator.table import Table
from kaska.simulator.world import World
from simulation.centre import AGENTS, HANDLING, NEEDS, PATIENCE, PER_SECOND, WRAP_UP, Seen

START = 1_760_000_000.0


def model(calls: int) -> Model:
    """Nothing is said while waiting but the place, which takes no time: the others say nothing at all."""
    end = START + calls / (PER_SECOND * len(NEEDS))
    queues = [
        Queue(
            queue, queue, "simulated", dict.fromkeys(sorted(needed), 1), wrap_up_seconds=WRAP_UP, announce_every=0.0,
            offer_after=0.0, max_wait=0.0,
        )
        for queue, needed in NEEDS.items()
    ]  # fmt: skip
    agents = {agent: dict.fromkeys(sorted(skills), 1) for agent, skills in AGENTS.items()}
    always = Poisson((Rate(START, end, PER_SECOND),))
    return Model(
        company(queues, agents),
        tuple(Callers(number_of(queue), always, Exponential(HANDLING), Exponential(PATIENCE)) for queue in NEEDS),
        tuple(Worker(agent, (Shift(START, end + 36_000.0),)) for agent in agents),
        START,
        end,
        prompt_seconds=0.0,
    )


def with_core(calls: int, seed: int) -> Seen:
    described = model(calls)
    table = Table(described.start, described.end - described.start)
    world = World(described, seed, (table.watch,))
    began = time.process_time()
    world.run()
    elapsed = time.process_time() - began
    answered = [row.wait for row in table.rows if row.answered_at]
    return Seen(len(table.rows), len(answered), sum(answered), elapsed)


def broken_laws(calls: int, seed: int) -> list[str]:
    """Of a run in which the laws are checked after every event; [] when all held."""
    laws = Laws()
    World(model(calls), seed, (laws.watch,), laws.after_event).run()
    return laws.broken()


if __name__ == "__main__":  # another interpreter, with the compiled core: calls, seed → calls per second
    seen = with_core(int(sys.argv[1]), int(sys.argv[2]))
    print(seen.calls / seen.elapsed)
