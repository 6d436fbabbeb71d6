"""Sequential: always the first ready agent of a fixed list; those who are not on it come after, longest idle first."""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.routing.ready import Rank
from kaska.core.state import State


def rank(queue: Queue, state: State) -> Rank:
    """His place on the list."""
    places = {agent: float(number) for number, agent in enumerate(queue.policy.agents)}
    last = float(len(places))
    return lambda agent: places.get(agent, last)
