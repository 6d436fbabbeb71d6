"""Agents call by themselves: from the screen and by dialling on a desk phone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kaska.core import commands, events, facts
from kaska.core.outgoing.choice import busy
from kaska.core.outgoing.numbering import MOBILE
from kaska.core.outgoing.rules import OutgoingRules
from kaska.core.ports import Refused
from support.company import company
from support.play import Play

AGENT, COLLEAGUE = "a301", "a303"
PERSON, OWED = "+74950000788", "+79000000001"
OWN, OUT = "own-7.1", "out-1"


class Caller(Play):
    """``deaf`` numbers ring on. ``busy``: number → cause with which its line ends."""

    def __init__(self, **rules: Any) -> None:
        found = company()
        super().__init__(replace(found, outgoing=OutgoingRules(**rules)) if rules else found)
        self.deaf: set[str] = set()
        self.busy: dict[str, int] = {}
        self.carried: list[commands.Command] = []

    def _done(self, command: commands.Command) -> list[events.Event]:
        self.carried.append(command)
        if isinstance(command, commands.DialOut) and command.number in self.busy:
            return [events.LegEnded(self.now, command.contact, command.leg, self.busy[command.number])]
        if isinstance(command, commands.DialOut) and command.number in self.deaf:
            return []
        return super()._done(command)

    def call(self, number: str = PERSON, project: str = "") -> None:
        self.tell(events.CallRequested(self.now, AGENT, number, OUT, project))
        self.settle()

    def dial(self, dialled: str = "8 495 000-07-88", number: str = PERSON, leg: str = OWN) -> None:
        endpoint = self.configuration.agents[AGENT].devices[1].endpoint
        self.tell(events.PhoneDialled(self.now, leg, endpoint, dialled, number))
        self.settle()

    def owe(self, caller: str = OWED) -> str:
        """Somebody calls in vain; returns the debt."""
        self.lose(caller)
        return next(iter(self.core.state.debts_of[caller]))

    def state(self, agent: str = AGENT) -> str:
        return self.core.state.agents[agent].state.value

    def told(self, kind: type[Any]) -> list[Any]:
        return [one for one in self.written if isinstance(one, kind)]

    def done(self, kind: type[Any]) -> list[Any]:
        return [one for one in self.carried if isinstance(one, kind)]

    def phase(self, contact: str) -> str:
        return self.core.state.contacts[contact].phase.value


def test_by_the_screen_his_phone_rings_and_then_the_person() -> None:
    play = Caller()
    play.ready(AGENT)
    play.call()
    order = [type(one) for one in play.carried if isinstance(one, commands.RingAgent | commands.DialOut)]
    assert order == [commands.RingAgent, commands.DialOut]
    assert (play.phase(OUT), play.state()) == ("talking", "talking")
    (opened,) = play.told(facts.ContactOpened)
    assert (opened.direction, opened.customer, opened.project, opened.caller, opened.debt) == (
        "outbound", PERSON, "windows", "+74950000101", "",
    )  # fmt: skip
    (started,) = play.told(facts.OutgoingStarted)
    assert started.agent == AGENT, "his own caps count"
    play.pass_time(30)
    play.tell(events.LegEnded(play.now, OUT, f"{OUT}-c2"))
    play.settle()
    (over,) = play.told(facts.ContactOver)
    assert (over.outcome, over.cause) == ("answered", "talked")
    assert play.state() == "wrap_up"
    assert [one.recorded for one in play.done(commands.CloseContact)] == [True]


@pytest.mark.parametrize("on_duty", [True, False])
def test_a_desk_phone_dials_and_hears_the_ringing(on_duty: bool) -> None:
    play = Caller()
    if on_duty:
        play.ready(AGENT)
    play.deaf = {PERSON}
    play.dial()
    assert play.done(commands.AdoptLeg) == [commands.AdoptLeg(OWN, OWN)]
    assert (play.phase(OWN), play.state()) == ("joining", "talking")
    assert not play.done(commands.AnswerCall)
    play.tell(events.LegAnswered(play.now, OWN, f"{OWN}-c1"))
    play.settle()
    assert play.done(commands.AnswerCall) == [commands.AnswerCall(OWN, OWN)]
    assert play.phase(OWN) == "talking"
    play.pass_time(20)
    play.tell(events.LegEnded(play.now, OWN, OWN))
    play.settle()
    (over,) = play.told(facts.ContactOver)
    assert (over.outcome, over.cause) == ("answered", "talked")
    assert play.state() == ("wrap_up" if on_duty else "offline")
    assert play.core.state.contacts == {}


@pytest.mark.parametrize(("cause", "told"), [(17, 17), (1, 1), (19, 19)])
def test_a_desk_phone_is_told_why_nobody_talks(cause: int, told: int) -> None:
    play = Caller()
    play.ready(AGENT)
    play.busy = {PERSON: cause}
    play.dial()
    assert play.done(commands.HangUpLeg) == [commands.HangUpLeg(OWN, OWN, told)]
    (over,) = play.told(facts.ContactOver)
    assert over.outcome == "not_reached"
    assert play.state() == "ready"
    assert not play.told(facts.DebtOpened)


def test_he_gives_up_while_it_rings() -> None:
    play = Caller()
    play.ready(AGENT)
    play.deaf = {PERSON}
    play.dial()
    play.tell(events.LegEnded(play.now, OWN, OWN))
    play.settle()
    assert play.done(commands.HangUpLeg) == [commands.HangUpLeg(OWN, f"{OWN}-c1")]
    (over,) = play.told(facts.ContactOver)
    assert (over.outcome, over.cause) == ("not_reached", "agent_left")
    assert play.state() == "ready"


@pytest.mark.parametrize("by", ["screen", "phone"])
def test_who_is_owed_a_call_is_called_for_his_debt(by: str) -> None:
    play = Caller()
    debt = play.owe()
    play.ready(AGENT)
    if by == "screen":
        play.call(OWED)
    else:
        play.dial("8-900-000-00-01", OWED)
    opened = play.told(facts.ContactOpened)[-1]
    assert opened.debt == debt
    (closed,) = play.told(facts.DebtClosed)
    assert (closed.debt, closed.how) == (debt, "called_back")


def test_an_attempt_by_a_desk_phone_counts_for_the_debt() -> None:
    play = Caller()
    debt = play.owe()
    play.ready(AGENT)
    play.busy = {OWED: 17}
    play.dial("8-900-000-00-01", OWED)
    (attempt,) = play.told(facts.DebtAttempted)
    assert (attempt.debt, attempt.result, attempt.tries) == (debt, "busy", 1)


@pytest.mark.parametrize("by", ["screen", "phone"])
def test_never_two_of_us_at_once_to_one_person(by: str) -> None:
    play = Caller()
    play.arrive(OWED)
    play.tell(events.AgentSignedIn(play.now, AGENT))
    if by == "screen":
        with pytest.raises(Refused, match="already_calling"):
            play.call(OWED)
    else:
        play.dial("8-900-000-00-01", OWED)
        assert play.done(commands.SayAndHangUp) == [commands.SayAndHangUp(OWN, OWN, ("ru/code/called-already",))]
    assert len(play.told(facts.ContactOpened)) == 1


@pytest.mark.parametrize("by", ["screen", "phone"])
def test_the_outgoing_rules_hold(by: str) -> None:
    play = Caller(everybody=(MOBILE,))
    play.ready(AGENT)
    if by == "screen":
        play.call()
    else:
        play.dial()
        assert play.done(commands.SayAndHangUp) == [commands.SayAndHangUp(OWN, OWN, ("ru/code/not-permitted",))]
    (refused,) = play.told(facts.OutgoingRefused)
    assert (refused.agent, refused.number, refused.reason) == (AGENT, PERSON, "direction_closed")
    assert not play.told(facts.ContactOpened)


@pytest.mark.parametrize(
    ("agent", "project", "code"),
    [("nobody", "", "not_an_agent"), (COLLEAGUE, "", "agent_offline"), (AGENT, "nowhere", "no_such_project")],
)
def test_what_cannot_be_is_refused(agent: str, project: str, code: str) -> None:
    play = Caller()
    play.ready(AGENT)
    with pytest.raises(Refused, match=code):
        play.tell(events.CallRequested(play.now, agent, PERSON, OUT, project))
    assert not play.told(facts.ContactOpened)


@pytest.mark.parametrize("dialled", ["", "s", "1&PJSIP/x", "anything"])
def test_what_is_no_number_is_not_called(dialled: str) -> None:
    play = Caller()
    play.ready(AGENT)
    play.dial(dialled, "")
    assert play.done(commands.SayAndHangUp) == [commands.SayAndHangUp(OWN, OWN, ("ru/code/no-such-number",))]
    assert not play.told(facts.ContactOpened)


def test_who_is_busy_makes_no_second_call_by_another_phone() -> None:
    play = Caller()
    play.ready(AGENT)
    play.call()
    web = play.configuration.agents[AGENT].devices[0].endpoint
    play.tell(events.PhoneDialled(play.now, OWN, web, OWED, OWED))
    play.settle()
    assert play.done(commands.SayAndHangUp) == [commands.SayAndHangUp(OWN, OWN, ("ru/code/finish-first",))]


def test_an_own_call_does_not_use_up_a_line_twice() -> None:
    play = Caller()
    play.ready(AGENT)
    play.dial()
    assert len(play.core.state.outgoing.calls) == 1
    assert busy(play.core.state, "city") == 1


def test_who_listens_to_a_talk_calls_nobody_by_another_line() -> None:
    play = Caller()
    play.ready(AGENT)
    play.call()
    by = play.configuration.agents[COLLEAGUE].devices[1].endpoint
    play.ready(COLLEAGUE)
    play.tell(events.MonitorRequested(play.now, COLLEAGUE, OUT, "listen"))
    play.settle()
    play.tell(events.PhoneDialled(play.now, OWN, by, OWED, OWED))
    assert not play.core.state.agents[COLLEAGUE].bound
    assert [one.contact for one in play.told(facts.ContactOpened)] == [OUT]


@pytest.mark.parametrize("number", ["112", "4501"])
@pytest.mark.parametrize("by", ["screen", "phone"])
def test_two_may_call_the_same_short_number_and_nobody_is_its_customer(by: str, number: str) -> None:
    play = Caller()
    play.ready(AGENT, COLLEAGUE)
    other = play.configuration.agents[COLLEAGUE].devices[1].endpoint
    play.tell(events.PhoneDialled(play.now, "own-8.1", other, number))
    play.settle()
    if by == "screen":
        play.call(number)
    else:
        play.dial(number, "")
    assert [one.number for one in play.done(commands.DialOut)] == [number, number]
    assert [one.customer for one in play.told(facts.ContactOpened)] == ["", ""]
    assert len(play.told(facts.Connected)) == 2
