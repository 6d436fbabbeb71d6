"""A day described in JSON: what it becomes, what is refused and where, and what the command shows of it."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kaska.cli import app
from kaska.simulator.description import read
from kaska.simulator.durations import AT_ONCE, FOREVER, Exactly, Exponential, Given, Lognormal
from kaska.simulator.model import Recorded
from kaska.simulator.notation import TEXTS, DescriptionProblem

HANDBOOK = Path(__file__).parents[2] / "docs/handbook"
NINE = 1_791_266_400.0
"""2026-10-06 09:00 in Moscow"""
DAY: dict[str, Any] = {
    "day": "2026-10-06",
    "timezone": "Europe/Moscow",
    "from": "09:00",
    "to": "11:00",
    "interval_minutes": 60,
    "queues": {
        "sales": {"skills": {"sales": 2}, "wrap_up_seconds": 15, "reserve": "service", "priority": 3},
        "service": {},
    },
    "callers": [
        {
            "queue": "sales",
            "handling": {"lognormal": {"mean": 100, "deviation": 50}},
            "patience": {"exponential": 60},
            "arrivals": [
                {"from": "09:00", "to": "10:00", "per_hour": 36},
                {"from": "10:00", "to": "11:00", "per_hour": 72},
            ],
        },
        {"queue": "service", "handling": 30, "arrivals": {"at": ["10:00:30", "09:10"]}},
    ],
    "agents": [
        {
            "name": "Petrova",
            "skills": {"sales": 5},
            "shifts": [{"from": "08:30", "to": "11:00", "breaks": [{"from": "10:00", "to": "10:10"}]}],
        },
        {
            "name": "other",
            "count": 2,
            "answering": {"measured": [1, 2.5]},
            "wrap_up": 4,
            "returning": "never",
            "shifts": [{"from": "09:00", "to": "24:00"}],
        },
    ],
}


def test_what_a_description_becomes() -> None:
    found = read(json.dumps(DAY))
    model = found.model
    assert (model.start, model.end, found.interval, found.target) == (NINE, NINE + 7200.0, 3600.0, 20.0)
    sales = model.configuration.queues["sales"]
    assert (sales.requires, sales.wrap_up_seconds, sales.reserve) == ({"sales": 2}, 15.0, "service")
    assert model.configuration.scenarios["sales"].nodes["queue"].priority == 3  # type: ignore[union-attr]
    first, second = model.callers
    assert (first.handling, first.patience) == (Lognormal(100.0, 50.0), Exponential(60.0))
    assert [rate.per_second for rate in first.arrivals.rates] == [0.01, 0.02]  # type: ignore[union-attr]
    assert (second.handling, second.patience) == (Exactly(30.0), FOREVER)
    assert second.arrivals == Recorded((NINE + 600.0, NINE + 3630.0))
    petrova, one, two = model.workers
    assert (petrova.agent, one.agent, two.agent) == ("Petrova", "other-1", "other-2")
    assert petrova.shifts[0].breaks == ((NINE + 3600.0, NINE + 4200.0),)
    assert (petrova.answering, petrova.wrap_up) == (AT_ONCE, FOREVER)
    assert (one.answering, one.wrap_up, one.returning) == (Given((1.0, 2.5)), Exactly(4.0), FOREVER)
    assert one.shifts[0].end == NINE + 15 * 3600.0
    assert model.configuration.agents["Petrova"].skills == {"sales": 5}


@pytest.mark.parametrize(
    ("path", "value", "place", "code"),
    [
        ((), [], "", "expected"),
        (("queus",), {}, "queus", "unknown"),
        (("to",), None, "to", "missing"),
        (("to",), "09:00", "to", "order"),
        (("to",), "9:00", "to", "expected"),
        (("to",), "24:01", "to", "expected"),
        (("day",), "6.10.2026", "day", "expected"),
        (("timezone",), "Moscow", "timezone", "expected"),
        (("timezone",), "../etc/passwd", "timezone", "expected"),
        (("interval_minutes",), 0, "interval_minutes", "range"),
        (("queues",), {}, "queues", "empty"),
        (("queues", "sales", "reserve"), "nobody", "queues.sales.reserve", "no_such"),
        (("queues", "sales", "skills", "sales"), 9, "queues.sales.skills.sales", "range"),
        (("queues", "sales", "skills", "sales"), 1.5, "queues.sales.skills.sales", "expected"),
        (("queues", "sales", "priority"), 0.5, "queues.sales.priority", "expected"),
        (("queues", "sales", "wrap_up_seconds"), "15", "queues.sales.wrap_up_seconds", "expected"),
        (("callers", 0, "queue"), "sale", "callers[0].queue", "no_such"),
        (("callers", 0, "handling"), {"normal": 3}, "callers[0].handling.normal", "unknown"),
        (("callers", 0, "handling"), {}, "callers[0].handling", "expected"),
        (("callers", 0, "handling"), True, "callers[0].handling", "expected"),
        (("callers", 0, "handling"), "never", "callers[0].handling", "expected"),
        (("callers", 0, "handling", "lognormal", "deviation"), 0, "callers[0].handling.lognormal.deviation", "range"),
        (("callers", 1, "handling"), {"measured": []}, "callers[1].handling.measured", "empty"),
        (("callers", 0, "arrivals", 1, "from"), "09:30", "callers[0].arrivals[1].from", "order"),
        (("callers", 0, "arrivals", 1, "per_hour"), -1, "callers[0].arrivals[1].per_hour", "range"),
        (("callers", 1, "arrivals", "at", 1), 9, "callers[1].arrivals.at[1]", "expected"),
        (("agents", 1, "name"), "", "agents[1].name", "empty"),
        (("agents", 0, "name"), "other-2", "agents[1].name", "twice"),
        (("agents", 0, "shifts", 0, "breaks", 0, "to"), "11:01", "agents[0].shifts[0].breaks[0]", "outside"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(path: tuple[str | int, ...], value: Any, place: str, code: str) -> None:
    wrong: Any = [copy.deepcopy(DAY)]
    inner = wrong
    steps = (0, *path)
    for step in steps[:-1]:
        inner = inner[step]
    if value is None:
        del inner[steps[-1]]
    else:
        inner[steps[-1]] = value
    with pytest.raises(DescriptionProblem) as found:
        read(json.dumps(wrong[0]))
    assert (found.value.place, found.value.code) == (place, code)
    russian, english = found.value.message("ru"), found.value.message("en")
    assert russian != english
    assert russian.startswith(place)
    assert english.startswith(place)
    assert re.search("[а-я]", russian)


def test_every_text_is_in_both_languages() -> None:
    for russian, english in TEXTS.values():
        assert re.findall(r"{\w+", russian.replace("{ru", "{en")) == re.findall(r"{\w+", english)


def test_not_json_at_all() -> None:
    with pytest.raises(DescriptionProblem, match="is not JSON"):
        read("{")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_handbooks_day_is_simulated(language: str, tmp_path: Path) -> None:
    text = (HANDBOOK / language / "simulator.md").read_text()
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    file = tmp_path / "day.json"
    file.write_text(example)
    shown = CliRunner().invoke(app, ["simulate", str(file), "--language", language, "--days", "2", "--check"])
    assert shown.exit_code == 0, shown.output
    assert "a/(A+B-s)" in shown.stdout
    assert ("очередь" if language == "ru" else "queue") in shown.stdout
    told = CliRunner().invoke(app, ["simulate", str(file), "--json", "--seed", "7"])
    again = CliRunner().invoke(app, ["simulate", str(file), "--json", "--seed", "7"])
    assert told.stdout == again.stdout
    document = json.loads(told.stdout)
    (day,) = document["days"]
    assert day["whole"]["offered"] == sum(part["offered"] for part in day["intervals"]) > 0
    assert day["whole"]["offered"] == sum(part["offered"] for part in day["queues"].values())
    assert document["broken_laws"] == []


def test_the_command_says_where_the_file_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "day.json"
    file.write_text(json.dumps(DAY | {"to": "08:00"}))
    shown = CliRunner().invoke(app, ["simulate", str(file), "--language", "ru"])
    assert (shown.exit_code, shown.stderr) == (1, f"{file}: to: должно быть позже, чем 09:00\n")
    missing = CliRunner().invoke(app, ["simulate", str(tmp_path / "none.json")])
    assert missing.exit_code == 1
    assert "none.json" in missing.stderr
