"""Queries of the knowledge base. Every connection is a ``Database.tenant`` one; the tenant is named all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, RowMapping, and_, case, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.knowledge.tables import article_versions, article_votes, article_words, articles, misses

END_OF_RANGE = "\U0010ffff"
"""sorts after everything that can follow in a word"""
MOST_ARTICLES = 5000
MOST_WORDS = 5000
MOST_MISSES = 200
NEWEST = 100
_SHOWN = [column for column in articles.c if column.name not in ("tenant", "text")]


async def listed(connection: AsyncConnection, tenant: str) -> Sequence[RowMapping]:
    """All articles without their texts, by folder and title."""
    query = select(*_SHOWN).where(articles.c.tenant == tenant).order_by(articles.c.folder, articles.c.title)
    return (await connection.execute(query.limit(MOST_ARTICLES))).mappings().all()


async def article(connection: AsyncConnection, tenant: str, id: str, *, lock: bool = False) -> RowMapping | None:
    query = select(articles).where(articles.c.tenant == tenant, articles.c.id == id)
    query = query.with_for_update() if lock else query
    return (await connection.execute(query)).mappings().one_or_none()


async def put(
    connection: AsyncConnection, tenant: str, id: str, values: Mapping[str, Any], by: str, at: datetime
) -> None:
    """``values``: what a person wrote, and the revision; the version is written down too."""
    statement = insert(articles).values(tenant=tenant, id=id, **values, changed_by=by, changed_at=at)
    changing = {name: statement.excluded[name] for name in (*values, "changed_by", "changed_at")}
    await connection.execute(statement.on_conflict_do_update(index_elements=["tenant", "id"], set_=changing))
    await connection.execute(insert(article_versions).values(tenant=tenant, article=id, **values, by=by, at=at))


async def index(connection: AsyncConnection, tenant: str, id: str, weights: Mapping[str, int]) -> None:
    """What the article is found by from now on; {} for one that is not to be found."""
    of = (article_words.c.tenant == tenant) & (article_words.c.article == id)
    await connection.execute(delete(article_words).where(of))
    if weights:
        rows = [{"tenant": tenant, "word": word, "article": id, "weight": weight} for word, weight in weights.items()]
        await connection.execute(insert(article_words), rows)


async def versions(connection: AsyncConnection, tenant: str, id: str) -> Sequence[RowMapping]:
    """The newest first."""
    table = article_versions
    query = select(table).where(table.c.tenant == tenant, table.c.article == id).order_by(table.c.revision.desc())
    return (await connection.execute(query.limit(NEWEST))).mappings().all()


async def matches(connection: AsyncConnection, tenant: str, word: str, project: str) -> dict[str, int]:
    """Article → weight of the best of its words that begins with ``word`` or is its beginning."""
    beginnings = [word[:length] for length in range(4, len(word))]
    alike = or_(
        and_(article_words.c.word >= word, article_words.c.word < word + END_OF_RANGE),
        article_words.c.word.in_(beginnings),
    )
    # the word itself is worth more than one that only begins like it
    worth = func.max(article_words.c.weight * case((article_words.c.word == word, 2), else_=1))
    query = select(article_words.c.article, worth).where(article_words.c.tenant == tenant, alike)
    if project:
        of = select(articles.c.id).where(articles.c.tenant == tenant, articles.c.project.in_(["", project]))
        query = query.where(article_words.c.article.in_(of))
    query = query.group_by(article_words.c.article)
    return {row[0]: row[1] for row in await connection.execute(query)}


async def words_beginning(connection: AsyncConnection, tenant: str, letter: str) -> list[str]:
    """Different words of all articles that begin with ``letter``."""
    query = (
        select(article_words.c.word)
        .distinct()
        .where(article_words.c.tenant == tenant)
        .where(article_words.c.word >= letter, article_words.c.word < letter + END_OF_RANGE)
        .limit(MOST_WORDS)
    )
    return list((await connection.execute(query)).scalars())


async def texts(connection: AsyncConnection, tenant: str, ids: Sequence[str]) -> dict[str, RowMapping]:
    query = select(articles).where(articles.c.tenant == tenant, articles.c.id.in_(list(ids)))
    return {row["id"]: row for row in (await connection.execute(query)).mappings()}


async def votes(connection: AsyncConnection, tenant: str) -> dict[str, tuple[int, int]]:
    """Article → (it helped, it did not)."""
    table = article_votes
    helped, not_helped = func.count().filter(table.c.useful), func.count().filter(~table.c.useful)
    query = select(table.c.article, helped, not_helped).where(table.c.tenant == tenant).group_by(table.c.article)
    return {row[0]: (row[1], row[2]) for row in await connection.execute(query)}


async def vote_of(connection: AsyncConnection, tenant: str, id: str, agent: str) -> bool | None:
    table = article_votes
    query = select(table.c.useful).where(table.c.tenant == tenant, table.c.article == id, table.c.agent == agent)
    found: bool | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def vote(connection: AsyncConnection, tenant: str, id: str, agent: str, useful: bool, at: datetime) -> None:
    statement = insert(article_votes).values(tenant=tenant, article=id, agent=agent, useful=useful, at=at)
    changing = {"useful": statement.excluded.useful, "at": statement.excluded.at}
    keys = ["tenant", "article", "agent"]
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changing))


async def missed(connection: AsyncConnection, tenant: str, sought: str, shown: str, by: str, at: datetime) -> None:
    values = {"tenant": tenant, "sought": sought, "shown": shown, "times": 1, "last_by": by, "last_at": at}
    statement = insert(misses).values(**values)
    changing: dict[str, Any] = {name: statement.excluded[name] for name in ("shown", "last_by", "last_at")}
    changing["times"] = misses.c.times + 1
    await connection.execute(statement.on_conflict_do_update(index_elements=["tenant", "sought"], set_=changing))


async def list_misses(connection: AsyncConnection, tenant: str) -> Sequence[Row[Any]]:
    """What was looked for most often first."""
    query = select(misses).where(misses.c.tenant == tenant).order_by(misses.c.times.desc(), misses.c.last_at.desc())
    return (await connection.execute(query.limit(MOST_MISSES))).all()


async def settle_miss(connection: AsyncConnection, tenant: str, sought: str) -> bool:
    statement = delete(misses).where(misses.c.tenant == tenant, misses.c.sought == sought)
    return bool((await connection.execute(statement)).rowcount)
