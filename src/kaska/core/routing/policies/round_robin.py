"""Round robin: the ready agents in the order of their extensions, going round from the one who was offered last."""

from __future__ import annotations

from kaska.core.routing.ready import ReadyIndex, Ring
from kaska.core.state import State


def places(state: State) -> dict[str, float]:
    """agent → his place in the order: by extension as a number; who has none comes first."""
    return {
        agent: float(profile.extension) if profile.extension.isdecimal() else 0.0
        for agent, profile in state.configuration.agents.items()
    }


def choose(ring: Ring, ready: ReadyIndex, last: str) -> str | None:
    """:param last: the agent who was offered last; "" when nobody was"""
    return ring.after(last, ready.turns)
