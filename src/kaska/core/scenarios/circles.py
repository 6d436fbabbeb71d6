"""Ways that come back to where they were without the caller having had the word."""

from __future__ import annotations

from collections.abc import Mapping

from kaska.core.scenarios.graph import WAITS_FOR_CALLER, Scenario, ToScenario, successors


def circling(scenarios: Mapping[str, Scenario]) -> list[tuple[str, str]]:
    """(scenario, node) on a circle that never gives the caller the word: walking it would never end."""
    following: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for scenario in scenarios.values():
        for name, node in scenario.nodes.items():
            if isinstance(node, WAITS_FOR_CALLER):
                continue
            ahead = [(scenario.id, target) for target in successors(node)]
            if isinstance(node, ToScenario) and node.scenario in scenarios:
                ahead.append((node.scenario, scenarios[node.scenario].start))
            following[scenario.id, name] = ahead
    return [place for place in following if _comes_back(place, following)]


def _comes_back(start: tuple[str, str], following: dict[tuple[str, str], list[tuple[str, str]]]) -> bool:
    seen: set[tuple[str, str]] = set()
    ahead = list(following[start])
    while ahead:
        place = ahead.pop()
        if place == start:
            return True
        if place in following and place not in seen:
            seen.add(place)
            ahead += following[place]
    return False
