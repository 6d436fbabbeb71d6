"""Good practice of scenarios, one small function per rule; every finding tells why it matters."""

from __future__ import annotations

from collections.abc import Iterable

from kaska.core.scenarios.linter import faxes, hours, sounding, ways
from kaska.core.scenarios.linter.finding import Finding, Rule, Severity
from kaska.core.scenarios.linter.ground import Ground, Sound

__all__ = ["RULES", "Finding", "Ground", "Rule", "Severity", "Sound", "lint"]

RULES: tuple[Rule, ...] = (*ways.RULES, *hours.RULES, *sounding.RULES, *faxes.RULES)

_ORDER = list(Severity)


def lint(ground: Ground, scenarios: Iterable[str] | None = None) -> list[Finding]:
    """Everything that could be better in these scenarios (all of ``ground`` by default), the gravest first."""
    chosen = ground.scenarios if scenarios is None else scenarios
    found = [
        Finding(rule, name, node, values)
        for name in chosen
        for rule in RULES
        for node, values in rule.check(ground, ground.scenarios[name])
    ]
    return sorted(found, key=lambda finding: _ORDER.index(finding.rule.severity))
