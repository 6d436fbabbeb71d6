"""Speaking to a group: who is free hears it and is heard by nobody, who is busy is left alone, nothing is owed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaska.core import commands, events, facts
from kaska.core.core import Core
from kaska.core.inside import paging
from kaska.core.ports import Refused
from kaska.core.state import State
from support.company import company
from support.insiders import Insiders

ANN, BOB, CAT, DAN = "a301", "a302", "a303", "a304"
EVERYBODY = "operators"
CALL, PAGE = "own-1", "page-1"


class Paging(Insiders):
    """All four are of the group of operators; Ann may speak to it. ``*383`` is the operators' number."""

    def __init__(self, *ready: str, may: bool = True) -> None:
        found = company()
        codes = replace(found.codes, pagers=(ANN,) if may else ())
        super().__init__(replace(found, codes=codes))
        for agent in ready or (ANN, BOB, CAT):
            self.ready(agent)

    def by_phone(self, dialled: str = "*383") -> None:
        self.dial(ANN, dialled, CALL)

    def by_screen(self, queue: str = EVERYBODY, agent: str = ANN) -> None:
        self.tell(events.PageRequested(self.now, agent, queue, PAGE))
        self.settle()

    @property
    def rung(self) -> list[str]:
        return [one.agent for one in self.done(commands.RingAgent) if one.auto]

    @property
    def begun(self) -> facts.PageBegun:
        (found,) = self.told(facts.PageBegun)
        assert isinstance(found, facts.PageBegun)
        return found


def test_all_who_are_free_hear_and_none_of_them_is_heard() -> None:
    one = Paging()
    one.by_phone()
    assert one.rung == [BOB, CAT]
    assert one.done(commands.AddParty) == [
        commands.AddParty(CALL, CALL),
        commands.AddParty(CALL, f"{CALL}-a2", muted=True),
        commands.AddParty(CALL, f"{CALL}-a3", muted=True),
    ]
    assert [one.state(agent) for agent in (ANN, BOB, CAT)] == [("talking", "inside")] * 3
    assert one.done(commands.PlayPrompts)[0].prompts == ("ru/code/page-hear", "ru/n/2")
    one.end(CALL, CALL)
    assert [one.state(agent) for agent in (ANN, BOB, CAT)] == [("ready", "")] * 3
    assert (one.over.by, one.over.to, one.over.result) == (ANN, "", "talked")
    assert not one.core.state.contacts
    assert not one.core.state.debts
    assert not one.told(facts.ContactOpened)


def test_who_is_busy_is_left_alone_and_the_speaker_is_told_how_many() -> None:
    one = Paging(ANN, BOB, CAT, DAN)
    one.dial(BOB, "303", "own-9")
    one.by_phone()
    assert one.rung == [DAN]
    assert one.begun.busy == (BOB, CAT)
    said = one.done(commands.PlayPrompts)[0].prompts
    assert said == ("ru/code/page-hear", "ru/n/1", "ru/code/page-busy", "ru/n/2")
    assert one.state(BOB) == one.state(CAT) == ("talking", "inside")
    one.end(CALL, CALL)
    assert one.state(BOB) == ("talking", "inside")


def test_by_the_screen_his_own_telephone_rings_first() -> None:
    one = Paging()
    one.deaf.add(ANN)
    one.by_screen()
    (own,) = one.done(commands.RingAgent)
    assert (own.agent, own.auto, own.caller_name) == (ANN, False, "Operators")
    one.answer(PAGE, own.leg)
    assert one.rung == [BOB, CAT]
    one.tell(events.HangUpRequested(one.now, ANN, PAGE))
    one.settle()
    assert one.over.result == "talked"
    assert not one.core.state.inside


def test_who_speaks_too_long_is_hung_up_and_so_are_all() -> None:
    one = Paging()
    one.by_phone()
    assert one.core.next_deadline() == one.begun.until == one.now + paging.MOST_SECONDS
    one.pass_time(paging.MOST_SECONDS)
    one.settle()
    assert one.over.result == "talked"
    assert one.over.seconds == pytest.approx(paging.MOST_SECONDS)
    assert one.state(BOB) == ("ready", "")


def test_it_goes_on_while_anybody_hears_it() -> None:
    one = Paging()
    one.by_phone()
    one.end(CALL, f"{CALL}-a2")
    assert one.state(BOB) == ("ready", "")
    assert not one.told(facts.InsideOver)
    one.end(CALL, f"{CALL}-a3")
    assert one.over.result == "talked"


def test_when_no_telephone_answers_it_is_over() -> None:
    one = Paging()
    one.cause |= {BOB: 19, CAT: 19}
    one.by_phone()
    assert one.over.result == "no_answer"
    assert one.state(ANN) == one.state(BOB) == ("ready", "")


def test_wrap_up_and_breaks_go_on_afterwards_and_who_is_off_duty_is_not_rung() -> None:
    one = Paging(ANN, BOB)
    one.tell(events.AgentPaused(one.now, BOB, "lunch"))
    one.by_phone()
    assert one.rung == [BOB]
    assert one.begun.busy == ()
    one.end(CALL, CALL)
    assert one.state(BOB) == ("break", "lunch")
    assert one.state(CAT)[0] == "offline"


def test_who_hears_it_cannot_hold_ask_in_or_send_on() -> None:
    one = Paging()
    one.by_phone()
    for wish in (
        events.HoldRequested(one.now, BOB, CALL, True),
        events.ConsultRequested(one.now, ANN, CALL, "agent", DAN),
        events.ConsultSteered(one.now, BOB, CALL, "complete"),
    ):
        with pytest.raises(Refused):
            one.core.handle(wish)


@pytest.mark.parametrize(
    ("dialled", "may", "why"),
    [("*383", False, "not_permitted"), ("*389", True, "no_such_queue"), ("*38", True, "no_such_queue")],
)
def test_what_cannot_be_is_said(dialled: str, may: bool, why: str) -> None:
    one = Paging(may=may)
    one.by_phone(dialled)
    (asked,) = one.told(facts.PhoneAsked)
    assert (asked.action, asked.refused) == ("page", why)
    assert not one.rung


def test_nobody_is_free() -> None:
    one = Paging(ANN)
    with pytest.raises(Refused) as refused:
        one.by_screen()
    assert refused.value.code == "nobody_free"
    assert not one.told(facts.InsideAsked)


def test_numbers_of_groups_follow_the_table() -> None:
    one = Paging()
    codes = replace(one.configuration.codes, groups=(EVERYBODY, "sales"))
    one.tell(events.ConfigurationPublished(one.now, replace(one.configuration, codes=codes, version=2)))
    one.by_phone("*381")
    assert one.told(facts.PageAsked)[0].queue == EVERYBODY


def test_after_a_loss_of_the_connection_those_who_hear_stay_unheard() -> None:
    one = Paging()
    one.by_phone()
    one.carried.clear()
    one.tell(events.SwitchResynced(one.now))
    one.settle()
    assert [command.muted for command in one.done(commands.AddParty)] == [False, True, True]


def test_the_facts_alone_give_the_same_state() -> None:
    one = Paging()
    one.by_phone()
    again = Core.replayed(State(one.configuration), one.written)
    assert again.state.inside == one.core.state.inside
    assert again.next_deadline() == one.core.next_deadline()
