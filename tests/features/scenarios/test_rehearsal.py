"""Dry walks: what an imagined caller meets, and that no scenario and no caller can break them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.core import facts
from kaska.core.configuration import (
    AgentProfile,
    Calendar,
    Configuration,
    DecisionTable,
    Device,
    Project,
    Queue,
)
from kaska.core.scenarios.conditions import Equals
from kaska.core.scenarios.graph import (
    Ask,
    Branch,
    Choice,
    Enqueue,
    Finish,
    Inform,
    Lookup,
    Menu,
    Node,
    Play,
    Return,
    Scenario,
    Schedule,
    TakeMessage,
    ToAgent,
    ToScenario,
)
from kaska.features.scenarios.rehearsal import Act, Awaits, Does, Imagined, Rehearsed, rehearse

MONDAY_NOON = 1_795_424_400.0  # 2026-11-23 12:00 in Moscow
SUNDAY = MONDAY_NOON - 86_400

NODES: dict[str, Node] = {
    "hours": Schedule("work", "hello", "closed"),
    "hello": Play(("ru/greeting",), "menu"),
    "menu": Menu(("ru/menu",), {"1": "wait", "2": "ask", "3": "info", "4": "who"}, "wait", extensions=True),
    "wait": Enqueue("sales", "message", {"1": "message", "2": "callback"}),
    "ask": Ask(("ru/menu",), "order", "vip", "wait", length=4),
    "vip": Branch((Choice(Equals("order", "12"), "bye"),), "wait"),
    "info": Inform(("ru/greeting",), "bye", {"0": "wait"}),
    "who": Lookup("crm", "agent", "wait", "message"),
    "agent": ToAgent("{crm.agent}", "other"),
    "other": ToScenario("second", "bye"),
    "message": TakeMessage(("ru/message-question",), "bye"),
    "closed": TakeMessage(("ru/message-question",), "bye", closed_hours=True),
    "bye": Finish(("ru/goodbye",)),
}
COMPANY = Configuration(
    "t",
    1,
    "main",
    projects={"windows": Project("windows", "Окна", "work")},
    queues={"sales": Queue("sales", "Продажи", "windows", max_wait=120.0)},
    agents={"a1": AgentProfile("a1", "Анна", "301", {}, (Device("phone", "phone", "t-301"),))},
    calendars={"work": Calendar("work", "Europe/Moscow", (((540, 1080),),) * 5 + ((), ()))},
    scenarios={
        "main": Scenario("main", 1, "hours", NODES),
        "second": Scenario("second", 1, "say", {"say": Play(("ru/menu",), "back"), "back": Return()}),
    },
    sources={"crm": DecisionTable("crm", "{}")},
)


def walked(*acts: Act, at: float = MONDAY_NOON, staffed: bool = False) -> Rehearsed:
    return rehearse(COMPANY, Imagined("main", at, "+74950000001", staffed=staffed), acts)


def nodes(found: Rehearsed) -> list[str]:
    return [line.node for line in found.lines if isinstance(line.fact, facts.StepEntered)]


def outcome(found: Rehearsed) -> Iterator[str]:
    return (line.fact.outcome for line in found.lines if isinstance(line.fact, facts.ContactOver))


@pytest.mark.parametrize(
    ("acts", "way", "awaits"),
    [
        ((), ["hours", "hello", "menu"], "keys"),
        ((Act("keys", "1"),), ["hours", "hello", "menu", "wait"], "queue"),
        ((Act("silence"), Act("silence")), ["hours", "hello", "menu", "menu", "wait"], "queue"),
        ((Act("keys", "1"), Act("wait")), ["hours", "hello", "menu", "wait", "message"], "message"),
        ((Act("keys", "2"), Act("keys", "12")), ["hours", "hello", "menu", "ask", "vip", "bye"], "over"),
        ((Act("keys", "2"), Act("keys", "1234")), ["hours", "hello", "menu", "ask", "vip", "wait"], "queue"),
        ((Act("keys", "3"),), ["hours", "hello", "menu", "info"], "listening"),
        ((Act("keys", "3"), Act("keys", "0")), ["hours", "hello", "menu", "info", "wait"], "queue"),
        ((Act("keys", "3"), Act("silence")), ["hours", "hello", "menu", "info", "bye"], "over"),
        ((Act("keys", "4"),), ["hours", "hello", "menu", "who"], "lookup"),
        ((Act("keys", "4"), Act("failed")), ["hours", "hello", "menu", "who", "message"], "message"),
    ],
)
def test_the_way_of_an_imagined_caller(acts: tuple[Act, ...], way: list[str], awaits: Awaits) -> None:
    found = walked(*acts)
    assert (nodes(found), found.awaits, found.taken) == (way, awaits, len(acts))


def test_closed_hours_end_in_a_message_and_a_debt() -> None:
    found = walked(Act("speak"), at=SUNDAY)
    assert nodes(found) == ["hours", "closed", "bye"]
    assert list(outcome(found)) == ["message_taken"]
    assert any(isinstance(line.fact, facts.DebtOpened) for line in found.lines)


def test_a_mode_set_by_hand_counts_before_the_clock() -> None:
    found = rehearse(COMPANY, Imagined("main", SUNDAY, mode="day"), ())
    assert nodes(found)[:2] == ["hours", "hello"]


def test_agents_ring_and_answer_when_they_are_there() -> None:
    asked = walked(Act("keys", "1"), staffed=True)
    assert (asked.awaits, asked.subject) == ("rings", "a1")
    assert walked(Act("keys", "1"), Act("answer"), staffed=True).awaits == "talk"
    by_source = (Act("keys", "4"), Act("found", values={"agent": "a1"}))
    missed = walked(*by_source, Act("no_answer"), staffed=True)
    assert nodes(missed)[-4:] == ["other", "say", "back", "bye"]
    assert next(line.scenario for line in missed.lines if line.node in ("say", "bye")) == "second"
    assert missed.lines[-1].scenario == "main"


ACTS = st.lists(
    st.builds(
        Act,
        st.sampled_from(
            ("keys", "silence", "speak", "found", "missing", "failed", "no_answer", "answer", "wait", "hang_up")
        ),
        st.text("0123456789*#", max_size=4),
        st.dictionaries(st.just("agent"), st.sampled_from(("a1", "", "x")), max_size=1),
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(ACTS, st.booleans())
def test_one_more_act_only_adds_to_what_was(acts: list[Act], staffed: bool) -> None:
    whole = walked(*acts, staffed=staffed)
    before = walked(*acts[:-1], staffed=staffed)
    open_ended = before.awaits != "over"
    assert whole.lines[: len(before.lines)] == before.lines if open_ended else whole.lines == before.lines
    assert whole.seconds >= before.seconds
    assert sum(1 for _ in outcome(whole)) == (whole.awaits == "over")


@pytest.mark.parametrize("do", ["keys", "wait", "found"])
def test_a_scenario_that_leads_nowhere_comes_to_an_end(do: Does) -> None:
    broken = Scenario("main", 1, "a", {"a": Play((), "b"), "b": Play((), "a")})
    found = rehearse(
        Configuration("t", 1, "main", scenarios={"main": broken}), Imagined("main", MONDAY_NOON), [Act(do, "1")] * 5
    )
    assert found.awaits == "message"
    assert found.lines[-1].node == "?"
