from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kaska.features.scenarios.difference import Difference, differences

BEFORE: dict[str, Any] = {
    "start": "hello",
    "nodes": {
        "hello": {"kind": "play", "prompts": ["ru/greeting"], "next": "menu"},
        "menu": {"kind": "menu", "prompts": [], "choices": {"1": "a"}, "otherwise": "a"},
        "a": {"kind": "finish"},
    },
}
AFTER: dict[str, Any] = {
    "start": "menu",
    "nodes": {
        "menu": {"kind": "menu", "prompts": [], "choices": {"1": "b"}, "otherwise": "a", "tries": 3},
        "a": {"kind": "finish"},
        "b": {"kind": "finish", "served": True},
    },
}


def test_differences_name_node_and_field() -> None:
    assert differences(BEFORE, AFTER) == [
        Difference("changed", "", "start", "hello", "menu"),
        Difference("changed", "menu", "choices", {"1": "a"}, {"1": "b"}),
        Difference("added", "menu", "tries", None, 3),
        Difference("added", "b", "", None, {"kind": "finish", "served": True}),
        Difference("removed", "hello", "", BEFORE["nodes"]["hello"], None),
    ]


NODE = st.dictionaries(st.sampled_from(("kind", "next", "prompts")), st.sampled_from(("a", "b", None, 1)), max_size=3)
DOCUMENT = st.fixed_dictionaries(
    {"start": st.sampled_from("ab"), "nodes": st.dictionaries(st.sampled_from("abc"), NODE, max_size=3)}
)


@given(DOCUMENT, DOCUMENT)
def test_nothing_differs_just_when_they_are_the_same(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert (differences(before, after) == []) == (before == after)
    there, back = differences(before, after), differences(after, before)
    assert len(there) == len(back)


def test_documents_that_are_no_scenarios_can_be_compared_too() -> None:
    assert differences({}, {"nodes": "x"}) == []
    assert differences({"nodes": {"a": 1}}, {"nodes": {"a": 2}}) == [Difference("changed", "a", "", 1, 2)]
