"""Two halves side by side (``pytest -n 2 --dist loadgroup``): what waits for telephones, and what computes.

Telephones, browsers and faults mostly wait for sound and for timers, one after the other; everything else computes.
The computing half steps aside: it gets what the two cores have left, so that no sound stutters because of it.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

_WAITING = ("telephony", "browser", "faults")
_GROUP = "xdist_group"


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        waits = any(item.get_closest_marker(mark) for mark in _WAITING)
        item.add_marker(pytest.mark.xdist_group("waits" if waits else "computes"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    group = item.get_closest_marker(_GROUP)
    if "PYTEST_XDIST_WORKER" in os.environ and group is not None and group.args == ("computes",):
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
