"""Round robin: the ready agents in the order of their extensions, going round from the one who was offered last."""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.routing.ready import Rank, ReadyIndex
from kaska.core.routing.rules import ROUND_ROBIN
from kaska.core.state import State


def rank(queue: Queue, state: State) -> Rank:
    """His extension as a number; 0 for one who has none."""
    agents = state.configuration.agents

    def place(agent: str) -> float:
        profile = agents.get(agent)
        return float(profile.extension) if profile is not None and profile.extension.isdecimal() else 0.0

    return place


def choose(ready: ReadyIndex, pool: str, last: str) -> str | None:
    """:param last: the agent who was offered last; "" when nobody was"""
    order = ready.ranked(pool, ROUND_ROBIN)
    return order.after(last) if order is not None else None
