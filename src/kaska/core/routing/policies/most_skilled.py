"""Most skilled: who has the highest level of the skill that counts."""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.routing.ready import Rank
from kaska.core.state import State


def rank(queue: Queue, state: State) -> Rank:
    """Minus his mastery."""
    levels = Mastery(queue, state)
    return lambda agent: -levels(agent)


class Mastery:
    """agent → his level of the policy's skill, or the sum over all skills that the queue requires or prefers."""

    def __init__(self, queue: Queue, state: State) -> None:
        chosen = queue.policy.skill
        self._skills = (chosen,) if chosen else tuple(dict.fromkeys((*queue.requires, *queue.prefers)))
        self._agents = state.configuration.agents

    def __call__(self, agent: str) -> float:
        profile = self._agents.get(agent)
        if profile is None:
            return 0.0
        return float(sum(profile.skills.get(skill, 0) for skill in self._skills))
