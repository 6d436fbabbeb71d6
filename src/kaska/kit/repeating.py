"""Work that never ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 1.0


def keep_running(name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
    """A task that runs ``work`` until it is cancelled. One defect must not end it: it is logged and begins again."""
    return asyncio.create_task(_again_and_again(name, work), name=name)


async def _again_and_again(name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    while True:
        try:
            await work()
        except Exception as problem:
            remote = isinstance(problem, (OSError, TimeoutError))  # something outside is away: no defect of ours
            log.warning("work interrupted", work=name, problem=repr(problem), exc_info=not remote)
        await asyncio.sleep(PAUSE_SECONDS)
