"""Modes: what the clock says, what a hand says, and how a hand's word ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kaska.core import events, facts
from kaska.core.calendar import mode_at
from kaska.core.configuration import Calendar
from kaska.core.core import Core
from kaska.core.modes import mode_of
from kaska.core.ports import Refused
from kaska.core.scenarios import graph
from support.line import Line, with_nodes

NONE: tuple[tuple[int, int], ...] = ()
OFFICE = Calendar(
    "office",
    "Europe/Moscow",
    (((540, 780), (840, 1260)),) * 5 + (NONE, NONE),
    days={"2026-11-28": ((540, 1080),), "2026-11-04": NONE, "2026-12-31": ((540, 720),)},
    modes={"lunch": (((780, 840),),) * 5 + (NONE, NONE), "evening": (((1080, 1260),),) * 5 + (NONE, NONE)},
    holidays=("2026-11-04",),
)


def moment(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Moscow")).timestamp()


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("2026-11-25T08:59", "night"),
        ("2026-11-25T09:00", "day"),
        ("2026-11-25T12:59", "day"),
        ("2026-11-25T13:00", "lunch"),
        ("2026-11-25T14:00", "day"),
        ("2026-11-25T18:00", "evening"),
        ("2026-11-25T21:00", "night"),
        ("2026-11-29T12:00", "weekend"),
        ("2026-11-28T12:00", "day"),
        ("2026-11-28T13:30", "lunch"),
        ("2026-11-28T20:59", "evening"),
        ("2026-11-04T12:00", "holiday"),
        ("2026-12-31T12:30", "night"),
    ],
)
def test_the_clock_names_the_mode(text: str, mode: str) -> None:
    assert mode_at(OFFICE, moment(text)) == mode


def test_a_part_of_the_night_may_run_over_midnight() -> None:
    calendar = replace(OFFICE, modes={"night-duty": (((1320, 1560),),) * 7})
    assert mode_at(calendar, moment("2026-11-26T01:59")) == "night-duty"
    assert mode_at(calendar, moment("2026-11-26T02:00")) == "night"


def centre() -> Core:
    configuration = with_nodes(
        start=graph.ByMode({"day": "yes", "night": "message"}, "hours"), hours=graph.Schedule("office", "yes", "no")
    )
    projects = {"windows": replace(configuration.projects["windows"], calendar="office")}
    configuration = replace(configuration, projects=projects, calendars={"office": OFFICE})
    return Core.fresh(configuration, moment("2026-11-25T10:00"))


def switch(core: Core, at: float, mode: str, until: float = 0.0) -> list[facts.Fact]:
    return core.handle(events.ModeSwitched(at, "windows", mode, until, "boss")).facts


def heard(core: Core, at: float, name: str) -> list[str]:
    outcome = core.handle(events.ContactArrived(at, name, name, "voice", "+74950000101", "1", "1"))
    return [prompt for command in outcome.commands for prompt in getattr(command, "prompts", ())]


def test_a_hand_counts_before_the_clock_until_its_time_is_over() -> None:
    core, at = centre(), moment("2026-11-25T10:00")
    assert heard(core, at, "k-1") == ["ru/thanks"]
    assert switch(core, at, "night", at + 3600) == [facts.ModeSwitched(at, "windows", "night", at + 3600, "boss")]
    assert core.next_deadline() is not None
    assert heard(core, at + 1, "k-2") == ["ru/message-question"]
    written = core.handle(events.TimePassed(at + 3600)).facts
    assert facts.ModeSwitched(at + 3600, "windows", "", 0.0, "clock") in written
    assert mode_of(core.state, "windows", at + 3600) == "day"


def test_a_hand_closes_the_schedules_of_the_projects_own_calendar() -> None:
    core, at = centre(), moment("2026-11-25T10:00")
    switch(core, at, "lunch")
    assert heard(core, at, "k-1") == ["ru/goodbye"]
    switch(core, at, "")
    assert heard(core, at, "k-2") == ["ru/thanks"]


@pytest.mark.parametrize(
    ("project", "mode", "until", "code"),
    [
        ("nobody", "day", 0.0, "no_such_project"),
        ("windows", "siesta", 0.0, "no_such_mode"),
        ("windows", "night", 1.0, "already_past"),
    ],
)
def test_what_cannot_be_switched_is_refused(project: str, mode: str, until: float, code: str) -> None:
    core = centre()
    with pytest.raises(Refused, match=code):
        core.handle(events.ModeSwitched(moment("2026-11-25T10:00"), project, mode, until, "boss"))
    assert core.state.modes == {}


def test_replaying_gives_the_same_mode_and_deadline() -> None:
    core, at = centre(), moment("2026-11-25T10:00")
    written = switch(core, at, "night", at + 60)
    again = Core.replayed(centre().state, written)
    assert again.state.modes == core.state.modes
    assert again.next_deadline() == core.next_deadline() == at + 60


def test_a_lost_call_in_a_night_set_by_hand_was_lost_in_closed_hours() -> None:
    core, at = centre(), moment("2026-11-25T10:00")
    switch(core, at, "night")
    line = Line(core)
    line.hangs_up()
    assert line.debt == "closed_hours"
