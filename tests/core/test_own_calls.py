"""Consults and attended transfers by a desk phone's own second call, on a switch that obeys."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.test_transfer import FIRST, OUTSIDE, SECOND, TARGETS, Call

from kaska.core import commands, events, facts
from kaska.core.presence.states import AgentState

OWN = "own-1.1"
DIALLED = {"agent": "303", "queue": "service", "number": OUTSIDE}


class DeskPhone(Call):
    """FIRST's telephone makes a second call."""

    def dial(self, dialled: str) -> None:
        first = self.core.state.contacts[self.contact].legs[f"{self.contact}-a1"]
        self.tell(events.LegHeld(self.now, self.contact, first.id, True))
        self.tell(events.PhoneDialled(self.now, OWN, first.endpoint, dialled))
        self.settle()

    def put_together(self, *, backwards: bool = False) -> list[bool]:
        first = f"{self.contact}-a1"
        leg, replaces = (OWN, first) if backwards else (first, OWN)
        before = len(self.ordered)
        self.tell(events.PhoneTransferred(self.now, self.contact, leg, "", replaces))
        told = [one.accepted for one in self.ordered[before:] if isinstance(one, commands.AnswerTransfer)]
        self.settle()
        return told

    def hang_second_up(self) -> None:
        self.tell(events.LegEnded(self.now, self.contact, OWN))
        self.settle()

    def told(self, kind: type[Any]) -> list[Any]:
        return [one for one in self.ordered if isinstance(one, kind)]


@pytest.mark.parametrize("hangs_up", ["customer", "second"])
@pytest.mark.parametrize("to", list(TARGETS))
@pytest.mark.parametrize("way", ["attended", "named backwards", "while it rings", "by hanging the first up"])
def test_a_person_is_sent_on_by_a_desk_phone(way: str, to: str, hangs_up: str) -> None:
    call = DeskPhone()
    takes = "" if to == "number" else SECOND
    call.deaf = {SECOND, OUTSIDE} if way == "while it rings" else set()
    call.dial(DIALLED[to])
    assert call.talking == FIRST
    call.pass_time(5)
    if way == "by hanging the first up":
        call.phone_hangs_up(FIRST)
    else:
        assert call.put_together(backwards=way == "named backwards") == [True]
    if way == "while it rings":
        (leg,) = call.core.state.contacts[call.contact].offers
        call.tell(events.LegAnswered(call.now, call.contact, leg))
        call.settle()
    assert call.talking == takes
    assert not call.core.state.contacts[call.contact].leg_alive(OWN)
    assert call.state(FIRST) == "wrap_up"
    call.pass_time(20)
    if hangs_up == "customer":
        call.hang_up(call.contact)
    else:
        call.phone_hangs_up(takes)
    assert call.end == ("answered", "talked")
    assert call.debts == []
    assert call.recorded
    assert call.parts == [(FIRST, 15.0, 5.0), (takes, 20.0, 0.0)]
    assert call.times(FIRST, AgentState.WRAP_UP) == 1
    call.pass_time(15)
    assert call.state(FIRST) == call.state(SECOND) == "ready"


@pytest.mark.parametrize("how", ["the second call is hung up", "he leaves", "he rejects", "by the screen"])
def test_the_telephone_goes_on_with_the_person(how: str) -> None:
    call = DeskPhone()
    call.deaf = {SECOND} if how == "he rejects" else set()
    call.dial("303")
    contact = call.core.state.contacts[call.contact]
    (leg,) = contact.consults
    if how == "the second call is hung up":
        call.hang_second_up()
    elif how == "he leaves":
        call.phone_hangs_up(SECOND)
    elif how == "he rejects":
        call.tell(events.LegEnded(call.now, call.contact, leg, 21))
    else:
        call.steer("cancel")
    call.settle()
    assert not contact.consults
    assert not contact.leg_alive(OWN)
    assert contact.held_since, "the telephone holds the person by itself"
    call.pass_time(3)
    call.tell(events.LegHeld(call.now, call.contact, contact.agent_leg, False))
    assert not contact.held_since
    assert call.talking == FIRST
    call.hang_up(call.contact)
    assert call.parts == [(FIRST, 13.0, 3.0)]
    assert call.state(FIRST) == "wrap_up"


def test_the_two_talk_in_a_bridge_of_their_own_and_then_with_the_person_in_one_that_mixes() -> None:
    call = DeskPhone()
    first = call.core.state.contacts[call.contact].legs[f"{call.contact}-a1"]
    call.tell(events.PhoneDialled(call.now, OWN, first.endpoint, "303"))
    (asked,) = call.core.state.contacts[call.contact].consults
    assert call.ordered[0] == commands.AdoptLeg(call.contact, OWN)
    call.ordered.clear()
    call.tell(events.LegAnswered(call.now, call.contact, asked))
    assert call.ordered == [commands.AnswerCall(call.contact, OWN), commands.TalkAside(call.contact, OWN, asked)]
    call.ordered.clear()
    call.tell(events.PhoneTransferred(call.now, call.contact, first.id, "", OWN))
    kinds = [type(one) for one in call.ordered]
    assert kinds.index(commands.AddParty) < kinds.index(commands.HangUpLeg) < kinds.index(commands.StopObserving)
    assert call.told(commands.MixParties) == [commands.MixParties(call.contact, (call.contact, asked))]


def test_all_three_talk_when_the_screen_says_so() -> None:
    call = DeskPhone()
    call.dial("303")
    call.tell(events.ConsultSteered(call.now, FIRST, call.contact, "join"))
    contact = call.core.state.contacts[call.contact]
    assert [one.leg for one in call.told(commands.AddParty)] == list(contact.consults)
    call.settle()
    assert not contact.leg_alive(OWN)
    assert [one.shared for one in contact.consults.values()] == [True]
    assert not contact.held_since


def test_the_person_hangs_up_meanwhile() -> None:
    call = DeskPhone()
    call.dial("303")
    call.hang_up(call.contact)
    assert call.end == ("answered", "talked")
    assert (call.state(FIRST), call.state(SECOND)) == ("wrap_up", "ready")
    assert call.told(commands.StopObserving) == []


@pytest.mark.parametrize(
    ("dialled", "word"),
    [("304", "busy"), ("", "no-such-number"), ("1&PJSIP/x", "no-such-number"), ("*0", "no-such-code")],
)
def test_what_cannot_be_is_said_and_the_talk_goes_on(dialled: str, word: str) -> None:
    call = DeskPhone()
    endpoint = call.core.state.contacts[call.contact].legs[f"{call.contact}-a1"].endpoint
    (asked,) = call.tell(events.PhoneDialled(call.now, OWN, endpoint, dialled))
    assert isinstance(asked, facts.PhoneAsked)
    assert (asked.agent, asked.dialled, bool(asked.refused)) == (FIRST, dialled, True)
    assert call.ordered == [commands.SayAndHangUp(OWN, OWN, (f"ru/code/{word}",))]
    assert call.talking == FIRST


@pytest.mark.parametrize(("endpoint", "word"), [("demo-303", "busy"), ("nobody", "no-workplace")])
def test_a_colleague_who_talks_is_not_called(endpoint: str, word: str) -> None:
    call = DeskPhone()
    call.tell(events.PhoneDialled(call.now, OWN, endpoint, "301"))
    assert call.ordered == [commands.SayAndHangUp(OWN, OWN, (f"ru/code/{word}",))]


def test_a_transfer_of_calls_that_are_not_together_is_refused() -> None:
    call = DeskPhone()
    assert call.put_together() == [False]
    call.dial("303")
    call.hang_second_up()
    assert call.put_together() == [False]
    assert call.talking == FIRST
    assert not [one for one in call.written if isinstance(one, facts.Transferred)]
