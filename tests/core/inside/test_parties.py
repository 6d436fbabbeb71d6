"""In a call among ourselves: music, a colleague asked aside, all together, sending it on; whoever hangs up first."""

from __future__ import annotations

import pytest

from kaska.core import commands, events, facts
from kaska.core.core import Core
from kaska.core.ports import Refused
from kaska.core.state import State
from support.insiders import OTHER_SITE, Insiders

ANN, BOB, EVE = "a301", "a303", "a302"
TALKING, READY = ("talking", "inside"), ("ready", "")
TALK = "out-1"
OF = {ANN: f"{TALK}-a1", BOB: f"{TALK}-a2"}
THIRD = f"{TALK}-a3"


@pytest.fixture
def play() -> Insiders:
    """Ann talks with Bob; Eve is ready."""
    play = Insiders()
    play.ready(ANN, BOB, EVE)
    play.call(ANN, "303")
    return play


def ask(play: Insiders, wish: str, agent: str = ANN, *, target: str = EVE, to: str = "agent") -> None:
    """ "ask" aside, "send" on, or what is wanted of the one who was asked."""
    if wish == "ask":
        play.tell(events.ConsultRequested(play.now, agent, TALK, to, target))
    elif wish == "send":
        play.tell(events.TransferRequested(play.now, agent, TALK, to, target))
    else:
        play.tell(events.ConsultSteered(play.now, agent, TALK, wish))
    play.settle()


def hear_music(play: Insiders) -> set[str]:
    """Legs, as the switch was told."""
    last = {one.leg: one.held for one in play.done(commands.HoldParty)}
    return {leg for leg, held in last.items() if held}


def states(play: Insiders) -> list[tuple[str, str]]:
    return [play.state(one) for one in (ANN, BOB, EVE)]


def test_hold_is_music_for_the_other_until_he_takes_it_back(play: Insiders) -> None:
    play.tell(events.HoldRequested(play.now, ANN, TALK, True))
    assert hear_music(play) == set()  # not carried out yet
    play.settle()
    assert hear_music(play) == {OF[BOB]}
    with pytest.raises(Refused, match="wrong_state"):
        play.tell(events.HoldRequested(play.now, BOB, TALK, False))
    play.tell(events.HoldRequested(play.now, ANN, TALK, False))
    play.settle()
    assert hear_music(play) == set()
    play.end(TALK, OF[BOB])
    assert (play.over.result, states(play)) == ("talked", [READY, READY, READY])


def test_who_hears_music_and_hangs_up_ends_it(play: Insiders) -> None:
    play.tell(events.HoldRequested(play.now, ANN, TALK, True))
    play.settle()
    play.end(TALK, OF[BOB])
    assert states(play) == [READY, READY, READY]
    assert not play.core.state.inside


def test_a_colleague_is_asked_aside_and_takes_over(play: Insiders) -> None:
    play.deaf = {EVE}
    ask(play, "ask")
    (ring,) = [one for one in play.done(commands.RingAgent) if one.agent == EVE]
    assert (ring.leg, ring.caller, ring.caller_name) == (THIRD, "301", "Agent 301")
    assert hear_music(play) == {OF[BOB]}
    assert states(play) == [TALKING, TALKING, ("ringing", "inside")]
    play.answer(TALK, THIRD)
    assert commands.AddParty(TALK, THIRD) in play.carried
    assert hear_music(play) == {OF[BOB]}, "the two talk aside"
    ask(play, "complete")
    assert hear_music(play) == set()
    assert states(play) == [READY, TALKING, TALKING]
    play.end(TALK, THIRD)
    assert states(play) == [READY, READY, READY]
    assert play.over.result == "talked"


def test_three_talk_together_and_two_go_on_whoever_leaves_first(play: Insiders) -> None:
    for first in (ANN, BOB, EVE):
        play = Insiders()
        play.ready(ANN, BOB, EVE)
        play.call(ANN, "303")
        ask(play, "ask")
        ask(play, "join")
        assert hear_music(play) == set()
        assert states(play) == [TALKING, TALKING, TALKING]
        legs = {**OF, EVE: THIRD}
        play.end(TALK, legs.pop(first))
        assert play.state(first) == READY
        assert [play.state(one) for one in legs] == [TALKING, TALKING]
        play.end(TALK, next(iter(legs.values())))
        assert states(play) == [READY, READY, READY]


def test_each_of_the_two_is_talked_with_in_turn(play: Insiders) -> None:
    ask(play, "ask")
    ask(play, "swap")
    assert hear_music(play) == {THIRD}
    ask(play, "swap")
    assert hear_music(play) == {OF[BOB]}
    ask(play, "cancel")
    assert hear_music(play) == set()
    assert states(play) == [TALKING, TALKING, READY]


@pytest.mark.parametrize("end", ["no_answer", "rejects", "vanished"])
def test_who_was_asked_does_not_come_and_they_talk_on(play: Insiders, end: str) -> None:
    play.deaf = {EVE}
    ask(play, "ask")
    if end == "no_answer":
        play.pass_time(31)
        play.settle()
    elif end == "rejects":
        play.tell(events.OfferRejected(play.now, EVE, TALK))
        play.settle()
    else:
        play.tell(events.CommandFailed(play.now, TALK, THIRD, "RingAgent", "gone"))
        play.settle()
    assert hear_music(play) == set()
    assert states(play) == [TALKING, TALKING, READY], "an unanswered colleague is set aside for nothing"
    ask(play, "ask")
    assert play.core.state.inside[TALK].guest is not None, "somebody may be asked again"


def test_it_is_sent_on_at_once(play: Insiders) -> None:
    play.deaf = {EVE}
    ask(play, "send")
    assert states(play) == [READY, TALKING, ("ringing", "inside")]
    assert hear_music(play) == {OF[BOB]}
    play.answer(TALK, THIRD)
    assert hear_music(play) == set()
    assert states(play) == [READY, TALKING, TALKING]
    play.end(TALK, OF[BOB])
    assert states(play) == [READY, READY, READY]


def test_nobody_takes_it_and_it_comes_back_once(play: Insiders) -> None:
    play.deaf = {EVE}
    ask(play, "send")
    play.deaf = {ANN}
    play.pass_time(31)
    play.settle()
    back = play.done(commands.RingAgent)[-1]
    assert (back.agent, back.caller) == (ANN, "303")
    assert states(play) == [("ringing", "inside"), TALKING, READY]
    play.pass_time(31)
    play.settle()
    assert states(play) == [READY, READY, READY]
    assert not play.core.state.inside


def test_it_came_back_and_they_talk_again(play: Insiders) -> None:
    play.deaf = {EVE}
    ask(play, "send")
    play.pass_time(31)
    play.settle()
    assert states(play) == [TALKING, TALKING, READY]
    assert hear_music(play) == set()
    ask(play, "ask", agent=ANN, target=EVE)
    assert play.core.state.inside[TALK].guest is not None


@pytest.mark.parametrize("sent", [True, False])
def test_the_one_who_waits_hangs_up(play: Insiders, *, sent: bool) -> None:
    play.deaf = {EVE}
    ask(play, "send" if sent else "ask")
    play.end(TALK, OF[BOB])
    assert play.state(BOB) == READY
    if sent:
        assert states(play) == [READY, READY, READY]
    else:  # the two go on, as after a transfer
        assert states(play) == [TALKING, READY, ("ringing", "inside")]
        play.answer(TALK, THIRD)
        ask(play, "join")
        play.end(TALK, THIRD)
        assert states(play) == [READY, READY, READY]


def test_who_asked_hangs_up_while_it_rings_and_the_two_meet(play: Insiders) -> None:
    play.deaf = {EVE}
    ask(play, "ask")
    play.end(TALK, OF[ANN])
    assert states(play) == [READY, TALKING, ("ringing", "inside")]
    play.answer(TALK, THIRD)
    assert hear_music(play) == set()
    assert states(play) == [READY, TALKING, TALKING]


@pytest.mark.parametrize(
    ("to", "target", "refused"),
    [
        ("agent", ANN, "own_number"),
        ("agent", BOB, "colleague_not_free"),
        ("agent", "nobody", "no_such_colleague"),
        ("number", "+74950000101", "colleagues_only"),
        ("queue", "nowhere", "no_such_queue"),
    ],
)
@pytest.mark.parametrize("wish", ["ask", "send"])
def test_who_cannot_be_asked(play: Insiders, wish: str, to: str, target: str, refused: str) -> None:
    before = len(play.carried)
    with pytest.raises(Refused, match=refused):
        ask(play, wish, to=to, target=target)
    assert len(play.carried) == before
    assert states(play) == [TALKING, TALKING, READY]


def test_somebody_of_a_queue_or_of_another_site_is_asked(play: Insiders) -> None:
    ask(play, "ask", to="queue", target="service")
    assert play.state(EVE) == TALKING
    ask(play, "join")
    ask(play, "ask", to="number", target=OTHER_SITE)
    (dialled,) = play.done(commands.DialOut)
    assert (dialled.number, dialled.caller_id, dialled.trunk) == (OTHER_SITE, "301", "site")
    assert hear_music(play) == {OF[BOB], THIRD}
    ask(play, "join")
    assert hear_music(play) == set()
    assert len(play.core.state.inside[TALK].present()) == 4


def test_who_is_asked_in_may_not_steer(play: Insiders) -> None:
    ask(play, "ask")
    for wish in ("complete", "join", "cancel", "ask", "send"):
        with pytest.raises(Refused, match=r"no_such_call|no_consult|consulting"):
            ask(play, wish, agent=EVE)
    with pytest.raises(Refused, match="no_consult"):
        ask(play, "cancel", agent=BOB)


@pytest.mark.parametrize(("dialled", "accepted"), [("302", True), ("999", False), ("301", False)])
def test_a_desk_phone_sends_it_on_by_its_own_key(play: Insiders, dialled: str, accepted: bool) -> None:
    play.tell(events.PhoneTransferred(play.now, TALK, OF[ANN], dialled))
    play.settle()
    assert play.done(commands.AnswerTransfer) == [commands.AnswerTransfer(TALK, OF[ANN], accepted)]
    assert states(play) == ([READY, TALKING, TALKING] if accepted else [TALKING, TALKING, READY])


def test_after_a_lost_connection_what_was_ordered_is_ordered_again(play: Insiders) -> None:
    play.deaf = {EVE}
    ask(play, "ask")
    play.answer(TALK, THIRD)
    before = len(play.carried)
    play.tell(events.SwitchResynced(play.now))
    play.settle()
    assert commands.AddParty(TALK, THIRD) in play.carried[before:]


def test_who_was_asked_cannot_be_put_into_the_bridge(play: Insiders) -> None:
    play.deaf = {EVE}
    ask(play, "ask")
    play.answer(TALK, THIRD)
    play.tell(events.CommandFailed(play.now, TALK, THIRD, "AddParty", "gone"))
    play.settle()
    assert hear_music(play) == set()
    assert states(play) == [TALKING, TALKING, READY]


def test_facts_alone_give_the_same_state(play: Insiders) -> None:
    ask(play, "ask")
    ask(play, "join")
    told = [type(one) for one in play.written]
    assert told.count(facts.InsideInvited) == told.count(facts.InsideShared) == 1
    assert [one.by for one in play.told(facts.InsideHeld)] == [ANN, ""]
    again = Core.replayed(State(play.configuration), play.written)
    assert again.state.inside == play.core.state.inside
