"""Transfers and consults: every combination of way, target and who hangs up first, on a switch that obeys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaska.core import commands, events, facts
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from support.company import company
from support.play import Play

CALLER = "+79000000001"
OUTSIDE = "+74950000788"
FIRST, SECOND = "a301", "a303"
TARGETS = {"agent": SECOND, "queue": "service", "number": OUTSIDE}


class Call(Play):
    """One call that FIRST (of the sales queue) talks in; SECOND serves the service queue. ``deaf`` phones ring on."""

    def __init__(self, *, second: bool = True, **settings: float) -> None:
        super().__init__(company(**settings))
        self.deaf: set[str] = set()
        self.accepted: list[bool] = []
        self.ready(FIRST, *([SECOND] if second else []))
        self.contact = self.arrive(CALLER)
        self.settle()
        self.pass_time(10)
        assert self.talking == FIRST

    def _done(self, command: commands.Command) -> list[events.Event]:
        called = {commands.RingAgent: "agent", commands.DialOut: "number"}.get(type(command), "")
        if called and getattr(command, called) in self.deaf:
            return []
        return super()._done(command)

    @property
    def talking(self) -> str | None:
        """Who talks with the person: an agent, "" somebody outside, None nobody."""
        contact = self.core.state.contacts.get(self.contact)
        return contact.agent if contact is not None and contact.connected_at and contact.phase == "talking" else None

    def transfer(self, to: str, target: str = "") -> None:
        wish = events.TransferRequested(self.now, FIRST, self.contact, to, target or TARGETS[to])
        self.tell(wish)
        self.settle()

    def refer(self, dialled: str) -> None:
        """The first agent's telephone sends its other side on."""
        leg = self.core.state.contacts[self.contact].agent_leg
        told = self.core.handle(events.PhoneTransferred(self.now, self.contact, leg, dialled))
        self.accepted = [one.accepted for one in told.commands if isinstance(one, commands.AnswerTransfer)]
        self.written += told.facts
        self.ordered += told.commands
        self.settle()

    def consult(self, to: str, target: str = "", by: str = FIRST) -> None:
        self.tell(events.ConsultRequested(self.now, by, self.contact, to, target or TARGETS[to]))
        self.settle()

    def steer(self, wish: str) -> None:
        self.tell(events.ConsultSteered(self.now, FIRST, self.contact, wish))
        self.settle()

    def phone_hangs_up(self, agent: str) -> None:
        """The newest living leg of an agent; "" is somebody outside."""
        legs = self.core.state.contacts[self.contact].legs.values()
        leg = [leg.id for leg in legs if leg.party == "agent" and leg.agent == agent and not leg.over][-1]
        self.tell(events.LegEnded(self.now, self.contact, leg))
        self.settle()

    def state(self, agent: str) -> str:
        return self.core.state.agents[agent].state.value

    def times(self, agent: str, state: AgentState) -> int:
        changes = [one for one in self.written if isinstance(one, facts.AgentStateChanged) and one.agent == agent]
        return sum(one.state == state for one in changes)

    @property
    def parts(self) -> list[tuple[str, float, float]]:
        """(agent, seconds, of those on hold) of every part of the conversation."""
        return [(one.agent, one.seconds, one.held_seconds) for one in self.written if isinstance(one, facts.TalkOver)]

    @property
    def end(self) -> tuple[str, str]:
        (over,) = [one for one in self.written if isinstance(one, facts.ContactOver)]
        return over.outcome, over.cause

    @property
    def debts(self) -> list[str]:
        return [one.cause for one in self.written if isinstance(one, facts.DebtOpened)]

    @property
    def recorded(self) -> bool:
        return any(isinstance(one, facts.RecordingReady) and one.name for one in self.written)


@pytest.mark.parametrize("hangs_up", ["customer", "second"])
@pytest.mark.parametrize("to", list(TARGETS))
@pytest.mark.parametrize("way", ["blind", "by phone", "attended", "while it rings", "by hanging up", "conference"])
def test_a_person_is_sent_on(way: str, to: str, hangs_up: str) -> None:
    call = Call()
    takes = "" if to == "number" else SECOND
    if way == "blind":
        call.transfer(to)
    elif way == "by phone":
        call.refer({"agent": "303"}.get(to, TARGETS[to]))
        assert call.accepted == [True]
    else:
        call.deaf = {SECOND, OUTSIDE} if way == "while it rings" else set()
        call.consult(to)
        assert call.talking == FIRST
        call.pass_time(5)
        if way == "conference":
            call.steer("join")
            call.pass_time(3)
        if way == "by hanging up":
            call.phone_hangs_up(FIRST)
        else:
            call.steer("complete")
        if way == "while it rings":
            (leg,) = call.core.state.contacts[call.contact].offers
            call.tell(events.LegAnswered(call.now, call.contact, leg))
            call.settle()
    assert call.talking == takes
    assert call.state(FIRST) == "wrap_up"
    call.pass_time(20)
    if hangs_up == "customer":
        call.hang_up(call.contact)
    else:
        call.phone_hangs_up(takes)
    assert call.end == ("answered", "talked")
    assert call.debts == []
    assert call.recorded
    first = {"blind": (FIRST, 10.0, 0.0), "by phone": (FIRST, 10.0, 0.0), "conference": (FIRST, 18.0, 5.0)}.get(
        way, (FIRST, 15.0, 5.0)
    )
    assert call.parts == [first, (takes, 20.0, 0.0)]
    assert call.times(FIRST, AgentState.WRAP_UP) == 1
    assert call.times(FIRST, AgentState.TALKING) == 1
    call.pass_time(15)
    assert call.state(FIRST) == call.state(SECOND) == "ready"


@pytest.mark.parametrize("to", ["agent", "number"])
def test_nobody_takes_it_and_it_comes_back_to_who_sent_it(to: str) -> None:
    call = Call()
    call.deaf = {SECOND, OUTSIDE}
    call.transfer(to)
    call.pass_time(35)
    call.settle()
    assert call.talking == FIRST
    assert [(one.to, one.target) for one in call.written if isinstance(one, facts.TransferReturned)] == [
        ("agent", FIRST)
    ]
    call.hang_up(call.contact)
    assert call.end == ("answered", "talked")
    assert call.debts == []


def test_who_sent_it_is_busy_by_then_and_the_person_waits_in_the_line() -> None:
    call = Call()
    call.deaf = {SECOND, FIRST}
    call.transfer("agent")
    call.tell(events.AgentPaused(call.now, FIRST, "lunch"))
    call.tell(events.WrapUpFinished(call.now, FIRST))
    call.pass_time(25)
    call.settle()
    contact = call.core.state.contacts[call.contact]
    assert (contact.phase, contact.queue) == ("waiting", "sales")
    assert contact.since == call.written[1].at  # the place is that of the first waiting
    call.hang_up(call.contact)
    assert call.end == ("answered", "transfer")
    assert call.debts == ["transfer"]


def test_the_person_leaves_while_he_is_sent_on_and_is_owed() -> None:
    call = Call()
    call.deaf = {SECOND}
    call.transfer("agent")
    call.pass_time(5)
    call.hang_up(call.contact)
    assert call.end == ("answered", "transfer")
    assert call.debts == ["transfer"]
    assert call.recorded
    assert call.state(SECOND) == "ready"


def test_a_queue_where_nobody_is_free_keeps_the_person_waiting_and_asks_for_a_message() -> None:
    call = Call(second=False, max_wait=60.0)
    call.transfer("queue")
    assert call.core.state.contacts[call.contact].queue == "service"
    call.pass_time(70)
    call.settle()
    call.pass_time(1)
    assert call.end == ("answered", "message")
    assert call.debts == ["message"]


@pytest.mark.parametrize("how", ["rejects", "rings out", "is cancelled", "leaves"])
@pytest.mark.parametrize("to", list(TARGETS))
def test_a_consult_ends_and_the_agent_is_with_the_person_again(how: str, to: str) -> None:
    call = Call()
    asked = "" if to == "number" else SECOND
    call.deaf = {SECOND, OUTSIDE} if how in ("rejects", "rings out") else set()
    call.consult(to)
    contact = call.core.state.contacts[call.contact]
    assert contact.held_since
    (leg,) = contact.consults
    call.pass_time(4)
    if how == "rejects":
        call.tell(events.LegEnded(call.now, call.contact, leg, 21))
    elif how == "rings out":
        call.pass_time(30)
    elif how == "is cancelled":
        call.steer("cancel")
    else:
        call.phone_hangs_up(asked)
    call.settle()
    assert not contact.held_since
    assert not contact.consults
    assert call.talking == FIRST
    expected = {"rejects": "not_answering", "rings out": "not_answering"}.get(how, "ready")
    assert call.state(SECOND) == (expected if asked else "ready")
    call.hang_up(call.contact)
    assert len(call.parts) == 1
    assert call.end == ("answered", "talked")


def test_the_agent_swaps_between_the_two() -> None:
    call = Call()
    call.consult("agent")
    contact = call.core.state.contacts[call.contact]
    (asked,) = contact.consults.values()
    heard = []
    for _ in range(2):
        call.steer("swap")
        heard.append((contact.held_since > 0.0, asked.held))
    assert heard == [(False, True), (True, False)]


def test_who_talk_are_mixed_before_anybody_comes_or_is_held() -> None:
    """The recording loses a second talker where two are connected directly."""
    call = Call()
    call.tell(events.ConsultRequested(call.now, FIRST, call.contact, "agent", SECOND))
    mixed = commands.MixParties(call.contact, (call.contact, f"{call.contact}-a1"))
    assert call.ordered[0] == mixed
    assert [type(one) for one in call.ordered[1:]] == [commands.HoldParty, commands.RingAgent]
    call.settle()
    call.steer("join")
    call.ordered.clear()
    call.tell(events.ConsultRequested(call.now, FIRST, call.contact, "number", TARGETS["number"]))
    assert call.ordered[0] == commands.MixParties(call.contact, (*mixed.legs, f"{call.contact}-a2"))


def test_who_was_sent_on_is_mixed_with_the_next() -> None:
    call = Call()
    call.tell(events.TransferRequested(call.now, FIRST, call.contact, "agent", SECOND))
    call.obey()
    (join,) = [one for one in call.ordered if isinstance(one, commands.JoinParties)]
    assert join.mixed


def test_the_person_hangs_up_during_a_consult() -> None:
    call = Call()
    call.consult("agent")
    call.pass_time(5)
    call.hang_up(call.contact)
    assert call.end == ("answered", "talked")
    assert call.parts == [(FIRST, 15.0, 5.0)]
    assert (call.state(FIRST), call.state(SECOND)) == ("wrap_up", "ready")


def test_a_conference_goes_on_when_one_of_it_leaves_and_takes_in_another() -> None:
    call = Call()
    call.ready("a302")
    call.consult("agent")
    call.steer("join")
    call.consult("number")
    contact = call.core.state.contacts[call.contact]
    assert contact.consults[f"{call.contact}-a2"].held  # a member does not hear what is asked aside
    call.steer("join")
    assert not any(one.held for one in contact.consults.values())
    assert not contact.held_since
    call.phone_hangs_up("")
    assert call.talking == FIRST
    call.phone_hangs_up(FIRST)
    assert call.talking == SECOND


@pytest.mark.parametrize(
    ("to", "target", "code"),
    [
        ("agent", "a304", "colleague_not_free"),
        ("agent", "nobody", "no_such_colleague"),
        ("queue", "nowhere", "no_such_queue"),
        ("number", "1&PJSIP/x", "wrong_number"),
    ],
)
@pytest.mark.parametrize("way", ["transfer", "consult"])
def test_what_cannot_be_is_refused_and_the_talk_goes_on(way: str, to: str, target: str, code: str) -> None:
    call = Call()
    with pytest.raises(Refused, match=code):
        getattr(call, way)(to, target)
    assert call.core.desk.facts == []
    assert call.talking == FIRST


@pytest.mark.parametrize("dialled", ["304", "", "1&PJSIP/x"])
def test_a_telephone_is_told_that_it_cannot_send_the_person_there(dialled: str) -> None:
    call = Call()
    call.refer(dialled)
    assert call.accepted == [False]
    assert call.core.desk.facts == []
    assert call.talking == FIRST


def test_a_queue_where_nobody_is_free_cannot_be_consulted() -> None:
    call = Call(second=False)
    with pytest.raises(Refused, match="nobody_free"):
        call.consult("queue")
    assert not call.core.state.contacts[call.contact].held_since


def test_without_a_trunk_nobody_outside_can_be_called() -> None:
    call = Call()
    call.tell(events.ConfigurationPublished(call.now, replace(call.configuration, trunks={}, version=2)))
    with pytest.raises(Refused, match="no_trunk"):
        call.transfer("number")


@pytest.mark.parametrize("again", ["hangs up", "talks"])
def test_a_promised_callback_is_kept_before_the_person_is_sent_on(again: str) -> None:
    call = Call(wrap_up_seconds=0.0)
    call.hang_up(call.contact)
    call.tell(events.AgentPaused(call.now, FIRST, "lunch"))
    call.contact = call.arrive("+79000000002")
    call.settle()
    call.pass_time(5)
    call.tell(events.DigitPressed(call.now, call.contact, call.contact, "2"))
    call.settle()
    call.tell(events.AgentReadied(call.now, FIRST, "phone"))
    call.settle()
    call.settle()
    assert call.talking == FIRST
    call.deaf = {SECOND} if again == "hangs up" else set()
    call.transfer("agent")
    if again == "hangs up":
        customer = call.core.state.contacts[call.contact].customer_leg
        call.tell(events.LegEnded(call.now, call.contact, customer))
        call.settle()
    else:
        assert call.talking == SECOND
        call.phone_hangs_up(SECOND)
    over = [one for one in call.written if isinstance(one, facts.ContactOver) and one.contact == call.contact]
    assert [(one.outcome, one.cause) for one in over] == [
        ("called_back", "transfer" if again == "hangs up" else "talked")
    ]
    opened = [one.debt for one in call.written if isinstance(one, facts.DebtOpened)]
    own = f"d-{call.contact}"
    assert opened == ([own, f"{own}-2"] if again == "hangs up" else [own])
    assert list(call.core.state.debts) == opened[1:]
