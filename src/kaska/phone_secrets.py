"""SIP passwords of people's devices, kept beside the database so that telephones work without it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Mapping

import structlog

from kaska.features.publishing import public as publishing
from kaska.kit.config import Settings
from kaska.kit.database import Database

PATIENCE_SECONDS = 2.0
"""the switch waits meanwhile"""

log = structlog.get_logger(__name__)


class PhoneSecrets:
    """``all`` asks the database, and remembers in ``STATE/secrets/phones.json`` (mode 0600) what it said."""

    def __init__(self, settings: Settings, database: Database, tenants: Callable[[], Awaitable[list[str]]]) -> None:
        self._file = settings.secrets_dir / "phones.json"
        self._database = database
        self._tenants = tenants

    async def all(self) -> Mapping[str, str]:
        """endpoint → password. What was last known when the database is away."""
        try:
            found: dict[str, str] = {}
            async with asyncio.timeout(PATIENCE_SECONDS):
                for tenant in await self._tenants():
                    found |= await publishing.device_secrets(self._database, tenant)
        except Exception as problem:
            log.warning("phones are provisioned from memory", problem=repr(problem))
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
