"""An agent hears who calls him directly before he takes the call, or sends it on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaska.core import commands, events, facts
from support.company import MAIN, company
from support.insiders import Insiders

ANN, EVE, CALLER = "a301", "a302", "+79000000305"


def called(*, screened: bool = True, caller: str = CALLER) -> tuple[Insiders, str, str]:
    """Somebody dialled Ann's extension in the menu, and she picked up; (play, contact, her leg)."""
    found = company()
    agents = {**found.agents, ANN: replace(found.agents[ANN], screened=screened)}
    play = Insiders(replace(found, agents=agents))
    play.ready(ANN)
    contact = play.arrive(caller, MAIN)
    play.settle()
    for digit in "301":
        play.tell(events.DigitPressed(play.now, contact, contact, digit))
    play.pass_time(3)
    play.settle()
    return play, contact, f"{contact}-a1"


def press(play: Insiders, contact: str, leg: str, digit: str) -> None:
    play.tell(events.DigitPressed(play.now, contact, leg, digit))
    play.settle()


def test_she_hears_the_number_and_the_person_waits() -> None:
    play, _, leg = called()
    told = [one for one in play.done(commands.PlayPrompts) if one.leg == leg]
    assert [one.prompts for one in told] == [
        (
            "ru/code/screen-from", "ru/n/90", "ru/n/0", "ru/n/0", "ru/n/0", "ru/n/0", "ru/n/0", "ru/n/3", "ru/n/0",
            "ru/n/5", "ru/code/screen-keys",
        )
    ]  # fmt: skip
    assert play.state(ANN) == ("ringing", "")
    assert not play.told(facts.Connected)


def test_one_takes_it() -> None:
    play, contact, leg = called()
    press(play, contact, leg, "1")
    assert [one.leg for one in play.done(commands.StopPrompts) if one.leg != contact] == [leg]
    assert play.core.state.contacts[contact].phase.value == "talking"
    assert play.state(ANN) == ("talking", "")
    assert [one.leg for one in play.told(facts.LegUp)].count(leg) == 1


def test_two_sends_it_on_and_she_stays_ready() -> None:
    play, contact, leg = called()
    play.ready(EVE)
    press(play, contact, leg, "2")
    assert [(one.agent, one.result) for one in play.told(facts.OfferOver)] == [(ANN, "sent_on"), (EVE, "accepted")]
    assert play.core.state.contacts[contact].agent == EVE
    assert play.state(ANN) == ("ready", "")


@pytest.mark.parametrize("digit", ["5", "#"])
def test_another_key_changes_nothing_and_time_ends_it(digit: str) -> None:
    play, contact, leg = called()
    press(play, contact, leg, digit)
    assert not play.told(facts.OfferOver)
    play.pass_time(21)
    play.settle()
    assert play.told(facts.OfferOver)[0].result == "timed_out"
    assert play.core.state.contacts[contact].person_present


def test_a_hidden_number_is_said_so() -> None:
    play, _, leg = called(caller="")
    (told,) = [one for one in play.done(commands.PlayPrompts) if one.leg == leg]
    assert told.prompts == ("ru/code/screen-hidden", "ru/code/screen-keys")


def test_who_does_not_want_it_is_connected_at_once() -> None:
    play, contact, _ = called(screened=False)
    assert play.core.state.contacts[contact].phase.value == "talking"
    assert not play.told(facts.Screened)


def test_the_person_hangs_up_while_she_listens() -> None:
    play, contact, _ = called()
    play.hang_up(contact)
    assert play.state(ANN) == ("ready", "")
    (over,) = play.told(facts.ContactOver)
    assert over.outcome != "answered"
