"""Modes of a project: by the clock of its calendar, or by hand until a moment."""

from __future__ import annotations

from kaska.core import events, facts
from kaska.core.calendar import DAY, MODES, is_open, mode_at
from kaska.core.ports import Refused
from kaska.core.state import State
from kaska.core.turn import Desk

BY_CLOCK = "clock"
"""who sets a mode back whose time is over"""


def switched(desk: Desk, event: events.ModeSwitched) -> None:
    """Raises Refused: an unknown project or mode, or a time that is over."""
    configuration = desk.state.configuration
    project = configuration.projects.get(event.project)
    if project is None:
        raise Refused("no_such_project")
    calendar = configuration.calendars.get(project.calendar)
    if event.mode and event.mode not in MODES and (calendar is None or event.mode not in calendar.modes):
        raise Refused("no_such_mode")
    if event.until and event.until <= desk.at:
        raise Refused("already_past")
    until = event.until if event.mode else 0.0
    desk.write(facts.ModeSwitched(desk.at, event.project, event.mode, until, event.by))


def woke(desk: Desk, project: str) -> None:
    """The time of a mode set by hand is over: the clock decides again."""
    manual = desk.state.modes.get(project)
    if manual is not None and manual.until and manual.until <= desk.at:
        desk.write(facts.ModeSwitched(desk.at, project, "", 0.0, BY_CLOCK))


def mode_of(state: State, project: str, at: float) -> str:
    """The project's mode now; "day" for one without a calendar."""
    manual = state.modes.get(project)
    if manual is not None:
        return manual.mode
    described = state.configuration.projects.get(project)
    calendar = state.configuration.calendars.get(described.calendar) if described is not None else None
    return mode_at(calendar, at) if calendar is not None else DAY


def opens(state: State, project: str, calendar: str, at: float) -> bool:
    """Whether it is open by ``calendar``; a mode set by hand decides where that is the project's own calendar.

    A calendar that nobody described is open: a person is better served than turned away.
    """
    manual = state.modes.get(project)
    described = state.configuration.projects.get(project)
    if manual is not None and described is not None and described.calendar == calendar:
        return manual.mode == DAY
    found = state.configuration.calendars.get(calendar)
    return found is None or is_open(found, at)
