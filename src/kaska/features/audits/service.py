"""What can be done with audits of foreign logs."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.audits import counting, repository, schemas
from kaska.features.audits.errors import (
    AlreadyCounting,
    AuditNotFound,
    FilesGone,
    FilesMissing,
    NoRoom,
    NotCounted,
    NothingSaid,
)
from kaska.features.audits.room import Room
from kaska.features.identity.public import CurrentUser, active_names, audit
from kaska.kit.config import Settings

SILENT_SECONDS = 60
"""whoever counts gives a sign more often; after so long nobody does"""
MEGABYTE = 1 << 20


async def make(
    connection: AsyncConnection, user: CurrentUser, given: schemas.NewAudit, settings: Settings
) -> schemas.AuditBrief:
    """:raises NoRoom: when the disk is too full"""
    now = datetime.now(UTC)
    id = uuid.uuid4().hex
    needed, free = sum(file.size for file in given.files), Room(settings.root, user.tenant, id).free()
    if needed > free:
        raise NoRoom(needed=needed // MEGABYTE + 1, free=free // MEGABYTE)
    files = [file.model_dump() for file in given.files]
    await repository.audits(connection, user.tenant).put(id=id, created_by=user.id, created_at=now, files=files)
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action="audits.create", object=id,
        details={"files": [file.name for file in given.files], "bytes": needed},
    )  # fmt: skip
    return await read(connection, user.tenant, id, settings)


async def found(connection: AsyncConnection, tenant: str, id: str) -> Row[Any]:
    """:raises AuditNotFound:"""
    row = await repository.brief(connection, tenant, id)
    if row is None:
        raise AuditNotFound
    return row


async def read(connection: AsyncConnection, tenant: str, id: str, settings: Settings) -> schemas.AuditBrief:
    row = await found(connection, tenant, id)
    return _brief(row, tenant, await active_names(connection, tenant), settings)


async def read_all(connection: AsyncConnection, tenant: str, settings: Settings) -> list[schemas.AuditBrief]:
    names = await active_names(connection, tenant)
    return [_brief(row, tenant, names, settings) for row in await repository.all_briefs(connection, tenant)]


def _brief(row: Row[Any], tenant: str, names: dict[str, str], settings: Settings) -> schemas.AuditBrief:
    room = Room(settings.root, tenant, row.id)
    files = [
        schemas.AuditFile(name=file["name"], size=file["size"], got=room.got(number, file["name"]))
        for number, file in enumerate(row.files)
    ]
    state, problem = row.state, row.problem
    silent = row.seen_at is None or datetime.now(UTC) - row.seen_at > timedelta(seconds=SILENT_SECONDS)
    if state == "counting" and silent:
        state, problem = "failed", counting.DIED
    offered, answered = (None if value is None else int(value) for value in (row.offered, row.answered))
    return schemas.AuditBrief(
        id=row.id, created_at=row.created_at, created_by=names.get(row.created_by, row.created_by), files=files,
        state=state, done=row.done, size=sum(file.size for file in files), problem=problem, offered=offered,
        lost=None if offered is None or answered is None else offered - answered,
        counting_again=all(file.got == file.size for file in files),
    )  # fmt: skip


async def take(tenant: str, row: Row[Any], number: int, offset: int, piece: bytes, settings: Settings) -> int:
    """→ bytes of the file that have come. :raises AuditNotFound: when there is no such file"""
    if not 0 <= number < len(row.files):
        raise AuditNotFound
    file = row.files[number]
    room = Room(settings.root, tenant, row.id)
    return await asyncio.to_thread(room.take, number, file["name"], offset, piece, file["size"])


def job_of(tenant: str, row: Row[Any], settings: Settings, wish: schemas.AuditWish) -> counting.Job:
    """What the process that counts is told. :raises FilesMissing, FilesGone:"""
    room = Room(settings.root, tenant, row.id)
    got = [room.got(number, file["name"]) for number, file in enumerate(row.files)]
    if row.state in ("done", "failed") and not any(got):
        raise FilesGone
    if got != [file["size"] for file in row.files]:
        raise FilesMissing
    mapping = wish.mapping or schemas.ColumnMapping()
    return {
        "files": [room.file(number, file["name"]) for number, file in enumerate(row.files)],
        "format": "csv" if wish.mapping and wish.mapping.columns else wish.format,
        "since": wish.since.timestamp() if wish.since else None,
        "until": wish.until.timestamp() if wish.until else None,
        **mapping.model_dump(),
        **wish.model_dump(include={"timezone", "target_s", "short_s", "month_first", "per_lost", "conversion",
                                   "margin", "currency"}),
    }  # fmt: skip


async def look(tenant: str, row: Row[Any], settings: Settings, language: str) -> list[schemas.Looked]:
    """:raises FilesMissing, FilesGone, NothingSaid:"""
    job = job_of(tenant, row, settings, schemas.AuditWish())
    seen = await counting.look(Room(settings.root, tenant, row.id).path, job)
    if isinstance(seen, dict):
        raise NothingSaid(problem=seen[language])
    return [schemas.Looked.model_validate(one) for one in seen]


async def begin(
    connection: AsyncConnection, user: CurrentUser, id: str, wish: schemas.AuditWish, settings: Settings
) -> counting.Job:
    """Write down that it is counted from now on. :raises AlreadyCounting, FilesMissing, FilesGone, AuditNotFound:"""
    row = await found(connection, user.tenant, id)
    if (await read(connection, user.tenant, id, settings)).state == "counting":
        raise AlreadyCounting
    job = job_of(user.tenant, row, settings, wish)
    if wish.profile and wish.mapping is not None:
        kept = wish.mapping.model_dump()
        await repository.profiles(connection, user.tenant).put(name=wish.profile, mapping=kept)
    await repository.change(
        connection, user.tenant, id, state="counting", seen_at=datetime.now(UTC), done=0, problem=None,
        options=wish.model_dump(mode="json"),
    )  # fmt: skip
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action="audits.count", object=id,
        details={"profile": wish.profile} if wish.profile and wish.mapping is not None else {},
    )  # fmt: skip
    return job


async def result(connection: AsyncConnection, tenant: str, id: str) -> schemas.AuditResult:
    """:raises AuditNotFound, NotCounted:"""
    row = await found(connection, tenant, id)
    if row.state != "done":
        raise NotCounted
    return schemas.AuditResult.model_validate(await repository.result(connection, tenant, id))
