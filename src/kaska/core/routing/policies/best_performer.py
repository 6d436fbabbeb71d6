"""Best performer first: who sells this product best, by the conversion that the configuration gives."""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.routing.ready import Rank
from kaska.core.state import State


def rank(queue: Queue, state: State) -> Rank:
    """Minus his conversion; nobody measured yet counts as 0."""
    product, agents = queue.policy.product, state.configuration.agents
    return lambda agent: -agents[agent].conversion.get(product, 0.0) if agent in agents else 0.0
