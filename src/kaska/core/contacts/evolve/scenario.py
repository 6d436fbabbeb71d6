"""The walk through a scenario. What a fact says, happens: no decisions here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kaska.core import facts
from kaska.core.calendar import CLOSED_MODES
from kaska.core.contacts.contact import Phase, WayBack
from kaska.core.scenarios import trials
from kaska.core.scenarios.trials import TRIAL

if TYPE_CHECKING:
    from kaska.core.state import State


def step_entered(state: State, fact: facts.StepEntered) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WALKING
    if fact.node != contact.node:
        contact.question = contact.answers = 0
    contact.node = fact.node
    contact.tries = fact.tries
    contact.digits = ""
    contact.digits_until = contact.step_until = 0.0
    contact.agent = contact.agent_leg = contact.lookup = ""
    contact.quiet_steps += 1
    if contact.direction == TRIAL:
        trials.stepped(state, contact, fact.node, fact.at)
    if fact.kind == "schedule":
        contact.closed = fact.detail == "closed"
    elif fact.kind == "by_mode":
        contact.closed = fact.detail in CLOSED_MODES
    elif fact.detail == "closed_hours":
        contact.closed = True
    if fact.kind == "finish" and fact.detail == "served":
        contact.self_served = True


def scenario_entered(state: State, fact: facts.ScenarioEntered) -> None:
    contact = state.contact(fact.contact)
    if fact.back:
        contact.ways_back.append(WayBack(contact.scenario, contact.scenario_version, fact.back))
    contact.scenario = fact.scenario
    contact.scenario_version = fact.version


def scenario_left(state: State, fact: facts.ScenarioLeft) -> None:
    contact = state.contact(fact.contact)
    back = contact.ways_back.pop()
    contact.scenario = back.scenario
    contact.scenario_version = back.version


def variables_set(state: State, fact: facts.VariablesSet) -> None:
    contact = state.contact(fact.contact)
    contact.variables.update(fact.variables)
    contact.tags += [tag for tag in fact.tags if tag not in contact.tags]
    contact.urgency += fact.priority


def answer_taken(state: State, fact: facts.AnswerTaken) -> None:
    state.contact(fact.contact).variables[fact.question] = fact.answer


def survey_begun(state: State, fact: facts.SurveyBegun) -> None:
    contact = state.contact(fact.contact)
    contact.phase = Phase.WALKING
    contact.scenario, contact.scenario_version = fact.scenario, fact.version
    contact.ways_back.clear()
    contact.quiet_steps = contact.question = contact.answers = 0


def question_asked(state: State, fact: facts.QuestionAsked) -> None:
    contact = state.contact(fact.contact)
    contact.question, contact.tries = fact.number, fact.tries
    contact.digits = ""
    contact.digits_until = 0.0


def question_answered(state: State, fact: facts.QuestionAnswered) -> None:
    contact = state.contact(fact.contact)
    contact.variables[fact.question] = fact.answer
    contact.answers += 1
    contact.quiet_steps = 0
    contact.digits_until = 0.0


def survey_over(state: State, fact: facts.SurveyOver) -> None:
    contact = state.contact(fact.contact)
    contact.question = contact.answers = 0


def listening_started(state: State, fact: facts.ListeningStarted) -> None:
    contact = state.contact(fact.contact)
    contact.ear = fact.ear
    contact.ears += 1


def listening_over(state: State, fact: facts.ListeningOver) -> None:
    state.contact(fact.contact).ear = ""


def words_heard(state: State, fact: facts.WordsHeard) -> None:
    if fact.choice:  # noise may go on for ever
        state.contact(fact.contact).quiet_steps = 0


def lookup_started(state: State, fact: facts.LookupStarted) -> None:
    contact = state.contact(fact.contact)
    contact.lookup = fact.lookup
    contact.lookups += 1
    contact.step_until = fact.until


def lookup_over(state: State, fact: facts.LookupOver) -> None:
    contact = state.contact(fact.contact)
    contact.lookup = ""
    contact.step_until = 0.0
    contact.variables.update(fact.values)


def prompts_started(state: State, fact: facts.PromptsStarted) -> None:
    contact = state.contact(fact.contact)
    contact.play = fact.play
    contact.plays += 1
    contact.guard_at = fact.guard_at
    contact.digits_until = 0.0
    if contact.phase is Phase.WAITING:
        contact.rounds += 1
        queue = state.configuration.queues.get(contact.queue)
        contact.speak_at = fact.at + queue.announce_every if queue is not None and queue.announce_every else 0.0


def prompts_over(state: State, fact: facts.PromptsOver) -> None:
    contact = state.contact(fact.contact)
    contact.play = ""
    contact.guard_at = 0.0
    contact.digits_until = fact.digits_until


def message_asked(state: State, fact: facts.MessageAsked) -> None:
    contact = state.contact(fact.contact)
    contact.recording_message = True
    contact.digits_until = fact.until


def digit_taken(state: State, fact: facts.DigitTaken) -> None:
    contact = state.contact(fact.contact)
    contact.digits = fact.digits
    contact.digits_until = fact.until
    if fact.digits:
        contact.quiet_steps = 0


def message_taken(state: State, fact: facts.MessageTaken) -> None:
    contact = state.contact(fact.contact)
    contact.recording_message = False
    contact.digits_until = 0.0
    contact.message = fact.name
    if fact.name:
        contact.quiet_steps = 0


def fax_listening(state: State, fact: facts.FaxListening) -> None:
    """Where it leads is remembered after the listening: the tone may be under way to us."""
    contact = state.contact(fact.contact)
    contact.fax_listening = bool(fact.node)
    if fact.node:
        contact.fax_way = (contact.scenario, fact.node)


def fax_tone(state: State, fact: facts.FaxTone) -> None:
    contact = state.contact(fact.contact)
    contact.fax_listening = False
    contact.fax_way = ("", "")


def fax_asked(state: State, fact: facts.FaxAsked) -> None:
    contact = state.contact(fact.contact)
    contact.receiving_fax = fact.name
    contact.faxes += 1
    contact.fax_until = fact.until
    contact.fax_looks = 0


def fax_over(state: State, fact: facts.FaxOver) -> None:
    contact = state.contact(fact.contact)
    contact.fax_until = fact.until
    contact.fax_looks += 1


def fax_taken(state: State, fact: facts.FaxTaken) -> None:
    contact = state.contact(fact.contact)
    contact.receiving_fax = ""
    contact.fax_until = 0.0
    if fact.name:
        contact.fax = fact.name
        contact.quiet_steps = 0


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.StepEntered: step_entered,
    facts.ScenarioEntered: scenario_entered,
    facts.ScenarioLeft: scenario_left,
    facts.VariablesSet: variables_set,
    facts.AnswerTaken: answer_taken,
    facts.SurveyBegun: survey_begun,
    facts.QuestionAsked: question_asked,
    facts.QuestionAnswered: question_answered,
    facts.SurveyOver: survey_over,
    facts.ListeningStarted: listening_started,
    facts.ListeningOver: listening_over,
    facts.WordsHeard: words_heard,
    facts.LookupStarted: lookup_started,
    facts.LookupOver: lookup_over,
    facts.PromptsStarted: prompts_started,
    facts.PromptsOver: prompts_over,
    facts.MessageAsked: message_asked,
    facts.DigitTaken: digit_taken,
    facts.MessageTaken: message_taken,
    facts.FaxListening: fax_listening,
    facts.FaxTone: fax_tone,
    facts.FaxAsked: fax_asked,
    facts.FaxOver: fax_over,
    facts.FaxTaken: fax_taken,
}
