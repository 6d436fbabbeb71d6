"""Next available agent: of those who can, the one who has been ready longest."""

from __future__ import annotations

from collections.abc import Mapping

from kaska.core.routing.ready import ReadyIndex


def choose(ready: ReadyIndex, requires: Mapping[str, int]) -> str | None:
    """The agent to offer to; None when nobody suitable is ready."""
    return ready.longest_idle(ready.matching(requires))
