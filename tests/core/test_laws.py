"""The laws of the core, under any order of events.

A machine plays the whole outside world: callers, agents, phones, a switch that obeys, is late, fails and repeats
itself. After every event the laws must hold, and at the end, when every line is dead, the books must balance.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kaska.core import commands, events, facts
from kaska.core.codes.rules import FeatureCodes
from kaska.core.configuration import Configuration, HttpSource, Trunk
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.contacts.outcomes import SERVED, EndCause, Outcome
from kaska.core.core import Core
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from kaska.core.routing.distribution import candidate, waits_unserved
from kaska.core.routing.policies.ring_all import more_may_ring
from kaska.core.routing.rules import RING_ALL, Policy
from kaska.core.state import State
from kaska.core.turn import ON_DUTY, Desk
from support.company import CLOSED, DIRECT, INFORMER, MAIN, company
from support.graphs import with_any_scenarios
from support.rules import companies

DIALLED = ["302", "303", "service", "+74950000788", "x", "*8", "*8", "*8301", "*7", "*71", "*55301", "*57301", "*56302"]
DIALLED += ["*381", "*383", "*41", "*42", "*423*", "*43", "*31", "*30", "*9", "*37301", "*37303", "*37"]
AGENTS = ("a301", "a302", "a303", "a304")
CUSTOMERS = ("", "+79000000001", "+79000000002", "+79000000003")
TARGETS = [
    ("agent", "a302"),
    ("agent", "a303"),
    ("queue", "service"),
    ("queue", "sales"),
    ("number", "+74950000788"),
    ("number", "02; drop"),
]
START = 1_760_000_000.0


class World(RuleBasedStateMachine):
    @initialize(rules=st.one_of(st.builds(company), companies(), with_any_scenarios(companies())))
    def begin(self, rules: Configuration) -> None:
        codes = FeatureCodes(supervisors=("a302", "a304"), switchers=("a304",), pagers=AGENTS)
        sources = {"crm": HttpSource("crm", "http://127.0.0.1/")}
        site = Trunk("site", "trunk-site", ("127.0.0.9",), "sip:127.0.0.9:5060", (("4500", "4599"),))
        trunks = {**rules.trunks, "site": site}
        rules = replace(rules, agents={**rules.agents, "a302": replace(rules.agents["a302"], screened=True)})
        self.whole = self.configuration = replace(rules, sources=sources, codes=codes, trunks=trunks)
        self.core = Core(State(self.configuration))
        self.written: list[facts.Fact] = []
        self.now = START
        self.born = 0
        self.ordered: list[commands.Command] = []
        self.tell(events.ConfigurationPublished(self.now, self.configuration))

    def tell(self, event: events.Event) -> None:
        try:
            outcome = self.core.handle(event)
        except Refused:
            assert self.core.desk.facts == [], "a refusal must change nothing"
            return
        self.written += outcome.facts
        self.ordered += outcome.commands

    def legs(self) -> list[tuple[str, str]]:
        talks = self.core.state.inside.values()
        of_contacts = [(one.id, leg.id) for one in self.core.state.contacts.values() for leg in one.legs.values()]
        return of_contacts + [(talk.id, side.leg) for talk in talks for side in talk.sides if side.leg]

    # --- people ---

    @rule(
        number=st.sampled_from([MAIN, MAIN, DIRECT, DIRECT, CLOSED, INFORMER, "garbage'\"<b>"]),
        who=st.sampled_from(CUSTOMERS),
    )
    def arrives(self, number: str, who: str) -> None:
        self.born += 1
        name = f"k-{self.born}"
        self.tell(events.ContactArrived(self.now, name, name, "voice", number, who, who, trunk="city"))

    @rule(who=st.sampled_from(["+79000000001", "+7900*", "+79000000003"]), seconds=st.sampled_from([0.0, 30.0]))
    def blocks(self, who: str, seconds: float) -> None:
        self.tell(events.NumberBlocked(self.now, who, "nuisance", "boss", self.now + seconds if seconds else 0.0))

    @rule(who=st.sampled_from(["+79000000001", "+7900*", "+79000000003"]))
    def unblocks(self, who: str) -> None:
        self.tell(events.NumberUnblocked(self.now, who, "boss"))

    @rule(data=st.data(), digit=st.sampled_from("0123459#"))
    def presses(self, data: st.DataObject, digit: str) -> None:
        if legs := self.legs():
            contact, leg = data.draw(st.sampled_from(legs))
            self.tell(events.DigitPressed(self.now, contact, leg, digit))

    @rule(
        agent=st.sampled_from(AGENTS), wish=st.sampled_from(["ready", "ready", "ready", "break", "out", "in", "done"])
    )
    def wishes(self, agent: str, wish: str) -> None:
        told: dict[str, events.Event] = {
            "ready": events.AgentReadied(self.now, agent, "phone"),
            "break": events.AgentPaused(self.now, agent, "lunch"),
            "out": events.AgentSignedOut(self.now, agent),
            "in": events.AgentSignedIn(self.now, agent),
            "done": events.WrapUpFinished(self.now, agent),
        }
        self.tell(told[wish])

    @rule(agent=st.sampled_from(AGENTS), data=st.data(), what=st.sampled_from(["reject", "hold", "resume", "hangup"]))
    def handles(self, agent: str, data: st.DataObject, what: str) -> None:
        living = sorted([*self.core.state.contacts, *self.core.state.inside])
        if not living:
            return
        contact = data.draw(st.sampled_from(living))
        told: dict[str, events.Event] = {
            "reject": events.OfferRejected(self.now, agent, contact),
            "hold": events.HoldRequested(self.now, agent, contact, True),
            "resume": events.HoldRequested(self.now, agent, contact, False),
            "hangup": events.HangUpRequested(self.now, agent, contact),
        }
        self.tell(told[what])

    @rule(agent=st.sampled_from(AGENTS), dialled=st.sampled_from(DIALLED))
    def dials_by_himself(self, agent: str, dialled: str) -> None:
        self.born += 1
        phone = self.configuration.agents[agent].devices[1].endpoint if agent in self.configuration.agents else "none"
        self.tell(events.PhoneDialled(self.now, f"own-{self.born}", phone, dialled))

    @rule(
        agent=st.sampled_from(AGENTS),
        colleague=st.sampled_from(["301", "302", "303", "4501"]),
        by_phone=st.booleans(),
        patience=st.integers(0, 4),
    )
    def calls_a_colleague(self, agent: str, colleague: str, by_phone: bool, patience: int) -> None:
        self.born += 1
        if by_phone and agent in self.configuration.agents:
            phone = self.configuration.agents[agent].devices[1].endpoint
            self.tell(events.PhoneDialled(self.now, f"own-{self.born}", phone, colleague))
        else:
            self.tell(events.CallRequested(self.now, agent, colleague, f"out-{self.born}"))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(
        agent=st.sampled_from(AGENTS),
        queue=st.sampled_from(["sales", "operators", "operators", "none"]),
        patience=st.integers(0, 3),
    )
    def pages_a_group(self, agent: str, queue: str, patience: int) -> None:
        self.born += 1
        self.tell(events.PageRequested(self.now, agent, queue, f"page-{self.born}"))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(agent=st.sampled_from(AGENTS), colleague=st.sampled_from([*AGENTS, ""]), patience=st.integers(0, 2))
    def camps(self, agent: str, colleague: str, patience: int) -> None:
        """He wants a colleague who is busy, or a line; or he does not want it any more."""
        self.tell(events.CampRequested(self.now, agent, colleague, "" if colleague else "+74950000788"))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(agent=st.sampled_from(AGENTS))
    def camps_no_more(self, agent: str) -> None:
        self.tell(events.CampCancelled(self.now, agent))

    @rule(number=st.sampled_from(["301", "303", "999"]))
    def another_site_calls(self, number: str) -> None:
        self.born += 1
        name = f"k-{self.born}"
        self.tell(events.ContactArrived(self.now, name, name, "voice", number, "4501", "", trunk="site"))

    @rule(agent=st.sampled_from(AGENTS), who=st.sampled_from(CUSTOMERS), by_phone=st.booleans())
    def calls_somebody(self, agent: str, who: str, by_phone: bool) -> None:
        self.born += 1
        if not by_phone:
            self.tell(events.CallRequested(self.now, agent, who, f"out-{self.born}"))
        elif agent in self.configuration.agents:
            phone = self.configuration.agents[agent].devices[1].endpoint
            self.tell(events.PhoneDialled(self.now, f"own-{self.born}", phone, who, who))

    @rule(data=st.data())
    def puts_together(self, data: st.DataObject) -> None:
        if legs := self.legs():
            contact, leg = data.draw(st.sampled_from(legs))
            _, other = data.draw(st.sampled_from(legs))
            self.tell(events.PhoneTransferred(self.now, contact, leg, "", other))

    @rule(agent=st.sampled_from(AGENTS), data=st.data())
    def calls_debtor(self, agent: str, data: st.DataObject) -> None:
        if self.core.state.debts:
            debt = data.draw(st.sampled_from(sorted(self.core.state.debts)))
            self.born += 1
            self.tell(events.CallbackRequested(self.now, agent, debt, f"out-{self.born}"))

    @rule(data=st.data())
    def writes_off(self, data: st.DataObject) -> None:
        if self.core.state.debts:
            debt = data.draw(st.sampled_from(sorted(self.core.state.debts)))
            self.tell(events.DebtWrittenOff(self.now, debt, "boss", "wrong number"))

    @rule(agent=st.sampled_from(AGENTS[:2]), who=st.sampled_from(CUSTOMERS))
    def talks(self, agent: str, who: str) -> None:
        """An ordinary call, so that the rare events below find conversations to disturb."""
        self.tell(events.AgentReadied(self.now, agent, "phone"))
        self.arrives(DIRECT, who)
        self.obeys_promptly_()
        self.obeys_promptly_()

    @rule(
        agent=st.sampled_from(AGENTS[:2]),
        who=st.sampled_from(CUSTOMERS),
        consults=st.booleans(),
        to=st.sampled_from(TARGETS),
        patience=st.integers(0, 2),
    )
    def sends_on(self, agent: str, who: str, consults: bool, to: tuple[str, str], patience: int) -> None:
        """Somebody who talks is sent on, or a third is asked into the call."""
        self.tell(events.AgentReadied(self.now, agent, "phone"))
        self.arrives(DIRECT, who)
        self.obeys_promptly_()
        self.obeys_promptly_()
        for colleague in AGENTS:
            if to[1] in (colleague, "reserve"):
                self.tell(events.AgentReadied(self.now, colleague, "phone"))
        talking = [c for c in self.core.state.contacts.values() if c.phase is Phase.TALKING and c.agent]
        for contact in talking[-1:]:
            kind = events.ConsultRequested if consults else events.TransferRequested
            self.tell(kind(self.now, contact.agent, contact.id, *to))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(
        data=st.data(),
        to=st.sampled_from([("agent", "a302"), ("agent", "a303"), ("number", "304"), ("queue", "service")]),
        wish=st.sampled_from(["ask", "ask", "send", "swap", "join", "join", "complete", "cancel"]),
        patience=st.integers(0, 2),
    )
    def has_wishes_among_ourselves(self, data: st.DataObject, to: tuple[str, str], wish: str, patience: int) -> None:
        talks = [one for one in self.core.state.inside.values() if one.connected_at]
        if not talks:
            return
        talk = data.draw(st.sampled_from(talks))
        agent = data.draw(st.sampled_from(AGENTS))
        told: events.Event = events.ConsultSteered(self.now, agent, talk.id, wish)
        if wish in ("ask", "send"):
            kind = events.ConsultRequested if wish == "ask" else events.TransferRequested
            told = kind(self.now, agent, talk.id, *to)
        self.tell(told)
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(agent=st.sampled_from(AGENTS), data=st.data(), patience=st.integers(0, 2))
    def picks_up(self, agent: str, data: st.DataObject, patience: int) -> None:
        """Whoever rings longest, or one in particular, whatever is done with him now."""
        wanted = ["", *sorted(self.core.state.contacts)]
        self.tell(events.PickUpRequested(self.now, agent, data.draw(st.sampled_from(wanted))))
        for _ in range(patience):
            self.obeys_promptly_()

    @rule(agent=st.sampled_from(AGENTS[:2]), who=st.sampled_from(CUSTOMERS), seconds=st.sampled_from([0.0, 31.0]))
    def parks(self, agent: str, who: str, seconds: float) -> None:
        """Somebody who talks is parked."""
        self.talks(agent, who)
        talking = [c for c in self.core.state.contacts.values() if c.phase is Phase.TALKING and c.agent]
        for contact in talking[-1:]:
            self.tell(events.ParkRequested(self.now, contact.agent, contact.id))
        self.passes_(seconds)

    @rule(agent=st.sampled_from(AGENTS[:2]), who=st.sampled_from(CUSTOMERS), asks=st.booleans())
    def loses_sound(self, agent: str, who: str, asks: bool) -> None:
        """Somebody who talks is not heard any more: his page asks for a new ring, or his telephone is given up."""
        self.talks(agent, who)
        talking = [c for c in self.core.state.contacts.values() if c.phase is Phase.TALKING and c.agent]
        for contact in talking[-1:]:
            if asks:
                self.tell(events.ReconnectRequested(self.now, contact.agent, contact.id))
            else:
                self.tell(events.LegEnded(self.now, contact.id, contact.agent_leg, 44))
        self.obeys_promptly_()

    @rule(data=st.data(), dialled=st.sampled_from(["302", "304", "service", "+74950000788", "", "*7"]))
    def refers(self, data: st.DataObject, dialled: str) -> None:
        if legs := self.legs():
            contact, leg = data.draw(st.sampled_from(legs))
            self.tell(events.PhoneTransferred(self.now, contact, leg, dialled))

    @rule(agent=st.sampled_from(AGENTS), wish=st.sampled_from(["swap", "join", "complete", "cancel"]), data=st.data())
    def steers(self, agent: str, wish: str, data: st.DataObject) -> None:
        asked = [c for c in self.core.state.contacts.values() if c.consults and c.agent]
        if asked:
            contact = data.draw(st.sampled_from(asked))
            self.tell(events.ConsultSteered(self.now, contact.agent, contact.id, wish))

    @rule(data=st.data())
    def orders_callback(self, data: st.DataObject) -> None:
        self.orders_callback_(data)

    def orders_callback_(self, data: st.DataObject) -> None:
        waiting = [c for c in self.core.state.contacts.values() if c.phase is Phase.WAITING and not c.offers]
        if waiting:
            contact = data.draw(st.sampled_from(waiting))
            self.tell(events.DigitPressed(self.now, contact.id, contact.customer_leg, "2"))
            self.obeys_promptly_()
            self.obeys_promptly_()

    @rule(who=st.sampled_from(CUSTOMERS), seconds=st.sampled_from([2.0, 16.0, 45.0]))
    def waits(self, who: str, seconds: float) -> None:
        """Somebody waits for long, so that the ways out of the queue are taken."""
        self.arrives(DIRECT, who)
        self.obeys_promptly_()
        self.passes_(seconds)

    @rule(agent=st.sampled_from(AGENTS), data=st.data())
    def calls_back(self, agent: str, data: st.DataObject) -> None:
        """A promised callback comes as far as it may."""
        self.orders_callback_(data)
        self.tell(events.AgentReadied(self.now, agent, "phone"))
        for _ in range(data.draw(st.integers(0, 3))):
            self.obeys_promptly_()

    # --- the switch ---

    @rule(data=st.data(), cause=st.sampled_from([16, 16, 17, 19, 20, 21, 127]), failure=st.booleans())
    def leg_ends(self, data: st.DataObject, cause: int, failure: bool) -> None:
        if legs := self.legs():
            contact, leg = data.draw(st.sampled_from(legs))
            self.tell(events.LegEnded(self.now, contact, leg, cause, switch_failure=failure and cause == 127))

    @rule(data=st.data())
    def obeys(self, data: st.DataObject) -> None:
        """The switch carries out one of the commands, whichever, perhaps late, perhaps again."""
        if self.ordered:
            command = data.draw(st.sampled_from(self.ordered[-6:]))
            for event in self.carry_out(command):
                self.tell(event)

    @precondition(lambda self: self.ordered)
    @rule()
    def obeys_promptly(self) -> None:
        self.obeys_promptly_()

    def obeys_promptly_(self) -> None:
        pending, self.ordered = self.ordered, []
        for command in pending:
            for event in self.carry_out(command):
                self.tell(event)

    def carry_out(self, command: commands.Command) -> list[events.Event]:
        match command:
            case commands.PlayPrompts():
                return [events.PromptsEnded(self.now, command.contact, command.leg, command.play)]
            case commands.RingAgent() | commands.DialOut():
                return [events.LegAnswered(self.now, command.contact, command.leg)]
            case commands.JoinParties():
                return [events.PartiesJoined(self.now, command.contact, command.agent_leg)]
            case commands.HangUpLeg():
                return [events.LegEnded(self.now, command.contact, command.leg, command.cause)]
            case commands.RecordMessage():
                return [events.MessageRecorded(self.now, command.contact, command.leg, command.name, 4.0)]
            case commands.LookUp():
                known = {"vip": "yes", "agent": "a301", "phone": "+74950000778"}
                return [events.LookedUp(self.now, command.contact, command.lookup, known)]
        return []

    @rule(data=st.data())
    def fails(self, data: st.DataObject) -> None:
        if self.ordered:
            command = data.draw(st.sampled_from(self.ordered[-6:]))
            leg = getattr(command, "leg", getattr(command, "agent_leg", ""))
            self.tell(events.CommandFailed(self.now, command.contact, leg, type(command).__name__, "no"))

    @rule(endpoint=st.sampled_from(["demo-301", "demo-302", "demo-303", "demo-301-web"]), reachable=st.booleans())
    def registers(self, endpoint: str, reachable: bool) -> None:
        self.tell(events.DeviceReached(self.now, endpoint, reachable))

    @rule()
    def reconnects(self) -> None:
        answered = [
            contact.id
            for contact in self.core.state.contacts.values()
            if contact.id in contact.legs and contact.legs[contact.id].up and not contact.legs[contact.id].over
        ]
        before = len(self.ordered)
        self.tell(events.SwitchResynced(self.now))
        again = self.ordered[before:]
        for contact in answered:  # the order may have died with us: nobody may talk over a line that still rings
            first = again.index(commands.AnswerCall(contact, contact))
            assert not [
                one for one in again[:first] if isinstance(one, commands.JoinParties) and one.contact == contact
            ]

    @rule(
        who=st.sampled_from(CUSTOMERS), outcome=st.sampled_from(["answered", "lost", "message_taken"]), data=st.data()
    )
    def witnessed(self, who: str, outcome: str, data: st.DataObject) -> None:
        self.born += 1
        name = f"k-{self.born}"
        if self.core.state.contacts and data.draw(st.booleans()):
            name = data.draw(st.sampled_from(sorted(self.core.state.contacts)))  # told although we know it
        cause = {"answered": EndCause.TALKED, "lost": EndCause.APPLICATION_AWAY, "message_taken": EndCause.MESSAGE}[
            outcome
        ]
        self.tell(
            events.ContactWitnessed(
                self.now, name, "voice", MAIN, who, who, "city", self.now - 60, self.now - 20, outcome, cause,
                answered_at=self.now - 50 if outcome == "answered" else None,
                agent_endpoint="demo-301", message="m" if outcome == "message_taken" else "", message_seconds=3.0,
            )
        )  # fmt: skip

    @rule(
        queues=st.sets(st.sampled_from(["sales", "service", "operators", "reserve"]), min_size=2),
        skills=st.sampled_from([{"service": 4}, {"sales": 1, "reserve": 2}]),
        max_wait=st.sampled_from([900.0, 900.0, 20.0]),
        sales=st.sampled_from([{}, {}, {"priority_seconds": 5.0}, {"requires": {}}, {"policy": Policy(RING_ALL)}]),
    )
    def publishes(self, queues: set[str], skills: dict[str, int], max_wait: float, sales: dict[str, Any]) -> None:
        """Queues are removed, come back or are led otherwise, an agent learns something else, or only a limit
        changes."""
        whole = self.whole
        kept = {name: replace(queue, max_wait=max_wait) for name, queue in whole.queues.items() if name in queues}
        if "sales" in kept:
            kept["sales"] = replace(kept["sales"], **sales)
        agents = {**whole.agents, "a303": replace(whole.agents["a303"], skills=skills)}
        self.configuration = replace(whole, queues=kept, agents=agents, version=self.configuration.version + 1)
        self.tell(events.ConfigurationPublished(self.now, self.configuration))

    @rule(mode=st.sampled_from(["night", "lunch", "day", ""]), seconds=st.sampled_from([0.0, 10.0, 100.0]))
    def switches_mode(self, mode: str, seconds: float) -> None:
        until = self.now + seconds if seconds else 0.0
        self.tell(events.ModeSwitched(self.now, "windows", mode, until, "boss"))

    # --- the clock ---

    @rule(seconds=st.sampled_from([0.0, 0.2, 1.0, 4.0, 12.0, 31.0, 200.0]))
    def passes(self, seconds: float) -> None:
        self.passes_(seconds)

    def passes_(self, seconds: float) -> None:
        target = self.now + seconds
        while (due := self.core.next_deadline()) is not None and due <= target:
            self.now = max(self.now, due)
            self.tell(events.TimePassed(self.now))
        self.now = target

    # --- the laws ---

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
