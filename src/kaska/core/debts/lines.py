"""Debts that wait for an agent who is free to call, by who may: an index that follows from the state."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING

from kaska.core.debts.hours import dialling_queue
from kaska.core.routing.pools import PERSONAL

if TYPE_CHECKING:
    from kaska.core.debts.debt import Debt
    from kaska.core.state import State

Place = tuple[str, float, str]
"""(line, due_at, debt)"""


def place_of(state: State, debt: Debt) -> Place | None:
    """Where an open debt waits; None when it is not (yet) called automatically.

    What an agent owes waits for him alone, until it is the supervisor's: then any agent of the queue will do.
    """
    queue = dialling_queue(state.configuration, debt) if debt.ready else ""
    if not queue:
        return None
    kind, _, agent = debt.owner.partition(":")
    his = kind == "agent" and agent in state.configuration.agents and not debt.escalated_at
    return (PERSONAL + agent if his else queue), debt.due_at, debt.id


class DebtLines:
    """line (a queue, or PERSONAL + agent) → (due_at, debt), the most urgent first."""

    def __init__(self) -> None:
        self.lines: dict[str, list[tuple[float, str]]] = {}
        self._places: dict[str, Place] = {}

    def __bool__(self) -> bool:
        return bool(self.lines)

    def move(self, debt: str, place: Place | None) -> None:
        """The debt stands at ``place`` now, and nowhere else."""
        before = self._places.get(debt)
        if before == place:
            return
        if before is not None:
            line = self.lines[before[0]]
            line.remove((before[1], debt))
            if not line:
                del self.lines[before[0]]
            del self._places[debt]
        if place is not None:
            insort(self.lines.setdefault(place[0], []), (place[1], debt))
            self._places[debt] = place

    def by_urgency(self) -> list[tuple[str, list[tuple[float, str]]]]:
        """The lines, the one whose first debt is the most urgent first."""
        return sorted(((name, list(line)) for name, line in self.lines.items()), key=lambda found: found[1][0])
