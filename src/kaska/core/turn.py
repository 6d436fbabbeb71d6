"""One turn of the core: the working desk on which an event becomes facts and commands."""

from __future__ import annotations

import heapq

from kaska.core import facts
from kaska.core.commands import Command
from kaska.core.contacts.contact import Contact
from kaska.core.presence.agent import Agent
from kaska.core.presence.states import AgentState
from kaska.core.routing.line import WaitingLine, key_of
from kaska.core.routing.ready import ReadyIndex, queues_by_agent
from kaska.core.state import State


class Desk:
    """The state with its indexes (waiting lines, ready agents, deadlines), all of which follow from the state.

    ``write`` is the only way to change anything; it keeps the indexes true and notes who became free, so that the
    distribution after the event sees every contact and agent that could be brought together.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.at = 0.0
        self.facts: list[facts.Fact] = []
        self.commands: list[Command] = []
        self.freed_contacts: list[str] = []
        self.freed_agents: list[str] = []
        self.unattended: list[str] = []
        """contacts that began to wait in this turn: when the distribution finds nobody, they are told their place"""
        self.lines: dict[str, WaitingLine] = {}
        self.ready = ReadyIndex({})
        self.queues_of: dict[str, tuple[str, ...]] = {}
        self._lines_of: dict[str, tuple[str, ...]] = {}
        self._wake: dict[tuple[str, str], float] = {}
        self._heap: list[tuple[float, str, str]] = []
        self.rebuild()

    # --- writing -------------------------------------------------------------------------------------------------

    def write(self, fact: facts.Fact) -> None:
        self.state.apply(fact)
        self.facts.append(fact)
        if isinstance(fact, facts.ConfigurationApplied):
            self.rebuild()
        elif isinstance(fact, (facts.AgentStateChanged, facts.AgentIntended)):
            self._index_agent(self.state.agents[fact.agent])
        elif isinstance(fact, facts.ModeSwitched):
            self._index_mode(fact.project)
        elif isinstance(fact, (facts.DeviceSeen, facts.DeviceChosen, facts.DebtOpened, facts.DebtClosed)):
            pass
        else:
            self._index_contact(getattr(fact, "contact", ""))

    def order(self, command: Command) -> None:
        self.commands.append(command)

    def begin(self, at: float) -> None:
        self.at = at
        self.facts = []
        self.commands = []

    # --- deadlines -----------------------------------------------------------------------------------------------

    def next_deadline(self) -> float | None:
        heap = self._heap
        while heap:
            at, kind, subject = heap[0]
            if self._wake.get((kind, subject)) == at:
                return at
            heapq.heappop(heap)
        return None

    def take_due(self) -> tuple[str, str] | None:
        """("contact", "agent" or "mode", id) whose deadline is the earliest and due now; asks again until None."""
        at = self.next_deadline()
        if at is None or at > self.at:
            return None
        _, kind, subject = heapq.heappop(self._heap)
        del self._wake[kind, subject]
        return kind, subject

    def rearm(self, kind: str, subject: str) -> None:
        """Look at the deadline again after it was handled."""
        if kind == "agent":
            agent = self.state.agents.get(subject)
            self._set_wake(kind, subject, agent.until if agent is not None else 0.0)
        elif kind == "mode":
            self._index_mode(subject)
        else:
            contact = self.state.contacts.get(subject)
            self._set_wake(kind, subject, contact.wake_at() if contact is not None else 0.0)

    def _set_wake(self, kind: str, subject: str, at: float) -> None:
        key = (kind, subject)
        if not at:
            self._wake.pop(key, None)
        elif self._wake.get(key) != at:
            self._wake[key] = at
            heapq.heappush(self._heap, (at, kind, subject))

    # --- indexes -------------------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Make all indexes anew from the state."""
        configuration = self.state.configuration
        self.lines = {queue: WaitingLine() for queue in configuration.queues}
        self._lines_of = {}
        self._wake = {}
        self._heap = []
        self.queues_of = queues_by_agent(
            {profile.id: profile.skills for profile in configuration.agents.values()},
            {queue.id: queue.requires for queue in configuration.queues.values()},
        )
        self.ready = ReadyIndex(self.queues_of)
        for agent in sorted(self.state.agents.values(), key=lambda agent: agent.since):
            self._index_agent(agent)
        for contact in self.state.contacts:
            self._index_contact(contact)
        for project in self.state.modes:
            self._index_mode(project)

    def _index_mode(self, project: str) -> None:
        manual = self.state.modes.get(project)
        self._set_wake("mode", project, manual.until if manual is not None else 0.0)

    def _index_agent(self, agent: Agent) -> None:
        if agent.state is AgentState.READY and agent.id in self.state.configuration.agents:
            if agent.id not in self.ready:
                self.ready.add(agent.id)
                self.freed_agents.append(agent.id)
        else:
            self.ready.remove(agent.id)
        self._set_wake("agent", agent.id, agent.until)

    def _index_contact(self, subject: str) -> None:
        contact = self.state.contacts.get(subject)
        lines = tuple(contact.lines) if contact is not None else ()
        for queue in self._lines_of.get(subject, ()):
            if queue not in lines and queue in self.lines:
                self.lines[queue].remove(subject)
        if contact is None:
            self._lines_of.pop(subject, None)
            self._set_wake("contact", subject, 0.0)
            return
        if lines:
            self._lines_of[subject] = lines
            self._line_up(contact)
        else:
            self._lines_of.pop(subject, None)
        self._set_wake("contact", subject, contact.wake_at())

    def _line_up(self, contact: Contact) -> None:
        free = contact.may_be_offered
        key = key_of(contact.priority, contact.since, contact.id)
        for queue in contact.lines:
            line = self.lines.get(queue)
            if line is not None:
                line.put(key, free=free)
        if free:
            self.freed_contacts.append(contact.id)
