"""A survey: in a scenario, and after the talk while the agent is free for others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.test_transfer import CALLER, FIRST, SECOND

from kaska.core import commands, events, facts
from kaska.core.configuration import Configuration
from kaska.core.core import Core
from kaska.core.scenarios import graph
from support.company import company
from support.line import END, NOW, Line, with_nodes
from support.play import Play

QUALITY = graph.Question("quality", ("ru/survey-quality",))
SOLVED = graph.Question("solved", ("ru/survey-solved",), "12")
SURVEY = graph.Survey((QUALITY, SOLVED), "yes")


def answers(written: list[facts.Fact]) -> list[tuple[str, str]]:
    return [(one.question, one.answer) for one in written if isinstance(one, facts.QuestionAnswered)]


def asked(written: list[facts.Fact]) -> list[tuple[str, int]]:
    return [(one.question, one.tries) for one in written if isinstance(one, facts.QuestionAsked)]


def survey_line() -> Line:
    return Line(Core.fresh(with_nodes(start=SURVEY), NOW))


def test_questions_come_one_after_another_and_a_key_answers_each() -> None:
    line = survey_line()
    assert line.heard == ["ru/survey-quality"]
    line.press("4")
    assert line.heard == ["ru/survey-solved"]
    line.said()
    line.press("1")
    assert line.heard == ["ru/thanks"]
    assert answers(line.facts) == [("quality", "4"), ("solved", "1")]
    assert [one.answered for one in line.facts if isinstance(one, facts.SurveyOver)] == [2]
    assert line.core.state.contacts["k-1"].variables == {"quality": "4", "solved": "1"}


def test_silence_repeats_once_and_goes_on() -> None:
    line = survey_line()
    for _ in range(4):
        line.said()
        line.wait(6)
    assert asked(line.facts) == [("quality", 0), ("quality", 1), ("solved", 0), ("solved", 1)]
    assert line.heard == ["ru/thanks"]
    assert answers(line.facts) == []


def test_a_key_that_is_no_answer_is_told_so() -> None:
    line = survey_line()
    line.press("7")
    assert line.heard == ["ru/wrong-key", "ru/survey-quality"]
    line.press("8")
    assert line.heard == ["ru/survey-solved"]


def test_a_survey_without_questions_or_prompts_loses_nobody() -> None:
    assert Line(Core.fresh(with_nodes(start=graph.Survey((), "yes")), NOW)).heard == ["ru/thanks"]
    silent = Line(Core.fresh(with_nodes(start=graph.Survey((graph.Question("q", ()),), "yes")), NOW))
    assert silent.heard == []
    silent.press("3")
    assert silent.heard == ["ru/thanks"]


# --- after the talk ---


def asking(scenario: str = "after", **settings: float) -> Configuration:
    found = company(**settings)
    queues = {name: replace(queue, after_talk=scenario) for name, queue in found.queues.items()}
    after = graph.Scenario("after", 3, "survey", {**END, "survey": SURVEY})
    return replace(found, queues=queues, scenarios={**found.scenarios, "after": after})


class Talk(Play):
    """One call that FIRST of the sales queue talks in. Prompts of the survey end when they are told to."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__(configuration)
        self.ready(FIRST)
        self.contact = self.arrive(CALLER)
        self.settle()
        self.pass_time(10)
        self.ordered.clear()

    def _done(self, command: commands.Command) -> list[events.Event]:
        if isinstance(command, commands.PlayPrompts) and "survey" in command.prompts[-1]:
            return []
        return super()._done(command)

    def agent_hangs_up(self) -> None:
        self.tell(events.LegEnded(self.now, self.contact, f"{self.contact}-a1"))

    def press(self, digit: str) -> None:
        self.tell(events.DigitPressed(self.now, self.contact, self.contact, digit))

    @property
    def end(self) -> tuple[str, str]:
        (over,) = [one for one in self.written if isinstance(one, facts.ContactOver)]
        return over.outcome, over.cause


def test_the_agent_hangs_up_and_the_person_is_asked() -> None:
    talk = Talk(asking())
    talk.agent_hangs_up()
    said = [one for one in talk.ordered if isinstance(one, commands.PlayPrompts)]
    assert [one.prompts for one in said] == [("ru/survey-quality",)]
    assert talk.ordered.index(commands.SetApart(talk.contact, talk.contact)) < talk.ordered.index(said[0])
    assert not [one for one in talk.ordered if isinstance(one, commands.HangUpLeg)]
    assert talk.core.state.agents[FIRST].state == "wrap_up"
    talk.press("5")
    talk.press("1")
    talk.settle()
    assert answers(talk.written) == [("quality", "5"), ("solved", "1")]
    assert {(one.agent, one.queue) for one in talk.written if isinstance(one, facts.QuestionAnswered)} == {
        (FIRST, "sales")
    }
    assert talk.end == ("answered", "talked")
    assert not [one for one in talk.written if isinstance(one, facts.DebtOpened)]


def test_the_agent_takes_the_next_call_while_the_first_person_answers() -> None:
    talk = Talk(asking())
    talk.agent_hangs_up()
    talk.tell(events.WrapUpFinished(talk.now, FIRST))
    other = talk.arrive("+79000000002")
    talk.settle()
    assert talk.core.state.contacts[other].agent == FIRST
    assert talk.core.state.contacts[talk.contact].phase == "walking"
    talk.press("2")
    assert answers(talk.written) == [("quality", "2")]


@pytest.mark.parametrize("presses", ["", "5"])
def test_who_hangs_up_in_the_survey_was_answered(presses: str) -> None:
    talk = Talk(asking())
    talk.agent_hangs_up()
    for digit in presses:
        talk.press(digit)
    talk.hang_up(talk.contact)
    talk.settle()
    assert talk.end == ("answered", "talked")
    assert not [one for one in talk.written if isinstance(one, facts.DebtOpened)]


def test_the_person_who_hangs_up_first_is_not_asked() -> None:
    talk = Talk(asking())
    talk.hang_up(talk.contact)
    talk.settle()
    assert asked(talk.written) == []
    assert talk.end == ("answered", "talked")


@pytest.mark.parametrize("scenario", ["", "not-there"])
def test_without_questions_the_person_is_hung_up(scenario: str) -> None:
    talk = Talk(asking(scenario))
    talk.agent_hangs_up()
    assert [one for one in talk.ordered if isinstance(one, commands.HangUpLeg)] == [
        commands.HangUpLeg(talk.contact, talk.contact)
    ]


def test_a_vanished_switch_asks_the_same_question_again() -> None:
    talk = Talk(asking())
    talk.agent_hangs_up()
    talk.press("5")
    talk.ordered.clear()
    talk.tell(events.SwitchResynced(talk.now))
    assert [one.prompts for one in talk.ordered if isinstance(one, commands.PlayPrompts)] == [("ru/survey-solved",)]


def test_after_a_transfer_the_last_who_talked_is_asked_about() -> None:
    talk = Talk(asking())
    talk.ready(SECOND)
    talk.tell(events.TransferRequested(talk.now, FIRST, talk.contact, "agent", SECOND))
    talk.settle()
    talk.pass_time(5)
    leg = talk.core.state.contacts[talk.contact].agent_leg
    talk.tell(events.LegEnded(talk.now, talk.contact, leg))
    (begun,) = [one for one in talk.written if isinstance(one, facts.SurveyBegun)]
    assert (begun.agent, begun.scenario, begun.version) == (SECOND, "after", 3)


def test_who_was_held_when_the_agent_hung_up_hears_the_questions() -> None:
    talk = Talk(asking())
    talk.tell(events.HoldRequested(talk.now, FIRST, talk.contact, True))
    talk.ordered.clear()
    talk.agent_hangs_up()
    assert commands.HoldParty(talk.contact, talk.contact, False) in talk.ordered
