"""The ready agents of every queue, in the order in which they became ready, and in the orders that policies want."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Callable, Mapping
from heapq import heapify, heappop, heappush
from itertools import chain

Rank = Callable[[str], float | None]
"""agent → his place in a policy's order, smaller first; None: not by this policy. Must not change while he is ready,
except at midnight when the order is ``daily``."""

Entry = tuple[int, str]
"""(turn, agent): he became ready in that turn; it is past as soon as he has another turn, or none"""

Turns = Mapping[str, int]
"""agent → the turn in which he became ready; who is missing is not ready"""

SPARE = 32


class RankedPool:
    """Ready agents of one pool by rank; of equals, who has been ready longest.

    Entries are ranked when the first is asked for, and those that are past are dropped when they come first: most
    agents come and go many times before a pool is asked.

    :param day: tells the day of the counts that the rank is made of; when it changes, all are ranked anew
    """

    __slots__ = ("_come", "_day", "_known_day", "_rank", "_ranked")

    def __init__(self, rank: Rank, day: Callable[[], str] | None = None) -> None:
        self._rank = rank
        self._day = day
        self._known_day = ""
        self._come: list[Entry] = []
        self._ranked: list[tuple[float, Entry]] = []

    def __len__(self) -> int:
        return len(self._come) + len(self._ranked)

    def add(self, entry: Entry) -> None:
        self._come.append(entry)

    def tidy(self, turns: Turns) -> None:
        """Drop what is past."""
        self._come = [one for one in self._come if turns.get(one[1]) == one[0]]
        self._ranked = [key for key in self._ranked if turns.get(key[1][1]) == key[1][0]]
        heapify(self._ranked)

    def first(self, turns: Turns) -> str | None:
        if self._day is not None and self._day() != self._known_day:
            self._known_day = self._day()
            self._come += [entry for _, entry in self._ranked]
            self._ranked = []
        for entry in self._come:
            if turns.get(entry[1]) == entry[0]:
                rank = self._rank(entry[1])
                if rank is not None:
                    heappush(self._ranked, (rank, entry))
        self._come.clear()
        while self._ranked:
            turn, agent = self._ranked[0][1]
            if turns.get(agent) == turn:
                return agent
            heappop(self._ranked)
        return None


class Ring:
    """All agents of a pool in a fixed order, to go round among those who are ready.

    :param agents: in their order: by place, and of equals by name
    :param places: agent → place; who is missing has 0.0
    """

    __slots__ = ("_agents", "_order", "_places")

    def __init__(self, agents: list[str], places: Mapping[str, float]) -> None:
        self._places = places
        self._agents = agents
        self._order = [(places.get(agent, 0.0), agent) for agent in agents]

    def after(self, agent: str, turns: Turns) -> str | None:
        """The first ready one behind ``agent``, who need not be of this pool; "" begins at the front."""
        begin = bisect_right(self._order, (self._places.get(agent, 0.0), agent)) if agent else 0
        for one in self._agents[begin:]:
            if one in turns:
                return one
        for one in self._agents[:begin]:
            if one in turns:
                return one
        return None


class ReadyIndex:
    """Who could take a queue's next contact is known before it is asked.

    An agent who becomes ready joins the lines of all queues whose required skills he has (``queues_of``), at their
    end: the first of each line is its longest idle. He leaves them all by losing his turn; the entries that he leaves
    behind are dropped when they come to the front of a line, or when a line has more of them than agents.
    ``ranked`` are orders of other policies beside these, by (pool, policy).
    """

    __slots__ = ("_limits", "_queues_of", "_ranked", "_ranked_of", "_ready_of", "_turn", "turns")

    def __init__(
        self,
        queues_of: Mapping[str, tuple[str, ...]],
        ranked: Mapping[tuple[str, str], RankedPool] | None = None,
    ) -> None:
        self._queues_of = queues_of
        self.turns: dict[str, int] = {}
        self._turn = 0
        members = Counter(chain.from_iterable(queues_of.values()))
        self._limits = {queue: SPARE + 2 * agents for queue, agents in members.items()}
        self._ready_of: dict[str, deque[Entry]] = {queue: deque() for queue in self._limits}
        self._ranked = dict(ranked or {})
        of_pool: dict[str, list[RankedPool]] = {}
        for (pool, _), order in self._ranked.items():
            of_pool.setdefault(pool, []).append(order)
        self._ranked_of = {pool: tuple(orders) for pool, orders in of_pool.items()}

    def __len__(self) -> int:
        return len(self.turns)

    def __contains__(self, agent: str) -> bool:
        return agent in self.turns

    def add(self, agent: str) -> None:
        """``agent`` became ready now, after everybody already here; an unknown one has no queues."""
        self._turn += 1
        self.turns[agent] = self._turn
        entry = (self._turn, agent)
        lines, ranked_of = self._ready_of, self._ranked_of
        for queue in self._queues_of.get(agent, ()):
            line = lines[queue]
            line.append(entry)
            if queue in ranked_of:
                for order in ranked_of[queue]:
                    order.add(entry)
                    if len(order) > self._limits[queue]:
                        order.tidy(self.turns)
            if len(line) > self._limits[queue]:
                self._tidy(queue)

    def _tidy(self, queue: str) -> None:
        turns = self.turns
        self._ready_of[queue] = deque(one for one in self._ready_of[queue] if turns.get(one[1]) == one[0])

    def remove(self, agent: str) -> None:
        self.turns.pop(agent, None)

    def longest_idle(self, queue: str) -> str | None:
        """None when nobody who could take this queue's contacts is ready."""
        line = self._ready_of.get(queue)
        while line:
            turn, agent = line[0]
            if self.turns.get(agent) == turn:
                return agent
            line.popleft()
        return None

    def first_by(self, policy: str, pool: str) -> str | None:
        """The first in the order of a policy; None when nobody is ready, or the policy has no order for the pool."""
        order = self._ranked.get((pool, policy))
        return order.first(self.turns) if order is not None else None
