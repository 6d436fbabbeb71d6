"""Once an hour: uploads that nobody goes on with are removed, and files whose audit is long done or gone.

A company's logs are its customers' telephone numbers: they do not lie about longer than somebody needs them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog

from kaska.features.audits import repository
from kaska.features.audits.room import Room, rooms
from kaska.kit.config import Settings
from kaska.kit.database import Database

log = structlog.get_logger(__name__)

KEEP_FILES = timedelta(days=7)
KEEP_UPLOADS = timedelta(days=1)
"""since the last piece of an upload came"""
EVERY_SECONDS = 3600.0
AGAIN_AFTER_SECONDS = 60.0
"""when the database did not answer"""


class Tidying:
    def __init__(self, database: Database, settings: Settings, tenants: Callable[[], Awaitable[list[str]]]) -> None:
        self._database = database
        self._state = settings.root
        self._tenants = tenants

    async def run(self) -> None:
        while True:
            pause = EVERY_SECONDS
            for tenant in await self._tenants():
                try:
                    await self.tidy(tenant, datetime.now(UTC))
                except (OSError, TimeoutError) as error:
                    log.warning("audits are tidied later", tenant=tenant, problem=repr(error))
                    pause = AGAIN_AFTER_SECONDS
            await asyncio.sleep(pause)

    async def tidy(self, tenant: str, now: datetime) -> None:
        """May be repeated. What is counted at the moment is left alone."""
        async with self._database.tenant(tenant) as connection:
            states = await repository.states(connection, tenant)
        for audit, touched in await asyncio.to_thread(rooms, self._state, tenant):
            rested = now.timestamp() - touched
            known = states.pop(audit, None)
            room = Room(self._state, tenant, audit)
            if known is None or known.state == "uploading":
                if rested > KEEP_UPLOADS.total_seconds():
                    await self._give_up(tenant, audit)
                    await asyncio.to_thread(room.forget)
            elif known.state != "counting" and now - known.created_at > KEEP_FILES:
                await asyncio.to_thread(room.forget_files)
        for audit, known in states.items():  # announced, and not one piece came
            if known.state == "uploading" and now - known.created_at > KEEP_UPLOADS:
                await self._give_up(tenant, audit)

    async def _give_up(self, tenant: str, audit: str) -> None:
        async with self._database.tenant(tenant) as connection:
            if await repository.audits(connection, tenant).remove(audit):
                log.info("an upload that nobody went on with was removed", audit=audit)
