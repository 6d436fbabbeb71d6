"""The centre that all three simulate: 40 agents with four skills in five groups, three queues, exponential everything.

Callers of a queue need its skill (the third needs two). A caller gets the agent who has been idle longest of those who
can; a freed agent takes whoever has waited longest of those he can serve. After the talk the agent writes it down.
All times are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

NEEDS: dict[str, frozenset[str]] = {
    "sales": frozenset({"sales"}),
    "service": frozenset({"service"}),
    "windows": frozenset({"windows", "english"}),
}
GROUPS: tuple[frozenset[str], ...] = (
    frozenset({"sales"}),
    frozenset({"service"}),
    frozenset({"sales", "service"}),
    frozenset({"windows", "english"}),
    frozenset({"sales", "windows", "english"}),
)
AGENTS: dict[str, frozenset[str]] = {f"agent-{n}": GROUPS[n % len(GROUPS)] for n in range(40)}
CAN: dict[str, tuple[str, ...]] = {
    agent: tuple(queue for queue, needed in NEEDS.items() if needed <= skills) for agent, skills in AGENTS.items()
}
"""agent → the queues he serves"""

HANDLING = 180.0
WRAP_UP = 20.0
PATIENCE = 120.0
LOAD = 1.0
"""offered work ÷ agents"""
PER_SECOND = LOAD * len(AGENTS) / (HANDLING + WRAP_UP) / len(NEEDS)
"""calls to one queue"""


@dataclass(slots=True)
class Seen:
    """What one simulation saw, per call: who got through after how long."""

    calls: int
    answered: int
    waited: float
    """seconds, of the answered, in sum"""
    elapsed: float = 0.0
    """processor seconds that it took"""

    @property
    def abandoned(self) -> float:
        return 1.0 - self.answered / self.calls

    @property
    def speed_of_answer(self) -> float:
        return self.waited / self.answered
