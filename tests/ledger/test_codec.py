from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, fields, replace
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaska.core.configuration import Configuration, Queue
from kaska.core.facts import FACT_TYPES, ContactOpened, Fact, LegOver, Offered, Overflowed
from kaska.core.scenarios.conditions import AllOf, AnyOf, Between, Equals, MatchesNumber, Not, OneOf, StartsWith
from kaska.core.scenarios.graph import Ask, Choice, Enqueue, Finish, Menu, Node, Play, Scenario, Survey
from kaska.core.state import State
from kaska.ledger.codec import (
    UnknownFact,
    decode_configuration,
    decode_fact,
    decode_state,
    encode_configuration,
    encode_fact,
    encode_state,
    scenario_from_document,
    scenario_to_document,
)
from kaska.ledger.notation import NotationError

writable = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
st.register_type_strategy(str, writable)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(-(2**53), 2**53))

# what holds itself, or much, is kept small: big examples find nothing more and take minutes
plain_conditions = st.one_of(*(st.from_type(cls) for cls in (Equals, OneOf, StartsWith, Between, MatchesNumber)))
conditions = st.recursive(
    plain_conditions,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.lists(inner, max_size=2).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=2).map(tuple)),
    ),
    max_leaves=4,
)
st.register_type_strategy(Choice, st.builds(Choice, conditions, writable))
scenarios = st.builds(
    Scenario,
    writable,
    st.integers(0, 99),
    writable,
    st.dictionaries(writable, st.from_type(Node), max_size=2),  # type: ignore[arg-type]
)
st.register_type_strategy(Scenario, scenarios)
few: dict[Any, st.SearchStrategy[Any]] = {
    get_type_hints(cls)[each.name]: st.dictionaries(
        st.from_type(get_args(get_type_hints(cls)[each.name])[0]),
        st.from_type(get_args(get_type_hints(cls)[each.name])[1]),
        max_size=2,
    )
    for cls in (Configuration, State)
    for each in fields(cls)
    if get_origin(get_type_hints(cls)[each.name]) is dict
}


def small(cls: type[Any]) -> st.SearchStrategy[Any]:
    """Examples of ``cls`` whose dictionaries have at most two entries."""
    hints = get_type_hints(cls)
    given_ = {each.name: few.get(hints[each.name], st.from_type(hints[each.name])) for each in fields(cls)}
    return st.builds(cls, **given_)


st.register_type_strategy(Configuration, small(Configuration))


@pytest.mark.parametrize("name", FACT_TYPES)
def test_every_fact_survives_its_notation(name: str) -> None:
    @settings(max_examples=30, deadline=None)
    @given(st.from_type(FACT_TYPES[name]))
    def round_trip(fact: Fact) -> None:
        type_name, contact, body = encode_fact(fact)
        assert type_name == name
        assert contact == getattr(fact, "contact", "")
        assert decode_fact(name, body) == fact

    round_trip()


@settings(max_examples=50, deadline=None)
@given(st.from_type(Configuration))
def test_a_configuration_survives(configuration: Configuration) -> None:
    assert decode_configuration(encode_configuration(configuration)) == configuration


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(small(State))
def test_the_state_of_the_core_survives(state: State) -> None:
    assert decode_state(encode_state(state), State) == state


@settings(max_examples=50, deadline=None)
@given(st.from_type(Scenario))
def test_a_scenario_is_plain_json(scenario: Scenario) -> None:
    document = msgspec.json.decode(msgspec.json.encode(scenario_to_document(scenario)))
    assert scenario_from_document(document) == scenario


OPENED = ContactOpened(1.0, "c", "voice", "inbound", "1", "2", "3", "name", "t", "p", "s", 1)


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b", "\0\udfff"])
def test_text_that_the_database_cannot_hold_is_replaced(name: str) -> None:
    _, _, body = encode_fact(replace(OPENED, caller_name=name))
    assert b"\\u0000" not in body
    assert "\ufffd" in decode_fact("contact_opened", body).caller_name  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["\\u0000", "null", "'; DROP TABLE facts; --", "1&PJSIP/…", "<script>", "\r\n"])
def test_hostile_text_is_data(name: str) -> None:
    fact = replace(OPENED, caller_name=name)
    assert decode_fact("contact_opened", encode_fact(fact)[2]) == fact


def test_endless_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="at is inf"):
        encode_fact(LegOver(float("inf"), "c", "l", 16))


def test_unknown_facts_are_named() -> None:
    with pytest.raises(UnknownFact, match="contact_dreamt"):
        decode_fact("contact_dreamt", b"{}")


def document(**nodes: Any) -> dict[str, Any]:
    return {"id": "main", "version": 1, "start": "menu", "nodes": nodes}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"prompts": []}, 'node "menu", field kind: is missing; one of play, inform, take_message'),
        ({"kind": "dance"}, "node \"menu\", field kind: 'dance' is not known"),
        ({"kind": "play", "prompts": []}, 'node "menu", field next: is missing'),
        ({"kind": "play", "prompts": "x", "next": ""}, 'node "menu", field prompts: Expected `array`, got `str`'),
        ({"kind": "play", "prompts": ["a", 1], "next": ""}, 'node "menu", field prompts[1]: Expected `str`, got `int`'),
        ({"kind": "play", "prompts": [], "next": "", "nxt": ""}, 'node "menu", field nxt: is not known'),
        ("play", 'node "menu": Expected `object`, got `str`'),
    ],
)
def test_a_malformed_scenario_names_node_and_field(wrong: Any, message: str) -> None:
    with pytest.raises(NotationError) as caught:
        scenario_from_document(document(menu=wrong))
    assert message in str(caught.value)


def test_a_malformed_configuration_names_the_scenario() -> None:
    body = {"tenant": "demo", "version": 1, "default_scenario": "main", "scenarios": {"main": document(menu={})}}
    with pytest.raises(NotationError, match='scenario "main", node "menu", field kind: is missing'):
        decode_configuration(msgspec.json.encode(body))


@dataclass
class Waiting:
    contact: str
    step: Node | None = None


@dataclass
class Core:
    configuration: Configuration | None
    line: deque[str]
    contacts: dict[str, Waiting] = field(default_factory=dict)
    by_extension: dict[int, str] = field(default_factory=dict)
    added_later: int = 7


def test_a_state_with_scenarios_anywhere_survives() -> None:
    scenario = Scenario("s", 1, "a", {"a": Menu((), {"1": "b"}, "b"), "b": Enqueue("q", "c"), "c": Finish()})
    configuration = Configuration("demo", 1, "s", scenarios={"s": scenario})
    state = Core(configuration, deque(["a", "b"]), {"c": Waiting("c", Play(("x",), ""))}, {101: "anna"}, 8)
    assert decode_state(encode_state(state), Core) == state
    assert get_type_hints(Core)
    hostile = decode_state(encode_state(Core(None, deque(["\ud800"]), {"c": Waiting("\udfff")})), Core)
    assert (hostile.line, hostile.contacts["c"].contact) == (deque(["\ufffd"]), "\ufffd")
    older = msgspec.json.decode(encode_state(Core(None, deque())))
    del older["added_later"]
    assert decode_state(msgspec.json.encode(older), Core).added_later == 7


def test_what_was_written_before_there_were_policies_is_read_as_it_was_meant() -> None:
    offered = decode_fact("offered", b'{"at":1.0,"contact":"c","leg":"c-a1","agent":"a","queue":"q","expires_at":2.0}')
    assert offered == Offered(1.0, "c", "c-a1", "a", "q", 2.0, rule="")
    overflowed = decode_fact("overflowed", b'{"at":1.0,"contact":"c","queue":"q","reserve":"r"}')
    assert overflowed == Overflowed(1.0, "c", "q", "r", to="queue", step=0, agents=())
    queues = b'{"q":{"id":"q","name":"Q","project":"p","reserve":"r"}}'
    old = b'{"tenant":"t","version":1,"default_scenario":"","queues":' + queues + b"}"
    queue = decode_configuration(old).queues["q"]
    assert queue == Queue("q", "Q", "p", reserve="r")
    assert [(step.to, step.queue, step.after) for step in queue.steps] == [("queue", "r", 15.0)]


def test_what_was_written_before_things_had_names_has_none() -> None:
    old = {
        "tenant": "t",
        "version": 1,
        "default_scenario": "",
        "trunks": {"city": {"id": "city", "endpoint": "trunk-city", "addresses": ["127.0.0.2"]}},
        "calendars": {"work": {"id": "work", "timezone": "UTC", "week": [[]] * 7}},
        "sources": {"crm": {"kind": "http_source", "id": "crm", "url": "http://127.0.0.1/"}},
        "scenarios": {"s": {"id": "s", "version": 1, "start": "a", "nodes": {
            "a": {"kind": "survey", "questions": [{"answer": "mark", "prompts": []}]},
            "b": {"kind": "ask", "prompts": [], "answer": "order", "next": "", "otherwise": ""},
        }}},
    }  # fmt: skip
    read = decode_configuration(msgspec.json.encode(old))
    survey, ask = read.scenarios["s"].nodes.values()
    assert isinstance(survey, Survey)
    assert isinstance(ask, Ask)
    things = (read.trunks["city"], read.calendars["work"], read.sources["crm"], survey.questions[0], ask)
    assert [one.name for one in things] == [""] * 5
    assert read.skills == {}
    assert decode_configuration(encode_configuration(read)) == read
