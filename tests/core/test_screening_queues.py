"""A queue that says who is calling first: taken by 1, rejected by 2, by time, or by who hangs up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaska.core import commands, events, facts
from support.company import DIRECT, company
from support.insiders import Insiders

ANN, EVE, CALLER = "a301", "a303", "+79000000306"


def offered(*, screened: bool = True, policy: str = "longest_idle") -> tuple[Insiders, str]:
    """The sales queue rang Ann, who picked up."""
    found = company()
    sales = found.queues["sales"]
    sales = replace(sales, screened=screened, policy=replace(sales.policy, name=policy))
    play = Insiders(replace(found, queues={**found.queues, "sales": sales}))
    play.ready(ANN)
    contact = play.arrive(CALLER, DIRECT)
    play.settle()
    return play, contact


def press(play: Insiders, contact: str, digit: str) -> None:
    leg = next(iter(play.core.state.contacts[contact].offers))
    play.tell(events.DigitPressed(play.now, contact, leg, digit))
    play.settle()


def test_one_takes_it() -> None:
    play, contact = offered()
    assert len(play.told(facts.Screened)) == 1
    assert not play.told(facts.Connected)
    press(play, contact, "1")
    assert play.core.state.contacts[contact].agent == ANN
    assert len(play.told(facts.Connected)) == 1


def test_two_rejects_it_and_the_person_waits_for_the_next() -> None:
    play, contact = offered()
    press(play, contact, "2")
    assert [(one.agent, one.result) for one in play.told(facts.OfferOver)] == [(ANN, "rejected")]
    assert play.state(ANN) == ("not_answering", "rejected")
    assert play.core.state.contacts[contact].phase == "waiting"


def test_no_key_is_no_answer() -> None:
    play, contact = offered()
    play.pass_time(25)
    assert play.told(facts.OfferOver)[0].result == "timed_out"
    assert play.core.state.contacts[contact].person_present


def test_the_person_may_leave_meanwhile() -> None:
    play, contact = offered()
    play.hang_up(contact)
    play.settle()
    (over,) = play.told(facts.ContactOver)
    assert over.outcome != "answered"
    assert play.state(ANN) == ("ready", "")


@pytest.mark.parametrize("policy", ["longest_idle", "ring_all"])
def test_a_queue_that_does_not_want_it_connects_at_once(policy: str) -> None:
    play, contact = offered(screened=False, policy=policy)
    assert play.core.state.contacts[contact].agent == ANN
    assert not [one for one in play.done(commands.PlayPrompts) if one.leg != contact]
