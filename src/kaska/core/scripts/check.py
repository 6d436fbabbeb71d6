"""What is wrong with a script, in the words of who writes it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from kaska.core.scripts.script import END, Script, Step

KINDS = ("text", "number", "date", "choice")


@dataclass(frozen=True, slots=True)
class Problem:
    """``step`` is "" for the whole script; ``why`` is a key of WHY; ``what`` names the thing in question."""

    step: str
    why: str
    what: str = ""

    def text(self, language: str) -> str:
        return WHY[self.why][language == "en"].replace("{}", self.what)


WHY: dict[str, tuple[str, str]] = {
    "no_start": ("Нет шага, с которого скрипт начинается.", "The step that the script begins with is missing."),
    "no_text": ("Шаг пуст: нет ни слов, ни подсказки, ни полей.", "The step is empty: no words, no hint, no fields."),
    "no_answers": (
        "Из шага никуда не уйти: добавьте хотя бы один ответ.",
        "Nothing leads away from the step: add an answer.",
    ),
    "leads_nowhere": ("Ответ ведёт в шаг «{}», которого нет.", "An answer leads to the step “{}”, which is missing."),
    "unreachable": ("В этот шаг никто не попадёт: ни один ответ к нему не ведёт.", "No answer leads to this step."),
    "no_end": ("Отсюда нельзя дойти до конца разговора.", "The end of the conversation cannot be reached from here."),
    "unknown_field": (
        "Ветвление по полю «{}», которого в скрипте нет.",
        "A branch asks the field “{}”, which is missing.",
    ),
    "field_twice": ("Поле «{}» есть в двух шагах: назовите их по-разному.", "The field “{}” is there twice."),
    "no_choices": ("У поля «{}» нет вариантов для выбора.", "The field “{}” has nothing to choose from."),
    "unknown_kind": ("Вид поля «{}» неизвестен.", "The kind of the field “{}” is unknown."),
}
"""key → (Russian, English)"""


def problems_of(script: Script) -> list[Problem]:
    """Everything that would leave an agent without words, in the order of the steps; [] when it can be published."""
    if script.start not in script.steps:
        return [Problem("", "no_start")]
    reached = _reached(script)
    ending = _ending(script)
    seen: set[str] = set()
    found: list[Problem] = []
    known = {field.id for step in script.steps.values() for field in step.fields}
    for id, step in script.steps.items():
        found += _of_step(script, id, step, known)
        for field in step.fields:
            if field.id in seen:
                found.append(Problem(id, "field_twice", field.title))
            seen.add(field.id)
        if id not in reached:
            found.append(Problem(id, "unreachable"))
        elif id not in ending and step.answers:
            found.append(Problem(id, "no_end"))
    return found


def _of_step(script: Script, id: str, step: Step, known: set[str]) -> Iterator[Problem]:
    if not (step.text.strip() or step.hint.strip() or step.fields):
        yield Problem(id, "no_text")
    if not step.answers:
        yield Problem(id, "no_answers")
    for target in _ways(step):
        if target != END and target not in script.steps:
            yield Problem(id, "leads_nowhere", target)
    for branch in step.branches:
        if branch.field not in known:
            yield Problem(id, "unknown_field", branch.field)
    for field in step.fields:
        if field.kind not in KINDS:
            yield Problem(id, "unknown_kind", field.title)
        if field.kind == "choice" and not field.choices:
            yield Problem(id, "no_choices", field.title)


def _ways(step: Step) -> list[str]:
    return list(dict.fromkeys([*(one.next for one in step.branches), *(one.next for one in step.answers)]))


def _reached(script: Script) -> set[str]:
    found = {script.start}
    waiting = deque(found)
    while waiting:
        for target in _ways(script.steps[waiting.popleft()]):
            if target in script.steps and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _ending(script: Script) -> set[str]:
    """Steps from which END can be reached by answers alone: a branch may never hold."""
    found: set[str] = set()
    while True:
        more = {
            id
            for id, step in script.steps.items()
            if id not in found and any(one.next == END or one.next in found for one in step.answers)
        }
        if not more:
            return found
        found |= more
