"""The ready agents, indexed so that the best of thousands is found by a few machine words.

Every ready agent holds one bit; bits are given in the order of becoming ready, so the lowest bit is the longest
idle. For every (skill, level) one integer has the bits of the ready agents who have at least that level: matching
is an AND of a few integers and one look at the lowest bit.
"""

from __future__ import annotations

from collections.abc import Mapping

HIGHEST_LEVEL = 5


class ReadyIndex:
    __slots__ = ("_agent_at", "_all", "_next", "_position", "_skilled", "_skills")

    def __init__(self) -> None:
        self._all = 0
        self._next = 0
        self._position: dict[str, int] = {}
        self._agent_at: dict[int, str] = {}
        self._skills: dict[str, Mapping[str, int]] = {}
        self._skilled: dict[tuple[str, int], int] = {}

    def __len__(self) -> int:
        return len(self._position)

    def __contains__(self, agent: str) -> bool:
        return agent in self._position

    def add(self, agent: str, skills: Mapping[str, int]) -> None:
        """``agent`` became ready now, after everybody already here."""
        if agent in self._position:
            self.remove(agent)
        if self._next > 2 * len(self._position) + 4096:
            self._compact()
        position = self._next
        self._next += 1
        self._position[agent] = position
        self._agent_at[position] = agent
        self._skills[agent] = skills
        bit = 1 << position
        self._all |= bit
        skilled = self._skilled
        for skill, level in skills.items():
            for at_least in range(1, min(level, HIGHEST_LEVEL) + 1):
                skilled[skill, at_least] = skilled.get((skill, at_least), 0) | bit

    def remove(self, agent: str) -> None:
        position = self._position.pop(agent, None)
        if position is None:
            return
        del self._agent_at[position]
        bit = 1 << position
        self._all ^= bit
        skilled = self._skilled
        for skill, level in self._skills.pop(agent).items():
            for at_least in range(1, min(level, HIGHEST_LEVEL) + 1):
                skilled[skill, at_least] ^= bit

    def matching(self, requires: Mapping[str, int]) -> int:
        """Bits of the ready agents who have all the required skills at the required levels."""
        bits = self._all
        for skill, level in requires.items():
            bits &= self._skilled.get((skill, max(level, 1)), 0)
            if not bits:
                return 0
        return bits

    def longest_idle(self, bits: int) -> str | None:
        """The agent of the lowest bit; None for 0."""
        if not bits:
            return None
        return self._agent_at[(bits & -bits).bit_length() - 1]

    def _compact(self) -> None:
        in_order = [(self._agent_at[position], position) for position in sorted(self._agent_at)]
        skills = self._skills
        self.__init__()  # type: ignore[misc]  # a fresh index with the same agents in the same order
        for agent, _ in in_order:
            self.add(agent, skills[agent])
