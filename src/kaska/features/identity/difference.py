"""What changed between two descriptions of one thing, as a person reads it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

MOST = 200
"""so many changes are told; a longer list nobody reads"""


class Change(TypedDict):
    """``field`` is a dotted path; None = not there."""

    field: str
    before: Any
    after: Any


def difference(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """Field by field, inside of mappings too; lists are compared as a whole. At most MOST."""
    return _inside("", before or {}, after or {})[:MOST]


def _inside(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    found: list[Change] = []
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        place = f"{path}{name}"
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            found += _inside(f"{place}.", old, new)
        else:
            found.append(Change(field=place, before=old, after=new))
    return found
