"""Parking, and taking whom somebody else is asked to take, on a switch that obeys."""

from __future__ import annotations

import pytest
from tests.core.test_transfer import CALLER, FIRST, SECOND, Call

from kaska.core import events, facts
from kaska.core.ports import Refused
from kaska.core.presence.states import AgentState
from support.company import company
from support.play import Play

PEER = "a302"
"""serves the sales queue as FIRST does"""


def park(call: Call) -> None:
    call.tell(events.ParkRequested(call.now, FIRST, call.contact))
    call.settle()


def pick_up(play: Play, agent: str, contact: str = "") -> None:
    play.tell(events.PickUpRequested(play.now, agent, contact))


def taken_from(play: Play) -> list[tuple[str, str]]:
    return [(one.agent, one.place) for one in play.written if isinstance(one, facts.PickedUp)]


def test_anybody_takes_a_parked_person() -> None:
    call = Call()
    park(call)
    assert call.talking is None
    assert call.state(FIRST) == "wrap_up"
    pick_up(call, SECOND, call.contact)
    call.settle()
    assert call.talking == SECOND
    assert taken_from(call) == [(SECOND, "parked")]
    call.phone_hangs_up(SECOND)
    assert call.end == ("answered", "talked")
    assert call.debts == []


def test_whom_nobody_takes_comes_back_to_who_parked_him() -> None:
    call = Call()
    park(call)
    call.pass_time(121)
    call.settle()
    assert call.talking == FIRST
    assert [one.target for one in call.written if isinstance(one, facts.TransferReturned)] == [FIRST]


def test_who_hangs_up_while_parked_is_owed() -> None:
    call = Call()
    park(call)
    call.tell(events.LegEnded(call.now, call.contact, call.contact))
    call.settle()
    assert call.debts == ["transfer"]


def test_a_call_that_rings_at_a_colleague_is_picked_up() -> None:
    call = Call()
    call.deaf = {SECOND}
    call.transfer("agent")
    assert call.state(SECOND) == "ringing"
    call.ready("a304")
    pick_up(call, "a304", call.contact)
    call.settle()
    assert call.talking == "a304"
    assert call.state(SECOND) == "ready"


def test_who_waits_in_somebody_elses_queue_is_not_his() -> None:
    play = Play(company())
    contact = play.arrive(CALLER)
    play.settle()
    play.ready(SECOND)
    with pytest.raises(Refused, match="not_his_queue"):
        pick_up(play, SECOND, contact)


@pytest.mark.parametrize("named", [True, False])
def test_a_colleague_of_the_queue_takes_what_rings(named: bool) -> None:
    play = Play(company())
    play.ready(FIRST)
    contact = play.arrive(CALLER)
    while not play.core.state.contacts[contact].offers:
        play.obey()
    play.tell(events.AgentReadied(play.now, PEER))
    pick_up(play, PEER, contact if named else "")
    play.settle()
    assert play.core.state.contacts[contact].agent == PEER
    assert play.core.state.agents[FIRST].state is AgentState.READY
    assert taken_from(play) == [(PEER, "ringing")]


def test_nothing_rings_and_nobody_may_who_is_away() -> None:
    play = Play(company())
    play.ready(FIRST)
    with pytest.raises(Refused, match="nobody_to_pick_up"):
        pick_up(play, FIRST)
    with pytest.raises(Refused, match="agent_offline"):
        pick_up(play, PEER)


def test_who_parked_him_may_have_him_back_at_once() -> None:
    call = Call()
    park(call)
    assert call.state(FIRST) == "wrap_up"
    pick_up(call, FIRST, call.contact)
    call.settle()
    assert call.talking == FIRST


def test_in_wrap_up_nobody_else_is_taken() -> None:
    call = Call()
    park(call)
    waiting = call.arrive("+79000000002")
    call.settle()
    with pytest.raises(Refused, match="agent_busy"):
        pick_up(call, FIRST, waiting)


def lost_sound(call: Call, agent: str = FIRST) -> None:
    call.tell(events.ReconnectRequested(call.now, agent, call.contact))


def test_a_talk_goes_on_at_a_telephone_that_rings_anew() -> None:
    call = Call()
    lost_sound(call)
    assert [type(one).__name__ for one in call.ordered][-3:] == ["HangUpLeg", "SetApart", "RingAgent"]
    assert call.state(FIRST) == "ringing"
    call.settle()
    assert call.talking == FIRST
    assert taken_from(call) == [(FIRST, "talking")]
    call.phone_hangs_up(FIRST)
    assert call.end == ("answered", "talked")
    assert call.debts == []


def test_whoever_cannot_be_heard_again_loses_nobody() -> None:
    call = Call(second=False)
    call.deaf = {FIRST}
    lost_sound(call)
    call.pass_time(20)
    call.settle()
    assert call.state(FIRST) == "not_answering"
    call.ready(PEER)
    call.settle()
    assert call.talking == PEER


def test_the_sound_of_who_consults_or_does_not_talk_is_not_renewed() -> None:
    call = Call()
    with pytest.raises(Refused, match="no_such_call"):
        lost_sound(call, SECOND)
    call.consult("agent")
    with pytest.raises(Refused, match="consulting"):
        lost_sound(call)


def test_a_telephone_that_is_gone_cannot_ring_anew() -> None:
    call = Call()
    for device in call.core.state.configuration.agents[FIRST].devices:
        call.tell(events.DeviceReached(call.now, device.endpoint, False))
    with pytest.raises(Refused, match="device_unreachable"):
        lost_sound(call)
    assert call.talking == FIRST


@pytest.mark.parametrize("held", [True, False])
def test_whose_agent_vanished_out_of_the_talk_is_served_further(held: bool) -> None:
    """The switch gives up a leg that sent no sound for long; a person who talks must not be hung up for it."""
    call = Call()
    if held:
        call.tell(events.HoldRequested(call.now, FIRST, call.contact, True))
    leg = call.core.state.contacts[call.contact].agent_leg
    call.ready(PEER)
    call.deaf = {FIRST}
    call.tell(events.LegEnded(call.now, call.contact, leg, 44))
    call.settle()
    call.pass_time(20)  # it rings first at who was cut off, he may be back
    call.settle()
    assert call.talking == PEER
    assert call.debts == []
