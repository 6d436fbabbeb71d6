"""The black list: who is kept out, what he hears, how it is in the books."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaska.core import black_list, commands, events, facts
from kaska.core.black_list import Blocked
from kaska.core.contacts.outcomes import Outcome
from kaska.core.ports import Refused
from kaska.core.state import State
from support.company import CLOSED, MAIN, company
from support.play import Play

CALLER, OTHER = "+79000000861", "+79000000862"


def block(play: Play, number: str, seconds: float = 0.0, prompt: str = "") -> None:
    until = play.now + seconds if seconds else 0.0
    play.tell(events.NumberBlocked(play.now, number, "ругается", "boss", until, prompt))


def over(play: Play) -> list[tuple[str, str]]:
    return [(one.outcome, one.cause) for one in play.written if isinstance(one, facts.ContactOver)]


@pytest.mark.parametrize("number", [MAIN, CLOSED, "nobody described it"])
@pytest.mark.parametrize("pattern", [CALLER, "+79000000*"])
def test_a_blocked_caller_hears_the_message_and_is_owed_nothing(number: str, pattern: str) -> None:
    play = Play(company())
    play.ready("a301", "a302")
    block(play, pattern)
    contact = play.arrive(CALLER, number)
    (played,) = [one for one in play.ordered if isinstance(one, commands.PlayPrompts)]
    assert played.prompts == ("ru/blocked",)
    assert commands.AnswerCall(contact, contact) in play.ordered
    for digit in "012":
        play.tell(events.DigitPressed(play.now, contact, contact, digit))
    play.settle()
    assert over(play) == [(Outcome.BLOCKED, "black_list")]
    assert not play.core.state.debts
    assert play.core.state.books.blocked == play.core.state.books.arrived == 1
    assert play.core.state.books.lost == play.core.state.books.offered == 0
    assert (play.core.state.black_list[pattern].calls, play.core.state.black_list[pattern].last_at) == (1, play.now)
    assert not [one for one in play.written if isinstance(one, facts.Offered)]


@pytest.mark.parametrize("how", ["hangs up", "the switch fails", "the playing never ends"])
def test_it_is_blocked_however_it_ends(how: str) -> None:
    play = Play(company())
    block(play, CALLER, prompt="ru/closed")
    contact = play.arrive(CALLER)
    assert [one.prompts for one in play.ordered if isinstance(one, commands.PlayPrompts)] == [("ru/closed",)]
    play.ordered.clear()
    if how == "the playing never ends":
        play.pass_time(100)
        play.settle()
    else:
        failed = how == "the switch fails"
        source = events.RECONCILE if failed else events.LIVE
        play.tell(events.LegEnded(play.now, contact, contact, 16, source, failed))
    assert [outcome for outcome, _ in over(play)] == [Outcome.BLOCKED]
    assert not play.core.state.debts


def test_the_message_is_said_again_after_the_switch_was_away() -> None:
    play = Play(company())
    block(play, CALLER)
    play.arrive(CALLER)
    play.ordered.clear()
    play.tell(events.NumberUnblocked(play.now, CALLER, "boss"))
    play.tell(events.SwitchResynced(play.now))
    assert [one.prompts for one in play.ordered if isinstance(one, commands.PlayPrompts)] == [("ru/blocked",)]
    play.settle()
    assert over(play) == [(Outcome.BLOCKED, "black_list")]


def test_others_and_those_whose_time_is_over_get_through() -> None:
    play = Play(company())
    block(play, CALLER, seconds=60)
    assert not play.core.state.contacts[play.arrive(OTHER)].blocked_by
    assert not play.core.state.contacts[play.arrive("")].blocked_by
    play.pass_time(60)
    assert not play.core.state.contacts[play.arrive(CALLER)].blocked_by
    block(play, CALLER)
    play.tell(events.NumberUnblocked(play.now, CALLER, "boss"))
    assert not play.core.state.contacts[play.arrive(CALLER)].blocked_by


@pytest.mark.parametrize(
    ("number", "seconds", "why"),
    [
        ("+7*", 0.0, "beginning_too_short"),
        ("+790*", 0.0, "beginning_too_short"),
        ("*", 0.0, "wrong_number"),
        ("+7900*1", 0.0, "wrong_number"),
        ("02; drop", 0.0, "wrong_number"),
        (CALLER, -1.0, "already_past"),
    ],
)
def test_what_cannot_be_blocked(number: str, seconds: float, why: str) -> None:
    play = Play(company())
    with pytest.raises(Refused, match=why):
        block(play, number, seconds)
    with pytest.raises(Refused, match="not_blocked"):
        play.tell(events.NumberUnblocked(play.now, CALLER, "boss"))


DIGITS = st.text("012", min_size=1, max_size=6)
ENTRIES = st.dictionaries(st.tuples(DIGITS, st.booleans()), st.sampled_from([0.0, 5.0, 15.0]), max_size=12)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ENTRIES, DIGITS)
def test_the_nearest_entry_that_holds_is_found(entries: dict[tuple[str, bool], float], caller: str) -> None:
    """As by looking at every entry."""
    state = State(company())
    for (digits, beginning), until in entries.items():
        pattern = digits + black_list.ANY_END if beginning else digits
        state.black_list[pattern] = Blocked(pattern, "", "", 0.0, until, "")
    fits = [
        (not beginning, len(digits), digits + black_list.ANY_END if beginning else digits)
        for (digits, beginning), until in entries.items()
        if (not until or until > 10.0) and (caller.startswith(digits) if beginning else caller == digits)
    ]
    found = black_list.find(state, caller, 10.0)
    assert (found.number if found is not None else None) == (max(fits)[2] if fits else None)
