"""What must be mended before a configuration may be published. Pure.

The engine trusts a published configuration: whatever could strand a caller or stop the core is caught here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kaska.core.configuration import Configuration
from kaska.core.scenarios.graph import Enqueue, Finish, Menu, Node, Play, Scenario, Schedule, TakeMessage
from kaska.features.publishing.check_queues import problems_of_queue
from kaska.features.publishing.problem import Problem, known
from kaska.kit.addresses import contested

PROMPT = re.compile(r"^[a-z0-9-]{1,20}/[A-Za-z0-9_-]{1,80}$")
DIGITS = frozenset("0123456789*#")
KEY_ACTIONS = ("message", "callback")


def problems_of(configuration: Configuration) -> list[Problem]:
    """Everything wrong with it, in a stable order; [] when it may be published."""
    found = list(_references(configuration))
    for queue in configuration.queues.values():
        found += problems_of_queue(queue, configuration)
    found += _agents(configuration)
    for scenario in configuration.scenarios.values():
        found += _scenario(scenario, configuration)
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
        yield Problem(f"trunks.{other}.addresses", "address_taken", f"{one} ({address})")


def _agents(configuration: Configuration) -> Iterator[Problem]:
    for agent in configuration.agents.values():
        for queue in agent.queues:
            yield from known(f"agents.{agent.id}.queues", "unknown_queue", queue, configuration.queues)


def _scenario(scenario: Scenario, configuration: Configuration) -> Iterator[Problem]:
    place = f"scenarios.{scenario.id}"
    if scenario.start not in scenario.nodes:
        yield Problem(f"{place}.start", "unknown_node", scenario.start)
    for name, node in scenario.nodes.items():
        at = f"{place}.nodes.{name}"
        for following in _successors(node):
            if following and following not in scenario.nodes:
                yield Problem(at, "unknown_node", following)
        for prompt in getattr(node, "prompts", ()):
            if not PROMPT.match(prompt):
                yield Problem(at, "wrong_prompt", prompt)
        yield from _node(at, node, scenario, configuration)
    for name in _circling(scenario):
        yield Problem(f"{place}.nodes.{name}", "endless")


def _node(at: str, node: Node, scenario: Scenario, configuration: Configuration) -> Iterator[Problem]:
    match node:
        case Menu():
            if not node.otherwise:
                yield Problem(at, "dead_end")
            yield from (Problem(at, "wrong_key", key) for key in node.choices if key not in DIGITS)
            if not 1 <= node.timeout <= 60:
                yield Problem(at, "wrong_limit", f"timeout {node.timeout}")
            if not 1 <= node.tries <= 10:
                yield Problem(at, "wrong_limit", f"tries {node.tries}")
        case Schedule():
            yield from known(at, "unknown_calendar", node.calendar, configuration.calendars)
        case Enqueue():
            yield from known(at, "unknown_queue", node.queue, configuration.queues)
            if not isinstance(scenario.nodes.get(node.message), TakeMessage):
                yield Problem(at, "not_a_message", node.message)
            yield from (Problem(at, "wrong_key", key) for key in node.keys if key not in DIGITS)
            yield from (Problem(at, "wrong_action", do) for do in node.keys.values() if do not in KEY_ACTIONS)
        case TakeMessage():
            if not 5 <= node.max_seconds <= 600:
                yield Problem(at, "wrong_limit", f"max_seconds {node.max_seconds}")
        case Play() | Finish():
            pass


def _successors(node: Node) -> tuple[str, ...]:
    match node:
        case Play() | TakeMessage():
            return (node.next,)
        case Menu():
            return (*node.choices.values(), node.otherwise, node.extension_next)
        case Schedule():
            return (node.open, node.closed)
        case Enqueue():
            return (node.message,)
        case Finish():
            return ()


def _circling(scenario: Scenario) -> list[str]:
    """Nodes on a circle of steps that take no time: walking it would never end."""
    instant = {
        name: _successors(node)
        for name, node in scenario.nodes.items()
        if isinstance(node, Schedule) or (isinstance(node, Play) and not node.prompts)
    }
    circling = []
    for start in instant:
        seen: set[str] = set()
        ahead = list(instant[start])
        while ahead:
            name = ahead.pop()
            if name in instant and name not in seen:
                seen.add(name)
                ahead += instant[name]
        if start in seen:
            circling.append(start)
    return circling
