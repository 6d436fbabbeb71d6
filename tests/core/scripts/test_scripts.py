"""Scripts: what a walk is, and what a script must be to be walked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.core.scripts.check import WHY, Problem, problems_of
from kaska.core.scripts.script import END, Answer, Branch, Field, Script, Step
from kaska.core.scripts.walk import Pass, WrongPass, after, at, missing

NAMES = ("a", "b", "c", "d")
GOOD = Script(
    "hello",
    {
        "hello": Step("Приветствие", "Добрый день!", answers=(Answer("Заказ", "order"), Answer("Жалоба", "sorry"))),
        "order": Step(
            "Заказ",
            "Что привезти?",
            fields=(Field("goods", "Товар", required=True), Field("city", "Город", "choice", ("Тула", "Орёл"))),
            answers=(Answer("Дальше", "bye"),),
            branches=(Branch("city", "Орёл", "sorry"),),
        ),
        "sorry": Step("Извинение", "Простите нас.", answers=(Answer("Ещё вопрос", "hello"), Answer("Конец", "bye"))),
        "bye": Step("Прощание", "До свидания!", answers=(Answer("Конец", END),)),
    },
)


def scripts() -> st.SearchStrategy[Script]:
    """Any graph of up to four steps, whole or broken."""
    target = st.sampled_from((*NAMES, END, "gone"))
    answers = st.lists(target, max_size=3).map(lambda ways: tuple(Answer(f"к {way}", way) for way in ways))
    branches = st.lists(st.tuples(st.sampled_from("xy"), target), max_size=1).map(
        lambda found: tuple(Branch(field, "да", way) for field, way in found)
    )
    fields = st.sampled_from([(), (Field("x", "Икс"),)])
    step = st.builds(
        Step, st.just("шаг"), st.sampled_from(["", "слова"]), st.just(""), fields, st.just(()), answers, branches
    )
    return st.builds(Script, st.sampled_from(NAMES), st.dictionaries(st.sampled_from(NAMES), step, max_size=4))


def walked(script: Script, choices: list[int], values: dict[str, str]) -> list[Pass]:
    """As far as an agent who answers like this comes."""
    passes: list[Pass] = []
    for choice in choices:
        now = at(script, passes, values)
        if now == END or now not in script.steps or not script.steps[now].answers:
            break
        passes.append(Pass(now, choice % len(script.steps[now].answers)))
    return passes


@settings(max_examples=80, deadline=None)
@given(scripts(), st.lists(st.integers(0, 5), max_size=12), st.sampled_from(["да", "нет", ""]))
def test_who_walks_a_good_script_always_has_words_and_a_way_on(script: Script, choices: list[int], said: str) -> None:
    if problems_of(script):
        return
    now = at(script, walked(script, choices, {"x": said}), {"x": said})
    assert now == END or script.steps[now].answers


@settings(max_examples=80, deadline=None)
@given(scripts(), st.lists(st.integers(0, 5), max_size=12))
def test_from_every_reached_step_the_end_can_be_reached(script: Script, choices: list[int]) -> None:
    if problems_of(script):
        return
    steps = {at(script, walked(script, choices, {}), {})}
    for _ in range(len(NAMES) + 1):
        if END in steps:
            break
        steps = {one.next for step in steps for one in script.steps[step].answers}
    assert END in steps


@settings(max_examples=80, deadline=None)
@given(scripts(), st.lists(st.integers(0, 5), max_size=12))
def test_a_walk_is_the_sum_of_its_passes(script: Script, choices: list[int]) -> None:
    """Going back is leaving the last pass out: where one stands depends on the passes alone."""
    passes = walked(script, choices, {})
    for length, one in enumerate(passes):
        assert at(script, passes[:length], {}) == one.step
        assert at(script, passes[: length + 1], {}) == after(script.steps[one.step], one.answer, {})


@settings(max_examples=80, deadline=None)
@given(scripts(), st.lists(st.builds(Pass, st.sampled_from((*NAMES, "gone")), st.integers(-2, 4)), max_size=5))
def test_what_nobody_can_have_walked_is_refused(script: Script, passes: list[Pass]) -> None:
    wrong = first_wrong(script, passes)
    if wrong is None:
        assert [one.step for one in passes[:1]] in ([], [script.start])
        return
    one, here = passes[wrong], at(script, passes[:wrong], {})
    assert here != one.step or here not in script.steps or after(script.steps[here], one.answer, {}) is None


def first_wrong(script: Script, passes: list[Pass]) -> int | None:
    try:
        at(script, passes, {})
    except WrongPass as wrong:
        return wrong.place
    return None


def test_the_example_is_good_and_its_branch_outranks_the_answer() -> None:
    assert problems_of(GOOD) == []
    passes = [Pass("hello", 0), Pass("order", 0)]
    assert at(GOOD, passes, {"goods": "окно"}) == "bye"
    assert at(GOOD, passes, {"goods": "окно", "city": " орёл "}) == "sorry"
    assert missing(GOOD.steps["order"], {"goods": "  "}) == ["goods"]
    assert missing(GOOD.steps["order"], {"goods": "окно"}) == []


@pytest.mark.parametrize(
    ("step", "broken", "why"),
    [
        ("hello", {"answers": ()}, "no_answers"),
        ("hello", {"text": " "}, "no_text"),
        ("hello", {"answers": (Answer("Дальше", "lost"), Answer("К заказу", "order"))}, "leads_nowhere"),
        ("bye", {"answers": (Answer("Снова", "hello"),)}, "no_end"),
        ("hello", {"answers": (Answer("Конец", END),)}, "unreachable"),
        ("order", {"branches": (Branch("age", "18", "bye"),)}, "unknown_field"),
        ("bye", {"fields": (Field("goods", "Товар"),)}, "field_twice"),
        ("order", {"fields": (Field("city", "Город", "choice"),)}, "no_choices"),
        ("order", {"fields": (Field("city", "Город", "picture"),)}, "unknown_kind"),
    ],
)
def test_each_defect_is_named(step: str, broken: dict[str, object], why: str) -> None:
    steps = {**GOOD.steps, step: replace(GOOD.steps[step], **broken)}  # type: ignore[arg-type]
    found = problems_of(replace(GOOD, steps=steps))
    assert why in {problem.why for problem in found}
    assert all(problem.text(language) for problem in found for language in ("ru", "en"))


def test_a_script_without_its_first_step() -> None:
    assert problems_of(Script("gone", {})) == [Problem("", "no_start")]
    assert all(len(words) == 2 for words in WHY.values())
