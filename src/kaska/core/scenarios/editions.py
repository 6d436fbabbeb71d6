"""Scenarios that are walked to the end although others are published, or although they never were."""

from __future__ import annotations

from dataclasses import dataclass

from kaska.core.scenarios.graph import Scenario


@dataclass(slots=True)
class Edition:
    """The scenarios of an earlier configuration, or of the trial of a draft, kept while ``contacts`` walk them."""

    scenarios: dict[str, Scenario]
    contacts: int
