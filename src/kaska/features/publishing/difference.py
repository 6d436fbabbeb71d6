"""What was edited and is not in force yet. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, Literal

from kaska.core.configuration import Configuration
from kaska.features.identity.public import Change, difference

AREAS = ("projects", "calendars", "numbers", "trunks", "scenarios", "queues", "agents", "sources", "doors", "skills")
RULES = ("outgoing", "recording", "codes")
"""areas with one thing in each"""


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing that differs; ``fields`` is empty for what was added or removed."""

    area: str
    id: str
    name: str
    kind: Literal["added", "removed", "changed"]
    fields: tuple[Change, ...] = ()


def pending(
    running: Configuration | None, edited: Configuration, unreadable: Collection[str] = frozenset()
) -> list[Pending]:
    """Everything that a publishing would change, area by area.

    ``unreadable``: scenarios that are there but could not be read, so that ``edited`` lacks them.
    """
    before = running or Configuration(edited.tenant, 0, "")
    found = []
    if before.default_scenario != edited.default_scenario:
        change = Change(field="default", before=before.default_scenario, after=edited.default_scenario)
        found.append(Pending("scenarios", edited.default_scenario, edited.default_scenario, "changed", (change,)))
    for area in AREAS:
        old, new = getattr(before, area), getattr(edited, area)
        skipped = unreadable if area == "scenarios" else ()
        found += _in_area(area, old, new, skipped)
    for area in RULES:
        found += _in_area(area, {area: getattr(before, area)}, {area: getattr(edited, area)}, ())
    return found


def _in_area(area: str, old: Mapping[str, Any], new: Mapping[str, Any], unreadable: Collection[str]) -> list[Pending]:
    found = []
    for id in [*new, *(id for id in old if id not in new)]:
        if id in unreadable:
            found.append(Pending(area, id, id, "changed"))
        elif id not in old:
            found.append(Pending(area, id, _name(new[id], id), "added"))
        elif id not in new:
            found.append(Pending(area, id, _name(old[id], id), "removed"))
        elif old[id] != new[id]:
            changes = difference(_told(old[id]), _told(new[id]))
            found.append(Pending(area, id, _name(new[id], id), "changed", tuple(changes)))
    return found


def _told(one: Any) -> dict[str, Any]:
    """Nodes of a scenario are told whole: how they differ is shown beside the scenario itself."""
    told = asdict(one) if is_dataclass(one) and not isinstance(one, type) else {}
    told.pop("version", None)
    return told


def _name(one: Any, id: str) -> str:
    return str(getattr(one, "name", "") or id)
