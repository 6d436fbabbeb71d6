"""Rules of recording: whom they choose, what is never written, and that a pause always ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.core import commands, events, facts
from kaska.core.ports import Refused
from kaska.core.recording.rules import RecordingRule, RecordingRules, is_chosen
from support.company import company
from support.play import Play

CALLER, AGENT = "+79000000730", "a301"


class Talk(Play):
    def __init__(self, *rules: RecordingRule, pause_seconds: float = 300.0) -> None:
        super().__init__(replace(company(), recording=RecordingRules(rules, pause_seconds)))
        self.ready(AGENT)
        self.ever: list[commands.Command] = []
        self.contact = self.arrive(CALLER)
        self.settle()

    def tell(self, event: events.Event) -> tuple[facts.Fact, ...]:
        known = len(self.ordered)
        told = super().tell(event)
        if hasattr(self, "ever"):
            self.ever += self.ordered[known:]
        return told

    def pause(self, *, paused: bool, reason: str = "agent") -> tuple[facts.Fact, ...]:
        return self.tell(events.RecordingPauseRequested(self.now, AGENT, self.contact, paused, reason))


@given(st.text(min_size=1, max_size=30), st.floats(0, 100), st.floats(0, 100))
def test_a_larger_share_chooses_whom_the_smaller_did(contact: str, one: float, other: float) -> None:
    small, large = sorted((one, other))
    assert not is_chosen(contact, 0.0)
    assert is_chosen(contact, 100.0)
    assert is_chosen(contact, large) or not is_chosen(contact, small)


def test_a_share_is_a_share() -> None:
    chosen = sum(is_chosen(f"kaska-{number}.1", 30.0) for number in range(4000))
    assert 1100 < chosen < 1300


@pytest.mark.parametrize("rule", [RecordingRule("none", share=0.0), RecordingRule("q", queues=("sales",), share=0.0)])
def test_what_is_not_recorded_is_stopped_before_anybody_is_heard(rule: RecordingRule) -> None:
    talk = Talk(rule)
    kinds = [type(one) for one in talk.ever]
    assert kinds.index(commands.PauseRecording) < kinds.index(commands.JoinParties)
    talk.hang_up(talk.contact)
    (ready,) = [one for one in talk.written if isinstance(one, facts.RecordingReady)]
    assert (ready.name, ready.problem) == ("", "not_recorded")
    (closed,) = [one for one in talk.ever if isinstance(one, commands.CloseContact)]
    assert (closed.recorded, closed.unwanted) == (False, True)


def test_what_no_rule_fits_is_recorded() -> None:
    talk = Talk(RecordingRule("other", projects=("another",), share=0.0), RecordingRule("out", direction="outbound"))
    (decided,) = [one for one in talk.written if isinstance(one, facts.RecordingDecided)]
    assert (decided.on, decided.rule) == (True, "")
    assert commands.PauseRecording not in [type(one) for one in talk.ever]


def test_a_pause_and_its_end_are_facts() -> None:
    talk = Talk()
    talk.pass_time(5)
    talk.pause(paused=True, reason="card")
    assert talk.pause(paused=True) == ()  # it is
    talk.pass_time(7)
    (resumed,) = talk.pause(paused=False)
    assert isinstance(resumed, facts.RecordingResumed)
    assert resumed.seconds == pytest.approx(7.0)
    assert talk.ever[-1] == commands.ResumeRecording(talk.contact, talk.contact, 2, pytest.approx(7.0))


def test_a_forgotten_pause_ends_by_itself() -> None:
    talk = Talk(pause_seconds=60.0)
    talk.pause(paused=True)
    talk.pass_time(61)
    (resumed,) = [one for one in talk.written if isinstance(one, facts.RecordingResumed)]
    assert (resumed.reason, resumed.seconds) == ("time", pytest.approx(60.0))


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["agent", "script", "card"]), st.floats(0, 40)), max_size=12))
def test_a_page_ends_only_what_a_page_began_and_never_leaves_a_pause_behind(
    wishes: list[tuple[bool, str, float]],
) -> None:
    talk = Talk(pause_seconds=0.0)
    for paused, reason, seconds in wishes:
        before = talk.core.state.contacts[talk.contact].pause_by
        talk.pause(paused=paused, reason=reason)
        now = talk.core.state.contacts[talk.contact].pause_by
        if before == "agent" and reason != "agent":
            assert now == "agent"
        talk.pass_time(seconds)
    if talk.core.state.contacts[talk.contact].pause_by != "agent":
        talk.pass_time(301)
        assert talk.core.state.contacts[talk.contact].pause_since == 0.0


def test_when_the_switch_cannot_pause_the_agent_knows() -> None:
    talk = Talk()
    talk.pause(paused=True)
    talk.tell(events.CommandFailed(talk.now, talk.contact, talk.contact, "PauseRecording", "no console"))
    assert talk.core.state.contacts[talk.contact].pause_since == 0.0
    assert [one.reason for one in talk.written if isinstance(one, facts.RecordingResumed)] == ["failed"]


def test_another_agent_is_recorded_again() -> None:
    talk = Talk()
    talk.ready("a303")
    talk.pause(paused=True)
    talk.pass_time(3)
    talk.tell(events.TransferRequested(talk.now, AGENT, talk.contact, "agent", "a303"))
    talk.settle()
    assert [one.reason for one in talk.written if isinstance(one, facts.RecordingResumed)] == ["talk"]


def test_what_is_not_recorded_cannot_be_paused() -> None:
    with pytest.raises(Refused, match="not_recorded"):
        Talk(RecordingRule("none", share=0.0)).pause(paused=True)


def test_a_notice_is_said_to_both_once() -> None:
    talk = Talk(RecordingRule("all", notice=True))
    said = [one for one in talk.ever if isinstance(one, commands.PlayPrompts) and one.prompts == ("ru/recording-told",)]
    assert len({one.leg for one in said}) == 2
