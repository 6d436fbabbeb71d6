"""Nodes that take no time: where the way divides, what is remembered, which scenario goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from kaska.core import facts
from kaska.core.contacts.contact import Contact
from kaska.core.modes import mode_of, opens
from kaska.core.scenarios.conditions import Look, holds
from kaska.core.scenarios.graph import Assign, Branch, ByMode, Record, Return, Schedule, ToScenario
from kaska.core.scenarios.steps import LOST, Coming, Kind
from kaska.core.turn import Desk

DEEPEST = 10
"""so many scenarios may lie above the present one"""

LONGEST_VALUE = 500
"""characters of a variable"""


class ScheduleKind(Kind[Schedule]):
    def detail(self, desk: Desk, contact: Contact, node: Schedule) -> str:
        return "open" if opens(desk.state, contact.project, node.calendar, desk.at) else "closed"

    def stand(self, desk: Desk, contact: Contact, node: Schedule, detail: str, coming: Coming) -> str | None:
        return node.open if detail == "open" else node.closed


class ByModeKind(Kind[ByMode]):
    def detail(self, desk: Desk, contact: Contact, node: ByMode) -> str:
        return mode_of(desk.state, contact.project, desk.at)

    def stand(self, desk: Desk, contact: Contact, node: ByMode, detail: str, coming: Coming) -> str | None:
        return node.modes.get(detail, node.otherwise)


class BranchKind(Kind[Branch]):
    def detail(self, desk: Desk, contact: Contact, node: Branch) -> str:
        look = fields(desk, contact)
        return next((str(n) for n, choice in enumerate(node.choices, 1) if holds(choice.when, look)), "otherwise")

    def stand(self, desk: Desk, contact: Contact, node: Branch, detail: str, coming: Coming) -> str | None:
        return node.otherwise if detail == "otherwise" else node.choices[int(detail) - 1].next


class AssignKind(Kind[Assign]):
    def stand(self, desk: Desk, contact: Contact, node: Assign, detail: str, coming: Coming) -> str | None:
        look = fields(desk, contact)
        variables = {name: fill(value, look) for name, value in node.variables.items()}
        desk.write(facts.VariablesSet(desk.at, contact.id, variables, node.tags, node.priority))
        return node.next


class RecordKind(Kind[Record]):
    def stand(self, desk: Desk, contact: Contact, node: Record, detail: str, coming: Coming) -> str | None:
        desk.write(facts.RecordingChosen(desk.at, contact.id, node.on))
        return node.next


class ToScenarioKind(Kind[ToScenario]):
    def stand(self, desk: Desk, contact: Contact, node: ToScenario, detail: str, coming: Coming) -> str | None:
        wanted = desk.state.scenarios_of(contact).get(node.scenario)
        if wanted is None or (node.back and len(contact.ways_back) >= DEEPEST):
            return LOST
        desk.write(facts.ScenarioEntered(desk.at, contact.id, wanted.id, wanted.version, node.back))
        return wanted.start or LOST


class ReturnKind(Kind[Return]):
    def stand(self, desk: Desk, contact: Contact, node: Return, detail: str, coming: Coming) -> str | None:
        if not contact.ways_back:
            return LOST
        back = contact.ways_back[-1].node
        desk.write(facts.ScenarioLeft(desk.at, contact.id))
        return back


# --- what conditions and values can ask for ----------------------------------------------------------------------


def fields(desk: Desk, contact: Contact) -> Look:
    """Every field of the contact by its name; see ``conditions``. What a scenario set itself never hides these."""

    def look(name: str) -> str:
        found = _FIELDS.get(name)
        return found(desk, contact) if found is not None else contact.variables.get(name, "")

    return look


def fill(text: str, look: Look) -> str:
    """``text`` with the fields that it names in braces; cut at LONGEST_VALUE characters."""
    return re.sub(r"\{([^{}]*)\}", lambda match: look(match[1]), text)[:LONGEST_VALUE]


def _clock(desk: Desk, contact: Contact) -> datetime:
    """The project's wall clock; UTC without a calendar."""
    configuration = desk.state.configuration
    project = configuration.projects.get(contact.project)
    calendar = configuration.calendars.get(project.calendar) if project is not None else None
    return datetime.fromtimestamp(desk.at, ZoneInfo(calendar.timezone if calendar is not None else "UTC"))


_FIELDS: dict[str, Callable[[Desk, Contact], str]] = {
    "caller": lambda desk, contact: contact.caller,
    "customer": lambda desk, contact: contact.customer,
    "number": lambda desk, contact: contact.number,
    "channel": lambda desk, contact: contact.channel,
    "project": lambda desk, contact: contact.project,
    "digits": lambda desk, contact: contact.digits,
    "hour": lambda desk, contact: str(_clock(desk, contact).hour),
    "weekday": lambda desk, contact: str(_clock(desk, contact).isoweekday()),
    "date": lambda desk, contact: _clock(desk, contact).date().isoformat(),
    "time": lambda desk, contact: f"{_clock(desk, contact):%H:%M}",
    "mode": lambda desk, contact: mode_of(desk.state, contact.project, desk.at),
    "owed": lambda desk, contact: str(len(desk.state.debts_of.get(contact.customer, ()))),
}
