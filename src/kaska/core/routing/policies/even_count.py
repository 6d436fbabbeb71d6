"""Even load by count: who has had the fewest conversations today."""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.routing.ready import Rank
from kaska.core.state import State


def rank(queue: Queue, state: State) -> Rank:
    """Conversations begun today; he is not ready while that grows."""
    return lambda agent: float(state.load.contacts.get(agent, 0))
