"""Runs of small centres, and confidence intervals of what they show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, stdev

from kaska.core.configuration import Queue
from kaska.simulator.company import company, number_of
from kaska.simulator.durations import FOREVER, Duration, Exponential
from kaska.simulator.model import Callers, Model, Poisson, Rate, Shift, Worker
from kaska.simulator.table import Row, Table
from kaska.simulator.world import World

START = 1_760_000_000.0


def queue(name: str, **settings: object) -> Queue:
    """A line in which nothing happens but waiting: no wrap-up, no limit, no offers of a message."""
    bare: dict[str, object] = {
        "requires": {name: 1}, "wrap_up_seconds": 0.0, "max_wait": 0.0, "announce_every": 0.0, "offer_after": 0.0,
    }  # fmt: skip
    return Queue(name, name, "simulated", **(bare | settings))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Kind:
    """Callers of one queue; seconds."""

    queue: Queue
    per_second: float
    handling: Duration
    patience: Duration = FOREVER
    priority: int = 0


def centre(kinds: Sequence[Kind], agents: dict[str, tuple[str, ...]], seconds: float) -> Model:
    """``agents``: name → queues whose skill he has; they work the whole time and pick up at once."""
    end = START + seconds
    return Model(
        company(
            [kind.queue for kind in kinds],
            {agent: dict.fromkeys(skills, 1) for agent, skills in agents.items()},
            {kind.queue.id: kind.priority for kind in kinds},
        ),
        tuple(
            Callers(
                number_of(kind.queue.id), Poisson((Rate(START, end, kind.per_second),)), kind.handling, kind.patience
            )
            for kind in kinds
        ),
        tuple(Worker(agent, (Shift(START, end + 36_000.0),)) for agent in agents),
        START,
        end,
        prompt_seconds=0.0,
    )


def rows_of(model: Model, seed: int) -> list[Row]:
    table = Table(model.start, model.end - model.start)
    World(model, seed, (table.watch,)).run()
    return table.rows


def one_line(agents: int, load: float, patience: float, calls: int, seed: int, handling: float = 100.0) -> list[Row]:
    """M/M/n or, with a finite mean ``patience``, M/M/n+M. ``load`` is in shares of the agents' time."""
    per_second = load * agents / handling
    kind = Kind(
        queue("q"), per_second, Exponential(handling), FOREVER if math.isinf(patience) else Exponential(patience)
    )
    model = centre([kind], {f"a{n}": ("q",) for n in range(agents)}, calls / per_second)
    return rows_of(model, seed)


@dataclass(frozen=True)
class Interval:
    middle: float
    half: float

    def holds(self, value: float) -> bool:
        return abs(value - self.middle) <= self.half


def batch_means(values: Sequence[float], batches: int, quantile: float) -> Interval:
    """The method of batch means: ``values`` in order, cut into ``batches`` of one size; their means are taken as
    independent. ``quantile``: that of Student's distribution with ``batches`` − 1 degrees of freedom.
    """
    size = len(values) // batches
    means = [mean(values[n * size : (n + 1) * size]) for n in range(batches)]
    return Interval(mean(means), quantile * stdev(means) / math.sqrt(batches))
