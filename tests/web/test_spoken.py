"""Every field of a configuration that publishing may show as changed has words in both languages."""

from __future__ import annotations

import re
import types
import typing
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from kaska.core.configuration import Configuration
from kaska.core.scenarios.graph import Scenario

I18N = Path(__file__).parents[2] / "web" / "src" / "i18n"
NEVER_TOLD = {"tenant", "version", "default_scenario", "number", "id"}
"""of the whole, or what a thing is known by"""


def _within(kind: Any) -> list[type]:
    if typing.get_origin(kind) is not None or isinstance(kind, types.UnionType):
        return [one for inner in typing.get_args(kind) for one in _within(inner)]
    return [kind] if is_dataclass(kind) else []


def _names(kind: type, seen: set[type]) -> set[str]:
    if kind in seen or kind is Scenario:
        return set()
    seen.add(kind)
    hints = typing.get_type_hints(kind)
    found = {field.name for field in fields(kind)} if kind is not Configuration else set()
    for field in fields(kind):
        for inner in _within(hints[field.name]):
            found |= _names(inner, seen)
    return found


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_field_has_words(language: str) -> None:
    known = set()
    for file in ("settings", "spoken"):
        text = (I18N / language / f"{file}.ts").read_text()
        for block in re.findall(r"^    field: \{\n(.*?)^    \},", text, re.S | re.M):
            known |= set(re.findall(r"^      (\w+):", block, re.M))
    names = _names(Configuration, set())
    assert len(names) > 80
    assert sorted(names - known - NEVER_TOLD) == []
