"""Recordings that are there, and who plays them."""

from __future__ import annotations

import re
import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kaska.core.scenarios.speech import VOCABULARY
from kaska.kit.sound import names_under

NAME = re.compile(r"^[a-z0-9-]{1,20}/[A-Za-z0-9_-]{1,80}$")


@dataclass(frozen=True, slots=True)
class Prompt:
    """``name`` is "ru/greeting"; ``own``: the product makes it itself."""

    name: str
    language: str
    text: str
    seconds: float
    own: bool
    scenarios: tuple[str, ...]


def listed(folder: Path, drafts: Mapping[str, Mapping[str, Any]]) -> list[Prompt]:
    """By name. ``folder`` is STATE/prompts, ``drafts`` the scenarios' documents by their ids.

    Parts of numbers ("ru/n/21") are the product's own affair and are not listed.
    """
    own = {f"{language}/{name}": text for language, words in VOCABULARY.items() for name, text in words.items()}
    played: dict[str, list[str]] = {}
    for scenario, document in drafts.items():
        for name in sorted(set(_names(document.get("nodes", {})))):
            played.setdefault(name, []).append(scenario)
    names = {name for name in {*own, *names_under(folder), *played} if NAME.match(name)}
    return [
        Prompt(
            name,
            name.split("/", 1)[0],
            own.get(name, ""),
            seconds_of(folder / f"{name}.wav"),
            name in own,
            tuple(played.get(name, ())),
        )
        for name in sorted(names)
    ]


def seconds_of(file: Path) -> float:
    """0.0 for what is no recording."""
    try:
        with wave.open(str(file), "rb") as sound:
            return sound.getnframes() / sound.getframerate()
    except (OSError, EOFError, ValueError, ZeroDivisionError, wave.Error):
        return 0.0


def _names(inside: Any) -> Iterator[str]:
    """Every prompt that a document names, wherever it stands: under a key that ends in "prompts"."""
    if isinstance(inside, Mapping):
        for key, value in inside.items():
            if str(key).endswith("prompts") and isinstance(value, list):
                yield from (one for one in value if isinstance(one, str))
            else:
                yield from _names(value)
    elif isinstance(inside, list):
        for one in inside:
            yield from _names(one)
