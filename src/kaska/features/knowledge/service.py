"""What can be done with the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.customers.public import mistakes
from kaska.features.identity.public import CurrentUser, active_names, audit
from kaska.features.knowledge import repository
from kaska.features.knowledge.errors import ArticleChangedMeanwhile
from kaska.features.knowledge.schemas import (
    Article,
    ArticleChange,
    ArticleGiven,
    ArticleSummary,
    ArticleVersion,
    Hit,
    Hits,
    Miss,
)
from kaska.features.knowledge.words import asked, excerpt, ranked, weights
from kaska.kit.errors import NotFound

MOST_HITS = 20
SHORTEST_CORRECTED = 4
LONG_WORD = 8
"""from so many letters on, two mistakes are forgiven"""
LIKELY = 5
"""corrected words tried for one that was written wrong"""
TELLING_DIGITS = 5
"""a question with so many digits may hold somebody's number: it is not written down"""


async def summaries(connection: AsyncConnection, tenant: str) -> list[ArticleSummary]:
    names, votes = await active_names(connection, tenant), await repository.votes(connection, tenant)
    return [_summary(row, names, votes) for row in await repository.listed(connection, tenant)]


def _summary(row: RowMapping, names: Mapping[str, str], votes: Mapping[str, tuple[int, int]]) -> ArticleSummary:
    useful, useless = votes.get(row["id"], (0, 0))
    shown = ("id", "title", "folder", "tags", "project", "archived", "changed_at")
    return ArticleSummary(
        **{name: row[name] for name in shown},
        changed_by_name=names.get(row["changed_by"], row["changed_by"]),
        useful=useful,
        useless=useless,
    )


async def article(connection: AsyncConnection, user: CurrentUser, id: str) -> Article:
    """:raises NotFound:"""
    row = await repository.article(connection, user.tenant, id)
    if row is None:
        raise NotFound
    names, votes = await active_names(connection, user.tenant), await repository.votes(connection, user.tenant)
    return Article(
        **_summary(row, names, votes).model_dump(),
        text=row["text"],
        revision=row["revision"],
        my_vote=await repository.vote_of(connection, user.tenant, id, user.id),
    )


async def write(connection: AsyncConnection, user: CurrentUser, given: ArticleGiven) -> str:
    """A new article; its identifier."""
    id = f"a-{uuid4().hex[:12]}"
    await _put(connection, user, id, given.model_dump(), 1)
    return id


async def change(connection: AsyncConnection, user: CurrentUser, id: str, given: ArticleChange) -> None:
    """:raises NotFound, ArticleChangedMeanwhile:"""
    row = await repository.article(connection, user.tenant, id, lock=True)
    if row is None:
        raise NotFound
    if row["revision"] != given.revision:
        raise ArticleChangedMeanwhile
    await _put(connection, user, id, given.model_dump(exclude={"revision"}), given.revision + 1)


async def _put(connection: AsyncConnection, user: CurrentUser, id: str, written: dict[str, Any], revision: int) -> None:
    values = {**written, "revision": revision}
    await repository.put(connection, user.tenant, id, values, user.id, datetime.now(UTC))
    found_by = weights(written["title"], written["tags"], written["folder"], written["text"])
    await repository.index(connection, user.tenant, id, {} if written["archived"] else found_by)
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action="knowledge.put", object=id,
        details={"revision": revision}, called=written["title"],
    )  # fmt: skip


async def versions(connection: AsyncConnection, tenant: str, id: str) -> list[ArticleVersion]:
    names = await active_names(connection, tenant)
    shown = ("revision", "at", "title", "text", "folder", "tags", "archived")
    return [
        ArticleVersion(**{name: row[name] for name in shown}, by_name=names.get(row["by"], row["by"]))
        for row in await repository.versions(connection, tenant, id)
    ]


async def search(connection: AsyncConnection, tenant: str, text: str, project: str) -> Hits:
    """The articles that answer best. A word that no article has is taken for what it nearly is."""
    wanted = asked(text)
    found = [await repository.matches(connection, tenant, word, project) for word in wanted]
    corrected: list[str] = []
    for place, word in enumerate(wanted):
        if found[place] or len(word) < SHORTEST_CORRECTED:
            continue
        for likely in await _likely(connection, tenant, word):
            for id, weight in (await repository.matches(connection, tenant, likely, project)).items():
                found[place][id] = max(weight, found[place].get(id, 0))
            corrected.append(likely)
    liked = {id: useful - useless for id, (useful, useless) in (await repository.votes(connection, tenant)).items()}
    best = ranked(found, liked)[:MOST_HITS]
    rows = await repository.texts(connection, tenant, [one.article for one in best])
    items = [
        Hit(id=row["id"], title=row["title"], folder=row["folder"], excerpt=excerpt(row["text"], [*wanted, *corrected]))
        for row in (rows[one.article] for one in best if one.article in rows)
    ]
    return Hits(items=items, corrected=bool(corrected), partial=bool(best) and best[0].words < len(found))


async def _likely(connection: AsyncConnection, tenant: str, word: str) -> list[str]:
    allowed = 2 if len(word) >= LONG_WORD else 1
    known = await repository.words_beginning(connection, tenant, word[0])
    near = [(mistakes(word, one), one) for one in known if abs(len(one) - len(word)) <= allowed]
    return [one for wrong, one in sorted(near) if wrong <= allowed][:LIKELY]


async def vote(connection: AsyncConnection, user: CurrentUser, id: str, useful: bool) -> None:
    """:raises NotFound:"""
    if await repository.article(connection, user.tenant, id) is None:
        raise NotFound
    await repository.vote(connection, user.tenant, id, user.id, useful, datetime.now(UTC))


async def missed(connection: AsyncConnection, user: CurrentUser, sought: str) -> None:
    """Write down that nothing was found, if that is still so."""
    words = asked(sought)
    digits = sum(letter.isdigit() for letter in sought)
    if not words or digits >= TELLING_DIGITS or (await search(connection, user.tenant, sought, "")).items:
        return
    await repository.missed(connection, user.tenant, " ".join(sorted(words)), sought, user.id, datetime.now(UTC))


async def misses(connection: AsyncConnection, tenant: str) -> list[Miss]:
    names = await active_names(connection, tenant)
    return [
        Miss(
            sought=row.sought,
            shown=row.shown,
            times=row.times,
            last_at=row.last_at,
            last_by_name=names.get(row.last_by, row.last_by),
        )
        for row in await repository.list_misses(connection, tenant)
    ]
