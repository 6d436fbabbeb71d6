"""The ready agents of every queue, in the order in which they became ready."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping


class ReadyIndex:
    """Who could take a queue's next contact is known before it is asked.

    An agent who becomes ready joins the lines of all queues whose required skills he has (``queues_of``), at their
    end: the first of each line is its longest idle. Joining and leaving cost as much as he has queues, asking nothing.
    An OrderedDict, because the first of a plain dict is slow to find after many deletions at its front.
    """

    __slots__ = ("_queues_of", "_ready", "_ready_of")

    def __init__(self, queues_of: Mapping[str, tuple[str, ...]]) -> None:
        self._queues_of = queues_of
        self._ready: set[str] = set()
        self._ready_of: dict[str, OrderedDict[str, None]] = {
            queue: OrderedDict() for queues in queues_of.values() for queue in queues
        }

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

    def remove(self, agent: str) -> None:
        if agent in self._ready:
            self._ready.discard(agent)
            for queue in self._queues_of.get(agent, ()):
                del self._ready_of[queue][agent]

    def longest_idle(self, queue: str) -> str | None:
        """None when nobody who could take this queue's contacts is ready."""
        return next(iter(self._ready_of.get(queue, ())), None)


def queues_by_agent(
    skills: Mapping[str, Mapping[str, int]], requires: Mapping[str, Mapping[str, int]]
) -> dict[str, tuple[str, ...]]:
    """agent → queues whose every required skill he has at the required level, or higher.

    :param skills: agent → skill → level
    :param requires: queue → skill → least level
    """
    return {
        agent: tuple(
            queue
            for queue, needed in requires.items()
            if all(known.get(skill, 0) >= level for skill, level in needed.items())
        )
        for agent, known in skills.items()
    }
