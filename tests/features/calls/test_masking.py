"""What a person said, typed or was found by is left out of the story once he was erased."""

from __future__ import annotations

from kaska.core import facts as f
from kaska.features.calls.masking import without_person

SECRET = "Меня зовут Инна Ромашкина"


def test_words_answers_and_what_was_looked_up_are_left_out() -> None:
    told = [
        f.WordsHeard(1.0, "k", SECRET, "1"),
        f.AnswerTaken(1.0, "k", "order", SECRET),
        f.VariablesSet(1.0, "k", {"name": SECRET}),
        f.LookupOver(1.0, "k", "k-l1", "found", {"name": SECRET}),
    ]
    shown = without_person(told)
    assert SECRET not in repr(shown)
    assert shown[0] == f.WordsHeard(1.0, "k", "", "1"), "which choice it was stays: the figures need it"
    assert shown[2] == f.VariablesSet(1.0, "k", {"name": ""})
