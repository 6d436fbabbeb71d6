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
from kaska.core.routing.ready import Rank, RankedPool, ReadyIndex, Ring
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


class Choice:
    """Who is ready, and the order in which each queue's policy asks them. Made anew with each configuration.

    :param lines: agent → the lines that he serves
    :param preferred: agent → the pools of preferred agents that he belongs to
    """

    def __init__(
        self, state: State, lines: Mapping[str, tuple[str, ...]], preferred: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._state = state
        pools = {agent: names + preferred[agent] for agent, names in lines.items()}
        self.ready = ReadyIndex(pools, _ranked_pools(state))
        self._rings = self._make_rings(pools)

    def _make_rings(self, pools: Mapping[str, tuple[str, ...]]) -> dict[str, Ring]:
        names = {
            pool
            for queue in self._state.configuration.queues.values()
            if ROUND_ROBIN in _orders_of(queue)
            for pool in _pools_of(queue)
        }
        places = round_robin.places(self._state)
        members: dict[str, list[str]] = {pool: [] for pool in sorted(names)}
        for agent in sorted(pools, key=lambda agent: (places.get(agent, 0.0), agent)) if members else ():
            for pool in pools[agent]:
                if pool in members:
                    members[pool].append(agent)
        return {pool: Ring(agents, places) for pool, agents in members.items()}

    def choose(self, queue: Queue, line: str) -> tuple[str, str] | None:
        """(agent, rule) for a contact that stands in this line of the queue; None when nobody suitable is ready."""
        if self.ready.longest_idle(line) is None:
            return None
        name = queue.policy.ordinary
        if queue.prefers and line == queue.id:
            found = self._by_policy(queue, preferred(queue.id), name)
            if found is not None:
                return found
        return self._by_policy(queue, line, name)

    def _by_policy(self, queue: Queue, pool: str, name: str) -> tuple[str, str] | None:
        agent: str | None = None
        if name == ROUND_ROBIN:
            agent = round_robin.choose(self._rings[pool], self.ready, self._state.load.turn.get(queue.id, ""))
        elif name == LEAST_SKILLED:
            if least_skilled.allowed(queue, self._state.load):
                agent = self.ready.first_by(name, pool)
            if agent is not None:
                return agent, TRAINING
            then = queue.policy.then
            return self._by_policy(queue, pool, then if then != LEAST_SKILLED else LONGEST_IDLE)
        elif name in _RANKS:
            agent = self.ready.first_by(name, pool)
        if agent is None:
            agent, name = longest_idle.choose(self.ready, pool), name if name == RING_ALL else ""
        return (agent, name) if agent is not None else None


def _orders_of(queue: Queue) -> set[str]:
    """The policies by which the queue's agents may have to be ordered."""
    policy = queue.policy
    return {policy.ordinary, policy.then} if policy.name == LEAST_SKILLED else {policy.ordinary}


def _pools_of(queue: Queue) -> tuple[str, ...]:
    return (*lines_of(queue), preferred(queue.id)) if queue.prefers else tuple(lines_of(queue))


def _ranked_pools(state: State) -> dict[tuple[str, str], RankedPool]:
    """The orders that the queues' policies ask for, by (pool, policy)."""
    orders: dict[tuple[str, str], RankedPool] = {}
    for queue in state.configuration.queues.values():
        for name in sorted(_orders_of(queue) & _RANKS.keys()):
            rank = _RANKS[name](queue, state)
            day = (lambda: state.load.day) if name in _DAILY else None
            for pool in _pools_of(queue):
                orders[pool, name] = RankedPool(rank, day)
    return orders
