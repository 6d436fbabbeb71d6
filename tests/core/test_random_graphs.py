"""Whatever graph was drawn, and whatever the caller does in it, the walk never loses him."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaska.core import commands, events, facts
from kaska.core.configuration import Configuration, HttpSource
from kaska.core.contacts.contact import Contact, Phase
from kaska.core.contacts.outcomes import SERVED, Outcome
from kaska.core.core import Core
from kaska.core.ports import Refused
from kaska.core.scenarios import graph
from kaska.core.scenarios.steps import KINDS
from support.company import MAIN, company
from support.graphs import SCENARIO
from support.rules import companies

NOW = 1_760_000_000.0
DEED = st.tuples(
    st.sampled_from(
        (
            "obey",
            "obey",
            "obey",
            "press",
            "press",
            "speak",
            "wait",
            "wait",
            "ready",
            "fail",
            "late",
            "publish",
            "resync",
            "end",
        )
    ),
    st.integers(0, 9),
)


def configured(
    whole: Configuration, one: dict[str, graph.Node], two: dict[str, graph.Node], version: int = 1
) -> Configuration:
    scenarios = {"one": graph.Scenario("one", version, "a", one), "two": graph.Scenario("two", version, "a", two)}
    numbers = {MAIN: replace(whole.numbers[MAIN], scenario="one")}
    sources = {"crm": HttpSource("crm", "http://127.0.0.1/")}
    return replace(
        whole, version=version, scenarios=scenarios, default_scenario="one", numbers=numbers, sources=sources
    )


ORDINARY = company(max_wait=60.0)


class Call:
    """One core with a switch that does as it is told, fails or is late."""

    def __init__(self, one: dict[str, graph.Node], two: dict[str, graph.Node], whole: Configuration = ORDINARY) -> None:
        self.whole = whole
        self.configuration = configured(whole, one, two)
        self.core = Core.fresh(self.configuration, NOW)
        self.start = Core.fresh(self.configuration, NOW)
        self.now = NOW
        self.written: list[facts.Fact] = []
        self.ordered: list[commands.Command] = []
        self.born = 0
        self.ears: set[str] = set()
        self.looked_at = 0

    def tell(self, event: events.Event) -> None:
        try:
            outcome = self.core.handle(event)
        except Refused:
            return
        self.written += outcome.facts
        self.ordered += outcome.commands
        for contact in self.core.state.contacts.values():
            assert not stranded(contact), contact
            assert not contact.ear or (contact.person_present and contact.phase is Phase.WALKING), contact
        self.told_to_listen()

    def told_to_listen(self) -> None:
        """The recogniser listens exactly where the contacts believe it: no microphone stays open."""
        for command in self.ordered[self.looked_at :]:
            if isinstance(command, commands.Listen):
                assert command.ear not in self.ears
                self.ears.add(command.ear)
            elif isinstance(command, commands.StopListening):
                self.ears.remove(command.ear)
        self.looked_at = len(self.ordered)
        assert self.ears == {one.ear for one in self.core.state.contacts.values() if one.ear}

    def arrive(self) -> None:
        self.born += 1
        name, who = f"k-{self.born}", "+79000000001" if self.born % 2 else ""
        self.tell(events.ContactArrived(self.now, name, name, "voice", MAIN, who, who, trunk="city"))

    def do(self, deed: str, number: int) -> None:
        living = sorted(self.core.state.contacts)
        match deed:
            case "obey":
                self.obey()
            case "press" if living:
                name = living[number % len(living)]
                self.tell(
                    events.DigitPressed(
                        self.now, name, self.core.state.contacts[name].customer_leg, "0123#"[number % 5]
                    )
                )
            case "wait":
                self.pass_time((0.5, 6.0, 40.0, 200.0)[number % 4])
            case "ready":
                self.tell(events.AgentReadied(self.now, ("a301", "a302")[number % 2], "phone"))
            case "fail" if self.ordered:
                command = self.ordered.pop(number % len(self.ordered))
                self.looked_at = len(self.ordered)
                leg = getattr(command, "leg", getattr(command, "agent_leg", ""))
                self.tell(events.CommandFailed(self.now, command.contact, leg, type(command).__name__, "no"))
            case "speak" if living:
                contact = self.core.state.contacts[living[number % len(living)]]
                said = ("Отдел продаж!", "оператора", "мяу", "")[number % 4]
                self.tell(events.SpeechHeard(self.now, contact.id, contact.ear or f"{contact.id}-e1", said))
            case "late" if living:
                self.tell(events.LookedUp(self.now, living[0], f"{living[0]}-l{number}", {"vip": "yes"}))
            case "publish":
                self.configuration = configured(self.whole, {}, {}, self.configuration.version + 1)
                self.tell(events.ConfigurationPublished(self.now, self.configuration))
            case "resync":
                self.tell(events.SwitchResynced(self.now))
            case "end" if living:
                contact = self.core.state.contacts[living[number % len(living)]]
                leg = list(contact.legs)[number % len(contact.legs)]
                self.tell(events.LegEnded(self.now, contact.id, leg, (16, 17, 20)[number % 3]))

    def obey(self) -> None:
        pending, self.ordered = self.ordered, []
        self.looked_at = 0
        for command in pending:
            for event in self.outcome_of(command):
                self.tell(event)

    def outcome_of(self, command: commands.Command) -> list[events.Event]:
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

    def pass_time(self, seconds: float) -> None:
        end = self.now + seconds
        while (due := self.core.next_deadline()) is not None and due <= end:
            self.now = max(self.now, due)
            self.tell(events.TimePassed(self.now))
        self.now = end

    def die(self) -> None:
        for _ in range(10):
            for contact in list(self.core.state.contacts.values()):
                for leg in list(contact.legs):
                    self.tell(events.LegEnded(self.now, contact.id, leg))
            self.pass_time(10.0)
        for debt in sorted(self.core.state.debts):
            self.tell(events.DebtWrittenOff(self.now, debt, "boss", "end"))
        for contact in list(self.core.state.contacts.values()):
            for leg in list(contact.legs):
                self.tell(events.LegEnded(self.now, contact.id, leg))


def stranded(contact: Contact) -> bool:
    """On the line, and nothing will ever happen to him by itself."""
    if not contact.person_present or contact.direction == "outbound":
        return False
    if contact.phase is Phase.WALKING:
        return not contact.wake_at()
    return contact.phase is Phase.WAITING and not contact.lines


def test_every_kind_of_node_is_walked() -> None:
    assert set(KINDS) == set(graph.Node.__args__)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(SCENARIO, SCENARIO, st.one_of(st.just(ORDINARY), companies()), st.lists(DEED, max_size=25))
def test_a_walk_never_loses_the_person(
    one: dict[str, graph.Node], two: dict[str, graph.Node], whole: Configuration, deeds: list[tuple[str, int]]
) -> None:
    call = Call(one, two, whole)
    call.arrive()
    for index, (deed, number) in enumerate(deeds):
        call.do(deed, number)
        if index == 8:
            call.arrive()
    call.die()
    assert not call.core.state.contacts
    assert not call.core.state.editions, "nobody walks an old edition any more"
    over = {fact.contact: fact for fact in call.written if isinstance(fact, facts.ContactOver)}
    owed = {fact.contact for fact in call.written if isinstance(fact, facts.DebtOpened)}
    assert len(over) == call.born
    assert {name for name, fact in over.items() if Outcome(fact.outcome) not in SERVED} <= owed
    again = Core.replayed(call.start.state, call.written)
    assert again.state == call.core.state


def test_silence_ends_at_a_message_and_not_in_a_circle() -> None:
    """A caller who says nothing in a menu that leads to itself (a fax machine) does not stay for ever."""
    loop: dict[str, Any] = {"a": graph.Menu(("ru/menu",), {}, "a", tries=1)}
    call = Call(loop, {})
    call.arrive()
    for _ in range(300):
        call.obey()
        call.pass_time(6.0)
        if not call.core.state.contacts:
            break
    steps = [fact for fact in call.written if isinstance(fact, facts.StepEntered)]
    assert steps[-1].node == "?"
    assert len(steps) == 101
    assert [fact.outcome for fact in call.written if isinstance(fact, facts.ContactOver)] == ["message_taken"]
