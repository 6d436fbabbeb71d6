"""Least skilled: training. Who has the lowest level gets the contact, within limits on the share and on who.

When many wait, whoever becomes free takes the next contact, be he skilled or not: nobody waits for a rule.
"""

from __future__ import annotations

from kaska.core.configuration import Queue
from kaska.core.routing.load import Load
from kaska.core.routing.policies.most_skilled import Mastery
from kaska.core.routing.ready import Rank
from kaska.core.state import State


def rank(queue: Queue, state: State) -> Rank:
    """His mastery; None for those who are not to be trained."""
    levels, trained = Mastery(queue, state), frozenset(queue.policy.agents)
    return lambda agent: levels(agent) if not trained or agent in trained else None


def allowed(queue: Queue, load: Load) -> bool:
    """Whether the next offer may be for training: the share of today's offers stays within the limit."""
    return load.training.get(queue.id, 0) + 1 <= queue.policy.share * (load.offers.get(queue.id, 0) + 1)
