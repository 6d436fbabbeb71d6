"""Next available agent: of those who can, the one who has been ready longest."""

from __future__ import annotations

from kaska.core.routing.ready import ReadyIndex


def choose(ready: ReadyIndex, queue: str) -> str | None:
    """The agent to offer the queue's next contact to; None when nobody suitable is ready."""
    return ready.longest_idle(queue)
