"""What must be mended before a configuration may be published. Pure.

The engine trusts a published configuration: whatever could strand a caller or stop the core is caught here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kaska.core.configuration import Configuration, Queue
from kaska.core.scenarios.graph import Enqueue, Finish, Menu, Node, Play, Scenario, Schedule, TakeMessage
from kaska.kit.addresses import contested

PROMPT = re.compile(r"^[a-z0-9-]{1,20}/[A-Za-z0-9_-]{1,80}$")
DIGITS = frozenset("0123456789*#")
KEY_ACTIONS = ("message", "callback")

_TEXTS: dict[str, tuple[str, str]] = {
    "malformed": ("{problem}", "{problem}"),
    "no_scenarios": ("Нет ни одного сценария.", "There is no scenario."),
    "unknown_scenario": ("Нет сценария «{what}».", "There is no scenario “{what}”."),
    "unknown_project": ("Нет проекта «{what}».", "There is no project “{what}”."),
    "unknown_calendar": ("Нет календаря «{what}».", "There is no calendar “{what}”."),
    "unknown_trunk": ("Нет транка «{what}».", "There is no trunk “{what}”."),
    "address_taken": (
        "Тот же адрес, что у транка {what}: станция не отличит их друг от друга.",
        "The same address as that of trunk {what}: the switch cannot tell them apart.",
    ),
    "unknown_queue": ("Нет очереди «{what}».", "There is no queue “{what}”."),
    "own_reserve": ("Очередь не может быть своим же резервом.", "A queue cannot be its own reserve."),
    "no_agents": (
        "Ни у одного оператора нет нужных навыков: звонкам некому ответить.",
        "No agent has the needed skills: nobody can answer.",
    ),
    "unknown_node": ("Ведёт в узел «{what}», которого нет.", "Leads to node “{what}”, which does not exist."),
    "dead_end": (
        "Не сказано, куда идти, если ничего не нажато: нужен оператор, а не тупик.",
        "Nowhere to go when no key is pressed: an operator is needed, not a dead end.",
    ),
    "not_a_message": (
        "Узел «{what}» должен принимать сообщение.",
        "Node “{what}” must be one that takes a message.",
    ),
    "wrong_key": ("«{what}» — не клавиша телефона.", "“{what}” is not a key of a telephone."),
    "wrong_action": ("Клавиша не умеет «{what}».", "A key cannot do “{what}”."),
    "wrong_prompt": ("Недопустимое имя фразы «{what}».", "Not a name of a prompt: “{what}”."),
    "wrong_limit": ("Недопустимое значение: {what}.", "Value out of range: {what}."),
    "endless": (
        "Узлы ходят по кругу, ничего не говоря и не ожидая.",
        "Nodes go round in a circle without saying or waiting for anything.",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``place`` is a dotted path such as "scenarios.main.nodes.menu"."""

    place: str
    code: str
    what: str = ""

    def text(self, language: str) -> str:
        return _TEXTS[self.code][1 if language == "en" else 0].format(what=self.what, problem=self.what)


def problems_of(configuration: Configuration) -> list[Problem]:
    """Everything wrong with it, in a stable order; [] when it may be published."""
    found = list(_references(configuration))
    for queue in configuration.queues.values():
        found += _queue(queue, configuration)
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
        yield from _known(f"{place}.project", "unknown_project", number.project, configuration.projects)
        yield from _known(f"{place}.scenario", "unknown_scenario", number.scenario, configuration.scenarios)
    for project in configuration.projects.values():
        place = f"projects.{project.id}"
        yield from _known(f"{place}.calendar", "unknown_calendar", project.calendar, configuration.calendars)
        if project.trunk:
            yield from _known(f"{place}.trunk", "unknown_trunk", project.trunk, configuration.trunks)
    for one, other, address in contested({trunk.id: trunk.addresses for trunk in configuration.trunks.values()}):
        yield Problem(f"trunks.{other}.addresses", "address_taken", f"{one} ({address})")


def _known(place: str, code: str, name: str, among: dict[str, Any]) -> Iterator[Problem]:
    if name not in among:
        yield Problem(place, code, name)


def _queue(queue: Queue, configuration: Configuration) -> Iterator[Problem]:
    place = f"queues.{queue.id}"
    yield from _known(f"{place}.project", "unknown_project", queue.project, configuration.projects)
    if queue.reserve == queue.id:
        yield Problem(f"{place}.reserve", "own_reserve")
    elif queue.reserve:
        yield from _known(f"{place}.reserve", "unknown_queue", queue.reserve, configuration.queues)
    suitable = (
        agent
        for agent in configuration.agents.values()
        if agent.devices and all(agent.skills.get(skill, 0) >= least for skill, least in queue.requires.items())
    )
    if next(suitable, None) is None:
        yield Problem(place, "no_agents")


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
            yield from _known(at, "unknown_calendar", node.calendar, configuration.calendars)
        case Enqueue():
            yield from _known(at, "unknown_queue", node.queue, configuration.queues)
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
