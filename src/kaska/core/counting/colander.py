"""The colander: how many contacts came from the line, how many reached a person, and how many ran out of which hole."""

from __future__ import annotations

from dataclasses import dataclass, field

from kaska.core.counting.holes import PLACE_OF, Hole, Place


@dataclass(slots=True)
class Leak:
    """What ran out of one hole. ``recovered``: served later all the same; ``owed``: still waiting for us."""

    contacts: int = 0
    recovered: int = 0
    owed: int = 0
    money: float | None = None
    """what those who were not recovered cost; None = nobody said what a contact is worth"""

    def add(self, other: Leak) -> None:
        self.contacts += other.contacts
        self.recovered += other.recovered
        self.owed += other.owed
        if other.money is not None:
            self.money = (self.money or 0.0) + other.money


@dataclass(slots=True)
class Colander:
    """Contacts, each counted once: ``arrived`` is the sum of all others."""

    reached: int = 0
    """a person talked with them, at once or by the callback or answer that was promised"""
    self_served: int = 0
    blocked: int = 0
    under_way: int = 0
    leaks: dict[Hole, Leak] = field(default_factory=dict)

    @property
    def leaked(self) -> int:
        return sum(leak.contacts for leak in self.leaks.values())

    @property
    def arrived(self) -> int:
        return self.reached + self.self_served + self.blocked + self.under_way + self.leaked

    def leak(self, hole: Hole, more: Leak) -> None:
        self.leaks.setdefault(hole, Leak()).add(more)

    def holes(self) -> list[tuple[Hole, Leak]]:
        """In the order of the way; only those out of which something ran."""
        return [(hole, self.leaks[hole]) for hole in Hole if hole in self.leaks and self.leaks[hole].contacts]

    def places(self) -> dict[Place, Leak]:
        """Every place, in the order of the way, those without a leak too."""
        found = {place: Leak() for place in Place}
        for hole, leak in self.leaks.items():
            found[PLACE_OF[hole]].add(leak)
        return found

    @property
    def whole(self) -> Leak:
        total = Leak()
        for leak in self.leaks.values():
            total.add(leak)
        return total


@dataclass(frozen=True, slots=True)
class Worth:
    """What one lost contact costs: given, or sales per contact (0 to 1) × what a sale earns on average."""

    project: str = ""
    number: str = ""
    """the public number that was called, which tells the advertisement; "" = any"""
    per_lost: float | None = None
    conversion: float | None = None
    margin: float | None = None

    @property
    def price(self) -> float | None:
        if self.per_lost is not None:
            return self.per_lost
        if self.conversion is None or self.margin is None:
            return None
        return self.conversion * self.margin


def price_of(worths: list[Worth], project: str, number: str) -> float | None:
    """By the most particular rule that fits: project and number, the number, the project, anything."""
    fitting = [one for one in worths if one.project in ("", project) and one.number in ("", number)]
    if not fitting:
        return None
    return max(fitting, key=lambda one: (bool(one.number), bool(one.project))).price
