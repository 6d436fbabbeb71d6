"""Waiting for something to become true, without guessing how long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(condition: Callable[[], object], within: float = 5.0) -> None:
    """Returns as soon as ``condition()`` is true; raises TimeoutError after ``within`` seconds."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 — what is waited for has no event of its own
            await asyncio.sleep(0.01)
