"""Round robin: the ready agents in the order of their extensions, going round from the one who was offered last."""

from __future__ import annotations

from kaska.core.routing.ready import ReadyIndex, Ring
from kaska.core.state import State


def ring(agents: list[str], state: State) -> Ring:
    """By extension as a number; who has none comes first."""
    profiles = state.configuration.agents

    def place(agent: str) -> float:
        profile = profiles.get(agent)
        return float(profile.extension) if profile is not None and profile.extension.isdecimal() else 0.0

    return Ring(agents, place)


def choose(ring: Ring, ready: ReadyIndex, last: str) -> str | None:
    """:param last: the agent who was offered last; "" when nobody was"""
    return ring.after(last, ready.turns)
