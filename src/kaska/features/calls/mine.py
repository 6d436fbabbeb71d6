"""Routes of what an agent writes and did: drafts, my day, promises."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from kaska.features.calls import day, drafts, service
from kaska.features.calls.schemas import Day, Draft, GivenDraft, PromisedStep
from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.kit.http import DatabaseDep

router = APIRouter(prefix="/api/agents/me", tags=["workplace"])

Writer = Annotated[CurrentUser, require(Permission.CLASSIFY_CALLS)]
Agent = Annotated[CurrentUser, require(Permission.TAKE_CALLS)]
ContactId = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("/drafts")
async def list_my_drafts(user: Writer, database: DatabaseDep) -> list[Draft]:
    """What I have begun to write and not yet sent, newest first."""
    async with database.tenant(user.tenant) as connection:
        return await drafts.mine(connection, user)


@router.put("/drafts/{contact_id}", status_code=204)
async def keep_my_draft(contact_id: ContactId, given: GivenDraft, user: Writer, database: DatabaseDep) -> None:
    """Kept two weeks, or until the result is sent."""
    async with database.tenant(user.tenant) as connection:
        await drafts.keep(connection, user, contact_id, given.said)


@router.delete("/drafts/{contact_id}", status_code=204)
async def forget_my_draft(contact_id: ContactId, user: Writer, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await drafts.forget(connection, user, contact_id)


@router.get("/day")
async def read_my_talks_today(
    user: Agent, database: DatabaseDep, timezone: Annotated[str, Query(max_length=100)] = "Europe/Moscow"
) -> Day:
    """My figures since midnight, and the others'."""
    since = day.began(datetime.now(UTC), service.local_zone(timezone))
    async with database.tenant(user.tenant) as connection:
        return await day.day(connection, user, since)


@router.get("/promises")
async def list_my_promises(user: Agent, database: DatabaseDep) -> list[PromisedStep]:
    """What I promised and nobody has done yet, by deadline."""
    async with database.tenant(user.tenant) as connection:
        return await day.promises(connection, user)
