"""The laws of the core, under any order of events.

A machine plays the whole outside world: callers, agents, phones, a switch that obeys, is late, fails and repeats
itself. After every event the laws must hold, and at the end, when every line is dead, the books must balance.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from kaska.core import events, facts
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.contacts.outcomes import SERVED, EndCause, Outcome
from kaska.core.core import Core
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import candidate, waits_unserved
from kaska.core.routing.policies.ring_all import more_may_ring
from kaska.core.state import State
from kaska.core.turn import ON_DUTY, Desk
from support.company import company
from support.world.people import People
from support.world.switch import AGENTS


class World(People):
    @invariant()
    def nobody_waits_while_a_suitable_agent_idles(self) -> None:
        if hasattr(self, "core"):
            assert waits_unserved(self.core.desk) == []

    @invariant()
    def no_agent_has_two_contacts(self) -> None:
        if not hasattr(self, "core"):
            return
        held: dict[str, str] = {}
        for contact in self.core.state.contacts.values():
            agents = [offer.agent for offer in contact.offers.values() if offer.agent]
            if contact.phase in (Phase.DIALLING, Phase.JOINING, Phase.TALKING) and self.holds(contact):
                agents.append(contact.agent)
            agents += [consult.agent for consult in contact.consults.values() if consult.agent]
            for agent in agents:
                assert held.setdefault(agent, contact.id) == contact.id, f"{agent} has {held[agent]} and {contact.id}"
                assert self.core.state.agents[agent].bound
        for talk in self.core.state.inside.values():
            for side in talk.legs():
                if side.agent:
                    assert held.setdefault(side.agent, talk.id) == talk.id, f"{side.agent} has {held[side.agent]} too"
                    assert self.core.state.agents[side.agent].contact == talk.id
                    assert self.core.state.agents[side.agent].bound
            if talk.connected_at and not talk.result:
                there = [*talk.present(), *([talk.guest] if talk.guest else [])]
                heard = talk.page is not None and talk.by.alive and any(one.alive for one in talk.more)
                assert len(there) > 1 or heard, f"somebody was left alone: {talk}"
                holders = {one.held_by for one in there if one.held_by}
                there_still = {one.agent for one in talk.present()}
                assert talk.guest or holders <= there_still, f"music for ever: {talk}"
        for agent_state in self.core.state.agents.values():
            if agent_state.bound and agent_state.contact in self.core.state.inside:
                assert agent_state.id in held, f"{agent_state} is bound by nothing"
            elif agent_state.bound:
                contact = self.core.state.contacts.get(agent_state.contact)
                assert contact is not None, f"{agent_state} is bound by a contact that is over"
                assert agent_state.id in held or any(
                    leg.agent == agent_state.id and not leg.over for leg in contact.legs.values()
                ), f"{agent_state} is bound by nothing"

    def holds(self, contact: Contact) -> bool:
        """A kept agent may leave while the person is dialled."""
        if contact.phase is not Phase.DIALLING:
            return contact.agent != ""
        kept = self.core.state.agents[contact.agent]
        return kept.bound and kept.contact == contact.id

    @invariant()
    def waiting_on_purpose_has_a_reason_and_an_end(self) -> None:
        if not hasattr(self, "core"):
            return
        for contact in self.core.state.contacts.values():
            if contact.awaited:
                assert contact.phase is Phase.WAITING
                assert any(self.core.state.agents[agent].state in ON_DUTY for agent in contact.awaited)
                assert self.core.next_deadline() is not None
                assert self.core.next_deadline() <= contact.await_until  # type: ignore[operator]

    @invariant()
    def all_phones_ring_where_all_shall(self) -> None:
        if not hasattr(self, "core"):
            return
        desk = self.core.desk
        for contact in desk.state.contacts.values():
            if more_may_ring(desk.state.configuration.queues.get(contact.queue), contact):
                assert candidate(desk, contact) is None

    @invariant()
    def who_was_sent_on_is_rung_for_or_parked_for_a_time(self) -> None:
        if hasattr(self, "core"):
            for contact in self.core.state.contacts.values():
                if contact.phase is Phase.TRANSFERRING and contact.person_present:
                    assert contact.offers or contact.parked_until, contact
                if contact.parked_until:
                    assert contact.phase is Phase.TRANSFERRING
                    assert contact.person_present
                    assert not contact.offers
                    assert (self.core.next_deadline() or contact.parked_until + 1) <= contact.parked_until

    @invariant()
    def parking_places_are_of_one_each(self) -> None:
        if hasattr(self, "core"):
            places = [one.parked_place for one in self.core.state.contacts.values() if one.parked_until]
            assert len(set(places)) == len(places)
            assert all(places)

    @invariant()
    def whom_the_black_list_keeps_out_nobody_is_asked_to_take(self) -> None:
        if hasattr(self, "core"):
            for contact in self.core.state.contacts.values():
                if contact.blocked_by:
                    assert contact.phase in (Phase.WALKING, Phase.ENDING)
                    assert not contact.offers
                    assert not contact.lines

    @invariant()
    def only_one_of_several_gets_it(self) -> None:
        if hasattr(self, "core"):
            for contact in self.core.state.contacts.values():
                assert not contact.offers or contact.phase in (
                    Phase.WALKING,
                    Phase.WAITING,
                    Phase.CALLING,
                    Phase.TRANSFERRING,
                )

    def the_indexes_follow_from_the_state(self) -> None:
        desk = self.core.desk
        fresh = Desk(desk.state)
        for name, line in fresh.lines.items():
            assert line.contacts() == desk.lines[name].contacts(), name
            assert line.first_free() == desk.lines[name].first_free(), name
        assert fresh.ringing.keys() == desk.ringing.keys()
        assert fresh.deadlines() == desk.deadlines()
        assert fresh.queues_of == desk.queues_of
        assert fresh.ready.turns.keys() == desk.ready.turns.keys()

    def teardown(self) -> None:
        if not hasattr(self, "core"):
            return
        self.the_indexes_follow_from_the_state()
        self.everything_dies()
        self.books_balance()
        self.replay_gives_the_same()

    def everything_dies(self) -> None:
        for _ in range(30):
            for contact, leg in self.legs():
                self.tell(events.LegEnded(self.now, contact, leg))
            for agent in AGENTS:
                self.tell(events.AgentSignedOut(self.now, agent))
            self.passes_(10.0)
            if all(contact.promised_at for contact in self.core.state.contacts.values()):
                break
        for debt in sorted(self.core.state.debts):
            self.tell(events.DebtWrittenOff(self.now, debt, "boss", "end"))
        for contact, leg in self.legs():  # a phone may have been ringing for a promised callback
            self.tell(events.LegEnded(self.now, contact, leg))
        for fact in self.written:
            if isinstance(fact, facts.ConsultOver):
                assert fact.seconds >= 0.0
        assert not self.core.state.contacts, self.core.state.contacts
        assert not self.core.state.inside, self.core.state.inside
        assert not self.core.state.camps, self.core.state.camps
        assert not [agent for agent in self.core.state.agents.values() if agent.state is not AgentState.OFFLINE]

    def books_balance(self) -> None:
        opened = [fact for fact in self.written if isinstance(fact, facts.ContactOpened)]
        over = [fact for fact in self.written if isinstance(fact, facts.ContactOver)]
        assert len({fact.contact for fact in opened}) == len(opened)
        assert sorted(fact.contact for fact in opened) == sorted(fact.contact for fact in over)
        debts = {fact.contact for fact in self.written if isinstance(fact, facts.DebtOpened)}
        inbound = {fact.contact for fact in opened if fact.direction == "inbound"}
        for fact in over:
            if fact.contact in inbound and Outcome(fact.outcome) not in SERVED:
                assert fact.contact in debts, f"nobody owes {fact}"
            if fact.outcome == Outcome.BLOCKED:
                assert fact.contact not in debts, f"somebody owes {fact}"
            if fact.cause == EndCause.TRANSFER:
                assert fact.contact in debts, f"nobody owes {fact}"
        began = sorted(fact.talk for fact in self.written if isinstance(fact, facts.InsideAsked))
        assert began == sorted(fact.talk for fact in self.written if isinstance(fact, facts.InsideOver))
        asked = [(one.by, one.to, one.number) for one in self.written if isinstance(one, facts.CampAsked)]
        assert sorted(asked) == sorted(
            (one.by, one.to, one.number) for one in self.written if isinstance(one, facts.CampOver)
        )
        assert not set(began) & {fact.contact for fact in opened}
        last_word: dict[str, facts.Fact] = {}
        for fact in self.written:
            if hasattr(fact, "contact") and not isinstance(
                fact, (facts.AgentStateChanged, facts.DebtClosed, facts.DebtAttempted)
            ):
                last_word[fact.contact] = fact
        assert all(isinstance(last_word[fact.contact], facts.ContactOver) for fact in opened)
        assert all(
            fact.seconds >= 0 and fact.held_seconds >= 0 for fact in self.written if isinstance(fact, facts.TalkOver)
        )

    def replay_gives_the_same(self) -> None:
        again = Core.replayed(State(company()), self.written)
        assert again.state == self.core.state
        assert again.next_deadline() == self.core.next_deadline()


World.TestCase.settings = settings(
    max_examples=150, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
TestWorld = World.TestCase
