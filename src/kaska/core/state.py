"""Everything the core knows of one tenant. Changed by facts only, so that replaying the facts gives the same state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kaska.core import black_list as black_list_evolve
from kaska.core import books, facts, lately
from kaska.core.black_list import Blocked
from kaska.core.books import Books
from kaska.core.calendar import ManualMode, local_day
from kaska.core.configuration import Configuration
from kaska.core.contacts import evolve as contacts_evolve
from kaska.core.contacts.contact import Contact
from kaska.core.debts import debt as debts_evolve
from kaska.core.debts.debt import Debt
from kaska.core.inside import camps as camps_evolve
from kaska.core.inside import dictation as dictation_evolve
from kaska.core.inside import talk as inside_evolve
from kaska.core.inside.camps import Camp
from kaska.core.inside.dictation import Dictation
from kaska.core.inside.talk import InsideTalk
from kaska.core.lately import Lately
from kaska.core.outgoing import usage as outgoing_evolve
from kaska.core.outgoing.usage import Usage
from kaska.core.presence import agent as presence_evolve
from kaska.core.presence.agent import Agent
from kaska.core.routing.load import Load
from kaska.core.scenarios import trials as trials_evolve
from kaska.core.scenarios.editions import Edition
from kaska.core.scenarios.graph import Scenario
from kaska.core.scenarios.trials import Trial
from kaska.core.supervision import monitor as supervision_evolve
from kaska.core.supervision.monitor import Monitor


class IllegalTransition(Exception):
    """A fact does not fit the state: a defect of ours. Carries the story of the contact."""


@dataclass(slots=True)
class State:
    configuration: Configuration
    contacts: dict[str, Contact] = field(default_factory=dict)
    agents: dict[str, Agent] = field(default_factory=dict)
    devices: dict[str, bool] = field(default_factory=dict)
    """endpoint → registered; absent = never heard of"""
    debts: dict[str, Debt] = field(default_factory=dict)
    debts_of: dict[str, list[str]] = field(default_factory=dict)
    """customer (E.164) → open debts"""
    debt_turn: dict[str, str] = field(default_factory=dict)
    """queue → the agent who was made the owner of its latest debt"""
    pace: dict[str, list[float]] = field(default_factory=dict)
    """queue → moments of its latest connections, for the expected wait"""
    recent: dict[str, float] = field(default_factory=dict)
    """contacts that ended lately → when"""
    books: Books = field(default_factory=Books)
    lately: Lately = field(default_factory=Lately)
    load: Load = field(default_factory=Load)
    outgoing: Usage = field(default_factory=Usage)
    editions: dict[int, Edition] = field(default_factory=dict)
    """version of a configuration that was replaced (below 0: of a trial) → its scenarios, while somebody walks them"""
    monitors: dict[str, Monitor] = field(default_factory=dict)
    """a supervisor's leg → what he listens to"""
    modes: dict[str, ManualMode] = field(default_factory=dict)
    """project → the mode that somebody set by hand"""
    black_list: dict[str, Blocked] = field(default_factory=dict)
    """pattern → its entry, those whose time is over too"""
    inside: dict[str, InsideTalk] = field(default_factory=dict)
    """calls among ourselves"""
    camps: dict[str, Camp] = field(default_factory=dict)
    """who wants to be called when somebody, or a line, is free"""
    camps_asked: int = 0
    """so often was that wished"""
    dictations: dict[str, Dictation] = field(default_factory=dict)
    """prompts that are being spoken into telephones, by their call"""
    inside_recent: dict[str, float] = field(default_factory=dict)
    """of those that ended lately → when"""
    trials: dict[str, Trial] = field(default_factory=dict)
    """number → the trial of a draft that is called by it, in the order in which they were prepared"""
    trials_made: int = 0
    """so many were called"""

    def scenarios_of(self, contact: Contact) -> dict[str, Scenario]:
        """The scenarios that the contact began with, also when others were published since."""
        edition = self.editions.get(contact.edition)
        return edition.scenarios if edition is not None else self.configuration.scenarios

    def contact(self, contact: str) -> Contact:
        """The living contact; raises IllegalTransition when there is none."""
        found = self.contacts.get(contact)
        if found is None:
            raise IllegalTransition(f"contact {contact} is not alive; ended at {self.recent.get(contact)}")
        return found

    @property
    def timezone(self) -> str:
        """Where the company lives: the time zone of its first calendar; UTC without one."""
        calendar = next(iter(self.configuration.calendars.values()), None)
        return calendar.timezone if calendar is not None else "UTC"

    def local_day(self, at: float) -> str:
        """ISO date of ``at`` where the company lives."""
        return local_day(self.timezone, at)

    def apply(self, fact: facts.Fact) -> None:
        """Let the fact happen. Raises IllegalTransition when it cannot have happened."""
        kind = type(fact)
        if kind in books.COUNTED:
            books.count(self, fact)
        if kind in lately.COUNTED:
            lately.count(self, fact)
        change = _EVOLVE.get(kind)
        if change is None:
            return
        try:
            change(self, fact)
        except KeyError as error:
            subject = getattr(fact, "contact", "")
            raise IllegalTransition(f"{fact!r} does not fit {self.contacts.get(subject)!r}") from error


def _configured(state: State, fact: facts.ConfigurationApplied) -> None:
    before, state.configuration = state.configuration, fact.configuration
    if before.version != fact.configuration.version:
        walking = sum(contact.edition == before.version for contact in state.contacts.values())
        if walking:
            state.editions[before.version] = Edition(before.scenarios, walking)
    for agent in fact.configuration.agents:
        state.agents.setdefault(agent, Agent(agent))
    if changed := fact.configuration.changed_queues(before):
        contacts_evolve.reconfigured(state, changed)


def _mode_switched(state: State, fact: facts.ModeSwitched) -> None:
    if fact.mode:
        state.modes[fact.project] = ManualMode(fact.mode, fact.until, fact.by)
    else:
        state.modes.pop(fact.project, None)


_EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.ConfigurationApplied: _configured,
    **contacts_evolve.EVOLVE,
    **presence_evolve.EVOLVE,
    **debts_evolve.EVOLVE,
    **supervision_evolve.EVOLVE,
    **outgoing_evolve.EVOLVE,
    **black_list_evolve.EVOLVE,
    **inside_evolve.EVOLVE,
    **camps_evolve.EVOLVE,
    **dictation_evolve.EVOLVE,
    **trials_evolve.EVOLVE,
    facts.ModeSwitched: _mode_switched,
}
