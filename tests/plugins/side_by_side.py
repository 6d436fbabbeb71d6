"""Three shares side by side (``pytest -n 3 --dist loadscope``): two that wait for telephones, and what computes.

Files that are marked "telephony" mostly wait for sound and for timers, one test after the other: two shares of them
leave the cores idle for most of the time. Everything else computes. The computing share steps aside: it gets what the
two cores have left, so that no sound stutters because of it.
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
SCREENS, CALLS, COMPUTES = "screens", "calls", "computes"
_CALLS = ("tests/e2e/", "tests/faults/")
"""folders with about half of what waits; the other half is people at their screens, and the switch by itself"""


@cache
def share(file: str) -> str:
    """Which share this file of tests, named from the root, belongs to."""
    if "pytest.mark.telephony" not in (ROOT / file).read_text():
        return COMPUTES
    return CALLS if file.startswith(_CALLS) else SCREENS


class _Shares(LoadScopeScheduling):  # type: ignore[misc]  # has no types
    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return _Shares(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_configure_node(node: Any) -> None:
    """The workers are told, as they know nothing of how the tests are shared out."""
    node.workerinput["shared_out"] = node.config.getoption("dist") == "loadscope"


def pytest_runtest_setup(item: pytest.Item) -> None:
    if getattr(item.config, "workerinput", {}).get("shared_out") and share(item.nodeid.partition("::")[0]) == COMPUTES:
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
