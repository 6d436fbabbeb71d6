"""Even load by talk time: who has talked least today."""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.routing.ready import Rank
from kaska.core.state import State


def rank(queue: Queue, state: State) -> Rank:
    """Seconds of talk in conversations that ended today; he is not ready while that grows."""
    return lambda agent: state.load.talk.get(agent, 0.0)
