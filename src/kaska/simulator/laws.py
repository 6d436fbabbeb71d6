"""The laws of the core, checked after every event of a simulated run."""

from __future__ import annotations

from kaska.core import facts
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.contacts.outcomes import SERVED, Outcome
from kaska.core.core import Core
from kaska.core.routing.distribution import waits_unserved
from kaska.simulator.world import Watch


class Laws:
    """Give ``watch`` and ``after_event`` to a World and ask ``broken`` at the end: [] when every law held.

    Nobody waits while a suitable agent is ready; no agent has two contacts; every contact has one birth and one
    outcome; an inbound one that nobody served opens a debt.
    """

    def __init__(self) -> None:
        self.checked = 0
        self._violations: list[str] = []
        self._living: set[str] = set()
        self._ended: set[str] = set()
        self._owed: set[str] = set()
        self.watch: Watch = {
            facts.ContactOpened: self._opened,
            facts.DebtOpened: self._owes,
            facts.ContactOver: self._over,
        }

    def after_event(self, core: Core) -> None:
        self.checked += 1
        self._violations += [f"{waiting} waits while {agent} is ready" for waiting, agent in waits_unserved(core.desk)]
        held: dict[str, str] = {}
        for contact in core.state.contacts.values():
            for agent in _agents_of(contact):
                if held.setdefault(agent, contact.id) != contact.id:
                    self._violations.append(f"{agent} has {held[agent]} and {contact.id}")
                if not core.state.agents[agent].bound:
                    self._violations.append(f"{agent} has {contact.id} and is {core.state.agents[agent].state}")

    def broken(self) -> list[str]:
        return self._violations + [f"{contact} never ended" for contact in sorted(self._living)]

    def _opened(self, fact: facts.ContactOpened) -> None:
        if fact.contact in self._living or fact.contact in self._ended:
            self._violations.append(f"{fact.contact} was born twice")
        self._living.add(fact.contact)

    def _owes(self, fact: facts.DebtOpened) -> None:
        self._owed.add(fact.contact)

    def _over(self, fact: facts.ContactOver) -> None:
        if fact.contact not in self._living:
            self._violations.append(f"{fact.contact} ended twice, or was never born")
        self._living.discard(fact.contact)
        self._ended.add(fact.contact)
        if Outcome(fact.outcome) not in SERVED and fact.contact not in self._owed:
            self._violations.append(f"nobody owes {fact.contact}, which ended {fact.outcome}")


def _agents_of(contact: Contact) -> list[str]:
    agents = [offer.agent for offer in contact.offers.values() if offer.agent]
    if contact.phase in (Phase.JOINING, Phase.TALKING) and contact.agent:
        agents.append(contact.agent)
    return agents
