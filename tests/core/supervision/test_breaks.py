"""A break while people wait, or while too many are away: warned about or refused, as the queue says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kaska.core import events, facts
from support.company import company
from support.play import Play


def played(**rule: Any) -> Play:
    whole = company(reserve_after=900.0)
    sales = replace(whole.queues["sales"], **rule)
    play = Play(replace(whole, queues={**whole.queues, "sales": sales}))
    play.ready("a301", "a302")
    return play


def rests(play: Play, agent: str, *, insists: bool = False) -> str:
    play.tell(events.AgentPaused(play.now, agent, "lunch", insists))
    return play.core.state.agents[agent].state.value


def answers(play: Play) -> list[str]:
    """What the guard said, in order."""
    return [fact.answer for fact in play.written if isinstance(fact, facts.BreakAnswered)]


def all_talk_and_one_waits(play: Play) -> None:
    for number in (840, 841, 842):
        play.arrive(f"+79000000{number}")
        play.settle()


def test_without_a_rule_everybody_rests_when_he_likes() -> None:
    play = played()
    all_talk_and_one_waits(play)
    rests(play, "a301")
    assert answers(play) == []


def test_while_people_wait_he_is_warned_and_may_insist() -> None:
    play = played(breaks="warn", breaks_waiting=1)
    all_talk_and_one_waits(play)
    rests(play, "a301")
    assert play.core.state.agents["a301"].intent == "ready"
    rests(play, "a301", insists=True)
    assert play.core.state.agents["a301"].intent == "break"
    assert answers(play) == ["warned", "insisted"]


def test_a_refusal_is_one_however_he_insists_and_a_supervisors_word_is_not_refused() -> None:
    play = played(breaks="refuse", breaks_waiting=1)
    all_talk_and_one_waits(play)
    rests(play, "a301", insists=True)
    assert (play.core.state.agents["a301"].intent, answers(play)) == ("ready", ["refused"])
    play.tell(events.AgentStateRequested(play.now, "a304", "a301", "break", "собрание"))
    assert play.core.state.agents["a301"].intent == "break"


def test_only_so_many_may_be_away() -> None:
    play = played(breaks="refuse", breaks_away=1)
    assert rests(play, "a302") == "break"
    assert (rests(play, "a301"), answers(play)) == ("ready", ["refused"])
    play.tell(events.AgentReadied(play.now, "a302"))
    assert rests(play, "a301") == "break"


def test_whoever_has_just_come_counts_as_nobody_away() -> None:
    play = played(breaks="refuse", breaks_away=1)
    play.tell(events.AgentSignedOut(play.now, "a302"))
    play.tell(events.AgentSignedIn(play.now, "a302"))
    assert rests(play, "a301") == "break"
