"""Deletes recordings that were kept long enough, so that a crash at any moment leaves nothing half done.

Decided (a row with the file's hash), deleted (the file), told (the fact in the ledger): in this order, each kept before
the next begins. Whatever was interrupted goes on with the next round; doing a step again changes nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from prometheus_client import Counter
from sqlalchemy import select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.events import RecordingDeleted
from kaska.core.ports import EngineAway, Inbox
from kaska.features.calls.public import briefs
from kaska.features.recordings.public import locate, remove, remove_unfinished
from kaska.features.retention import due, holds
from kaska.features.retention.rules import KeepingRule, RetentionFields
from kaska.features.retention.tables import RULES, recording_deletions, retention_rules
from kaska.kit.bulk import Bulk
from kaska.kit.config import Settings
from kaska.kit.database import Database, one_of
from kaska.kit.tenant_rows import TenantRows

log = structlog.get_logger(__name__)

EVERY_SECONDS = 900.0
AGAIN_AFTER_SECONDS = 30.0
BATCH = 100
BY = "retention"
CHUNK = 1 << 20

DELETED = Counter("kaska_recordings_deleted_total", "Recordings deleted by the rules of keeping")

_DECIDED = (
    "contact", "name", "sha256", "size", "seconds", "rule", "days", "project", "direction", "ended_at", "decided_at",
    "deleted_at", "told_at",
)  # fmt: skip
_PUT = Bulk(recording_deletions, _DECIDED)


async def read_rules(connection: AsyncConnection, tenant: str) -> list[KeepingRule]:
    row = await TenantRows(connection, tenant, retention_rules).get(RULES)
    return RetentionFields.model_validate(row["document"]).rules if row is not None else []


class Deleting:
    """``inboxes``: a tenant's core, None while nobody has it."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        tenants: Callable[[], Awaitable[list[str]]],
        inboxes: Callable[[str], Inbox | None],
    ) -> None:
        self._directory, self._unfinished = settings.recordings_dir, settings.unfinished_dir
        self._database = database
        self._tenants = tenants
        self._inboxes = inboxes

    async def run(self) -> None:
        while True:
            pause = EVERY_SECONDS
            for tenant in await self._tenants():
                try:
                    await self.delete(tenant, datetime.now(UTC))
                except (OSError, TimeoutError, EngineAway) as problem:
                    log.warning("recordings are deleted later", tenant=tenant, problem=repr(problem))
                    pause = AGAIN_AFTER_SECONDS
            await asyncio.sleep(pause)

    async def delete(self, tenant: str, now: datetime) -> None:
        """Everything that is due ``now``, and what was left of the last time. :raises EngineAway, OSError:"""
        await self.finish(tenant)
        async with self._database.tenant(tenant) as connection:
            rules = await read_rules(connection, tenant)
        after: due.Place | None = None
        while True:
            async with self._database.tenant(tenant) as connection:
                found = await due.overdue(connection, tenant, rules, now, after=after, limit=BATCH)
            if not found:
                return
            await self.decide(tenant, now, found)
            await self.finish(tenant)
            # what has no file is passed over: the reconciliation tells of it
            after = (found[-1].ended_at, found[-1].contact)

    async def decide(self, tenant: str, now: datetime, found: Sequence[due.Overdue]) -> None:
        """What is to go, written down with the hash of what it is. A hold that came meanwhile is respected, and so are
        rules that were changed meanwhile."""
        measured = {one.contact: await self._measure(one.name) for one in found}
        async with self._database.tenant(tenant) as connection:
            await holds.one_at_a_time(connection, tenant)
            rules = await read_rules(connection, tenant)
            wanted = [contact for contact, file in measured.items() if file is not None]
            still = await due.overdue(connection, tenant, rules, now, among=wanted, limit=BATCH)
            await _PUT.put(
                connection, tenant, [_row(one, rules[one.rule], measured[one.contact], now) for one in still]
            )

    async def finish(self, tenant: str) -> None:
        """What was decided is deleted and told. :raises EngineAway, OSError:"""
        while rows := await self._untold(tenant):
            gone = [row["contact"] for row in rows if row["deleted_at"] is None]
            if gone:
                await remove(self._directory, [row["name"] for row in rows])
                await remove_unfinished(self._unfinished, [row["contact"] for row in rows])
                for directory in (self._directory, self._unfinished):
                    await asyncio.to_thread(_sync, directory)
                await self._mark(tenant, gone, "deleted_at")
                DELETED.inc(len(gone))
            async with self._database.tenant(tenant) as connection:
                known = await briefs(connection, tenant, [row["contact"] for row in rows])
            for row in rows:
                contact = known.get(row["contact"])
                if contact is None or contact.recording_deleted_at is None:  # else it was told before a crash
                    await self._tell(tenant, row)
                await self._mark(tenant, [row["contact"]], "told_at")

    async def _untold(self, tenant: str) -> Sequence[RowMapping]:
        table = recording_deletions
        query = select(table).where(table.c.tenant == tenant, table.c.told_at.is_(None))
        async with self._database.tenant(tenant) as connection:
            return (await connection.execute(query.order_by(table.c.contact).limit(BATCH))).mappings().all()

    async def _tell(self, tenant: str, row: RowMapping) -> None:
        inbox = self._inboxes(tenant)
        if inbox is None:
            raise EngineAway
        said: dict[str, Any] = {name: row[name] for name in ("contact", "name", "sha256", "size", "rule", "days")}
        await inbox.submit(RecordingDeleted(at=await inbox.now(), by=BY, **said))

    async def _mark(self, tenant: str, ids: Sequence[str], column: str) -> None:
        table = recording_deletions
        those = update(table).where(table.c.tenant == tenant, one_of(table.c.contact, ids), table.c[column].is_(None))
        async with self._database.tenant(tenant) as connection:
            await connection.execute(those.values({column: datetime.now(UTC)}))

    async def _measure(self, name: str) -> tuple[str, int] | None:
        """(SHA-256, bytes) of a recording; None when there is no such file."""
        audio = await locate(self._directory, name)
        return await asyncio.to_thread(_hash, audio.path) if audio is not None else None


def _row(one: due.Overdue, rule: KeepingRule, file: tuple[str, int] | None, now: datetime) -> dict[str, Any]:
    assert file is not None
    return {
        "contact": one.contact,
        "name": one.name,
        "sha256": file[0],
        "size": file[1],
        "seconds": one.seconds,
        "rule": rule.name,
        "days": float(rule.days),
        "project": one.project,
        "direction": one.direction,
        "ended_at": one.ended_at,
        "decided_at": now,
        "deleted_at": None,
        "told_at": None,
    }


def _hash(path: Path) -> tuple[str, int] | None:
    found, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        return None
    return found.hexdigest(), size


def _sync(directory: Path) -> None:
    """That the names are gone is on the disk before it is said."""
    if not directory.exists():  # nothing was ever in it
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
