"""Figures by the counting rules."""

from __future__ import annotations

from kaska.core import facts
from kaska.simulator.durations import Exponential
from kaska.simulator.figures import FORMULAS, Figures, by_interval, figures, quantile
from kaska.simulator.table import Table
from kaska.simulator.world import World
from simulator.runs import START, Kind, centre, queue

NAMES = ("a", "b")


def _seen(answered: int, abandoned: int, answered_in_time: int, abandoned_in_time: int, short: int) -> Figures:
    return Figures(
        0.0, 1.0, answered + abandoned, answered + abandoned, 0, answered, abandoned, short, answered_in_time,
        abandoned_in_time, 0, 0, 0, abandoned, None, None, None, None, None,
    )  # fmt: skip


def test_the_formulas_of_the_service_level() -> None:
    example = _seen(1000, 60, 860, 20, 10)
    percents = {formula: round(100 * (example.service_level(formula) or 0.0), 2) for formula in FORMULAS}
    assert percents == {
        "a/(A+B-s)": 81.9,
        "(a+b)/(A+B)": 83.02,
        "a/A": 86.0,
        "a/(A+B)": 81.13,
        "a/(A+B-b)": 82.69,
        "(a+s)/(A+B)": 82.08,
    }
    assert example.service_level() == example.service_level("a/(A+B-s)")
    assert _seen(0, 0, 0, 0, 0).service_level() is None


def test_a_quantile_is_the_least_value_that_suffices() -> None:
    assert quantile([], 0.9) is None
    assert [quantile([1.0, 2.0, 3.0, 4.0], share) for share in (0.0, 0.25, 0.5, 0.51, 0.9, 1.0)] == [
        1.0, 1.0, 2.0, 3.0, 4.0, 4.0,
    ]  # fmt: skip


def test_intervals_add_up_to_the_whole() -> None:
    kinds = [Kind(queue(name, wrap_up_seconds=15.0), 0.02, Exponential(60.0), Exponential(40.0)) for name in NAMES]
    model = centre(kinds, {"x": NAMES, "y": ("a",), "z": ("b",)}, 10_000.0)
    table = Table(START, 900.0)
    World(model, 4, (table.watch,)).run()
    whole = figures(table, START, START + 10_000.0, 20.0)
    parts = by_interval(table, START, START + 10_000.0, 20.0)
    assert len(parts) == 12
    assert [parts[0].start, parts[1].start, parts[-1].end] == [START, START + 900.0, START + 10_000.0]
    for name in (
        "arrived", "offered", "answered", "abandoned", "short_abandoned", "answered_in_time", "abandoned_in_time",
        "lost",
    ):  # fmt: skip
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name) > 0
    of_queues = [figures(table, START, START + 10_000.0, 20.0, name) for name in NAMES]
    assert sum(one.answered for one in of_queues) == whole.answered
    assert whole.answered + whole.abandoned == whole.offered == whole.arrived
    waits = [row.wait for row in table.rows if row.answered_at]
    assert whole.speed_of_answer == sum(waits) / len(waits)
    assert whole.handling is not None
    assert 65.0 < whole.handling < 85.0


def test_occupancy_is_talk_and_wrap_up_of_the_time_signed_in_without_breaks() -> None:
    table = Table(0.0, 100.0)
    tell = table.watch[facts.AgentStateChanged]
    for at, state in (
        (10.0, "break"), (20.0, "ready"), (40.0, "ringing"), (50.0, "talking"), (120.0, "wrap_up"), (130.0, "ready"),
        (150.0, "not_answering"), (160.0, "break"),
    ):  # fmt: skip
        tell(facts.AgentStateChanged(at, "x", state))
    table.close(200.0)
    first, second = table.agent_time[0], table.agent_time[1]
    assert (first.talk, first.wrap_up, first.staffed) == (50.0, 0.0, 80.0)
    assert (second.talk, second.wrap_up, second.staffed) == (20.0, 10.0, 60.0)
    assert figures(table, 0.0, 200.0, 20.0).occupancy == 80.0 / 140.0
