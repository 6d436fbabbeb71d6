"""Numbers that tests find out, told when all have run: ``numbers("7 hung up at the answer", {"calls": 1000})``.

They travel with the test's report, so that they arrive from whichever process ran the test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Numbers = Callable[[str, dict[str, Any]], None]
_KIND = "numbers"


@pytest.fixture
def numbers(request: pytest.FixtureRequest) -> Numbers:
    def tell(about: str, counted: dict[str, Any]) -> None:
        request.node.user_properties.append((_KIND, (about, {name: str(value) for name, value in counted.items()})))

    return tell


def pytest_terminal_summary(terminalreporter: Any) -> None:
    told: dict[str, dict[str, str]] = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            for kind, value in getattr(report, "user_properties", ()):
                if kind == _KIND:
                    about, counted = value
                    told.setdefault(about, {}).update(counted)
    for about, counted in sorted(told.items()):
        terminalreporter.section(about, sep="-")
        for name, value in counted.items():
            terminalreporter.write_line(f"  {name:<44} {value}")
