"""What must be mended before a configuration may be published. Pure.

The engine trusts a published configuration: whatever could strand a caller or stop the core is caught here.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from kaska.core.calendar import MODES
from kaska.core.configuration import Configuration
from kaska.core.scenarios.circles import circling
from kaska.features.publishing.check_queues import problems_of_queue
from kaska.features.publishing.check_scenario import scenario_problems
from kaska.features.publishing.problem import Problem, known
from kaska.kit.addresses import contested

__all__ = ["Problem", "problems_of"]


def problems_of(configuration: Configuration, prompts: Container[str] | None = None) -> list[Problem]:
    """Everything wrong with it, in a stable order; [] when it may be published.

    ``prompts``: names of the recordings that are there; None when that is not known.
    """
    found = list(_references(configuration))
    for queue in configuration.queues.values():
        found += problems_of_queue(queue, configuration, prompts)
    found += _agents(configuration)
    found += _rules(configuration)
    found += _codes(configuration)
    found += _doors(configuration)
    for scenario in configuration.scenarios.values():
        found += scenario_problems(scenario, configuration, prompts)
    found += [Problem(f"scenarios.{name}.nodes.{node}", "endless") for name, node in circling(configuration.scenarios)]
    return found


def _references(configuration: Configuration) -> Iterator[Problem]:
    if not configuration.scenarios:
        yield Problem("scenarios", "no_scenarios")
    elif configuration.default_scenario not in configuration.scenarios:
        yield Problem("default_scenario", "unknown_scenario", configuration.default_scenario)
    for number in configuration.numbers.values():
        place = f"numbers.{number.number}"
        yield from known(f"{place}.project", "unknown_project", number.project, configuration.projects)
        yield from known(f"{place}.scenario", "unknown_scenario", number.scenario, configuration.scenarios)
    for project in configuration.projects.values():
        place = f"projects.{project.id}"
        yield from known(f"{place}.calendar", "unknown_calendar", project.calendar, configuration.calendars)
        if project.trunk:
            yield from known(f"{place}.trunk", "unknown_trunk", project.trunk, configuration.trunks)
    for one, other, address in contested({trunk.id: trunk.addresses for trunk in configuration.trunks.values()}):
        called = configuration.trunks[one].name or one
        yield Problem(f"trunks.{other}.addresses", "address_taken", f"{called} ({address})")


def _rules(configuration: Configuration) -> Iterator[Problem]:
    rules = configuration.outgoing
    for line in rules.lines:
        yield from known("outgoing.lines", "unknown_trunk", line.trunk, configuration.trunks)
    for project in (*rules.projects, *rules.project_caps):
        yield from known("outgoing.exceptions", "unknown_project", project, configuration.projects)
    for rule in configuration.recording.rules:
        for project in rule.projects:
            yield from known(f"recording.rules.{rule.id}", "unknown_project", project, configuration.projects)
        for queue in rule.queues:
            yield from known(f"recording.rules.{rule.id}", "unknown_queue", queue, configuration.queues)


def _codes(configuration: Configuration) -> Iterator[Problem]:
    for one in configuration.codes.modes:
        place = f"codes.modes.{one.code}"
        if one.project:
            yield from known(place, "unknown_project", one.project, configuration.projects)
        project = configuration.projects.get(one.project)
        calendar = configuration.calendars.get(project.calendar) if project is not None else None
        modes = (*MODES, *(calendar.modes if calendar is not None else ()))
        if one.mode and one.mode not in modes:
            yield Problem(place, "unknown_mode", one.mode)
    for one_code, other in configuration.codes.confused():
        yield Problem("codes", "codes_confused", f"{one_code} {other}")


def _doors(configuration: Configuration) -> Iterator[Problem]:
    taken = {agent.extension: agent.name for agent in configuration.agents.values()}
    for door in configuration.doors.values():
        place = f"doors.{door.id}"
        for agent in door.agents:
            yield from known(f"{place}.agents", "unknown_agent", agent, configuration.agents)
        if door.queue:
            yield from known(f"{place}.queue", "unknown_queue", door.queue, configuration.queues)
        if not door.agents and not door.queue:
            yield Problem(f"{place}.agents", "nobody_listed")
        if door.extension in taken:
            yield Problem(f"{place}.extension", "extension_taken", taken[door.extension])
        taken.setdefault(door.extension, door.name)


def _agents(configuration: Configuration) -> Iterator[Problem]:
    for agent in configuration.agents.values():
        for queue in agent.queues:
            yield from known(f"agents.{agent.id}.queues", "unknown_queue", queue, configuration.queues)
