"""Codes dialled on a telephone: what they mean, who may, what is heard; on a switch that obeys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.test_transfer import CALLER, FIRST, SECOND, Call

from kaska.core import commands, events, facts
from kaska.core.codes import words
from kaska.core.codes.rules import ACTIONS, FeatureCodes, ModeCode
from kaska.core.contacts.contact import Phase
from kaska.core.presence.states import AgentState
from kaska.core.scenarios.vocabulary import VOCABULARY
from kaska.features.engine_door import REFUSALS
from support.company import company
from support.play import Play

PEER, BOSS = "a302", "a304"
OWN = "own-1.1"


class Office(Call):
    """A call that FIRST talks in; anybody dials from his desk phone."""

    def __init__(self, codes: FeatureCodes | None = None, **settings: float) -> None:
        super().__init__(**settings)
        self.set(codes or FeatureCodes(supervisors=(BOSS,), switchers=(BOSS,)))

    def set(self, codes: FeatureCodes) -> None:
        self.configuration = replace(self.core.state.configuration, version=2, codes=codes)
        self.tell(events.ConfigurationPublished(self.now, self.configuration))

    def dial(self, agent: str, dialled: str, leg: str = OWN) -> facts.PhoneAsked:
        return dial(self, agent, dialled, leg)

    def said(self) -> list[tuple[str, ...]]:
        return said(self)


def dial(play: Play, agent: str, dialled: str, leg: str = OWN) -> facts.PhoneAsked:
    endpoint = play.core.state.configuration.agents[agent].devices[1].endpoint
    told = play.tell(events.PhoneDialled(play.now, leg, endpoint, dialled))
    (asked,) = [one for one in told if isinstance(one, facts.PhoneAsked)]
    return asked


def said(play: Play) -> list[tuple[str, ...]]:
    return [one.prompts for one in play.ordered if isinstance(one, commands.SayAndHangUp)]


def ringing(play: Play) -> str:
    """A call that rings at FIRST."""
    play.ready(FIRST)
    contact = play.arrive(CALLER)
    while not play.core.state.contacts[contact].offers:
        play.obey()
    return contact


# --- the table -----------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.text(alphabet="*#0123456789", min_size=1, max_size=8))
def test_a_code_is_read_as_the_longest_that_fits_and_a_number_never_is(dialled: str) -> None:
    codes = FeatureCodes()
    read = codes.read(dialled)
    if not dialled.startswith(("*", "#")):
        assert read is None
        return
    assert read is not None
    if read.action:
        code = dialled[: len(dialled) - len(read.more)]
        table = {**{code: action for action, code in codes.codes.items()}, **{one.code: "mode" for one in codes.modes}}
        assert table[code] == read.action
        longer = [one for one in table if dialled.startswith(one) and len(one) > len(code)]
        assert not [one for one in longer if one == dialled or table[one] in ("pick_up", "park", "break")]


def test_the_default_table_is_whole_and_unambiguous() -> None:
    codes = FeatureCodes()
    assert set(codes.codes) == set(ACTIONS)
    assert codes.confused() == []
    assert replace(codes, modes=(ModeCode("*81", "day"),)).confused() == [("*8", "*81")]
    assert ("*8", "*8") in replace(codes, modes=(ModeCode("*8", "day"),)).confused()
    assert FeatureCodes({"park": "*7", "pick_up": ""}).read("*8") == replace(FeatureCodes(), codes={}).read("*8")


def test_whatever_is_said_is_recorded_in_both_languages() -> None:
    for language in ("ru", "en"):
        prompts = [*words.parked(21, language), *words.done("break", language), *words.done("mode", language)]
        prompts += [one for code in (*REFUSALS, *words.REFUSED) for one in words.refused(code, language)]
        assert not [one for one in prompts if one.removeprefix(f"{language}/") not in VOCABULARY[language]]


# --- taking calls --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialled", ["*8", "*8301"])
def test_a_ringing_call_is_taken_by_the_telephone_that_dials(dialled: str) -> None:
    play = Play(company())
    contact = ringing(play)
    play.tell(events.AgentSignedIn(play.now, PEER))
    asked = dial(play, PEER, dialled)
    assert (asked.action, asked.refused) == ("pick_up", "")
    found = play.core.state.contacts[contact]
    assert (found.phase, found.agent, found.agent_leg) == (Phase.JOINING, PEER, OWN)
    ordered = [type(one) for one in play.ordered]
    assert ordered.index(commands.AdoptLeg) < ordered.index(commands.AnswerCall) < ordered.index(commands.JoinParties)
    assert not [one for one in play.ordered if isinstance(one, commands.RingAgent) and one.agent == PEER]
    play.settle()
    assert found.phase is Phase.TALKING
    assert play.core.state.agents[FIRST].state is AgentState.READY
    play.pass_time(7)
    play.tell(events.LegEnded(play.now, contact, OWN))
    play.settle()
    assert [(one.agent, one.seconds) for one in play.written if isinstance(one, facts.TalkOver)] == [(PEER, 7.0)]
    (over,) = [one for one in play.written if isinstance(one, facts.ContactOver)]
    assert over.outcome == "answered"
    assert play.core.state.agents[PEER].state is AgentState.WRAP_UP


@pytest.mark.parametrize(
    ("agent", "dialled", "why", "word"),
    [
        (PEER, "*8", "agent_offline", "off-duty-yet"),
        (SECOND, "*8302", "nobody_to_pick_up", "nobody-rings"),
        (FIRST, "*8", "agent_busy", "finish-first"),
        (SECOND, "*8399", "no_such_colleague", "no-such-colleague"),
        (SECOND, "*71", "nobody_parked", "nobody-parked"),
        (SECOND, "*7x", "no_such_code", "no-such-code"),
        (SECOND, "*99", "no_such_code", "no-such-code"),
        (SECOND, "*55301", "not_permitted", "not-permitted"),
        (SECOND, "*31", "not_permitted", "not-permitted"),
        (SECOND, "*429", "no_such_code", "no-such-code"),
        (SECOND, "303", "own_number", "own-number"),
        (SECOND, "nobody", "wrong_number", "no-such-number"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(agent: str, dialled: str, why: str, word: str) -> None:
    play = Play(company())
    contact = ringing(play)
    play.tell(events.AgentSignedIn(play.now, SECOND))
    play.ordered.clear()
    before = repr(play.core.state.contacts[contact])
    asked = dial(play, agent, dialled)
    assert asked.refused == why
    assert play.ordered == [commands.SayAndHangUp(OWN, OWN, (f"ru/code/{word}",))]
    assert repr(play.core.state.contacts[contact]) == before
    assert [asked] == play.written[-1:]


def test_a_telephone_of_nobody_is_told_so_in_the_companys_language() -> None:
    office = Office(FeatureCodes(language="en"))
    (asked,) = office.tell(events.PhoneDialled(office.now, OWN, "nobody", "*8" + "1" * 500))
    assert isinstance(asked, facts.PhoneAsked)
    assert (asked.agent, asked.refused, len(asked.dialled)) == ("", "not_an_agent", 64)
    assert office.said() == [("en/code/no-workplace",)]


# --- parking -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["a second call", "a transfer", "by the screen"])
def test_a_person_is_parked_at_a_place_and_taken_from_it(way: str) -> None:
    office = Office()
    contact = office.core.state.contacts[office.contact]
    if way == "a second call":
        office.dial(FIRST, "*75")
        assert office.said() == [("ru/code/parked", "ru/n/5")]
    elif way == "a transfer":
        office.refer("*75")
        assert office.accepted == [True]
    else:
        office.tell(events.ParkRequested(office.now, FIRST, office.contact))
    office.settle()
    place = 1 if way == "by the screen" else 5
    assert contact.parked_place == place
    assert office.state(FIRST) == "wrap_up"
    office.dial(SECOND, f"*7{place}", "own-2")
    office.settle()
    assert office.talking == SECOND
    assert contact.agent_leg == "own-2"
    office.hang_up(office.contact)
    assert office.end == ("answered", "talked")
    assert office.debts == []


def test_a_place_that_is_taken_is_refused_and_the_next_free_one_is_given() -> None:
    office = Office()
    office.dial(FIRST, "*71")
    office.settle()
    office.ready(PEER)
    other = office.arrive("+79000000002")
    office.settle()
    assert office.core.state.contacts[other].agent == PEER
    assert office.dial(PEER, "*71", "own-2").refused == "place_taken"
    assert office.said() == [("ru/code/place-taken",)]
    assert office.core.state.contacts[other].phase is Phase.TALKING
    assert office.dial(PEER, "*7", "own-3").refused == ""
    assert office.core.state.contacts[other].parked_place == 2
    office.pass_time(15)
    office.dial(SECOND, "*7", "own-4")
    office.settle()
    assert office.talking == SECOND, "who is parked longest"


@pytest.mark.parametrize("dialled", ["*7x", "*55301", "*99"])
def test_a_transfer_to_another_code_is_refused_and_the_talk_goes_on(dialled: str) -> None:
    office = Office()
    office.refer(dialled)
    assert office.accepted == [False]
    assert office.talking == FIRST


# --- supervision ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "mode"), [("*55", "listen"), ("*56", "whisper"), ("*57", "barge")])
def test_a_supervisor_hears_a_colleague_by_his_own_call(code: str, mode: str) -> None:
    office = Office()
    assert office.dial(BOSS, f"{code}301").refused == ""
    observed = [one for one in office.ordered if isinstance(one, commands.Observe)]
    assert observed == [commands.Observe(office.contact, OWN, f"{office.contact}-a1", mode)]
    assert office.core.state.monitors[OWN].mode == mode
    assert office.dial(BOSS, f"{code}301", "own-2").refused == "already_supervising"
    office.tell(events.LegEnded(office.now, office.contact, OWN))
    office.settle()
    assert not office.core.state.monitors
    assert office.talking == FIRST
    office.hang_up(office.contact)
    assert office.parts == [(FIRST, 10.0, 0.0)]


@pytest.mark.parametrize(
    ("dialled", "why"), [("*55303", "nobody_talks"), ("*55304", "nobody_talks"), ("*55", "no_such_colleague")]
)
def test_there_is_nothing_to_listen_to(dialled: str, why: str) -> None:
    office = Office()
    assert office.dial(BOSS, dialled).refused == why
    assert office.core.state.agents[BOSS].state is AgentState.OFFLINE


def test_a_barging_supervisor_by_his_own_call_goes_on_when_the_agent_leaves() -> None:
    office = Office()
    office.dial(BOSS, "*57301")
    office.settle()
    office.phone_hangs_up(FIRST)
    assert office.talking == BOSS
    office.tell(events.LegEnded(office.now, office.contact, OWN))
    office.settle()
    assert office.end == ("answered", "talked")


# --- states and modes ----------------------------------------------------------------------------------------------


def test_states_are_set_by_codes() -> None:
    play = Play(company())
    for dialled, state, reason in (
        ("*41", "ready", ""),
        ("*42", "break", "lunch"),
        ("*423", "break", "training"),
        ("*41", "ready", ""),
        ("*43", "offline", "phone"),
    ):
        play.ordered.clear()
        assert dial(play, FIRST, dialled).refused == ""
        agent = play.core.state.agents[FIRST]
        assert (agent.state.value, agent.reason) == (state, reason)
        assert len(said(play)) == 1
    assert play.core.state.agents[FIRST].device == "phone"


def test_who_is_warned_of_people_who_wait_insists_with_a_star() -> None:
    play = Play(company())
    queues = {name: replace(one, breaks="warn", breaks_waiting=1) for name, one in play.configuration.queues.items()}
    told = replace(play.configuration, version=2, queues=queues)
    play.tell(events.ConfigurationPublished(play.now, told))
    play.ready(FIRST)
    for caller in ("+79000000001", "+79000000002"):
        play.arrive(caller)
        play.settle()
    assert dial(play, FIRST, "*421").refused == "break_warned"
    assert said(play) == [("ru/code/break-warned",)]
    assert dial(play, FIRST, "*421*").refused == ""
    assert play.core.state.agents[FIRST].intent == "break"


def test_modes_are_switched_for_all_projects() -> None:
    office = Office()
    assert office.dial(BOSS, "*32").refused == ""
    assert office.core.state.modes["windows"].mode == "night"
    assert office.core.state.modes["windows"].by == BOSS
    assert office.said() == [("ru/code/mode",)]
    office.dial(BOSS, "*30")
    assert not office.core.state.modes
