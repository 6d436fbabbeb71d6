"""The ready agents of every queue, in the order in which they became ready, and in the orders that policies want."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping

Rank = Callable[[str], float | None]
"""agent → his place in a policy's order, smaller first; None: not by this policy. Must not change while he is ready,
except at midnight when the order is ``daily``."""


_ENDLESS = sys.maxsize


class RankedPool:
    """Ready agents of one pool by rank; of equals, who has been ready longest.

    :param day: tells the day of the counts that the rank is made of; when it changes, all are ranked anew
    """

    __slots__ = ("_day", "_known_day", "_order", "_rank", "_turns")

    def __init__(self, rank: Rank, day: Callable[[], str] | None = None) -> None:
        self._rank = rank
        self._day = day
        self._known_day = ""
        self._turns: dict[str, tuple[float, int, str]] = {}
        self._order: list[tuple[float, int, str]] = []

    def add(self, agent: str, turn: int) -> None:
        rank = self._rank(agent)
        if rank is not None:
            key = (rank, turn, agent)
            self._turns[agent] = key
            insort(self._order, key)

    def remove(self, agent: str) -> None:
        key = self._turns.pop(agent, None)
        if key is not None:
            del self._order[bisect_left(self._order, key)]

    def first(self) -> str | None:
        self._follow_day()
        return self._order[0][2] if self._order else None

    def after(self, agent: str) -> str | None:
        """The first whose rank is greater than this agent's; when there is none, the first of all."""
        if not self._order:
            return None
        rank = self._rank(agent)
        index = bisect_right(self._order, (rank, _ENDLESS, "")) if rank is not None else 0
        return self._order[index if index < len(self._order) else 0][2]

    def _follow_day(self) -> None:
        if self._day is None or self._day() == self._known_day:
            return
        self._known_day = self._day()
        ranked = [(self._rank(agent), turn, agent) for agent, (_, turn, _) in self._turns.items()]
        self._turns = {agent: (rank, turn, agent) for rank, turn, agent in ranked if rank is not None}
        self._order = sorted(self._turns.values())


class ReadyIndex:
    """Who could take a queue's next contact is known before it is asked.

    An agent who becomes ready joins the lines of all queues whose required skills he has (``queues_of``), at their
    end: the first of each line is its longest idle. Joining and leaving cost as much as he has queues, asking nothing.
    An OrderedDict, because the first of a plain dict is slow to find after many deletions at its front. ``ranked``
    are orders of other policies beside these, by (pool, policy): they cost a bisection each, and only where wanted.
    """

    __slots__ = ("_queues_of", "_ranked", "_ranked_of", "_ready", "_ready_of", "_turn")

    def __init__(
        self,
        queues_of: Mapping[str, tuple[str, ...]],
        ranked: Mapping[tuple[str, str], RankedPool] | None = None,
    ) -> None:
        self._queues_of = queues_of
        self._ready: set[str] = set()
        self._turn = 0
        self._ready_of: dict[str, OrderedDict[str, None]] = {
            queue: OrderedDict() for queues in queues_of.values() for queue in queues
        }
        self._ranked = dict(ranked or {})
        self._ranked_of: dict[str, tuple[RankedPool, ...]] = self._who_is_ranked() if ranked else {}

    def _who_is_ranked(self) -> dict[str, tuple[RankedPool, ...]]:
        of_pool: dict[str, list[RankedPool]] = {}
        for (pool, _), order in self._ranked.items():
            of_pool.setdefault(pool, []).append(order)
        ranked = {
            agent: tuple(order for pool in pools for order in of_pool.get(pool, ()))
            for agent, pools in self._queues_of.items()
        }
        return {agent: orders for agent, orders in ranked.items() if orders}

    def __len__(self) -> int:
        return len(self._ready)

    def __contains__(self, agent: str) -> bool:
        return agent in self._ready

    def add(self, agent: str) -> None:
        """``agent`` became ready now, after everybody already here; an unknown one has no queues."""
        self.remove(agent)
        self._ready.add(agent)
        for queue in self._queues_of.get(agent, ()):
            self._ready_of[queue][agent] = None
        if agent in self._ranked_of:
            self._turn += 1
            for order in self._ranked_of[agent]:
                order.add(agent, self._turn)

    def remove(self, agent: str) -> None:
        if agent in self._ready:
            self._ready.discard(agent)
            for queue in self._queues_of.get(agent, ()):
                del self._ready_of[queue][agent]
            for order in self._ranked_of.get(agent, ()):
                order.remove(agent)

    def longest_idle(self, queue: str) -> str | None:
        """None when nobody who could take this queue's contacts is ready."""
        return next(iter(self._ready_of.get(queue, ())), None)

    def ranked(self, pool: str, policy: str) -> RankedPool | None:
        """The order of a policy; None when nobody asked for it."""
        return self._ranked.get((pool, policy))

    def ready(self, pool: str) -> Iterable[str]:
        """Everybody ready of a pool, longest idle first."""
        return iter(self._ready_of.get(pool, ()))
