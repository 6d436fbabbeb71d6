"""The laws of the lists, and what a whole result is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.features.topics.errors import ResultIncomplete, UnknownResult, UnknownTopic
from kaska.features.topics.schemas import Choice, ContactResult, Topic, TopicLists, TopicTree
from kaska.features.topics.service import check_said, titles
from kaska.features.topics.trees import DEEPEST, missing_of, path_of, problem_of

RESULTS = [ContactResult(id="done", title="Решено"), ContactResult(id="no", title="Отказ", asks_refusal=True)]
WHY = [Choice(id="price", title="Дорого")]


def lists(*topics: Topic) -> TopicLists:
    return TopicLists(topics=list(topics), results=RESULTS, sources=[Choice(id="site", title="Сайт")], refusals=WHY)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefg"])), min_size=1, max_size=6))
def test_in_lists_that_are_kept_every_topic_has_its_way_from_the_top(pairs: list[tuple[str, str]]) -> None:
    topics = [Topic(id=id, parent=parent, title=id.upper()) for id, parent in pairs]
    if problem_of(lists(*topics)) is not None:
        return
    known = {topic.id: topic for topic in topics}
    for topic in topics:
        path = path_of(topic.id, known)
        assert 1 <= len(path) <= DEEPEST
        assert known[path[0]].parent == ""
        assert path[-1] == topic.id


@pytest.mark.parametrize(
    "topics",
    [
        [Topic(id="a", title="А"), Topic(id="a", title="Б")],
        [Topic(id="a", title="А", parent="b")],
        [Topic(id="a", title="А", parent="b"), Topic(id="b", title="Б", parent="a")],
        [Topic(id="a", title="А", project="windows"), Topic(id="b", title="Б", parent="a")],
        [Topic(id="a", title="А", archived=True)],
        [],
    ],
)
def test_lists_that_cannot_be_kept_say_why(topics: list[Topic]) -> None:
    why = problem_of(lists(*topics))
    assert why is not None
    assert set(why) == {"ru", "en"}


NOBODY_SAID: dict[str, object] = {"heard_from": "", "refusal": "", "note": " ", "next_step": "", "next_at": None}


def test_what_must_still_be_said() -> None:
    plain = {"asks_refusal": False, "asks_next": False}
    assert missing_of([], **plain, said=NOBODY_SAID) == []
    assert missing_of(["note", "heard_from"], **plain, said=NOBODY_SAID) == ["heard_from", "note"]
    assert missing_of([], asks_refusal=True, asks_next=True, said=NOBODY_SAID) == ["refusal", "next_step", "next_at"]
    assert missing_of([], **plain, said={**NOBODY_SAID, "next_step": "Прислать счёт"}) == ["next_at"]
    assert missing_of([], **plain, said={**NOBODY_SAID, "next_at": "2026-12-01T10:00Z"}) == ["next_step"]


def test_what_is_archived_may_stay_but_not_be_chosen() -> None:
    given = lists(Topic(id="a", title="А"), Topic(id="b", title="Б", parent="a", archived=True, requires=["note"]))
    tree = TopicTree(**given.model_dump(), revision="1")
    said = {**NOBODY_SAID, "topic": "b", "result": "done", "note": "слова"}
    with pytest.raises(UnknownTopic):
        check_said(tree, said)
    check_said(tree, said, before=("b", "done"))
    with pytest.raises(UnknownResult):
        check_said(tree, {**said, "topic": "a", "result": "gone"})
    with pytest.raises(ResultIncomplete) as refused:
        check_said(tree, {**said, "topic": "a", "result": "no"})
    assert refused.value.fields == {"refusal": "missing"}
    assert titles(tree)[("topic_path", "b")] == "А / Б"
