"""What the linter stands on in this installation: scenarios, queues, and the recordings that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kaska.core.configuration import Queue
from kaska.core.scenarios.graph import Scenario, kind_of
from kaska.core.scenarios.linter import Finding, Ground, Sound
from kaska.core.scenarios.speech import VOCABULARY
from kaska.features.scenarios.kinds import way_in_words
from kaska.kit.sound import measure, names_of
from kaska.ledger.codec import scenario_from_document
from kaska.ledger.notation import NotationError

OWN_PROMPTS = frozenset(f"{language}/{name}" for language, words in VOCABULARY.items() for name in words)
"""those that the product makes itself, now or at the next start"""


def known_prompts(folder: Path, tenant: str = "") -> frozenset[str]:
    """Names that may be played: our own, and what was put into ``folder`` (STATE/prompts) by this company ("": any)."""
    return OWN_PROMPTS | names_of(folder, tenant)


def ground_for(
    scenarios: Mapping[str, Scenario], queues: Mapping[str, Queue] | None, folder: Path, tenant: str = ""
) -> Ground:
    """``folder`` is STATE/prompts; when it is not there, nothing is said about recordings that are missing."""
    said = {
        prompt
        for scenario in scenarios.values()
        for node in scenario.nodes.values()
        for prompt in getattr(node, "prompts", ())
    }
    sounds = {}
    for prompt in sorted(said):
        measured = measure(folder / f"{prompt}.wav") if ".." not in prompt else None
        if measured is not None:
            sounds[prompt] = Sound(measured.seconds, measured.pauses)
    return Ground(scenarios, queues, known_prompts(folder, tenant) if folder.is_dir() else None, sounds)


def told(finding: Finding, scenarios: Mapping[str, Scenario], language: str) -> str:
    """What is wrong, with ways named as on the screen."""
    node = scenarios[finding.scenario].nodes.get(finding.node)
    way = finding.values.get("way")
    if node is None or way is None:
        return finding.text(language)
    said = way_in_words(kind_of(type(node)), way, english=language == "en")
    return replace(finding, values={**finding.values, "way": said}).text(language)


def read_scenarios(documents: Mapping[str, dict[str, Any]]) -> tuple[dict[str, Scenario], dict[str, str]]:
    """(those that can be read, why the others cannot)"""
    readable: dict[str, Scenario] = {}
    malformed: dict[str, str] = {}
    for id, document in documents.items():
        try:
            readable[id] = scenario_from_document({**document, "id": id, "version": 0})
        except NotationError as problem:
            malformed[id] = str(problem)
    return readable, malformed
