"""What differs between two versions of a scenario, as data. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """``node`` "" is the scenario as a whole; ``field`` "" the whole node. ``before``, ``after``: None = not there."""

    kind: Kind
    node: str
    field: str
    before: Any
    after: Any


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """From one scenario document to another; in the order of the nodes, first those that are there now."""
    found = list(_fields("", _without_nodes(before), _without_nodes(after)))
    old, new = _nodes(before), _nodes(after)
    for name in [*new, *(name for name in old if name not in new)]:
        if name not in old:
            found.append(Difference("added", name, "", None, new[name]))
        elif name not in new:
            found.append(Difference("removed", name, "", old[name], None))
        elif not (isinstance(old[name], dict) and isinstance(new[name], dict)):
            if old[name] != new[name]:
                found.append(Difference("changed", name, "", old[name], new[name]))
        else:
            found += _fields(name, old[name], new[name])
    return found


def _fields(node: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for field in [*after, *(field for field in before if field not in after)]:
        old, new = before.get(field), after.get(field)
        if field not in before:
            yield Difference("added", node, field, None, new)
        elif field not in after:
            yield Difference("removed", node, field, old, None)
        elif old != new:
            yield Difference("changed", node, field, old, new)


def _without_nodes(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "nodes"}


def _nodes(document: dict[str, Any]) -> dict[str, Any]:
    nodes = document.get("nodes", {})
    return nodes if isinstance(nodes, dict) else {}
