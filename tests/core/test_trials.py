"""A person of ours calls a draft: it walks the draft and nothing of it is a customer's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.core import commands, events, facts
from kaska.core.alerting.figures import FIGURES
from kaska.core.core import Core
from kaska.core.ports import Refused
from kaska.core.scenarios import graph
from kaska.core.scenarios.trials import MOST_KEPT, TRIAL, TRIAL_SECONDS
from kaska.core.state import State
from kaska.ledger.codec import decode_fact, decode_state, encode_fact, encode_state
from support.company import MAIN
from support.line import END, NOW, Line, with_nodes

NUMBER = "trial-5f0c"
DRAFT = graph.Scenario("main", 0, "start", {**END, "start": graph.Menu(("ru/menu",), {"1": "yes"}, "message")})


def tried(
    scenarios: dict[str, graph.Scenario] | None = None, core: Core | None = None, number: str = NUMBER, by: str = "anna"
) -> Core:
    core = core or Core.fresh(with_nodes(start=graph.Play(("ru/greeting",), "no")), NOW)
    core.handle(events.TrialRequested(NOW, number, by, "main", scenarios or {"main": DRAFT}))
    return core


def call(core: Core, number: str = NUMBER, name: str = "k-1") -> Line:
    return Line(core, number, "", name)


def way(core: Core, number: str = NUMBER) -> list[tuple[str, str]]:
    return [(step.scenario, step.node) for step in core.state.trials[number].way]


def test_the_draft_is_walked_and_its_way_remembered_while_customers_walk_what_is_published() -> None:
    core = tried()
    line = call(core)
    assert line.heard == ["ru/menu"]
    other = Line(core, MAIN, name="k-2")
    assert other.heard == ["ru/greeting"]
    line.press("1")
    assert line.heard == ["ru/thanks"]
    assert way(core) == [("main", "start"), ("main", "yes")]
    assert not core.state.trials[NUMBER].ended_at
    line.said()
    line.hangs_up()
    assert core.state.trials[NUMBER].ended_at
    assert core.state.editions == {}, "nobody walks it any more"


def test_publishing_in_the_middle_of_it_changes_nothing_for_it() -> None:
    core = tried()
    line = call(core)
    line.tell(events.ConfigurationPublished(NOW, with_nodes(2, start=graph.Finish(("ru/closed",)))))
    line.press("1")
    assert line.heard == ["ru/thanks"]


def test_what_the_draft_leads_to_is_a_draft_too_and_else_as_published() -> None:
    published = with_nodes(start=graph.Finish(()), other={"start": graph.Play(("ru/greeting",), "no")})
    leads = graph.Scenario("main", 0, "start", {"start": graph.ToScenario("other")})
    core = tried({"main": leads}, Core.fresh(published, NOW))
    assert call(core).heard == ["ru/greeting"]
    assert way(core) == [("main", "start"), ("other", "start")]
    changed = graph.Scenario("other", 0, "start", {**END, "start": graph.Play(("ru/closed",), "no")})
    core = tried({"main": leads, "other": changed}, Core.fresh(published, NOW))
    assert call(core).heard == ["ru/closed"]


def test_nobody_is_lost_by_it_and_nothing_is_owed() -> None:
    """Hung up in the menu, in the queue, before a word, after a message."""
    draft = graph.Scenario("main", 0, "start", {**END, "start": graph.Enqueue("sales", "message", {"1": "message"})})
    core = tried({"main": draft})
    line = call(core)
    assert core.state.contacts["k-1"].phase == "waiting"
    waiting = FIGURES["waiting"](core.state, "", 0.0, NOW)
    assert waiting == 0.0, "no alarm for a trial"
    line.wait(8.0)
    line.hangs_up()
    assert line.over[0] == "lost"
    assert not core.state.debts
    call(tried(core=core), name="k-2").hangs_up()
    line = call(tried({"main": replace(DRAFT, start="message")}, core), name="k-3")
    line.said()
    line.tell(events.MessageRecorded(line.now, "k-3", "k-3", "k-3", 3.0))
    line.said()
    line.hangs_up()
    assert line.over[0] == "message_taken"
    assert not core.state.debts
    books = core.state.books
    assert (books.arrived, books.offered, books.lost, books.ended, books.message_taken) == (0, 0, 0, 0, 0)


def test_an_agent_who_answers_it_sees_who_calls_and_the_day_counts_nothing() -> None:
    draft = graph.Scenario("main", 0, "start", {**END, "start": graph.Enqueue("sales", "message", {})})
    core = tried({"main": draft})
    core.handle(events.AgentSignedIn(NOW, "a301"))
    core.handle(events.DeviceReached(NOW, "demo-301", True))
    core.handle(events.AgentReadied(NOW, "a301", "phone"))
    line = Line(core, NUMBER, "")
    ring = next(one for one in line.last if isinstance(one, commands.RingAgent))
    assert ring.caller == core.state.contacts["k-1"].caller
    line.tell(events.LegAnswered(line.now, "k-1", ring.leg))
    line.tell(events.PartiesJoined(line.now, "k-1", ring.leg))
    line.wait(30.0)
    line.hangs_up()
    assert core.state.books.answered == 0
    assert all(not one.today.talks_in + one.today.talks_out for one in core.state.lately.lines.values())


def test_it_is_for_one_call_made_soon() -> None:
    core = tried()
    call(core).hangs_up()
    again = call(core, name="k-2")
    assert again.core.state.contacts["k-2"].direction == "inbound", "an ordinary call, which nobody loses"
    assert again.heard == ["ru/greeting"]
    core = tried()
    core.handle(events.TimePassed(NOW))
    late = Line.__new__(Line)
    late.core, late.name, late.now, late.facts, late.last = core, "k-3", NOW + TRIAL_SECONDS + 1.0, [], []
    late.tell(events.ContactArrived(late.now, "k-3", "k-3", "voice", NUMBER, "", "", trunk="city"))
    assert late.heard == ["ru/greeting"]


def test_only_the_newest_are_remembered_and_those_on_the_line() -> None:
    core = tried()
    call(core)
    for number in range(MOST_KEPT + 5):
        tried(core=core, number=f"trial-{number}")
    assert len(core.state.trials) == MOST_KEPT + 1
    assert NUMBER in core.state.trials
    assert f"trial-{MOST_KEPT + 4}" in core.state.trials


def test_a_scenario_that_does_not_come_along_cannot_be_tried() -> None:
    with pytest.raises(Refused, match="no_such_scenario"):
        tried({"other": DRAFT})


KEYS = st.lists(st.sampled_from("0123456789*#"), max_size=6)


@settings(max_examples=30, deadline=None)
@given(KEYS, st.booleans())
def test_replaying_what_was_written_gives_the_same_state(keys: list[str], stays: bool) -> None:
    core = Core.fresh(with_nodes(start=graph.Finish(())), NOW)
    fresh = decode_state(encode_state(core.state), State)
    written = list(core.handle(events.TrialRequested(NOW, NUMBER, "anna", "main", {"main": DRAFT})).facts)
    line = call(core)
    for key in keys:
        if "k-1" in core.state.contacts:
            line.press(key)
    if not stays and "k-1" in core.state.contacts:
        line.hangs_up()
    written += line.facts
    again = [decode_fact(kind, body) for kind, _, body in map(encode_fact, written)]
    assert again == written
    assert encode_state(Core.replayed(fresh, again).state) == encode_state(core.state)
    assert encode_state(decode_state(encode_state(core.state), State)) == encode_state(core.state)
    assert core.state.trials[NUMBER].contact == "k-1"
    assert any(isinstance(one, facts.ContactOpened) and one.direction == TRIAL for one in written)
