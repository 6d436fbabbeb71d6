"""What the rest of the product may ask of a running engine, whichever process it lives in."""

from __future__ import annotations

from typing import Protocol

from kaska.core.events import Event
from kaska.core.facts import Fact


class Refused(Exception):
    """The core will not do what was asked. ``code`` is a stable word that screens translate, e.g. "agent_busy"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Inbox(Protocol):
    """The one door into a tenant's core."""

    async def submit(self, event: Event) -> tuple[Fact, ...]:
        """Hand over one event; returns the facts that it caused once the journal has them on disk.

        Raises Refused when the core declines, EngineAway when there is no engine to ask.
        """
        ...

    async def now(self) -> float:
        """The engine's clock, seconds since the epoch."""
        ...


class EngineAway(Exception):
    """No engine answers: nothing was changed, asking again later helps."""
