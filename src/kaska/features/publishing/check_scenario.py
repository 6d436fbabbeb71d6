"""What must be mended in one scenario before it may be published. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from kaska.core.calendar import MODES
from kaska.core.configuration import Configuration
from kaska.core.scenarios import graph
from kaska.core.scenarios.conditions import FIELD_NAMES, AllOf, AnyOf, Condition, MatchesNumber, Not
from kaska.core.scenarios.graph import Node, Scenario, successors
from kaska.core.scenarios.hearing import LONGEST, split
from kaska.core.scenarios.steps import LOST
from kaska.features.publishing.problem import DIALLABLE, Problem, known, speakable

NAME = re.compile(r"^[A-Za-z0-9_.-]{1,60}$")
PATTERN = re.compile(r"^\+?[0-9X]*\.?$")
DIGITS = frozenset("0123456789*#")
ANSWER_DIGITS = frozenset("0123456789*")
KEY_ACTIONS = ("message", "callback")


def scenario_problems(
    scenario: Scenario, configuration: Configuration, prompts: Container[str] | None
) -> Iterator[Problem]:
    place = f"scenarios.{scenario.id}"
    if scenario.start not in scenario.nodes:
        yield Problem(f"{place}.start", "unknown_node", scenario.start)
    for name, node in scenario.nodes.items():
        at = f"{place}.nodes.{name}"
        if name in ("", LOST):
            yield Problem(at, "wrong_name", name)
        for following in successors(node):
            if following and following not in scenario.nodes:
                yield Problem(at, "unknown_node", following)
        yield from speakable(at, getattr(node, "prompts", ()), prompts)
        yield from _node(at, node, scenario, configuration)


def _node(at: str, node: Node, scenario: Scenario, configuration: Configuration) -> Iterator[Problem]:
    match node:
        case graph.Menu() | graph.Extension() | graph.Ask() | graph.OfferCallback():
            yield from _keyed(at, node, configuration)
        case graph.Survey():
            yield from _survey(at, node)
        case graph.Schedule():
            yield from known(at, "unknown_calendar", node.calendar, configuration.calendars)
        case graph.ByMode() | graph.Branch() | graph.Assign() | graph.Lookup() | graph.ToScenario():
            yield from _crossroads(at, node, configuration)
        case graph.Enqueue():
            yield from known(at, "unknown_queue", node.queue, configuration.queues)
            if not isinstance(scenario.nodes.get(node.message), (graph.TakeMessage, graph.Voicemail)):
                yield Problem(at, "not_a_message" if node.message else "no_message", node.message)
            yield from _keys(at, node.keys)
            yield from (Problem(at, "wrong_action", do) for do in node.keys.values() if do not in KEY_ACTIONS)
        case graph.ToAgent() | graph.RingInTurn() | graph.RingGroup() | graph.ToNumber():
            yield from _reaching(at, node, configuration)
        case graph.TakeMessage() | graph.Voicemail():
            yield from _limit(at, "max_seconds", node.max_seconds, 5, 600)
            if isinstance(node, graph.Voicemail) and not _is_owner(node.owner, configuration):
                yield Problem(at, "unknown_owner", node.owner)
        case graph.Fax():
            if not _is_owner(node.owner, configuration):
                yield Problem(at, "unknown_owner", node.owner)
        case graph.Inform():
            yield from _keys(at, node.choices)
        case graph.Play() | graph.Finish() | graph.Record() | graph.Return():
            pass


def _keyed(
    at: str, node: graph.Menu | graph.Extension | graph.Ask | graph.OfferCallback, configuration: Configuration
) -> Iterator[Problem]:
    if not node.otherwise:
        yield Problem(at, "dead_end")
    if isinstance(node, graph.Menu):
        yield from _keys(at, (*node.choices, *node.words))
        phrases = [one for phrases in node.words.values() for one in phrases]
        yield from (Problem(at, "wrong_phrase", one[:40]) for one in phrases if len(one) > LONGEST or not split(one))
    yield from _limit(at, "timeout", node.timeout, 1, 60)
    if not isinstance(node, graph.OfferCallback):
        yield from _limit(at, "tries", node.tries, 1, 10)
    if isinstance(node, graph.Ask):
        yield from _limit(at, "length", node.length, 1, 40)
        yield from _names(at, (node.answer,))
        yield from (Problem(at, "wrong_key", key) for key in node.allowed if key not in ANSWER_DIGITS)
    if isinstance(node, graph.OfferCallback):
        yield from known(at, "unknown_queue", node.queue, configuration.queues)
        yield from _keys(at, (node.key,))


def _survey(at: str, node: graph.Survey) -> Iterator[Problem]:
    if not node.questions:
        yield Problem(at, "no_questions")
    yield from _limit(at, "timeout", node.timeout, 1, 60)
    yield from _limit(at, "tries", node.tries, 1, 10)
    yield from _names(at, (one.answer for one in node.questions))
    for one in node.questions:
        yield from (Problem(at, "wrong_key", key) for key in one.allowed or " " if key not in ANSWER_DIGITS)


def _crossroads(
    at: str,
    node: graph.ByMode | graph.Branch | graph.Assign | graph.Lookup | graph.ToScenario,
    configuration: Configuration,
) -> Iterator[Problem]:
    match node:
        case graph.ByMode():
            names = {*MODES, *(name for one in configuration.calendars.values() for name in one.modes)}
            yield from (Problem(at, "unknown_mode", mode) for mode in node.modes if mode not in names)
        case graph.Branch():
            patterns = (one for choice in node.choices for one in _patterns(choice.when))
            yield from (Problem(at, "wrong_pattern", one) for one in patterns if not one or not PATTERN.match(one))
        case graph.Assign():
            yield from _names(at, (*node.variables, *node.tags))
            yield from _limit(at, "priority", node.priority, -1000, 1000)
        case graph.Lookup():
            yield from known(at, "unknown_source", node.source, configuration.sources)
            yield from _limit(at, "seconds", node.seconds, 0.1, 30)
            ways = {"next": node.next, "missing": node.missing, "failed": node.failed}
            yield from (Problem(at, "nowhere", name) for name, way in ways.items() if not way)
        case graph.ToScenario():
            yield from known(at, "unknown_scenario", node.scenario, configuration.scenarios)


def _reaching(
    at: str, node: graph.ToAgent | graph.RingInTurn | graph.RingGroup | graph.ToNumber, configuration: Configuration
) -> Iterator[Problem]:
    if not node.otherwise:
        yield Problem(at, "nowhere", "otherwise")
    match node:
        case graph.ToAgent():
            if "{" not in node.agent:
                yield from known(at, "unknown_agent", node.agent, configuration.agents)
        case graph.RingInTurn() | graph.RingGroup():
            if not node.agents:
                yield Problem(at, "nobody_listed")
            for agent in node.agents:
                yield from known(at, "unknown_agent", agent, configuration.agents)
        case graph.ToNumber():
            if "{" not in node.number and not DIALLABLE.match(node.number):
                yield Problem(at, "no_number", node.number)
            if node.trunk:
                yield from known(at, "unknown_trunk", node.trunk, configuration.trunks)
            yield from _limit(at, "seconds", node.seconds, 5, 120)


def _keys(at: str, keys: Iterable[str]) -> Iterator[Problem]:
    return (Problem(at, "wrong_key", key) for key in keys if key not in DIGITS)


def _limit(at: str, name: str, value: float, least: float, most: float) -> Iterator[Problem]:
    if not least <= value <= most:  # also for what is no number
        yield Problem(at, "wrong_limit", f"{name} {value}")


def _names(at: str, names: Iterable[str]) -> Iterator[Problem]:
    return (Problem(at, "wrong_name", name) for name in names if name in FIELD_NAMES or not NAME.match(name))


def _is_owner(owner: str, configuration: Configuration) -> bool:
    kind, _, name = owner.partition(":")
    among: dict[str, Mapping[str, Any]] = {"agent": configuration.agents, "queue": configuration.queues}
    return name in among.get(kind, {})


def _patterns(condition: Condition) -> tuple[str, ...]:
    match condition:
        case MatchesNumber():
            return (condition.pattern,)
        case Not(inner):
            return _patterns(inner)
        case AllOf(several) | AnyOf(several):
            return tuple(pattern for one in several for pattern in _patterns(one))
        case _:
            return ()
