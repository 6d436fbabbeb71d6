"""Routes of the knowledge base."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.knowledge import repository, service
from kaska.features.knowledge.schemas import (
    Article,
    ArticleChange,
    ArticleGiven,
    ArticleSummary,
    ArticleVersion,
    Hits,
    Miss,
    MissGiven,
    VoteGiven,
)
from kaska.kit.errors import NotFound
from kaska.kit.given import NO_CONTROLS
from kaska.kit.http import DatabaseDep

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])

Reader = Annotated[CurrentUser, require(Permission.READ_KNOWLEDGE)]
Editor = Annotated[CurrentUser, require(Permission.EDIT_KNOWLEDGE)]
ArticleId = Annotated[str, Path(pattern=r"^a-[0-9a-f]{12}$")]


@router.get("/articles")
async def list_articles(user: Reader, database: DatabaseDep) -> list[ArticleSummary]:
    """All of them without their texts, archived ones too."""
    async with database.tenant(user.tenant) as connection:
        return await service.summaries(connection, user.tenant)


@router.post("/articles", status_code=201)
async def write_article(given: ArticleGiven, user: Editor, database: DatabaseDep) -> Article:
    async with database.tenant(user.tenant) as connection:
        return await service.article(connection, user, await service.write(connection, user, given))


@router.get("/articles/{id}")
async def read_article(id: ArticleId, user: Reader, database: DatabaseDep) -> Article:
    async with database.tenant(user.tenant) as connection:
        return await service.article(connection, user, id)


@router.put("/articles/{id}")
async def change_article(id: ArticleId, given: ArticleChange, user: Editor, database: DatabaseDep) -> Article:
    """What it was before stays among its versions."""
    async with database.tenant(user.tenant) as connection:
        await service.change(connection, user, id, given)
        return await service.article(connection, user, id)


@router.get("/articles/{id}/versions")
async def list_article_versions(id: ArticleId, user: Editor, database: DatabaseDep) -> list[ArticleVersion]:
    """Who changed what: the newest 100, each as it was after the change."""
    async with database.tenant(user.tenant) as connection:
        return await service.versions(connection, user.tenant, id)


@router.put("/articles/{id}/vote", status_code=204)
async def vote_for_article(id: ArticleId, given: VoteGiven, user: Reader, database: DatabaseDep) -> None:
    """It helped me, or it did not; the last word counts."""
    async with database.tenant(user.tenant) as connection:
        await service.vote(connection, user, id, given.useful)


@router.get("/search")
async def search_articles(
    user: Reader,
    database: DatabaseDep,
    text: Annotated[str, Query(max_length=200, pattern=NO_CONTROLS)],
    project: Annotated[str, Query(max_length=40, pattern=NO_CONTROLS)] = "",
) -> Hits:
    """Any form of the words will do; mistakes are forgiven."""
    async with database.tenant(user.tenant) as connection:
        return await service.search(connection, user.tenant, text, project)


@router.post("/misses", status_code=204)
async def tell_search_miss(given: MissGiven, user: Reader, database: DatabaseDep) -> None:
    """I looked for this and there is nothing: for those who write the articles."""
    async with database.tenant(user.tenant) as connection:
        await service.missed(connection, user, given.sought)


@router.get("/misses")
async def list_search_misses(user: Editor, database: DatabaseDep) -> list[Miss]:
    """What operators looked for in vain, the most wanted first."""
    async with database.tenant(user.tenant) as connection:
        return await service.misses(connection, user.tenant)


@router.delete("/misses", status_code=204)
async def settle_search_miss(
    user: Editor, database: DatabaseDep, sought: Annotated[str, Query(max_length=400, pattern=NO_CONTROLS)]
) -> None:
    """It is written now, or need not be."""
    async with database.tenant(user.tenant) as connection:
        if not await repository.settle_miss(connection, user.tenant, sought):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="knowledge.settle", object=sought)
