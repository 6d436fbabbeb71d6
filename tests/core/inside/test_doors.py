"""Somebody at a door: who may let him in is rung, one talks with him and opens, and nobody who rang is forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kaska.core import commands, events, facts
from kaska.core.configuration import Door
from kaska.core.core import Core
from kaska.core.ports import Refused
from kaska.core.state import State
from support.company import company
from support.insiders import Insiders

ANN, BOB, CAT, DAN = "a301", "a302", "a303", "a304"
CALL, GATE = "door-1", "demo-door-gate"


class Gate(Insiders):
    """The gate rings Ann and Bob, and its lock opens by ``*9``. Nobody's telephone answers by itself."""

    def __init__(self, **rules: Any) -> None:
        rules = {"agents": (ANN, BOB)} | rules
        gate = Door("gate", "Gate", GATE, "700", opens="*9", camera="https://camera.example/gate", **rules)
        super().__init__(replace(company(), doors={"gate": gate}))
        self.deaf = {ANN, BOB, CAT, DAN}
        for agent in (ANN, BOB, CAT):
            self.ready(agent)

    def press(self) -> None:
        self.tell(events.PhoneDialled(self.now, CALL, GATE, "1"))
        self.settle()

    def pressed_by(self, agent: str, keys: str) -> None:
        talk = self.core.state.inside[CALL]
        side = talk.side_of_agent(agent)
        assert side is not None
        for key in keys:
            self.tell(events.DigitPressed(self.now, CALL, side.leg, key))

    def open(self, agent: str) -> None:
        self.tell(events.DoorOpenRequested(self.now, agent, CALL))
        self.settle()

    @property
    def rung(self) -> list[str]:
        return [one.agent for one in self.done(commands.RingAgent)]


def test_all_are_rung_with_the_doors_name_and_the_first_one_talks() -> None:
    one = Gate()
    one.press()
    assert [(ring.agent, ring.caller, ring.caller_name, ring.inside) for ring in one.done(commands.RingAgent)] == [
        (ANN, "700", "Gate", True),
        (BOB, "700", "Gate", True),
    ]
    assert one.state(ANN) == one.state(BOB) == ("ringing", "inside")
    one.answer(CALL, f"{CALL}-a3")
    assert one.done(commands.JoinParties) == [commands.JoinParties(CALL, CALL, f"{CALL}-a3", keys=True)]
    assert commands.HangUpLeg(CALL, f"{CALL}-a2", 26) in one.carried
    assert (one.state(ANN), one.state(BOB)) == (("ready", ""), ("talking", "inside"))
    one.end(CALL, CALL)
    assert (one.over.by, one.over.to, one.over.result) == ("", BOB, "talked")
    assert one.state(BOB) == ("ready", "")
    assert not one.core.state.contacts
    assert not one.core.state.debts
    assert not one.told(facts.ContactOpened)


def test_who_talks_opens_by_the_screen_and_the_door_hears_the_digits() -> None:
    one = Gate()
    one.press()
    for agent in (ANN, BOB):
        with pytest.raises(Refused):
            one.core.handle(events.DoorOpenRequested(one.now, agent, CALL))
    one.answer(CALL, f"{CALL}-a2")
    with pytest.raises(Refused):
        one.core.handle(events.DoorOpenRequested(one.now, BOB, CALL))
    one.open(ANN)
    assert one.done(commands.SendDigits) == [commands.SendDigits(CALL, CALL, "*9")]
    assert [(fact.door, fact.agent, fact.way) for fact in one.told(facts.DoorOpened)] == [("gate", ANN, "screen")]
    one.tell(events.CommandFailed(one.now, CALL, CALL, "SendDigits", "gone"))
    assert one.told(facts.DoorUnopened)
    assert CALL in one.core.state.inside


def test_the_code_keyed_on_a_desk_phone_opens_and_is_written_down() -> None:
    one = Gate()
    one.press()
    one.answer(CALL, f"{CALL}-a2")
    one.pressed_by(ANN, "1*")
    assert not one.told(facts.DoorOpened)
    one.pressed_by(ANN, "9")
    assert [(fact.agent, fact.way) for fact in one.told(facts.DoorOpened)] == [(ANN, "phone")]
    one.pressed_by(ANN, "9")
    assert len(one.told(facts.DoorOpened)) == 1
    assert not one.done(commands.SendDigits)


def test_keys_while_the_visitor_is_held_open_nothing() -> None:
    one = Gate()
    one.press()
    one.answer(CALL, f"{CALL}-a2")
    one.tell(events.HoldRequested(one.now, ANN, CALL, True))
    one.pressed_by(ANN, "*9")
    with pytest.raises(Refused):
        one.core.handle(events.DoorOpenRequested(one.now, ANN, CALL))
    assert not one.told(facts.DoorOpened)


def test_a_door_without_a_lock() -> None:
    one = Gate()
    gate = replace(one.configuration.doors["gate"], opens="")
    one.tell(events.ConfigurationPublished(one.now, replace(one.configuration, doors={"gate": gate}, version=2)))
    one.press()
    one.answer(CALL, f"{CALL}-a2")
    one.pressed_by(ANN, "*9")
    with pytest.raises(Refused, match="no_lock"):
        one.core.handle(events.DoorOpenRequested(one.now, ANN, CALL))
    assert not one.told(facts.DoorKeyed)


def test_nobody_answers_and_the_visitor_is_told() -> None:
    one = Gate(ring_seconds=20.0)
    one.press()
    assert one.core.next_deadline() == one.now + 20.0
    one.pass_time(20.0)
    one.settle()
    assert one.done(commands.SayAndHangUp) == [commands.SayAndHangUp(CALL, CALL, ("ru/code/door-nobody",))]
    assert one.over.result == "no_answer"
    assert not one.core.state.inside
    assert one.state(ANN) == one.state(BOB) == ("ready", "")


def test_in_turn_each_rings_for_a_while() -> None:
    one = Gate(in_turn=True, each_seconds=10.0, ring_seconds=40.0)
    one.press()
    assert one.rung == [ANN]
    one.pass_time(10.0)
    one.settle()
    assert one.rung == [ANN, BOB]
    assert one.state(ANN) == ("ready", "")
    one.tell(events.OfferRejected(one.now, BOB, CALL))
    one.settle()
    assert one.over.result == "no_answer"
    assert one.done(commands.SayAndHangUp)


def test_who_becomes_free_is_rung_while_the_visitor_waits() -> None:
    one = Gate(agents=(CAT,))
    one.dial(CAT, "304", "own-7")
    one.press()
    assert one.rung == [DAN]
    one.end("own-7", "own-7")
    assert one.rung == [DAN, CAT]
    one.answer(CALL, f"{CALL}-a2")
    assert one.told(facts.DoorTaken)[0].agent == CAT


def test_a_queue_is_those_of_it_who_are_on_duty() -> None:
    one = Gate(agents=(), queue="operators")
    one.tell(events.AgentPaused(one.now, BOB, "lunch"))
    one.press()
    assert one.rung == [ANN, CAT]


def test_when_no_telephone_can_ring_he_is_told_at_once() -> None:
    one = Gate(agents=(DAN,))
    one.tell(events.DeviceReached(one.now, one.endpoint(DAN), False))
    one.tell(events.DeviceReached(one.now, "demo-304-web", False))
    one.press()
    assert one.over.result == "no_answer"
    assert one.done(commands.SayAndHangUp)


def test_the_visitor_leaves_before_anybody_answers() -> None:
    one = Gate()
    one.press()
    one.end(CALL, CALL)
    assert one.over.result == "gave_up"
    assert one.state(ANN) == one.state(BOB) == ("ready", "")


def test_a_call_that_is_told_again_is_not_another_one() -> None:
    one = Gate()
    one.press()
    one.press()
    one.end(CALL, CALL)
    one.press()
    assert len(one.told(facts.DoorRang)) == 1


def test_two_answer_at_the_same_moment() -> None:
    one = Gate()
    one.press()
    one.tell(events.LegAnswered(one.now, CALL, f"{CALL}-a2"))
    one.tell(events.LegAnswered(one.now, CALL, f"{CALL}-a3"))
    one.settle()
    assert [fact.agent for fact in one.told(facts.DoorTaken)] == [ANN]
    assert one.state(BOB) == ("ready", "")
    assert one.state(ANN) == ("talking", "inside")


def test_a_visitor_is_sent_on_to_a_colleague_who_opens_then() -> None:
    one = Gate()
    one.press()
    one.answer(CALL, f"{CALL}-a2")
    one.tell(events.TransferRequested(one.now, ANN, CALL, "agent", CAT))
    one.settle()
    guest = one.core.state.inside[CALL].guest
    assert guest is not None
    one.answer(CALL, guest.leg)
    one.open(CAT)
    assert [fact.agent for fact in one.told(facts.DoorOpened)] == [CAT]


@pytest.mark.parametrize("answered", [False, True])
def test_the_facts_alone_give_the_same_state(answered: bool) -> None:
    one = Gate()
    one.press()
    if answered:
        one.answer(CALL, f"{CALL}-a2")
        one.pressed_by(ANN, "*9")
    again = Core.replayed(State(one.configuration), one.written)
    assert again.state.inside == one.core.state.inside
    assert again.next_deadline() == one.core.next_deadline()
