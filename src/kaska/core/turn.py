"""One turn of the core: the working desk on which an event becomes facts and commands."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

from kaska.core import facts
from kaska.core.commands import Command
from kaska.core.configuration import Configuration, Queue
from kaska.core.contacts.contact import Contact
from kaska.core.debts.hours import wakes_at
from kaska.core.debts.lines import DebtLines, place_of
from kaska.core.outgoing.usage import next_cut
from kaska.core.presence.agent import Agent
from kaska.core.presence.states import AgentState
from kaska.core.routing.choice import Choice
from kaska.core.routing.line import Key, WaitingLine, key_of
from kaska.core.routing.policies.ring_all import more_may_ring
from kaska.core.routing.pools import PERSONAL, all_lines, preferred_pools, queue_of, queues_by_agent
from kaska.core.routing.ready import ReadyIndex
from kaska.core.state import State

PRIORITY_SECONDS = 300.0
"""of a queue that was removed while somebody waits in it"""
_KINDS = ("agent", "contact", "mode", "debt", "spending", "inside", "camp", "dictation")
"""what has deadlines"""
_SPENT_BY = frozenset(
    {facts.LegUp, facts.LegOver, facts.OutgoingStarted, facts.OutgoingCut, facts.ConfigurationApplied}
)
"""what may change when a cap of outgoing calls is reached"""
ON_DUTY = frozenset({AgentState.READY, AgentState.RINGING, AgentState.TALKING, AgentState.WRAP_UP})
"""states of agents who are worth waiting for"""


def _shape(queue: Queue | None) -> object:
    """What decides where a contact stands in its lines."""
    if queue is None:
        return None
    return len(queue.relax), queue.priority_seconds, queue.rings_all, queue.policy.limit


def _service(configuration: Configuration) -> object:
    """What decides who serves which line, in what order."""
    return [
        (queue.id, queue.requires, queue.relax, queue.prefers, queue.policy) for queue in configuration.queues.values()
    ]


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
        self.rung: list[str] = []
        """contacts for which phones ring and more may"""
        self.left_agents: list[str] = []
        """agents who went off duty while somebody waits for them in particular"""
        self.lines: dict[str, WaitingLine] = {}
        """the lines of all queues and of their relaxations, and personal ones where somebody waits for one agent"""
        self.ringing: dict[str, WaitingLine] = {}
        """line → contacts for which phones ring and more may"""
        self.choice: Choice
        self.ready: ReadyIndex
        self.queues_of: dict[str, tuple[str, ...]] = {}
        """agent → the lines he serves; the personal one is not among them"""
        self.owed = DebtLines()
        """debts that wait for an agent who is free to call"""
        self.tiers: dict[str, dict[str, int]] = {}
        """agents who have an order of their own → queue → place in it"""
        self._lines_of: dict[str, tuple[str, ...]] = {}
        self._wakes: dict[str, dict[str, float]] = {kind: {} for kind in _KINDS}
        self._heap: list[tuple[float, str, str]] = []
        self.rebuild()

    @property
    def restless(self) -> bool:
        """Somebody became free, or began to wait, whom the distribution has not seen yet."""
        return bool(self.freed_contacts or self.freed_agents or self.rung or self.left_agents)

    def forget_freed(self) -> None:
        """What was freed was distributed long ago."""
        for freed in (self.freed_contacts, self.freed_agents, self.rung, self.left_agents):
            freed.clear()

    # --- writing -------------------------------------------------------------------------------------------------

    def write(self, fact: facts.Fact) -> None:
        before = self.state.configuration
        self.state.apply(fact)
        self.facts.append(fact)
        if self.state.configuration is not before:
            self._reconfigured(before)
        follow = _FOLLOWS.get(type(fact), Desk._contact_moved)
        if follow is not None:
            follow(self, fact)
        if type(fact) in _SPENT_BY:
            self._index_spending(fact.at)

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
            if self._wakes[kind].get(subject) == at:
                return at
            heapq.heappop(heap)
        return None

    def deadlines(self) -> dict[str, dict[str, float]]:
        """ "contact", "agent", "mode", "debt", "spending", "inside", "camp", "dictation" → whose → when. For tests."""
        return {kind: dict(wakes) for kind, wakes in self._wakes.items()}

    def take_due(self) -> tuple[str, str] | None:
        """(kind, id) whose deadline is the earliest and due now, by ``_KINDS``; asks again until None."""
        at = self.next_deadline()
        if at is None or at > self.at:
            return None
        _, kind, subject = heapq.heappop(self._heap)
        del self._wakes[kind][subject]
        return kind, subject

    def rearm(self, kind: str, subject: str) -> None:
        """Look at the deadline again after it was handled."""
        if kind == "agent":
            agent = self.state.agents.get(subject)
            self._set_wake(kind, subject, agent.until if agent is not None else 0.0)
        elif kind == "mode":
            self._index_mode(subject)
        elif kind == "debt":
            self._index_debt(subject)
        elif kind == "spending":
            self._index_spending(self.at)
        elif kind == "inside":
            self._index_inside(subject)
        elif kind == "camp":
            self._index_camp(subject)
        elif kind == "dictation":
            self._index_dictation(subject)
        else:
            contact = self.state.contacts.get(subject)
            self._set_wake(kind, subject, contact.wake_at() if contact is not None else 0.0)

    def _set_wake(self, kind: str, subject: str, at: float) -> None:
        wakes = self._wakes[kind]
        if not at:
            if subject in wakes:
                del wakes[subject]
        elif wakes.get(subject) != at:
            wakes[subject] = at
            heapq.heappush(self._heap, (at, kind, subject))

    # --- indexes -------------------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Make all indexes anew from the state."""
        self._wakes = {kind: {} for kind in _KINDS}
        self._heap = []
        self._line_everybody_up()
        self._serve()
        for agent in sorted(self.state.agents.values(), key=lambda agent: agent.since):
            self._index_agent(agent)
        for project in self.state.modes:
            self._index_mode(project)
        self.owed = DebtLines()
        self._index_debts()
        self._index_spending(self.at)
        for talk in self.state.inside:
            self._index_inside(talk)
        for camp in self.state.camps:
            self._index_camp(camp)
        for dictation in self.state.dictations:
            self._index_dictation(dictation)

    def _reconfigured(self, before: Configuration) -> None:
        """Make anew what another configuration changes. With thousands waiting only that: calls go on meanwhile."""
        now = self.state.configuration
        self._index_debts()
        if before.queues == now.queues and before.agents == now.agents:
            return
        changed = now.changed_queues(before)
        reshaped = {name for name in changed if _shape(before.queues.get(name)) != _shape(now.queues.get(name))}
        if reshaped:
            self._line_up_again(reshaped)
        for contact in self.state.contacts.values() if changed else ():
            if contact.queue in changed:
                self._set_wake("contact", contact.id, contact.wake_at())
        if before.agents != now.agents or _service(before) != _service(now):
            self._serve()

    def _line_everybody_up(self) -> None:
        self.lines = {line: WaitingLine() for line in all_lines(self.state.configuration)}
        self.ringing = {}
        self._lines_of = {}
        for contact in self.state.contacts:
            self._index_contact(contact)

    def _line_up_again(self, queues: set[str]) -> None:
        """Those who wait in these queues, and those of others who overflowed into them."""
        lines = all_lines(self.state.configuration)
        for name in [one for one in self.lines if one not in lines and not one.startswith(PERSONAL)]:
            del self.lines[name]
        self.lines |= {name: WaitingLine() for name in lines if name not in self.lines}
        for contact in self.state.contacts.values():
            if contact.queue in queues or any(queue_of(line) in queues for line in contact.lines):
                for line in self._lines_of.pop(contact.id, ()):
                    self._leave(line, contact.id)
                self._index_contact(contact.id)

    def _index_mode(self, project: str) -> None:
        manual = self.state.modes.get(project)
        self._set_wake("mode", project, manual.until if manual is not None else 0.0)

    def _index_spending(self, at: float) -> None:
        if self.state.outgoing.calls or self._wakes["spending"]:
            self._set_wake("spending", "", next_cut(self.state, at))

    def _index_inside(self, subject: str) -> None:
        talk = self.state.inside.get(subject)
        self._set_wake("inside", subject, talk.wakes_at if talk is not None else 0.0)

    def _index_camp(self, subject: str) -> None:
        camp = self.state.camps.get(subject)
        self._set_wake("camp", subject, camp.until if camp is not None else 0.0)

    def _index_dictation(self, subject: str) -> None:
        dictation = self.state.dictations.get(subject)
        self._set_wake("dictation", subject, dictation.until if dictation is not None else 0.0)

    def _index_debts(self) -> None:
        for debt in self.state.debts:
            self._index_debt(debt)

    def _index_debt(self, subject: str) -> None:
        debt = self.state.debts.get(subject)
        self.owed.move(subject, place_of(self.state, debt) if debt is not None else None)
        self._set_wake("debt", subject, wakes_at(self.state.configuration, debt) if debt is not None else 0.0)

    def _serve(self) -> None:
        """Who serves what, and who is ready to."""
        configuration = self.state.configuration
        skills = {profile.id: profile.skills for profile in configuration.agents.values()}
        self.queues_of = queues_by_agent(skills, all_lines(configuration))
        self.choice = Choice(self.state, self.queues_of, queues_by_agent(skills, preferred_pools(configuration)))
        self.ready = self.choice.ready
        self.tiers = {
            profile.id: {queue: place for place, queue in enumerate(profile.queues)}
            for profile in configuration.agents.values()
            if profile.queues
        }
        known = configuration.agents
        ready = [one for one in self.state.agents.values() if one.state is AgentState.READY and one.id in known]
        for agent in sorted(ready, key=lambda agent: agent.since):
            self._index_agent(agent)
        self.freed_contacts.clear()  # every ready agent looks for somebody: that finds every pair

    def _agent_changed(self, fact: facts.AgentStateChanged | facts.AgentIntended) -> None:
        self._index_agent(self.state.agents[fact.agent])

    def _contact_moved(self, fact: facts.Fact) -> None:
        self._index_contact(getattr(fact, "contact", ""))

    def _debt_changed(self, fact: facts.DebtOpened) -> None:
        self._index_debt(fact.debt)

    def _inside_changed(
        self,
        fact: facts.InsideLegStarted
        | facts.InsideLegUp
        | facts.InsideLegOver
        | facts.InsideInvited
        | facts.PageBegun
        | facts.DoorRang
        | facts.DoorOffered
        | facts.DoorTaken
        | facts.InsideEnding
        | facts.InsideOver,
    ) -> None:
        self._index_inside(fact.talk)

    def _camp_changed(self, fact: facts.CampAsked | facts.CampOver) -> None:
        self._index_camp(f"{fact.by} {fact.to or fact.number}")

    def _dictation_changed(self, fact: facts.DictationStage | facts.DictationOver) -> None:
        self._index_dictation(fact.dictation)

    def _mode_changed(self, fact: facts.ModeSwitched) -> None:
        self._index_mode(fact.project)

    def _contact_stayed(
        self,
        fact: facts.ContactOpened
        | facts.PromptsStarted
        | facts.QuestionAsked
        | facts.QuestionAnswered
        | facts.PromptsOver
        | facts.LookupStarted
        | facts.LookupOver
        | facts.Held
        | facts.HoldReminded
        | facts.RecordingPaused
        | facts.RecordingResumed
        | facts.FaxAsked
        | facts.FaxOver,
    ) -> None:
        """It stands where it stood, and is asked for at another time at most."""
        contact = self.state.contacts.get(fact.contact)
        if contact is not None:
            self._set_wake("contact", contact.id, contact.wake_at())

    def _index_agent(self, agent: Agent) -> None:
        if agent.state is AgentState.READY and agent.id in self.state.configuration.agents:
            if agent.id not in self.ready:
                self.ready.add(agent.id)
                self.freed_agents.append(agent.id)
        else:
            if agent.id in self.ready:
                self.ready.remove(agent.id)
            if agent.state not in ON_DUTY and PERSONAL + agent.id in self.lines:
                self.left_agents.append(agent.id)
        self._set_wake("agent", agent.id, agent.until)

    def _index_contact(self, subject: str) -> None:
        contact = self.state.contacts.get(subject)
        lines = self._lines_for(contact) if contact is not None else ()
        before = self._lines_of.get(subject, ())
        if before is not lines:
            for line in before:
                if line not in lines:
                    self._leave(line, subject)
        if contact is None:
            self._lines_of.pop(subject, None)
            self._set_wake("contact", subject, 0.0)
            return
        if lines:
            self._lines_of[subject] = lines
            self._line_up(contact, lines)
        else:
            self._lines_of.pop(subject, None)
        self._set_wake("contact", subject, contact.wake_at())

    @staticmethod
    def _lines_for(contact: Contact) -> tuple[str, ...]:
        if not contact.awaited:
            return tuple(contact.lines)
        return (*contact.lines, *(PERSONAL + agent for agent in contact.awaited))

    def _leave(self, line: str, subject: str) -> None:
        for lines in (self.lines, self.ringing):
            found = lines.get(line)
            if found is not None:
                found.remove(subject)
                if not len(found) and (lines is self.ringing or line.startswith(PERSONAL)):
                    del lines[line]

    def _line_up(self, contact: Contact, lines: tuple[str, ...]) -> None:
        queue = self.state.configuration.queues.get(contact.queue)
        priority_seconds = queue.priority_seconds if queue is not None else PRIORITY_SECONDS
        key = key_of(contact.priority, contact.since, contact.id, priority_seconds)
        free = contact.may_be_offered
        for name in lines:
            line = self.lines.get(name)
            if line is None:
                if not name.startswith(PERSONAL):
                    continue  # of a queue that was removed
                line = self.lines[name] = WaitingLine()
            # nobody but those who are waited for may take it: it stands in the other lines for its place only
            line.put(key, free=free and (not contact.awaited or name.removeprefix(PERSONAL) in contact.awaited))
        if free:
            self.freed_contacts.append(contact.id)
        self._ring_more(contact, lines, queue, key)

    def _ring_more(self, contact: Contact, lines: tuple[str, ...], queue: Queue | None, key: Key) -> None:
        if queue is None or not (queue.rings_all or self.ringing):
            return
        more = more_may_ring(queue, contact)
        if more:
            self.rung.append(contact.id)
        for name in lines:
            if more:
                if name not in self.lines and not name.startswith(PERSONAL):
                    continue
                self.ringing.setdefault(name, WaitingLine()).put(key, free=True)
            elif name in self.ringing:
                self.ringing[name].remove(contact.id)
                if not len(self.ringing[name]):
                    del self.ringing[name]


_FOLLOWS: dict[type[facts.Fact], Callable[[Desk, Any], None] | None] = {
    facts.ConfigurationApplied: None,
    facts.AgentStateChanged: Desk._agent_changed,
    facts.AgentIntended: Desk._agent_changed,
    facts.ContactOpened: Desk._contact_stayed,
    facts.PromptsStarted: Desk._contact_stayed,
    facts.PromptsOver: Desk._contact_stayed,
    facts.LookupStarted: Desk._contact_stayed,
    facts.LookupOver: Desk._contact_stayed,
    facts.ModeSwitched: Desk._mode_changed,
    facts.ScenarioEntered: None,
    facts.ScenarioLeft: None,
    facts.VariablesSet: None,
    facts.AnswerTaken: None,
    facts.QuestionAsked: Desk._contact_stayed,
    facts.QuestionAnswered: Desk._contact_stayed,
    facts.SurveyOver: None,
    facts.ListeningStarted: None,
    facts.ListeningOver: None,
    facts.WordsHeard: None,
    facts.OwnerNamed: None,
    facts.Informed: None,
    facts.RecordingChosen: None,
    facts.RecordingDecided: None,
    facts.RecordingTold: None,
    facts.RecordingPaused: Desk._contact_stayed,
    facts.RecordingResumed: Desk._contact_stayed,
    facts.OutgoingStarted: None,
    facts.OutgoingRerouted: None,
    facts.OutgoingRefused: None,
    facts.OutgoingCut: None,
    facts.LegUp: None,
    facts.FaxListening: None,
    facts.FaxTone: None,
    facts.FaxAsked: Desk._contact_stayed,
    facts.FaxOver: Desk._contact_stayed,
    facts.Held: Desk._contact_stayed,
    facts.HoldReminded: Desk._contact_stayed,
    facts.RecordingReady: None,
    facts.RecordingDeleted: None,
    facts.Classified: None,
    facts.DeviceSeen: None,
    facts.MonitorAsked: None,
    facts.Monitored: None,
    facts.MonitorOver: None,
    facts.MovedByHand: None,
    facts.AgentStateSet: None,
    facts.BreakAnswered: None,
    facts.DeviceChosen: None,
    facts.PhoneAsked: None,
    facts.NumberBlocked: None,
    facts.NumberUnblocked: None,
    facts.TrialPrepared: None,
    facts.CallerTurnedAway: None,
    facts.DebtOpened: Desk._debt_changed,
    facts.DebtAttempted: Desk._debt_changed,
    facts.DebtReady: Desk._debt_changed,
    facts.DebtDelayed: Desk._debt_changed,
    facts.DebtPostponed: Desk._debt_changed,
    facts.DebtClaimed: None,
    facts.DebtAssigned: Desk._debt_changed,
    facts.DebtEscalated: Desk._debt_changed,
    facts.DebtClosed: Desk._debt_changed,
    facts.InsideAsked: None,
    facts.InsideLegStarted: Desk._inside_changed,
    facts.InsideLegUp: Desk._inside_changed,
    facts.InsideMet: None,
    facts.InsideHeld: None,
    facts.InsideInvited: Desk._inside_changed,
    facts.InsideShared: None,
    facts.InsideLegOver: Desk._inside_changed,
    facts.InsideEnding: Desk._inside_changed,
    facts.InsideOver: Desk._inside_changed,
    facts.PageAsked: None,
    facts.PageBegun: Desk._inside_changed,
    facts.PageRung: None,
    facts.DoorRang: Desk._inside_changed,
    facts.DoorOffered: Desk._inside_changed,
    facts.DoorTaken: Desk._inside_changed,
    facts.DoorKeyed: None,
    facts.DoorOpened: None,
    facts.DoorUnopened: None,
    facts.CampAsked: Desk._camp_changed,
    facts.CampOver: Desk._camp_changed,
    facts.DictationBegun: None,
    facts.DictationStage: Desk._dictation_changed,
    facts.DictationSpoken: None,
    facts.DictationOver: Desk._dictation_changed,
}
"""What keeps the indexes true after a fact; None when it leaves them true. A kind that is not here may have moved its
contact."""
