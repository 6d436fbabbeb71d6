"""«Call me when he is free»: a busy colleague, a busy line; customers go first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaska.core import commands, events, facts
from kaska.core.codes.rules import FeatureCodes
from kaska.core.configuration import Configuration
from kaska.core.outgoing.rules import Line, OutgoingRules
from kaska.core.ports import Refused
from support.insiders import Insiders, two_sites

ANN, BOB, EVE = "a301", "a303", "a302"
PERSON = "+74950000788"


def busy(**codes: object) -> Insiders:
    """Bob talks with Eve; Ann is free."""
    found: Configuration = replace(two_sites(reserve_after=0.0), codes=FeatureCodes(**codes))  # type: ignore[arg-type]
    play = Insiders(found)
    play.ready(ANN, BOB, EVE)
    play.dial(BOB, "302", "own-1.1")
    return play


def camp(play: Insiders, by: str = ANN, colleague: str = BOB, number: str = "") -> None:
    play.tell(events.CampRequested(play.now, by, colleague, number))
    play.settle()


def results(play: Insiders) -> list[str]:
    return [one.result for one in play.told(facts.CampOver)]


@pytest.mark.parametrize("way", ["screen", "code"])
def test_when_both_are_free_the_first_is_rung_and_then_the_other(way: str) -> None:
    play = busy()
    if way == "screen":
        camp(play)
    else:
        play.dial(ANN, "*37303", "own-2.1")
        assert play.done(commands.SayAndHangUp) == [commands.SayAndHangUp("own-2.1", "own-2.1", ("ru/code/camp",))]
    play.pass_time(60)
    before = len(play.carried)
    play.end("own-1.1", "own-1.1")
    rung = [one.agent for one in play.carried[before:] if isinstance(one, commands.RingAgent)]
    assert rung == [ANN, BOB]
    assert (play.state(ANN), play.state(BOB)) == (("talking", "inside"), ("talking", "inside"))
    assert results(play) == ["called"]
    assert not play.core.state.camps


def test_a_customer_who_waits_goes_first() -> None:
    play = busy()
    contact = play.arrive("+79000000001", "+74950000103")  # sales: Ann
    play.settle()
    play.hang_up(contact)
    play.tell(events.AgentPaused(play.now, ANN, "rest"))
    play.pass_time(11)
    camp(play, BOB, ANN)
    waiting = play.arrive("+79000000002", "+74950000103")
    play.settle()
    assert play.core.state.contacts[waiting].phase.value == "waiting"
    play.end("own-1.1", "own-1.1")
    assert play.core.state.contacts[waiting].agent == EVE, "the customer"
    assert play.state(ANN) == ("talking", "inside"), "then the colleague"


def test_who_is_free_is_called_at_once() -> None:
    play = Insiders()
    play.ready(ANN, BOB)
    camp(play)
    assert play.state(BOB) == ("talking", "inside")


def test_who_writes_a_talk_down_is_let_finish_it() -> None:
    play = Insiders()
    play.ready(ANN, BOB)
    contact = play.arrive("+79000000001")
    play.settle()
    camp(play, BOB, ANN)
    play.hang_up(contact)
    assert play.state(ANN)[0] == "wrap_up"
    assert results(play) == []
    play.pass_time(11)
    play.settle()
    assert play.state(BOB) == ("talking", "inside")


def test_it_ends_by_time() -> None:
    play = busy(camp_minutes=2)
    camp(play)
    play.pass_time(121)
    assert results(play) == ["expired"]


@pytest.mark.parametrize("way", ["screen", "code"])
def test_it_is_cancelled(way: str) -> None:
    play = busy()
    camp(play)
    if way == "screen":
        play.tell(events.CampCancelled(play.now, ANN, BOB))
    else:
        play.dial(ANN, "*37", "own-2.1")
    assert results(play) == ["cancelled"]
    with pytest.raises(Refused, match="no_such_camp"):
        play.tell(events.CampCancelled(play.now, ANN))


@pytest.mark.parametrize("who", [ANN, BOB])
def test_it_ends_when_one_of_the_two_goes_home(who: str) -> None:
    play = busy()
    camp(play)
    play.tell(events.AgentSignedOut(play.now, who))
    play.end("own-1.1", "own-1.1")
    assert results(play) == ["left"]


def test_two_who_want_each_other_are_called_once() -> None:
    play = busy()
    play.dial(ANN, "4501", "own-2.1")
    camp(play, ANN, BOB)
    camp(play, BOB, ANN)
    play.end("own-2.1", "own-2.1")
    play.end("own-1.1", "own-1.1")
    assert results(play) == ["called", "called"]
    assert len([one for one in play.told(facts.InsideAsked) if {one.by, one.to} == {ANN, BOB}]) == 1


@pytest.mark.parametrize(
    ("by", "colleague", "number", "code"),
    [
        (ANN, ANN, "", "own_number"),
        (ANN, "nobody", "", "no_such_colleague"),
        (ANN, "a304", "", "colleague_unreachable"),
        (ANN, "", "", "wrong_number"),
        (ANN, BOB, "", "camps_already"),
        ("a304", BOB, "", "agent_offline"),
        ("nobody", BOB, "", "not_an_agent"),
    ],
)
def test_what_cannot_be_is_refused(by: str, colleague: str, number: str, code: str) -> None:
    play = busy()
    if code == "camps_already":
        camp(play)
    with pytest.raises(Refused, match=code):
        camp(play, by, colleague, number)


def test_he_is_called_when_there_is_a_line() -> None:
    rules = OutgoingRules(lines=(Line("city", capacity=1),))
    play = Insiders(replace(two_sites(), outgoing=rules))
    play.ready(ANN, BOB)
    play.dial(BOB, "8 495 000-07-77", "own-1.1", settle=False)
    play.tell(events.PhoneDialled(play.now, "own-1.2", play.endpoint(BOB), "89990000000", "+79990000000"))
    play.settle()
    camp(play, ANN, "", PERSON)
    assert play.state(ANN) == ("ready", "")
    assert results(play) == []
    (contact,) = play.core.state.contacts
    play.end(contact, contact)
    (dialled,) = [one for one in play.done(commands.DialOut) if one.number == PERSON]
    assert play.core.state.contacts[dialled.contact].agent == ANN
    assert results(play) == ["called"]
