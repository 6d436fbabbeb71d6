"""Whom a contact is offered to now, and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kaska.core.configuration import Queue
from kaska.core.routing.load import TRAINING
from kaska.core.routing.policies import (
    best_performer,
    even_count,
    even_talk,
    last_agent,
    least_skilled,
    longest_idle,
    most_skilled,
    round_robin,
    secretary_first,
    sequential,
)
from kaska.core.routing.pools import lines_of, preferred
from kaska.core.routing.ready import Rank, RankedPool, ReadyIndex
from kaska.core.routing.rules import (
    BEST_PERFORMER,
    EVEN_COUNT,
    EVEN_TALK,
    LAST_AGENT,
    LEAST_SKILLED,
    LONGEST_IDLE,
    MOST_SKILLED,
    RING_ALL,
    ROUND_ROBIN,
    SECRETARY_FIRST,
    SEQUENTIAL,
)
from kaska.core.state import State

_RANKS: Mapping[str, Callable[[Queue, State], Rank]] = {
    ROUND_ROBIN: round_robin.rank,
    EVEN_COUNT: even_count.rank,
    EVEN_TALK: even_talk.rank,
    MOST_SKILLED: most_skilled.rank,
    LEAST_SKILLED: least_skilled.rank,
    BEST_PERFORMER: best_performer.rank,
    SEQUENTIAL: sequential.rank,
}
_DAILY = (EVEN_COUNT, EVEN_TALK)

WANTED = {LAST_AGENT: last_agent.wanted, SECRETARY_FIRST: secretary_first.wanted}
"""policy → who in particular is waited for"""


def ranked_pools(state: State) -> dict[tuple[str, str], RankedPool]:
    """The orders that the queues' policies ask for, by (pool, policy)."""
    orders: dict[tuple[str, str], RankedPool] = {}
    for queue in state.configuration.queues.values():
        policy = queue.policy
        names = {policy.ordinary, policy.then} if policy.name == LEAST_SKILLED else {policy.ordinary}
        pools = (*lines_of(queue), preferred(queue.id)) if queue.prefers else tuple(lines_of(queue))
        for name in sorted(names & _RANKS.keys()):
            rank = _RANKS[name](queue, state)
            day = (lambda: state.load.day) if name in _DAILY else None
            for pool in pools:
                orders[pool, name] = RankedPool(rank, day)
    return orders


def choose(ready: ReadyIndex, state: State, queue: Queue, line: str) -> tuple[str, str] | None:
    """(agent, rule) for a contact that stands in this line of the queue; None when nobody suitable is ready."""
    name = queue.policy.ordinary
    if queue.prefers and line == queue.id:
        found = _by_policy(ready, state, queue, preferred(queue.id), name)
        if found is not None:
            return found
    return _by_policy(ready, state, queue, line, name)


def _by_policy(ready: ReadyIndex, state: State, queue: Queue, pool: str, name: str) -> tuple[str, str] | None:
    agent: str | None = None
    if name == ROUND_ROBIN:
        agent = round_robin.choose(ready, pool, state.load.turn.get(queue.id, ""))
    elif name == LEAST_SKILLED:
        order = ready.ranked(pool, name)
        agent = order.first() if order is not None and least_skilled.allowed(queue, state.load) else None
        if agent is not None:
            return agent, TRAINING
        then = queue.policy.then
        return _by_policy(ready, state, queue, pool, then if then != LEAST_SKILLED else LONGEST_IDLE)
    elif name in _RANKS:
        order = ready.ranked(pool, name)
        agent = order.first() if order is not None else None
    if agent is None:
        agent, name = longest_idle.choose(ready, pool), name if name == RING_ALL else ""
    return (agent, name) if agent is not None else None
