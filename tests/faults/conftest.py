"""One installation for all faults, and a table of numbers at the end."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.faults.ground import Ground

Numbers = Callable[[str, dict[str, Any]], None]
_told = pytest.StashKey[dict[str, dict[str, Any]]]()


@pytest.fixture(scope="session")
def ground() -> Iterator[Ground]:
    home = Path(tempfile.mkdtemp(prefix="kaska-faults-"))
    home.chmod(0o755)
    installation = Ground(home)
    try:
        installation.start()
        asyncio.run(installation.describe())
        yield installation
    finally:
        installation.stop()
        if not os.environ.get("KASKA_KEEP"):
            shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def numbers(request: pytest.FixtureRequest) -> Numbers:
    """Tell numbers about a fault; they are printed when all tests have run."""
    told = request.config.stash.setdefault(_told, {})

    def tell(fault: str, counted: dict[str, Any]) -> None:
        told.setdefault(fault, {}).update(counted)

    return tell


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    told = config.stash.get(_told, {})
    for fault, counted in told.items():
        terminalreporter.section(f"fault: {fault}", sep="-")
        for name, value in counted.items():
            terminalreporter.write_line(f"  {name:<44} {value}")
