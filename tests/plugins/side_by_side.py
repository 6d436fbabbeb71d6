"""Two halves side by side (``pytest -n 2 --dist loadscope``): what waits for telephones, and what computes.

Files that are marked "telephony" mostly wait for sound and for timers, one test after the other; everything else
computes. The computing half steps aside: it gets what the two cores have left, so that no sound stutters because of it.
"""

from __future__ import annotations

import contextlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[2]


@cache
def waits(file: str) -> bool:
    """Whether this file of tests, named from the root, waits for telephones."""
    return "pytest.mark.telephony" in (ROOT / file).read_text()


class _Halves(LoadScopeScheduling):  # type: ignore[misc]  # has no types
    def _split_scope(self, nodeid: str) -> str:
        return "waits" if waits(nodeid.partition("::")[0]) else "computes"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return _Halves(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_configure_node(node: Any) -> None:
    """The workers are told, as they know nothing of how the tests are shared out."""
    node.workerinput["halved"] = node.config.getoption("dist") == "loadscope"


def pytest_runtest_setup(item: pytest.Item) -> None:
    if getattr(item.config, "workerinput", {}).get("halved") and not waits(item.nodeid.partition("::")[0]):
        _step_aside()


def _step_aside() -> None:
    """Once. A session of its own, because Linux shares the cores out among sessions before it looks at priorities."""
    if os.getpriority(os.PRIO_PROCESS, 0) == 19:
        return
    with contextlib.suppress(PermissionError):
        os.setsid()
    os.setpriority(os.PRIO_PROCESS, 0, 19)
    with contextlib.suppress(OSError):  # a kernel that does not group by session
        Path("/proc/self/autogroup").write_text("19")
