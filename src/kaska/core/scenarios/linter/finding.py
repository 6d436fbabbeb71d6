"""What the linter says: a finding at a node, in words a manager understands, and why it matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kaska.core.scenarios.graph import Scenario
from kaska.core.scenarios.linter.ground import Ground

Hit = tuple[str, dict[str, str]]
"""(node, values for the text's braces)"""


class Severity(StrEnum):
    ERROR = "error"
    """somebody will be lost or misled"""
    WARNING = "warning"
    """callers will suffer"""
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Rule:
    """``texts`` and ``reasons`` are (Russian, English); ``check`` yields where a scenario breaks the rule."""

    name: str
    severity: Severity
    texts: tuple[str, str]
    reasons: tuple[str, str]
    check: Callable[[Ground, Scenario], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Finding:
    """``node`` "" is the scenario as a whole."""

    rule: Rule
    scenario: str
    node: str
    values: dict[str, str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        return self.rule.texts[language == "en"].format(**self.values)

    def reason(self, language: str) -> str:
        return self.rule.reasons[language == "en"]
