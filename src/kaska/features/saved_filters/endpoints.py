"""Routes of saved filters: one's own, and those that a supervisor keeps for all."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity.public import CurrentUser, Permission, all_names, audit, require
from kaska.features.saved_filters import repository
from kaska.features.saved_filters.errors import FilterNotFound, MayNotShare, NameTaken, TooManyFilters
from kaska.features.saved_filters.schemas import FilterChanged, FilterGiven, SavedFilter
from kaska.features.saved_filters.tables import saved_filters
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api/saved-filters", tags=["saved filters"])

Reader = Annotated[CurrentUser, require(Permission.READ_CALLS)]
FilterId = Annotated[str, Path(min_length=1, max_length=40)]
MOST = 100
"""of one person"""


@router.get("")
async def list_saved_filters(user: Reader, database: DatabaseDep) -> list[SavedFilter]:
    """My own and those kept for all, by name."""
    async with database.tenant(user.tenant) as connection:
        rows = await repository.seen_by(connection, user.tenant, user.id)
        return await _told(connection, user, rows)


@router.post("", status_code=201)
async def save_filter(given: FilterGiven, user: Reader, database: DatabaseDep) -> SavedFilter:
    if given.shared and not _shares(user):
        raise MayNotShare
    id = secrets.token_hex(8)
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, saved_filters)
        await rows.locked(user.id)  # two tabs at once: one after the other
        if await repository.count_of(connection, user.tenant, user.id) >= MOST:
            raise TooManyFilters(most=MOST)
        await _check_name(connection, user, user.id, given.name)
        await rows.put(
            id=id, owner=user.id, name=given.name, shared=given.shared,
            document=given.filter.model_dump(exclude_defaults=True), saved_at=datetime.now(UTC),
        )  # fmt: skip
        if given.shared:
            await _write_down(connection, user, "filters.share", id, given.name)
        return await _one(connection, user, rows, id)


@router.patch("/{id}")
async def change_saved_filter(id: FilterId, given: FilterChanged, user: Reader, database: DatabaseDep) -> SavedFilter:
    """Rename it, give it to all or take it back, put another filter under the name."""
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, saved_filters)
        before = await _changeable(rows, user, id)
        if given.shared and not _shares(user):
            raise MayNotShare
        await rows.locked(before["owner"])
        if given.name is not None and given.name != before["name"]:
            await _check_name(connection, user, before["owner"], given.name)
        after = {
            "owner": before["owner"],
            "name": before["name"] if given.name is None else given.name,
            "shared": before["shared"] if given.shared is None else given.shared,
            "document": before["document"] if given.filter is None else given.filter.model_dump(exclude_defaults=True),
            "saved_at": datetime.now(UTC),
        }
        await rows.put(id=id, **after)
        if before["shared"] or after["shared"]:
            await _write_down(connection, user, "filters.change", id, after["name"])
        return await _one(connection, user, rows, id)


@router.delete("/{id}", status_code=204)
async def delete_saved_filter(id: FilterId, user: Reader, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        rows = TenantRows(connection, user.tenant, saved_filters)
        before = await _changeable(rows, user, id)
        await rows.remove(id)
        if before["shared"]:
            await _write_down(connection, user, "filters.delete", id, before["name"])


def _shares(user: CurrentUser) -> bool:
    return Permission.SHARE_FILTERS in user.permissions


async def _changeable(rows: TenantRows, user: CurrentUser, id: str) -> RowMapping:
    """:raises FilterNotFound, MayNotShare:"""
    row = await rows.get(id)
    if row is None or not (row["owner"] == user.id or row["shared"]):
        raise FilterNotFound
    if row["shared"] and not _shares(user):
        raise MayNotShare
    return row


async def _check_name(connection: AsyncConnection, user: CurrentUser, owner: str, name: str) -> None:
    if await repository.named(connection, user.tenant, owner, name) is not None:
        raise NameTaken(name=name, fields={"name": "taken"})


async def _one(connection: AsyncConnection, user: CurrentUser, rows: TenantRows, id: str) -> SavedFilter:
    row = await rows.get(id)
    assert row is not None
    return (await _told(connection, user, [row]))[0]


async def _told(connection: AsyncConnection, user: CurrentUser, rows: Sequence[RowMapping]) -> list[SavedFilter]:
    names = await all_names(connection, user.tenant)
    return [SavedFilter.of(row, user=user.id, shares=_shares(user), names=names) for row in rows]


async def _write_down(connection: AsyncConnection, user: CurrentUser, action: str, id: str, name: str) -> None:
    await audit.write(connection, tenant=user.tenant, user=user.id, action=action, object=id, details={"name": name})
