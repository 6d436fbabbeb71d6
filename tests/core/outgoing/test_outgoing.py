"""Outgoing rules: what a number is, who may call it, by which line, and the caps that hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.core import commands, events, facts
from kaska.core.configuration import Configuration, Trunk
from kaska.core.outgoing import choice, usage
from kaska.core.outgoing.numbering import DIRECTIONS, EMERGENCY, INTERNATIONAL, LOCAL, MOBILE, PAID, NumberPlan
from kaska.core.outgoing.rules import COMPANY, Caps, Line, OutgoingRules
from kaska.features.outgoing.plan import plan_of
from support.company import company
from support.play import Play

CALLER, OUTSIDE, ABROAD = "+79000000001", "+74950000788", "+442079460000"
FIRST = "a301"
T = TypeVar("T", bound=facts.Fact)
PRICES = {"local": 1.0, "long_distance": 3.0, "mobile": 2.0, "international": 30.0}


def ruled(**rules: object) -> Configuration:
    found = company()
    spare = Trunk("spare", "spare", ("127.0.0.9",), "sip:127.0.0.9:5060")
    return replace(
        found,
        trunks={**found.trunks, "spare": spare},
        outgoing=OutgoingRules(prices=PRICES, **rules),  # type: ignore[arg-type]  # of a test's words
    )


class Prompt(Play):
    """Its switch does at once what it is told, also between two looks at it."""

    def tell(self, event: events.Event) -> tuple[facts.Fact, ...]:
        told = super().tell(event)
        if isinstance(event, events.TimePassed):
            self.settle()
        return told


class Talk(Play):
    """A call that FIRST talks in, and who sends it on; lines in ``broken`` cannot dial."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__(configuration)
        self.broken: dict[str, int] = {}
        self.ready(FIRST)
        self.contact = self.arrive(CALLER)
        self.settle()
        self.pass_time(5)

    def _done(self, command: commands.Command) -> list[events.Event]:
        if isinstance(command, commands.DialOut) and command.trunk in self.broken:
            return [events.LegEnded(self.now, command.contact, command.leg, self.broken[command.trunk])]
        return super()._done(command)

    def send(self, number: str) -> None:
        self.tell(events.TransferRequested(self.now, FIRST, self.contact, "number", number))
        self.settle()

    def told(self, kind: type[T]) -> list[T]:
        return [fact for fact in self.written if isinstance(fact, kind)]


@pytest.mark.parametrize(
    ("number", "direction"),
    [
        ("112", EMERGENCY), ("03", EMERGENCY), ("301", "internal"), ("+7 (495) 000-00-11", LOCAL),
        ("84950000011", LOCAL), ("4950000011", LOCAL), ("8 812 000-00-11", "long_distance"), ("89000000011", MOBILE),
        ("81044 2079460000", INTERNATIONAL), ("+442079460000", INTERNATIONAL), ("+77010000011", INTERNATIONAL),
        ("88090000011", PAID), ("+88216000001", PAID), ("+9790000001", PAID), ("88000000011", LOCAL),
        ("*100", PAID), ("1&PJSIP/9", PAID), ("", PAID), ("79000000011", MOBILE), ("442079460000", INTERNATIONAL),
    ],
)  # fmt: skip
def test_what_a_number_is(number: str, direction: str) -> None:
    assert plan_of("RU", ("495", "499")).direction(number) == direction


@given(st.integers(min_value=3_000_000_000, max_value=9_999_999_999))
def test_however_it_is_written_it_is_the_same(national: int) -> None:
    plan = plan_of("RU", ())
    ways = {plan.direction(f"{prefix}{national}") for prefix in ("+7", "8", "7", "")}
    assert len(ways) == 1
    kind = phonenumbers.number_type(phonenumbers.parse(f"+7{national}"))
    if kind is phonenumbers.PhoneNumberType.PREMIUM_RATE:
        assert ways == {PAID}
    if kind is phonenumbers.PhoneNumberType.MOBILE and str(national)[0] == "9":
        assert ways == {MOBILE}


@given(st.text(max_size=25))
def test_anything_is_one_of_the_directions(dialled: str) -> None:
    assert NumberPlan().direction(dialled) in DIRECTIONS


def test_a_closed_direction_changes_nothing_but_the_books() -> None:
    call = Talk(ruled())
    call.send(ABROAD)
    (refused,) = call.told(facts.OutgoingRefused)
    assert (refused.agent, refused.number, refused.direction, refused.reason) == (
        FIRST, ABROAD, INTERNATIONAL, choice.DIRECTION_CLOSED,
    )  # fmt: skip
    assert call.core.state.contacts[call.contact].phase == "talking"
    assert not [one for one in call.ordered if isinstance(one, commands.DialOut)]


def test_whom_the_rules_allow_calls_abroad() -> None:
    call = Talk(ruled(agents={FIRST: DIRECTIONS}))
    call.send(ABROAD)
    (started,) = call.told(facts.OutgoingStarted)
    assert (started.direction, started.price, started.agent, started.trunk) == (INTERNATIONAL, 30.0, FIRST, "city")


def test_a_telephone_is_told_aloud() -> None:
    call = Talk(ruled())
    leg = call.core.state.contacts[call.contact].agent_leg
    told = call.core.handle(events.PhoneTransferred(call.now, call.contact, leg, ABROAD))
    answer, said = told.commands
    assert isinstance(answer, commands.AnswerTransfer)
    assert not answer.accepted
    assert isinstance(said, commands.PlayPrompts)
    assert said.leg == leg
    assert [type(fact) for fact in told.facts] == [facts.OutgoingRefused]


def test_a_telephones_own_call_goes_by_the_same_rules() -> None:
    call = Talk(ruled())
    contact = call.core.state.contacts[call.contact]
    endpoint = contact.legs[contact.agent_leg].endpoint
    told = call.core.handle(events.PhoneDialled(call.now, "own-1.1", endpoint, ABROAD))
    assert list(told.commands) == [commands.SayAndHangUp("own-1.1", "own-1.1", ("ru/code/not-permitted",))]
    assert [type(fact) for fact in told.facts] == [facts.OutgoingRefused, facts.PhoneAsked]
    told = call.core.handle(events.PhoneDialled(call.now, "own-1.2", endpoint, OUTSIDE))
    assert [one.agent for one in told.facts if isinstance(one, facts.OutgoingStarted)] == [FIRST]
    assert [one.number for one in told.commands if isinstance(one, commands.DialOut)] == [OUTSIDE]


def test_a_congested_line_gives_way_to_the_next() -> None:
    call = Talk(ruled(lines=(Line("city"), Line("spare"))))
    call.broken = {"city": 34}
    call.send(OUTSIDE)
    (again,) = call.told(facts.OutgoingRerouted)
    assert (again.trunk, again.cause) == ("spare", 34)
    assert call.core.state.contacts[call.contact].phase == "talking"
    assert len(call.told(facts.Connected)) == 2


def test_who_is_busy_is_not_called_by_another_line() -> None:
    call = Talk(ruled(lines=(Line("city"), Line("spare"))))
    call.broken = {"city": 17}
    call.send(OUTSIDE)
    assert not call.told(facts.OutgoingRerouted)
    assert call.told(facts.TransferReturned)


def test_when_every_line_fails_the_person_comes_back() -> None:
    call = Talk(ruled(lines=(Line("city"), Line("spare"))))
    call.broken = {"city": 34, "spare": 38}
    call.send(OUTSIDE)
    assert len(call.told(facts.OutgoingRerouted)) == 1
    assert call.told(facts.TransferReturned)
    assert not call.core.state.outgoing.calls


def test_lines_that_are_kept_stay_free() -> None:
    """One of two lines is the caller's own; the other is kept."""
    call = Talk(ruled(lines=(Line("city", capacity=2, kept=1),)))
    call.send(OUTSIDE)
    assert [one.reason for one in call.told(facts.OutgoingRefused)] == [choice.LINES_KEPT]
    call.tell(events.ConfigurationPublished(call.now, ruled(lines=(Line("city", capacity=3, kept=1),))))
    call.send(OUTSIDE)
    assert len(call.told(facts.OutgoingStarted)) == 1


def test_emergency_is_called_whatever_the_rules() -> None:
    closed = ruled(
        everybody=(), night=(), night_from=0, night_to=1439, company=Caps(1, 0.001, 0.001),
        lines=(Line("city", (MOBILE,), capacity=1, kept=1),),
    )  # fmt: skip
    call = Talk(closed)
    call.send("112")
    assert [one.direction for one in call.told(facts.OutgoingStarted)] == [EMERGENCY]


def test_a_call_is_ended_when_the_money_is() -> None:
    call = Talk(ruled(company=Caps(money=1.0)))
    call.send(OUTSIDE)  # three roubles a minute
    answered = call.now
    call.pass_time(60)
    (cut,) = call.told(facts.OutgoingCut)
    assert cut.at == pytest.approx(answered + 20.0)
    assert cut.scope == "company"
    call.settle()
    assert not call.core.state.outgoing.calls


def test_spending_begins_anew_at_midnight() -> None:
    call = Talk(ruled(company=Caps(minutes=1.0)))
    call.send(OUTSIDE)
    call.pass_time(70)
    call.settle()
    assert call.told(facts.OutgoingCut)
    assert choice.decide(call.core.state, call.now, OUTSIDE, "", "windows", "city").refused == choice.SPENDING_CAP
    assert not choice.decide(call.core.state, call.now + 86_400, OUTSIDE, "", "windows", "city").refused


def test_at_night_only_what_night_allows() -> None:
    rules = ruled(night_from=0, night_to=1439, night=(MOBILE,))
    state = Talk(rules).core.state
    at = 1_760_000_000.0
    assert choice.decide(state, at, OUTSIDE, "", "windows", "city").refused == choice.NIGHT_CLOSED
    assert not choice.decide(state, at, CALLER, "", "windows", "city").refused


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_no_cap_is_ever_passed(data: st.DataObject) -> None:
    """People send callers outside at any moment, for any time: money and minutes of the day never pass the cap, never
    more calls at once than allowed, and never a kept line taken; emergency goes through all the same."""
    caps = Caps(
        calls=data.draw(st.sampled_from([0, 1, 2]), "calls"),
        minutes=data.draw(st.sampled_from([0.0, 0.5, 2.0]), "minutes"),
        money=data.draw(st.sampled_from([0.0, 0.7, 5.0]), "money"),
    )
    line = Line("city", capacity=4, kept=1)
    play = Prompt(ruled(company=caps, everybody=DIRECTIONS, lines=(line,)))
    agents = ("a301", "a302", "a303", "a304")
    play.ready(*agents)
    for _ in range(data.draw(st.integers(5, 14), "steps")):
        play.arrive(CALLER)
        play.settle()
        for contact in list(play.core.state.contacts.values()):
            if contact.phase == "talking" and contact.agent:
                number = data.draw(st.sampled_from([OUTSIDE, CALLER, ABROAD, "112", "301"]), "number")
                before = choice.busy(play.core.state, "city")
                happened = play.tell(events.TransferRequested(play.now, contact.agent, contact.id, "number", number))
                started = [fact for fact in happened if isinstance(fact, facts.OutgoingStarted)]
                assert started or number != "112"
                if started and number != "112":
                    assert before < line.capacity - line.kept
                play.settle()
        play.pass_time(data.draw(st.sampled_from([0.0, 3.0, 17.0, 41.0]), "seconds"))
        _within(play, caps)


def _within(play: Play, caps: Caps) -> None:
    state = play.core.state
    counted = usage.at_once(state, COMPANY)
    assert not caps.calls or counted <= caps.calls
    used = usage.spent(state, COMPANY, play.now)
    assert not caps.minutes or used.seconds <= caps.minutes * 60.0 + 0.1
    assert not caps.money or used.money <= caps.money + 0.05
