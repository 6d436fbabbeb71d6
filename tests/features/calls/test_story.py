"""Every fact can be told in both languages, in words."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import pytest

from kaska.core import facts
from kaska.core.contacts.outcomes import EndCause, Outcome
from kaska.core.facts import FACT_TYPES, ConfigurationApplied, Fact
from kaska.core.presence.states import AgentState
from kaska.core.routing.rules import AWAITING, LEAST_SKILLED, LONGEST_IDLE, POLICIES, STEP_KINDS
from kaska.core.scenarios.speech import VOCABULARY
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
EXAMPLES["dict[str, Scenario]"] = {}


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


@pytest.mark.parametrize(
    ("fact", "named", "by_key"),
    [
        (facts.Relaxed(1.0, "k", "sales", 1, "sales", 0), "Навык «Продажи окон» больше не требуется", "«sales»"),
        (facts.OutgoingRerouted(1.0, "k", "l", "city", 34), "набор по «Городская линия»", "«city»"),
        (facts.LookupStarted(1.0, "k", "n", "crm", 9.0), "Запрос данных: Клиенты", ": crm"),
        (facts.ScenarioEntered(1.0, "k", "night", 2), "сценарий «Ночной»", "«night»"),
        (facts.StepEntered(1.0, "k", "n", "by_mode", 0, "stocktaking"), "— Инвентаризация", "— stocktaking"),
        (facts.OwnerNamed(1.0, "k", "queue:service"), "Ответственный: Сервис", ": service"),
        (facts.AnswerTaken(1.0, "k", "order", "12"), "Ответ на «Номер заказа»: 12", "«order»"),
        (facts.QuestionAsked(1.0, "k", "after", "mark", 0, 0), "Спросили: «Оценка»", "«mark»"),
        (facts.QuestionAnswered(1.0, "k", "other", "mark", "5"), "Ответ на «mark»: 5", "«mark»"),
        (facts.ModeSwitched(1.0, "windows", "lunch", 0.0, "u-1"), "«Окна» включён вручную: обед (Ольга)", "«windows»"),
    ],
)
def test_what_facts_know_by_a_key_is_told_by_its_name(fact: Fact, named: str, by_key: str) -> None:
    names = {
        ("skill", "sales"): "Продажи окон",
        ("trunk", "city"): "Городская линия",
        ("source", "crm"): "Клиенты",
        ("scenario", "night"): "Ночной",
        ("queue", "service"): "Сервис",
        ("question", "order"): "Номер заказа",
        ("question", "after mark"): "Оценка",
        ("project", "windows"): "Окна",
        ("agent", "u-1"): "Ольга",
        ("mode", "stocktaking"): "Инвентаризация",
    }
    assert named in tell(fact, "ru", names)
    assert by_key in tell(fact, "ru"), "one that nobody named is told by its key"


def test_recordings_are_told_by_their_words_or_titles() -> None:
    played = facts.PromptsStarted(1.0, "k", "p", ("ru/goodbye", "t-1/a", "t-1/b"), 9.0)
    told = tell(played, "ru", {("prompt", "t-1/a"): "Скидки"})
    assert told == f"Звучит: {VOCABULARY['ru']['goodbye']}, Скидки, t-1/b"


def test_durations_and_causes_in_words() -> None:
    assert duration(83.4, "ru") == "1 мин 23 с"
    assert duration(5, "en") == "5 s"
    assert duration(-1, "ru") == "0 с"
    assert leg_cause(19, "ru") == "нет ответа"
    assert leg_cause(99, "en") == "Q.850 99"
