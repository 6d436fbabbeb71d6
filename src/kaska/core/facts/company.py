"""What holds for the whole company: its configuration, modes, black list, trials of drafts."""

from __future__ import annotations

from kaska.core.configuration import Configuration
from kaska.core.frozen import dataclass
from kaska.core.scenarios.graph import Scenario


@dataclass(frozen=True, slots=True)
class ConfigurationApplied:
    at: float
    configuration: Configuration


@dataclass(frozen=True, slots=True)
class ModeSwitched:
    """The project's mode was set by hand until ``until`` (0 = until it is set again); "" = by the clock again."""

    at: float
    project: str
    mode: str
    until: float
    by: str


@dataclass(frozen=True, slots=True)
class NumberBlocked:
    """``by`` keeps a number, or a beginning of numbers ("+79000*"), out until ``until`` (0 = for ever)."""

    at: float
    number: str
    reason: str
    by: str
    until: float
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class NumberUnblocked:
    at: float
    number: str
    by: str


@dataclass(frozen=True, slots=True)
class TrialPrepared:
    """Who calls ``number`` until ``until`` walks the draft ``scenario``, among ``scenarios`` and what is published."""

    at: float
    number: str
    by: str
    scenario: str
    scenarios: dict[str, Scenario]
    until: float


CompanyFact = ConfigurationApplied | ModeSwitched | NumberBlocked | NumberUnblocked | TrialPrepared
