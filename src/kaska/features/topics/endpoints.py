"""Routes of topics."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.topics import repository, service
from kaska.features.topics.schemas import TopicTree
from kaska.kit.http import DatabaseDep

router = APIRouter(prefix="/api/topics", tags=["topics"])


@router.get("")
async def list_topics(user: Annotated[CurrentUser, require(Permission.READ_CALLS)], database: DatabaseDep) -> TopicTree:
    """What a contact can be classified as, archived things too: old contacts have them."""
    async with database.tenant(user.tenant) as connection:
        return await repository.read(connection, user.tenant)


@router.put("")
async def change_topics(
    given: TopicTree, user: Annotated[CurrentUser, require(Permission.EDIT_KNOWLEDGE)], database: DatabaseDep
) -> TopicTree:
    """All lists at once. What is left out is archived; nothing is deleted, because contacts name it."""
    async with database.tenant(user.tenant) as connection:
        return await service.change(connection, user, given)
