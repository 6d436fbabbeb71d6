"""Colleagues call each other outside of any conversation: by the screen, by a desk phone, to another site."""

from __future__ import annotations

import pytest

from kaska.core import commands, events, facts
from kaska.core.inside.sites import ranges_of, site_for
from kaska.core.ports import Refused
from support.insiders import OTHER_SITE, SITE, Insiders, two_sites

ANN, BOB, EVE = "a301", "a303", "a302"
TALKING, READY = ("talking", "inside"), ("ready", "")
OWN, OUT = "own-1.1", "out-1"


@pytest.fixture
def play() -> Insiders:
    play = Insiders()
    play.ready(ANN, BOB)
    return play


def test_a_desk_phone_calls_a_colleague(play: Insiders) -> None:
    play.deaf = {BOB}
    play.dial(ANN, "303")
    (ring,) = play.done(commands.RingAgent)
    assert (ring.agent, ring.caller, ring.caller_name, ring.inside) == (BOB, "301", "Agent 301", True)
    assert (play.state(ANN), play.state(BOB)) == (TALKING, ("ringing", "inside"))
    assert not play.done(commands.AnswerCall), "he hears it ring"
    play.answer(OWN, f"{OWN}-a1")
    assert play.done(commands.JoinParties) == [commands.JoinParties(OWN, OWN, f"{OWN}-a1")]
    assert play.done(commands.AnswerCall) == [commands.AnswerCall(OWN, OWN)]
    assert (play.state(ANN), play.state(BOB)) == (TALKING, TALKING)
    play.pass_time(42)
    play.end(OWN, f"{OWN}-a1")
    assert play.over == facts.InsideOver(play.now, OWN, ANN, BOB, "303", "talked", 42.0)
    assert (play.state(ANN), play.state(BOB)) == (READY, READY)
    assert not play.core.state.inside


def test_by_the_screen_his_own_phone_rings_first_and_shows_the_colleague(play: Insiders) -> None:
    play.call(ANN, "303")
    first, second = play.done(commands.RingAgent)
    assert (first.agent, first.caller, first.caller_name) == (ANN, "303", "Agent 303")
    assert (second.agent, second.caller, second.caller_name) == (BOB, "301", "Agent 301")
    assert (play.state(ANN), play.state(BOB)) == (TALKING, TALKING)
    play.tell(events.HangUpRequested(play.now, BOB, OUT))
    play.settle()
    assert play.over.result == "talked"
    assert (play.state(ANN), play.state(BOB)) == (READY, READY)


def test_it_is_no_contact_and_nobody_owes_anything(play: Insiders) -> None:
    play.dial(ANN, "303")
    play.end(OWN, OWN)
    for kind in (facts.ContactOpened, facts.Offered, facts.Connected, facts.TalkOver, facts.DebtOpened):
        assert not play.told(kind)
    books = play.core.state.books
    assert (books.arrived, books.offered, books.answered) == (0, 0, 0)
    assert play.done(commands.CloseContact) == [commands.CloseContact(OWN, recorded=False)]


def test_a_customer_does_not_reach_who_is_in_such_a_talk_and_is_taken_after_it() -> None:
    play = Insiders(two_sites(reserve_after=0.0))
    play.ready(ANN, BOB)
    play.dial(ANN, "303")
    contact = play.arrive("+79000000001")  # sales: Ann alone is on duty for it
    play.settle()
    assert play.core.state.contacts[contact].phase.value == "waiting"
    play.end(OWN, OWN)
    assert play.core.state.contacts[contact].agent == ANN
    assert play.state(ANN) == ("talking", "")


@pytest.mark.parametrize(
    ("ended", "cause", "result", "told"),
    [("a1", 17, "busy", 17), ("a1", 21, "busy", 21), ("a1", 20, "unreachable", 20), ("a1", 19, "no_answer", 19)],
)
def test_a_desk_phone_is_told_why_nobody_talks(play: Insiders, ended: str, cause: int, result: str, told: int) -> None:
    play.deaf = {BOB}
    play.dial(ANN, "303")
    play.end(OWN, f"{OWN}-{ended}", cause)
    assert play.done(commands.HangUpLeg) == [commands.HangUpLeg(OWN, OWN, told)]
    assert play.over.result == result
    assert (play.state(ANN), play.state(BOB)) == (READY, READY), "an unanswered colleague is set aside for nothing"


def test_it_rings_out(play: Insiders) -> None:
    play.deaf = {BOB}
    play.dial(ANN, "303")
    play.pass_time(31)
    play.settle()
    assert play.over.result == "no_answer"
    assert sorted((one.leg, one.cause) for one in play.done(commands.HangUpLeg)) == [(OWN, 19), (f"{OWN}-a1", 19)]


def test_who_calls_gives_up(play: Insiders) -> None:
    play.deaf = {BOB}
    play.dial(ANN, "303")
    play.end(OWN, OWN)
    assert play.over.result == "gave_up"
    assert (play.state(ANN), play.state(BOB)) == (READY, READY)


def test_a_colleague_rejects_by_the_screen(play: Insiders) -> None:
    play.deaf = {BOB}
    play.dial(ANN, "303")
    play.tell(events.OfferRejected(play.now, BOB, OWN))
    play.settle()
    assert play.over.result == "busy"
    assert play.state(BOB) == READY


def test_his_own_phone_is_not_picked_up(play: Insiders) -> None:
    play.deaf = {ANN}
    play.call(ANN, "303")
    play.pass_time(31)
    play.settle()
    assert play.over.result == "gave_up"
    assert play.state(ANN) == READY
    assert [one.agent for one in play.done(commands.RingAgent)] == [ANN]


def test_the_colleague_was_taken_by_a_customer_while_his_own_phone_rang(play: Insiders) -> None:
    play.deaf = {ANN}
    play.call(ANN, "303")
    play.dial(EVE, "303", "own-2.1")
    play.answer(OUT, f"{OUT}-a1")
    assert [(one.by, one.result) for one in play.told(facts.InsideOver)] == [(ANN, "busy")]
    assert play.state(BOB) == TALKING


@pytest.mark.parametrize(
    ("dialled", "said"),
    [("301", "ru/code/own-number"), ("304", "ru/code/not-there"), ("303", "ru/code/busy"), ("999", None)],
)
def test_a_desk_phone_is_told_what_cannot_be(dialled: str, said: str | None) -> None:
    play = Insiders()
    play.ready(ANN, BOB)
    play.tell(events.DeviceReached(play.now, play.endpoint("a304"), True))
    play.tell(events.DeviceReached(play.now, play.endpoint("a304"), False))
    play.tell(events.DeviceReached(play.now, "demo-304-web", True))
    play.tell(events.DeviceReached(play.now, "demo-304-web", False))
    play.dial(BOB, "302", "own-2.1")
    play.dial(ANN, dialled)
    expected = [commands.SayAndHangUp(OWN, OWN, (said,))] if said else []
    assert play.done(commands.SayAndHangUp) == expected
    assert [one.talk for one in play.told(facts.InsideAsked)] == ["own-2.1"]


@pytest.mark.parametrize(("number", "code"), [("301", "own_number"), ("303", "colleague_not_free")])
def test_the_screen_is_told_what_cannot_be(play: Insiders, number: str, code: str) -> None:
    play.dial(BOB, "302")
    with pytest.raises(Refused, match=code):
        play.call(ANN, number)
    assert play.state(ANN) == READY


def test_wrap_up_goes_on_where_it_stopped(play: Insiders) -> None:
    contact = play.arrive("+79000000001")
    play.settle()
    play.hang_up(contact)
    assert play.core.state.agents[ANN].until == play.now + 10.0
    play.pass_time(4)
    play.dial(ANN, "303")
    play.pass_time(60)
    play.end(OWN, OWN)
    ann = play.core.state.agents[ANN]
    assert (ann.state.value, ann.contact, ann.until) == ("wrap_up", contact, play.now + 6.0)


def test_who_is_off_duty_or_on_a_break_is_so_again(play: Insiders) -> None:
    play.tell(events.AgentPaused(play.now, ANN, "lunch"))
    play.dial(ANN, "302")
    assert (play.state(ANN), play.state(EVE)) == (TALKING, TALKING)
    play.end(OWN, OWN)
    assert (play.state(ANN), play.state(EVE)) == (("break", "lunch"), ("offline", ""))


def test_a_wish_of_meanwhile_comes_true(play: Insiders) -> None:
    play.dial(ANN, "303")
    play.tell(events.AgentPaused(play.now, ANN, "lunch"))
    play.tell(events.AgentSignedOut(play.now, BOB))
    assert (play.state(ANN), play.state(BOB)) == (TALKING, TALKING)
    play.end(OWN, OWN)
    assert (play.state(ANN)[0], play.state(BOB)[0]) == ("break", "offline")


def test_who_leaves_while_it_rings_rings_no_more(play: Insiders) -> None:
    play.deaf = {BOB}
    play.dial(ANN, "303")
    play.tell(events.AgentSignedOut(play.now, BOB))
    play.settle()
    assert play.state(BOB)[0] == "offline"
    assert play.over.result == "busy"


# --- another site ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["phone", "screen"])
def test_a_short_number_of_another_site_goes_by_its_line(play: Insiders, way: str) -> None:
    if way == "phone":
        play.dial(ANN, OTHER_SITE)
    else:
        play.call(ANN, OTHER_SITE)
    (dialled,) = play.done(commands.DialOut)
    assert (dialled.trunk, dialled.number, dialled.caller_id, dialled.caller_name, dialled.record) == (
        SITE, OTHER_SITE, "301", "Agent 301", False,
    )  # fmt: skip
    assert play.state(ANN) == TALKING
    assert not play.core.state.outgoing.calls, "no cap, no price"
    play.end(dialled.contact, dialled.leg)
    assert (play.over.to, play.over.number, play.over.result) == ("", OTHER_SITE, "talked")


def test_another_site_calls_one_of_ours(play: Insiders) -> None:
    play.deaf = {BOB}
    contact = "site-1.0"
    play.tell(events.ContactArrived(play.now, contact, contact, "voice", "303", "4501", "", "Ivan", SITE))
    play.settle()
    (ring,) = play.done(commands.RingAgent)
    assert (ring.agent, ring.caller, ring.caller_name, ring.inside) == (BOB, "4501", "Ivan", True)
    play.answer(contact, f"{contact}-a1")
    assert play.state(BOB) == TALKING
    play.end(contact, contact)
    assert (play.over.by, play.over.to, play.over.result) == ("", BOB, "talked")
    assert play.done(commands.CloseContact) == [commands.CloseContact(contact, recorded=False, unwanted=True)]
    assert not play.told(facts.ContactOpened)
    play.tell(
        events.ContactWitnessed(
            play.now, contact, "voice", "303", "4501", "", SITE, play.now - 9, play.now, "answered", "talked"
        )
    )
    assert not play.told(facts.ContactOpened), "the switch's records do not make a contact of it"


def test_another_site_is_told_that_he_is_busy(play: Insiders) -> None:
    play.dial(BOB, "302")
    contact = "site-1.0"
    play.tell(events.ContactArrived(play.now, contact, contact, "voice", "303", "4501", "", "", SITE))
    play.settle()
    assert commands.HangUpLeg(contact, contact, 17) in play.done(commands.HangUpLeg)
    assert play.over.result == "busy"


@pytest.mark.parametrize(("number", "trunk"), [("303", "city"), ("+74950000103", SITE), ("999", SITE)])
def test_everything_else_that_comes_by_a_line_is_a_contact(play: Insiders, number: str, trunk: str) -> None:
    contact = "c-1.0"
    play.tell(events.ContactArrived(play.now, contact, contact, "voice", number, "4501", "", "", trunk))
    play.settle()
    (opened,) = play.told(facts.ContactOpened)
    assert opened.direction == "inbound"


@pytest.mark.parametrize(
    ("written", "ranges"),
    [
        ("", ()),
        ("4500-4599, 4700", (("4500", "4599"), ("4700", "4700"))),
        ("45-4", None),
        ("4599-4500", None),
        ("abc", None),
        ("1234567", None),
    ],
)
def test_short_numbers_as_people_write_them(written: str, ranges: tuple[tuple[str, str], ...] | None) -> None:
    assert ranges_of(written) == ranges


def test_an_own_extension_goes_before_a_sites_range() -> None:
    found = two_sites()
    assert site_for(found, "4599") == SITE
    assert [site_for(found, number) for number in ("301", "4600", "45", "45001", "+4500", "")] == [""] * 6
