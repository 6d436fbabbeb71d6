from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kaska.core.configuration import AgentProfile, Configuration, Device, Door, Number, Queue
from kaska.core.routing.rules import OverflowStep, Policy, Promotion, Relaxation
from kaska.core.scenarios.conditions import Equals, MatchesNumber, Not
from kaska.core.scenarios.graph import (
    Ask,
    Assign,
    Branch,
    ByMode,
    Choice,
    Enqueue,
    Extension,
    Inform,
    Lookup,
    Menu,
    Node,
    OfferCallback,
    Play,
    RingGroup,
    RingInTurn,
    Scenario,
    Schedule,
    TakeMessage,
    ToAgent,
    ToNumber,
    ToScenario,
    Voicemail,
)
from kaska.features.publishing.check import problems_of
from kaska.features.publishing.demo_company import CALENDARS, CLOSED, MAIN, PROJECTS, QUEUES, TRUNK
from kaska.features.publishing.problem import Problem

GOOD = Configuration(
    "demo",
    1,
    "main",
    projects={p.id: p for p in PROJECTS},
    numbers={"1": Number("1", "windows", "main")},
    trunks={TRUNK.id: TRUNK},
    scenarios={s.id: s for s in (MAIN, CLOSED)},
    queues={q.id: q for q in QUEUES},
    agents={
        "a": AgentProfile(
            "a",
            "А",
            "301",
            dict.fromkeys(("sales", "service", "operator", "experienced"), 1),
            (Device("p", "phone", "e"),),
        )
    },
    calendars={c.id: c for c in CALENDARS},
)


def judge(configuration: Configuration) -> set[tuple[str, str]]:
    for problem in problems_of(configuration):
        for language in ("ru", "en"):
            assert problem.text(language)
            assert "{" not in problem.text(language)
    return {(problem.place, problem.code) for problem in problems_of(configuration)}


def with_node(name: str, node: Node) -> Configuration:
    return replace(GOOD, scenarios={**GOOD.scenarios, "main": replace(MAIN, nodes={**MAIN.nodes, name: node})})


def test_the_demo_has_no_problems() -> None:
    assert judge(GOOD) == set()


@pytest.mark.parametrize(
    ("addresses", "address"),
    [
        (("198.51.100.7", "127.0.0.2"), "127.0.0.2"),
        (("127.0.0.0/24",), "127.0.0.2"),
        (("127.0.0.3", "2001:db8::/32"), ""),
    ],
)
def test_trunks_have_addresses_of_their_own(addresses: tuple[str, ...], address: str) -> None:
    other = replace(TRUNK, id="other", endpoint="trunk-other", addresses=addresses)
    assert TRUNK.addresses == ("127.0.0.2",)
    found = problems_of(replace(GOOD, trunks={TRUNK.id: TRUNK, "other": other}))
    expected = [Problem("trunks.other.addresses", "address_taken", f"{TRUNK.name} ({address})")] if address else []
    assert found == expected


@pytest.mark.parametrize(
    ("node", "code"),
    [
        (Play(("ru/greeting",), "nowhere"), "unknown_node"),
        (Play(("../../etc/passwd",), ""), "wrong_prompt"),
        (Play(("ru/a&ru/b",), ""), "wrong_prompt"),
        (Menu((), {}, ""), "dead_end"),
        (Menu((), {"A": "Меню"}, "Меню"), "wrong_key"),
        (Menu((), {"11": "Меню"}, "Меню"), "wrong_key"),
        (Menu((), {}, "Меню", timeout=0), "wrong_limit"),
        (Menu((), {}, "Меню", timeout=float("nan")), "wrong_limit"),
        (Menu((), {}, "Меню", tries=0), "wrong_limit"),
        (Schedule("never-heard", "Меню", "Меню"), "unknown_calendar"),
        (Enqueue("nowhere", "Сообщение"), "unknown_queue"),
        (Enqueue("sales", "Меню"), "not_a_message"),
        (Enqueue("sales", ""), "no_message"),
        (Enqueue("sales", "Сообщение", {"1": "dance"}), "wrong_action"),
        (Enqueue("sales", "Сообщение", {"x": "message"}), "wrong_key"),
        (TakeMessage((), "", max_seconds=0), "wrong_limit"),
        (Voicemail("agent:nobody", (), ""), "unknown_owner"),
        (Voicemail("a", (), ""), "unknown_owner"),
        (Extension((), ""), "dead_end"),
        (Ask((), "answer", "Меню", ""), "dead_end"),
        (Ask((), "caller", "Меню", "Меню"), "wrong_name"),
        (Ask((), "q", "Меню", "Меню", allowed="12#"), "wrong_key"),
        (Ask((), "q", "Меню", "Меню", length=0), "wrong_limit"),
        (OfferCallback("nowhere", (), "Меню"), "unknown_queue"),
        (OfferCallback("sales", (), "Меню", key="yes"), "wrong_key"),
        (ByMode({"siesta": "Меню"}, "Меню"), "unknown_mode"),
        (Branch((Choice(Not(MatchesNumber("caller", "7 495")), "Меню"),), "Меню"), "wrong_pattern"),
        (Branch((Choice(Equals("caller", "1"), "nowhere"),), "Меню"), "unknown_node"),
        (Assign("Меню", {"mode": "x"}), "wrong_name"),
        (Assign("Меню", tags=("a b",)), "wrong_name"),
        (Lookup("nowhere", "Меню", "Меню", "Меню"), "unknown_source"),
        (ToScenario("nowhere"), "unknown_scenario"),
        (ToAgent("nobody", "Меню"), "unknown_agent"),
        (ToAgent("a", ""), "nowhere"),
        (RingGroup((), "Меню"), "nobody_listed"),
        (RingInTurn(("a", "nobody"), "Меню"), "unknown_agent"),
        (ToNumber("call me", "Меню"), "no_number"),
        (ToNumber("+74950000001", "Меню", trunk="gone"), "unknown_trunk"),
        (Inform((), "", {"11": "Меню"}), "wrong_key"),
    ],
)
def test_a_wrong_node_is_named(node: Node, code: str) -> None:
    assert judge(with_node("wrong", node)) == {("scenarios.main.nodes.wrong", code)}


def test_steps_that_take_no_time_must_not_go_round() -> None:
    nodes: dict[str, Node] = {
        "a": Schedule("always", "b", "c"),
        "b": Play((), "a"),
        "c": Play(("ru/closed",), "a"),
    }
    found = judge(replace(GOOD, scenarios={**GOOD.scenarios, "round": Scenario("round", 1, "a", nodes)}))
    assert found == {(f"scenarios.round.nodes.{name}", "endless") for name in "abc"}


def test_a_way_may_come_back_through_a_node_that_waits_for_the_caller() -> None:
    nodes: dict[str, Node] = {"a": Play(("ru/closed",), "b"), "b": Menu((), {"1": "a"}, "a")}
    assert judge(replace(GOOD, scenarios={**GOOD.scenarios, "round": Scenario("round", 1, "a", nodes)})) == set()


def test_a_circle_through_several_scenarios_is_found() -> None:
    there = Scenario("there", 1, "go", {"go": ToScenario("back")})
    back = Scenario("back", 1, "go", {"go": ToScenario("there")})
    found = judge(replace(GOOD, scenarios={**GOOD.scenarios, "there": there, "back": back}))
    assert found == {("scenarios.there.nodes.go", "endless"), ("scenarios.back.nodes.go", "endless")}


def test_a_missing_recording_is_found_before_a_caller_hears_silence() -> None:
    nodes = [node for scenario in GOOD.scenarios.values() for node in scenario.nodes.values()]
    said = {prompt for node in nodes for prompt in getattr(node, "prompts", ())}
    assert problems_of(GOOD, said) == []
    found = problems_of(GOOD, said - {"ru/thanks"})
    assert {(p.place, p.code, p.what) for p in found} == {
        ("scenarios.main.nodes.Спасибо", "missing_prompt", "ru/thanks"),
        ("scenarios.closed.nodes.Спасибо", "missing_prompt", "ru/thanks"),
    }
    promoting = {
        name: replace(queue, promotions=(Promotion(("ru/offer-of-may",)),)) for name, queue in GOOD.queues.items()
    }
    assert {(p.place, p.code) for p in problems_of(replace(GOOD, queues=promoting), said)} == {
        (f"queues.{name}.promotions", "missing_prompt") for name in promoting
    }


def test_references_are_followed() -> None:
    wrong = replace(
        GOOD,
        default_scenario="gone",
        numbers={"1": Number("1", "nobody", "nothing")},
        projects={"windows": replace(PROJECTS[0], calendar="gone", trunk="gone")},
        queues={
            "sales": replace(QUEUES[0], reserve="sales"),
            "service": Queue("service", "С", "nobody", {"chinese": 1}, reserve="gone"),
            "operators": QUEUES[2],
            "reserve": QUEUES[3],
        },
    )
    assert judge(wrong) == {
        ("default_scenario", "unknown_scenario"),
        ("numbers.1.project", "unknown_project"),
        ("numbers.1.scenario", "unknown_scenario"),
        ("projects.windows.calendar", "unknown_calendar"),
        ("projects.windows.trunk", "unknown_trunk"),
        ("queues.sales.reserve", "own_reserve"),
        ("queues.service.project", "unknown_project"),
        ("queues.service.reserve", "unknown_queue"),
        ("queues.service", "no_agents"),
    }


def test_no_scenarios_at_all() -> None:
    assert judge(Configuration("t", 1, "")) == {("scenarios", "no_scenarios")}


def test_what_people_typed_is_not_a_format() -> None:
    assert Problem("x", "unknown_queue", "{problem.__class__}").text("en").count("{problem.__class__}") == 1


def with_sales(**changes: Any) -> Configuration:
    sales = next(queue for queue in QUEUES if queue.id == "sales")
    return replace(GOOD, queues={**GOOD.queues, "sales": replace(sales, **changes)})


@pytest.mark.parametrize(
    ("changes", "place", "code"),
    [
        ({"policy": Policy("dance")}, "policy", "unknown_policy"),
        ({"policy": Policy("last_agent", then="dance")}, "policy", "unknown_policy"),
        ({"policy": Policy("last_agent", then="secretary_first")}, "policy", "wrong_then"),
        ({"policy": Policy("least_skilled", then="ring_all")}, "policy", "wrong_then"),
        ({"policy": Policy("secretary_first")}, "policy.agents", "nobody_listed"),
        ({"policy": Policy("sequential", agents=("b",))}, "policy.agents", "unknown_agent"),
        ({"policy": Policy("sequential", agents=("lazy",))}, "policy.agents", "unsuitable_agent"),
        ({"policy": Policy(share=1.5)}, "policy.share", "wrong_limit"),
        ({"policy": Policy("last_agent", seconds=-1)}, "policy.seconds", "wrong_limit"),
        ({"policy": Policy(limit=-1)}, "policy.limit", "wrong_limit"),
        ({"relax": (Relaxation(10, "juggling"),)}, "relax", "not_required"),
        ({"relax": (Relaxation(10, "sales", 1),)}, "relax", "not_lower"),
        ({"requires": {"sales": 1, "service": 1}, "relax": (Relaxation(9, "sales"), Relaxation(5, "service"))},
         "relax", "wrong_order"),
        ({"priority_seconds": 0}, "priority_seconds", "wrong_limit"),
        ({"size_limit": -1}, "size_limit", "wrong_limit"),
        ({"callback_tries": 0}, "callback_tries", "wrong_limit"),
        ({"callback_retry_seconds": 0}, "callback_retry_seconds", "wrong_limit"),
        ({"instead": "dance"}, "instead", "wrong_limit"),
        ({"callback_first": "boss"}, "callback_first", "wrong_limit"),
        ({"full_queue": "nowhere"}, "full_queue", "unknown_queue"),
        ({"full_queue": "sales"}, "full_queue", "full_circle"),
        ({"chain": (OverflowStep("moon"),)}, "chain[0]", "no_step"),
        ({"chain": (OverflowStep("queue", queue="sales"),)}, "chain[0]", "own_reserve"),
        ({"chain": (OverflowStep("queue", queue="nowhere"),)}, "chain[0]", "unknown_queue"),
        ({"chain": (OverflowStep("group"),)}, "chain[0]", "nobody_listed"),
        ({"chain": (OverflowStep("group", agents=("b",)),)}, "chain[0]", "unknown_agent"),
        ({"chain": (OverflowStep("mobile", trunk="nowhere", number="1"),)}, "chain[0]", "unknown_trunk"),
        ({"chain": (OverflowStep("partner", trunk=TRUNK.id, number="1&x"),)}, "chain[0]", "no_number"),
        ({"chain": (OverflowStep("partner", trunk=TRUNK.id, number="1", ring_seconds=0),)}, "chain[0]", "wrong_limit"),
        ({"chain": (OverflowStep("message", calendar="nowhere"),)}, "chain[0]", "unknown_calendar"),
        ({"chain": (OverflowStep("message", after=float("nan")),)}, "chain[0]", "wrong_limit"),
        ({"chain": (OverflowStep("message"), OverflowStep("group", agents=("a",)))}, "chain[1]", "after_the_end"),
        ({"chain": (OverflowStep("message", 9, length=2), OverflowStep("message", 5))}, "chain", "wrong_order"),
        ({"promotions": (Promotion(("../x",)),)}, "promotions", "wrong_prompt"),
        ({"promotions": (Promotion(("ru/a",), "nowhere"),)}, "promotions", "unknown_calendar"),
    ],
)  # fmt: skip
def test_a_wrong_rule_of_a_queue_is_named(changes: dict[str, Any], place: str, code: str) -> None:
    lazy = AgentProfile("lazy", "Л", "309", {}, (Device("l", "phone", "l"),))
    found = judge(replace(with_sales(**changes), agents={**GOOD.agents, "lazy": lazy}))
    assert found == {(f"queues.sales.{place}", code)}


def test_queues_that_fill_up_may_lead_on_but_not_round() -> None:
    queues = {**GOOD.queues}
    first, second, third = list(queues)[:3]
    for one, following in ((first, second), (second, third)):
        queues[one] = replace(queues[one], full_queue=following)
    assert judge(replace(GOOD, queues=queues)) == set()
    queues[third] = replace(queues[third], full_queue=first)
    assert {code for _, code in judge(replace(GOOD, queues=queues))} == {"full_circle"}


def test_an_agents_own_order_names_queues_that_exist() -> None:
    agents = {"a": replace(GOOD.agents["a"], queues=("sales", "nowhere"))}
    assert judge(replace(GOOD, agents=agents)) == {("agents.a.queues", "unknown_queue")}


def test_a_door_rings_somebody_and_has_an_extension_of_its_own() -> None:
    agent = next(iter(GOOD.agents.values()))
    door = Door("gate", "Gate", "demo-gate-door", agent.extension, ("nobody",), "none")
    empty = Door("yard", "Yard", "demo-yard-door", "700")
    found = judge(
        replace(GOOD, doors={"gate": door, "yard": empty, "back": replace(empty, id="back", agents=(agent.id,))})
    )
    assert found == {
        ("doors.gate.agents", "unknown_agent"),
        ("doors.gate.queue", "unknown_queue"),
        ("doors.gate.extension", "extension_taken"),
        ("doors.yard.agents", "nobody_listed"),
        ("doors.back.extension", "extension_taken"),
    }
