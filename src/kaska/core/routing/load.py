"""What was given to whom since local midnight, and who knows which customer: what some policies decide by."""

from __future__ import annotations

from dataclasses import dataclass, field

KNOWN_LIMIT = 20_000
"""so many customers' last agents are remembered, the latest"""

TRAINING = "training"
"""the rule of an offer that was made for the agent to learn"""


@dataclass(slots=True)
class Load:
    """Counts since local midnight of ``day`` (ISO date); they begin anew with the first fact of a day."""

    day: str = ""
    contacts: dict[str, int] = field(default_factory=dict)
    """agent → conversations begun"""
    talk: dict[str, float] = field(default_factory=dict)
    """agent → seconds of talk in conversations that ended"""
    offers: dict[str, int] = field(default_factory=dict)
    """queue → offers made"""
    training: dict[str, int] = field(default_factory=dict)
    """queue → of these, the ones for training"""
    turn: dict[str, str] = field(default_factory=dict)
    """queue → the agent offered to last; kept over midnight"""
    known_by: dict[str, str] = field(default_factory=dict)
    """customer (E.164) → the agent who talked with him last; kept over midnight"""

    def counts(self, day: str) -> bool:
        """Whether what happened on ``day`` is counted: not what is heard of a day later."""
        if day > self.day:
            self.day = day
            self.contacts, self.talk, self.offers, self.training = {}, {}, {}, {}
        return day == self.day

    def offered(self, queue: str, agent: str, rule: str) -> None:
        self.turn[queue] = agent
        self.offers[queue] = self.offers.get(queue, 0) + 1
        if rule == TRAINING:
            self.training[queue] = self.training.get(queue, 0) + 1

    def connected(self, agent: str) -> None:
        self.contacts[agent] = self.contacts.get(agent, 0) + 1

    def met(self, agent: str, customer: str) -> None:
        self.known_by.pop(customer, None)
        self.known_by[customer] = agent
        if len(self.known_by) > KNOWN_LIMIT:
            del self.known_by[next(iter(self.known_by))]

    def talked(self, agent: str, seconds: float) -> None:
        self.talk[agent] = self.talk.get(agent, 0.0) + seconds
