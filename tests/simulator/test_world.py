"""What happens to callers and agents of a simulated centre, moment by moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest

from kaska.core import facts
from kaska.core.commands import Command
from kaska.core.configuration import HttpSource
from kaska.core.scenarios.graph import Lookup
from kaska.simulator.company import company, number_of
from kaska.simulator.durations import FOREVER, Duration, Exactly, Exponential, Given, Lognormal
from kaska.simulator.model import Callers, Model, Poisson, Rate, Recorded, Shift, Worker
from kaska.simulator.table import Row, Table
from kaska.simulator.world import World
from simulator.runs import START, queue
from support.company import MAIN
from support.company import company as demo_company


def _callers(at: Iterable[float], handling: float = 60.0, patience: Duration = FOREVER, name: str = "q") -> Callers:
    return Callers(number_of(name), Recorded(tuple(START + one for one in at)), Exactly(handling), patience)


def _worker(agent: str = "a", shift: Shift | None = None, **how: Duration) -> Worker:
    return Worker(agent, (shift or Shift(START, START + 36_000.0),), **how)


def _model(callers: list[Callers], workers: list[Worker], **settings: object) -> Model:
    skills = {worker.agent: {"q": 1} for worker in workers}
    return Model(company([queue("q", **settings)], skills), tuple(callers), tuple(workers), START, START + 3600.0)


def _run(model: Model, seed: int = 1) -> tuple[list[Row], list[facts.AgentStateChanged]]:
    table = Table(model.start, 900.0)
    changes: list[facts.AgentStateChanged] = []
    World(model, seed, (table.watch, {facts.AgentStateChanged: changes.append})).run()
    return table.rows, changes


def _states(changes: list[facts.AgentStateChanged]) -> list[tuple[float, str]]:
    return [(change.at - START, change.state) for change in changes]


def test_two_callers_and_one_agent() -> None:
    model = _model([_callers([10.0, 30.0])], [_worker()], wrap_up_seconds=20.0)
    (first, second), changes = _run(model)
    assert (first.wait, first.talk, first.wrap_up, first.agent, first.outcome) == (0.0, 60.0, 20.0, "a", "answered")
    assert (second.wait, second.answered_at - START, second.ended_at - START) == (60.0, 90.0, 150.0)
    assert _states(changes) == [
        (0.0, "break"), (0.0, "ready"),
        (10.0, "ringing"), (10.0, "talking"), (70.0, "wrap_up"), (90.0, "ready"),
        (90.0, "ringing"), (90.0, "talking"), (150.0, "wrap_up"), (170.0, "ready"),
    ]  # fmt: skip


def test_patience_runs_from_the_arrival_and_ends_with_the_answer() -> None:
    model = _model([_callers([0.0, 1.0, 2.0], patience=Exactly(30.0))], [_worker()], short_abandon_seconds=5.0)
    served, *left = _run(model)[0]
    assert served.talk == 60.0
    assert [(row.wait, row.outcome, row.cause, row.agent) for row in left] == [(30.0, "lost", "waiting", "")] * 2


def test_a_phone_that_is_not_picked_up_sends_the_caller_to_the_next() -> None:
    workers = [_worker("a", answering=Exactly(99.0), returning=Exactly(50.0)), _worker("b", answering=Exactly(3.0))]
    rows, changes = _run(_model([_callers([5.0])], workers, ring_seconds=12.0))
    assert (rows[0].wait, rows[0].agent) == (15.0, "b")
    of_first = _states([change for change in changes if change.agent == "a"])
    assert (17.0, "not_answering") in of_first
    assert (67.0, "ready") in of_first


def test_breaks_and_the_end_of_a_shift_wait_for_the_talk() -> None:
    shift = Shift(START, START + 200.0, ((START + 20.0, START + 100.0),))
    rows, changes = _run(_model([_callers([10.0, 50.0, 190.0])], [_worker(shift=shift)]))
    assert [row.answered_at - START for row in rows] == [10.0, 100.0, 190.0]
    assert _states(changes)[4:6] == [(70.0, "break"), (100.0, "ready")]
    assert _states(changes)[-1] == (250.0, "offline")


def test_wrapping_up_ends_by_the_agent_or_by_the_limit() -> None:
    quick, slow = _worker("a", wrap_up=Exactly(5.0)), _worker("b", wrap_up=Exactly(500.0))
    rows, _ = _run(_model([_callers([0.0, 0.0])], [quick, slow], wrap_up_seconds=30.0))
    assert [row.wrap_up for row in rows] == [5.0, 30.0]


def test_who_waits_too_long_leaves_a_message() -> None:
    rows, _ = _run(_model([_callers([7.0])], [], max_wait=100.0))
    assert (rows[0].wait, rows[0].outcome) == (100.0, "message_taken")


def test_nobody_is_left_on_the_line_at_the_end() -> None:
    model = replace(_model([_callers([7.0, 8.0])], []), patience_after_end=60.0)
    rows, _ = _run(model)
    assert [(row.outcome, row.ended_at > START + 3600.0) for row in rows] == [("lost", True)] * 2


def test_a_published_scenario_with_its_menu_is_walked() -> None:
    configuration = demo_company()
    callers = Callers(MAIN, Recorded((START + 1.0, START + 2.0)), Exactly(30.0), keys="2")
    workers = tuple(Worker(agent, (Shift(START, START + 9000.0),)) for agent in ("a301", "a303"))
    table = Table(START, 900.0)
    World(Model(configuration, (callers,), workers, START, START + 3600.0), 1, (table.watch,)).run()
    assert [(row.queue, row.agent) for row in table.rows] == [("service", "a303")] * 2
    greeting, key_after = 2.5, 4.0
    assert table.rows[0].queued_at == START + 1.0 + greeting + key_after


def test_the_same_seed_gives_the_same_day_and_other_agents_meet_the_same_people() -> None:
    rates = Poisson((Rate(START, START + 600.0, 0.05), Rate(START + 600.0, START + 3600.0, 0.02)))
    callers = Callers(number_of("q"), rates, Lognormal(90.0, 60.0), Exponential(60.0))
    few = _model([callers], [_worker("a")])
    many = _model([callers], [_worker("a"), _worker("b", answering=Given((1.0, 2.0, 9.0)))])
    assert _run(few)[0] == _run(few)[0]
    assert _run(few)[0] != _run(few, seed=2)[0]
    arrived = [[row.arrived_at for row in _run(model)[0]] for model in (few, many)]
    assert arrived[0] == arrived[1]
    talks = [{row.contact: row.talk for row in _run(model)[0] if row.answered_at} for model in (few, many)]
    both = talks[0].keys() & talks[1].keys()
    assert len(both) > 10
    # a conversation that began at another moment lasts as long, but for the last digits of the clock
    assert all(talks[0][contact] == pytest.approx(talks[1][contact], abs=1e-5) for contact in both)


def test_arrivals_come_at_the_rate_of_each_interval() -> None:
    rates = Poisson((Rate(START, START + 36_000.0, 0.1), Rate(START + 72_000.0, START + 108_000.0, 0.05)))
    moments = list(rates.moments(Random(3)))
    assert moments == sorted(moments)
    counts = [0, 0, 0]
    for moment in moments:
        counts[int((moment - START) // 36_000.0)] += 1
    assert counts[1] == 0
    assert abs(counts[0] - 3600) < 4 * 60
    assert abs(counts[2] - 1800) < 4 * 43


def test_durations_have_their_means() -> None:
    for duration, mean in ((Exponential(90.0), 90.0), (Lognormal(200.0, 100.0), 200.0), (Given((1.0, 2.0, 6.0)), 3.0)):
        draw = duration.sampler(Random(1))
        drawn = [draw() for _ in range(10_000)]
        assert abs(sum(drawn) / len(drawn) - mean) < 0.04 * mean
    assert Exactly(7.0).sampler(Random(1))() == 7.0


def test_an_agent_without_a_telephone_cannot_work() -> None:
    model = _model([], [_worker()])
    bare = replace(model.configuration.agents["a"], devices=())
    configuration = replace(model.configuration, agents={"a": bare})
    with pytest.raises(ValueError, match="agent a has no device"):
        World(replace(model, configuration=configuration))


def test_a_lookup_knows_nothing_of_invented_callers() -> None:
    model = _model([_callers([10.0])], [_worker()])
    scenario = model.configuration.scenarios["q"]
    nodes = {**scenario.nodes, "ask": Lookup("crm", "nowhere", scenario.start, "nowhere")}
    configuration = replace(
        model.configuration,
        scenarios={"q": replace(scenario, start="ask", nodes=nodes)},
        sources={"crm": HttpSource("crm", "http://127.0.0.1/")},
    )
    (row,) = _run(replace(model, configuration=configuration))[0]
    assert (row.wait, row.outcome) == (0.0, "answered")


def test_every_command_is_obeyed() -> None:
    assert set(World(_model([], []))._switch.obey) == set(Command.__args__)
