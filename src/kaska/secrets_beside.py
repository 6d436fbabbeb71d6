"""Secrets that calls need, kept beside the database so that calls work without it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Mapping

import structlog

from kaska.kit.config import Settings

PATIENCE_SECONDS = 2.0
"""the switch, or a caller, waits meanwhile"""

log = structlog.get_logger(__name__)


class SecretsBeside:
    """``all`` asks (``ask`` is set when there is a database to ask), and remembers what it was told.

    The memory is ``STATE/secrets/NAME.json``, mode 0600.
    """

    def __init__(self, settings: Settings, name: str) -> None:
        self._file = settings.secrets_dir / f"{name}.json"
        self.ask: Callable[[], Awaitable[dict[str, str]]] | None = None

    async def all(self) -> Mapping[str, str]:
        """What was last known when the database is away or not yet there."""
        if self.ask is None:
            return self._remembered()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                found = await self.ask()
        except Exception as problem:
            log.warning("secrets are taken from memory", file=self._file.name, problem=repr(problem))
            return self._remembered()
        self._remember(found)
        return found

    def _remembered(self) -> dict[str, str]:
        try:
            known: dict[str, str] = json.loads(self._file.read_text())
        except (OSError, ValueError):
            return {}
        return known

    def _remember(self, secrets: Mapping[str, str]) -> None:
        if secrets == self._remembered():
            return
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._file.with_suffix(".new")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(dict(secrets), file)
        draft.replace(self._file)
