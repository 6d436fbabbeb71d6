"""A switch that obeys, is late, fails and repeats itself; and the clock."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from kaska.core import commands, events, facts
from kaska.core.codes.rules import FeatureCodes
from kaska.core.configuration import Configuration, Door, HttpSource, Trunk
from kaska.core.contacts.outcomes import EndCause
from kaska.core.core import Core
from kaska.core.ports import Refused
from kaska.core.routing.rules import RING_ALL, Policy
from kaska.core.state import State
from support.company import MAIN, company
from support.graphs import with_any_scenarios
from support.rules import companies

AGENTS = ("a301", "a302", "a303", "a304")
CUSTOMERS = ("", "+79000000001", "+79000000002", "+79000000003")
START = 1_760_000_000.0


class Switch(RuleBasedStateMachine):
    @initialize(rules=st.one_of(st.builds(company), companies(), with_any_scenarios(companies())))
    def begin(self, rules: Configuration) -> None:
        codes = FeatureCodes(supervisors=("a302", "a304"), switchers=("a304",), pagers=AGENTS)
        sources = {"crm": HttpSource("crm", "http://127.0.0.1/")}
        site = Trunk("site", "trunk-site", ("127.0.0.9",), "sip:127.0.0.9:5060", (("4500", "4599"),))
        trunks = {**rules.trunks, "site": site}
        rules = replace(rules, agents={**rules.agents, "a302": replace(rules.agents["a302"], screened=True)})
        gate = Door("gate", "Gate", "demo-door-gate", "700", AGENTS[:3], "reserve", ring_seconds=25.0, opens="*9")
        doors = {"gate": gate, "yard": replace(gate, id="yard", endpoint="demo-door-yard", in_turn=True)}
        self.whole = self.configuration = replace(rules, sources=sources, codes=codes, trunks=trunks, doors=doors)
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
            case commands.ListenForFax() if command.on:
                return [events.FaxToneHeard(self.now, command.contact, command.leg)]
            case commands.ReceiveFax():
                return [events.FaxEnded(self.now, command.contact, command.leg)]
            case commands.CollectFax():
                return [events.FaxReceived(self.now, command.contact, command.name, 2, "+7 495 000-00-09")]
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
