"""What holds for the whole company, and the clock."""

from __future__ import annotations

from kaska.core.configuration import Configuration
from kaska.core.frozen import dataclass
from kaska.core.scenarios.graph import Scenario


@dataclass(frozen=True, slots=True)
class ModeSwitched:
    """Somebody set the project's mode by hand until ``until`` (0 = until it is set again); "" = by the clock again.

    ``by`` is the person or the telephone it was done from.
    """

    at: float
    project: str
    mode: str
    until: float
    by: str


@dataclass(frozen=True, slots=True)
class NumberBlocked:
    """The person ``by`` keeps a number, or all that begin so ("+79000*"), out until ``until`` (0 = for ever).

    ``prompt``: the recording that they hear, "" = the usual one.
    """

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
class ConfigurationPublished:
    at: float
    configuration: Configuration


@dataclass(frozen=True, slots=True)
class TrialRequested:
    """The person ``by`` calls ``number`` in a moment, to try the draft ``scenario``; ``scenarios``: it and the drafts
    that it leads to, checked as for publishing."""

    at: float
    number: str
    by: str
    scenario: str
    scenarios: dict[str, Scenario]


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The clock reached the earliest of the core's deadlines (or passed it)."""

    at: float


CompanyEvent = ModeSwitched | NumberBlocked | NumberUnblocked | ConfigurationPublished | TrialRequested | TimePassed
