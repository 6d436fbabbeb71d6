"""Walking a script. The whole walk is a value: the same passes through the same script lead to the same step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaska.core.scripts.script import Script, Step

LONGEST = 500
"""passes of one walk; a script may lead in a circle ("anything else?")"""


class WrongPass(ValueError):
    """A pass that this script does not allow: ``place`` in the walk, 0 first."""

    def __init__(self, place: int) -> None:
        super().__init__(f"pass {place} is not possible in this script")
        self.place = place


@dataclass(frozen=True, slots=True)
class Pass:
    """One step left behind: by its answer number ``answer``, 0 first."""

    step: str
    answer: int


def after(step: Step, answer: int, values: Mapping[str, str]) -> str | None:
    """The step that follows; None when there is no such answer. A branch that holds outranks the answer."""
    if not 0 <= answer < len(step.answers):
        return None
    for branch in step.branches:
        if values.get(branch.field, "").strip().casefold() == branch.value.strip().casefold():
            return branch.next
    return step.answers[answer].next


def at(script: Script, passes: Sequence[Pass], values: Mapping[str, str]) -> str:
    """The step at which the walk stands, END when it is over. ``values``: blank → what was filled in.

    :raises WrongPass: when a pass does not begin where the one before it led, or has no such answer.
    """
    now = script.start
    if len(passes) > LONGEST:
        raise WrongPass(LONGEST)
    for place, one in enumerate(passes):
        if one.step != now or now not in script.steps:
            raise WrongPass(place)
        following = after(script.steps[now], one.answer, values)
        if following is None:
            raise WrongPass(place)
        now = following
    return now


def missing(step: Step, values: Mapping[str, str]) -> list[str]:
    """Blanks of ``step`` that must be filled in before it is left."""
    return [one.id for one in step.fields if one.required and not values.get(one.id, "").strip()]
