"""Each rule of the linter finds what it is about and is silent about the test company."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaska.core.configuration import Queue
from kaska.core.scenarios import graph
from kaska.core.scenarios.conditions import Equals
from kaska.core.scenarios.graph import Node, Scenario
from kaska.core.scenarios.linter import RULES, Finding, Ground, Severity, Sound, lint
from support.company import company

MENU = graph.Menu(("ru/menu",), {"0": "queue"}, "queue")
GOOD: dict[str, Node] = {
    "start": graph.Schedule("always", "hello", "closed"),
    "hello": graph.Play(("ru/greeting",), "menu"),
    "menu": MENU,
    "queue": graph.Enqueue("sales", "message", {"1": "message"}),
    "message": graph.TakeMessage(("ru/message-question",), "thanks"),
    "closed": graph.TakeMessage(("ru/closed", "ru/message-question"), "thanks", closed_hours=True),
    "thanks": graph.Finish(("ru/thanks",)),
}
SOUNDS = {
    "ru/greeting": Sound(4.0, ((1.1, 0.3), (3.9, 0.1))),
    "ru/menu": Sound(9.0),
    "ru/long": Sound(26.0),
    "ru/halting": Sound(5.0, ((1.2, 0.8),)),
    "ru/halting-late": Sound(5.0, ((3.2, 0.8),)),
}
PROMPTS = {*SOUNDS, "ru/message-question", "ru/closed", "ru/thanks"}


def ground(nodes: dict[str, Node], start: str = "start", **others: Scenario) -> Ground:
    scenarios = {"main": Scenario("main", 1, start, nodes), **others}
    return Ground(scenarios, {"sales": Queue("sales", "Продажи", "p", max_wait=600)}, PROMPTS, SOUNDS)


def found(nodes: dict[str, Node], start: str = "start", **others: Scenario) -> set[tuple[str, str]]:
    return {(finding.rule.name, finding.node) for finding in lint(ground(nodes, start, **others), ["main"])}


def test_good_practice_finds_nothing() -> None:
    assert found(GOOD) == set()
    whole = company()
    assert {f.rule.name for f in lint(Ground(whole.scenarios, whole.queues)) if f.rule.severity is Severity.ERROR} == {
        "no_notice"  # the line that goes straight into a queue
    }


def deep(levels: int) -> dict[str, Node]:
    menus: dict[str, Node] = {
        f"m{n}": graph.Menu(("ru/menu",), {"0": "queue", "1": f"m{n + 1}"}, "queue") for n in range(1, levels)
    }
    return {**GOOD, "menu": graph.Menu(("ru/menu",), {"0": "queue", "1": "m1"}, "queue"), **menus, f"m{levels}": MENU}


CASES: list[tuple[str, str, dict[str, Node]]] = [
    ("unknown_node", "menu", {"menu": replace(MENU, otherwise="nowhere")}),
    ("unknown_scenario", "hello", {"hello": graph.ToScenario("nowhere", "menu")}),
    ("endless", "hello", {"hello": graph.Play(("ru/greeting",), "hello")}),
    ("dead_end", "menu", {"menu": replace(MENU, choices={"0": "queue", "1": ""})}),
    ("dead_end", "start", {"start": graph.Schedule("always", "hello", "")}),
    ("no_exit", "hello", {"hello": graph.Play(("ru/greeting",), "")}),
    ("no_exit", "hello", {"hello": graph.Inform(("ru/greeting",), "thanks")}),
    ("no_exit", "hello", {"hello": graph.Finish(("ru/greeting",), served=True)}),
    ("sent_away", "bye", {"menu": replace(MENU, otherwise="bye"), "bye": graph.Finish(("ru/thanks",))}),
    ("unanswered_is_lost", "queue", {"queue": graph.ToAgent("a", "bye"), "bye": graph.Finish(("ru/thanks",))}),
    ("unanswered_is_lost", "queue", {"queue": graph.ToNumber("+74950000001", "")}),
    ("deep_menu", "m3", deep(3)),
    (
        "no_person",
        "menu",
        {"menu": graph.Menu(("ru/menu",), {"0": "message"}, "message"), "queue": graph.ToAgent("a", "message")},
    ),
    ("no_zero", "menu", {"menu": replace(MENU, choices={"1": "queue"})}),
    ("many_choices", "menu", {"menu": replace(MENU, choices=dict.fromkeys("0123456", "queue"))}),
    ("unreachable", "alone", {"alone": graph.Finish()}),
    ("lost_return", "thanks", {"thanks": graph.Return()}),
    ("closed_without_message", "start", {"closed": graph.Finish(("ru/closed",))}),
    ("closed_without_message", "start", {"closed": graph.Play(("ru/closed",), "thanks")}),
    ("closed_without_message", "start", {"start": graph.ByMode({"day": "hello", "night": "closed"}, "thanks")}),
    ("silent_message", "message", {"message": graph.TakeMessage((), "thanks")}),
    ("unmarked_closed_message", "closed", {"closed": graph.TakeMessage(("ru/message-question",), "thanks")}),
    ("no_notice", "queue", {"start": graph.Schedule("always", "menu", "closed")}),
    ("queue_without_message", "queue", {"queue": graph.Enqueue("sales", "message")}),
    ("missing_prompt", "thanks", {"thanks": graph.Finish(("ru/new",))}),
    (
        "long_greeting",
        "more",
        {"hello": graph.Play(("ru/greeting",), "more"), "more": graph.Play(("ru/menu",), "menu")},
    ),
    ("pause_after_hello", "hello", {"hello": graph.Play(("ru/halting",), "menu")}),
    ("long_menu", "menu", {"menu": replace(MENU, prompts=("ru/long",))}),
    ("silent_choice", "menu", {"menu": replace(MENU, prompts=())}),
    ("hasty_choice", "menu", {"menu": replace(MENU, timeout=2.0)}),
    ("unheard_words", "menu", {"menu": replace(MENU, words={"7": ("оператор",)})}),
    ("unheard_words", "menu", {"menu": replace(MENU, words={"0": ("!",)})}),
    ("tone_to_nowhere", "menu", {"menu": replace(MENU, fax="message")}),
    ("unset_field", "hello", {"hello": graph.Branch((graph.Choice(Equals("vpi", "yes"), "menu"),), "menu")}),
]


@pytest.mark.parametrize(("rule", "node", "changed"), CASES)
def test_a_rule_finds_what_it_is_about(rule: str, node: str, changed: dict[str, Node]) -> None:
    assert (rule, node) in found({**GOOD, **changed})


def test_a_queue_for_ever_is_found() -> None:
    hopeless = replace(ground(GOOD), queues={"sales": Queue("sales", "Продажи", "p", max_wait=0)})
    (finding,) = [one for one in lint(hopeless) if one.rule.name == "queue_without_overflow"]
    assert (finding.node, finding.text("ru")) == (
        "queue",
        "У очереди «Продажи» нет ни резерва, ни предельного ожидания.",
    )
    saved = replace(hopeless, queues={"sales": Queue("sales", "Продажи", "p", max_wait=0, reserve="second")})
    assert not [one for one in lint(saved) if one.rule.name == "queue_without_overflow"]


def test_every_rule_has_a_case_and_words() -> None:
    assert {rule for rule, _, _ in CASES} | {"queue_without_overflow"} == {rule.name for rule in RULES}
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        for text in (*rule.texts, *rule.reasons):
            assert text.endswith("."), text
        assert not any("а" <= letter.lower() <= "я" for letter in rule.texts[1] + rule.reasons[1])


def test_a_tone_that_leads_to_a_fax_is_fine() -> None:
    nodes = {**GOOD, "menu": replace(MENU, fax="when"), "fax": graph.Fax("queue:sales", "")}
    nodes["when"] = graph.Assign("fax", tags=("fax",))
    assert found(nodes) == set()
    only = {**nodes, "hello": graph.Play(("ru/greeting",), "thanks", "fax")}
    assert ("no_exit", "hello") in found(only), "what receives machines is no way out for a person"


def test_three_levels_are_fine() -> None:
    assert not {rule for rule, _ in found(deep(2))} & {"deep_menu"}


def test_a_pause_later_than_the_hello_is_fine() -> None:
    nodes = {**GOOD, "hello": graph.Play(("ru/halting-late",), "menu")}
    assert not {rule for rule, _ in found(nodes)} & {"pause_after_hello"}


def test_two_recordings_with_a_pause_at_the_join_do_not_count_twice() -> None:
    nodes = {**GOOD, "hello": graph.Play(("ru/greeting", "ru/halting"), "menu")}
    assert not {rule for rule, _ in found(nodes)} & {"pause_after_hello"}, "it comes 5.2 s into the greeting"


def test_a_message_will_do_where_only_closed_hours_lead() -> None:
    night: dict[str, Node] = {
        "closed": graph.Menu(("ru/menu",), {"0": "night"}, "night"),
        "night": graph.TakeMessage(("ru/message-question",), "thanks", closed_hours=True),
    }
    assert not {rule for rule, _ in found({**GOOD, **night})} & {"no_person", "closed_without_message"}


def test_unrecorded_conversations_need_no_notice() -> None:
    nodes: dict[str, Node] = {**GOOD, "start": graph.Record(False, "menu")}
    assert not {rule for rule, _ in found(nodes)} & {"no_notice"}


def test_a_notice_of_ones_own_is_told_by_its_name_or_to_the_linter() -> None:
    for prompt, notices in (("ru/our-notice", frozenset[str]()), ("ru/our-hello", frozenset({"ru/our-hello"}))):
        nodes = {**GOOD, "hello": graph.Play((prompt,), "menu")}
        judged = replace(ground(nodes), notices=notices)
        assert "no_notice" not in {finding.rule.name for finding in lint(judged)}


def test_ways_through_other_scenarios_are_followed() -> None:
    other = Scenario(
        "other", 1, "say", {"say": graph.TakeMessage(("ru/message-question",), "back"), "back": graph.Return()}
    )
    nodes: dict[str, Node] = {**GOOD, "closed": graph.ToScenario("other", "thanks")}
    assert found(nodes, other=other) == set()
    empty = Scenario("other", 1, "back", {"back": graph.Return()})
    assert ("closed_without_message", "start") in found(nodes, other=empty)


def test_a_scenario_by_itself_is_judged_without_its_neighbours() -> None:
    alone = Ground({"main": Scenario("main", 1, "start", {**GOOD, "closed": graph.ToScenario("other")})})
    assert [finding.rule.name for finding in lint(alone)] == []


def test_the_gravest_comes_first() -> None:
    nodes = {**GOOD, "menu": replace(MENU, choices={"1": "queue"}, otherwise="nowhere"), "alone": graph.Finish()}
    grades = [finding.rule.severity for finding in lint(ground(nodes))]
    assert grades == sorted(grades, key=list(Severity).index)
    assert len(set(grades)) == 3


def test_a_start_that_is_not_there_is_an_error_of_the_whole() -> None:
    (first, *_) = lint(ground(GOOD, start="gone"))
    assert (first.rule.name, first.node) == ("unknown_node", "")
    assert isinstance(first, Finding)
