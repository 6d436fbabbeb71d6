"""Every fact can be told in both languages, in words."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import pytest

from kaska.core.contacts.outcomes import EndCause, Outcome
from kaska.core.facts import FACT_TYPES, ConfigurationApplied, Fact
from kaska.core.presence.states import AgentState
from kaska.core.routing.rules import AWAITING, LEAST_SKILLED, LONGEST_IDLE, POLICIES, STEP_KINDS
from kaska.features.calls.story import _SENTENCES, tell
from kaska.features.calls.wording import (
    AGENT_STATES,
    AWAITED,
    CAUSES,
    OFFER_RULES,
    OUTCOMES,
    OVERFLOW_STEPS,
    duration,
    leg_cause,
)
from support.company import company
from support.play import random_day

EXAMPLES: dict[str, Any] = {"str": "x", "float": 1.5, "int": 1, "bool": True, "tuple[str, ...]": ("a", "b")}
EXAMPLES["dict[str, str]"] = {"a": "b"}


def example(name: str) -> Fact:
    if FACT_TYPES[name] is ConfigurationApplied:
        return ConfigurationApplied(0.0, company())
    given = {field.name: EXAMPLES[str(field.type)] for field in fields(FACT_TYPES[name]) if field.default is MISSING}
    made: Fact = FACT_TYPES[name](**given)
    return made


@pytest.mark.parametrize("name", sorted(FACT_TYPES))
def test_there_is_a_sentence_for_every_fact(name: str) -> None:
    assert FACT_TYPES[name] in _SENTENCES
    russian, english = tell(example(name), "ru"), tell(example(name), "en")
    assert russian
    assert english
    assert not any("а" <= letter.lower() <= "я" for letter in english), english


def test_every_word_of_the_core_has_a_name() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert set(CAUSES) == set(EndCause)
    assert set(AGENT_STATES) == set(AgentState)
    assert set(OVERFLOW_STEPS) == set(STEP_KINDS)
    assert set(AWAITED) == set(AWAITING)
    assert set(POLICIES) - set(OFFER_RULES) == {LONGEST_IDLE, LEAST_SKILLED}


def test_a_whole_day_can_be_told() -> None:
    names = {("agent", "a301"): "Анна"}
    for fact in random_day(1, 400):
        for language in ("ru", "en"):
            assert tell(fact, language, names)


def test_durations_and_causes_in_words() -> None:
    assert duration(83.4, "ru") == "1 мин 23 с"
    assert duration(5, "en") == "5 s"
    assert duration(-1, "ru") == "0 с"
    assert leg_cause(19, "ru") == "нет ответа"
    assert leg_cause(99, "en") == "Q.850 99"
