"""Articles, who wrote what in them, the words they are found by, and what was looked for in vain."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY

from kaska.kit.database import tenant_table


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _moment(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False)


def _written() -> list[Column[Any]]:
    """What a person writes in an article."""
    return [
        Column("title", Text, nullable=False),
        Column("text", Text, nullable=False),
        _text("folder"),
        Column("tags", ARRAY(Text), nullable=False, server_default="{}"),
        _text("project"),
        Column("archived", Boolean, nullable=False, server_default="false"),
    ]


articles = tenant_table(
    "articles",
    Column("id", Text, nullable=False),
    *_written(),
    Column("revision", Integer, nullable=False),
    Column("changed_by", Text, nullable=False),
    _moment("changed_at"),
    primary_key=("id",),
)
"""``text`` is Markdown; ``folder``: "Доставка/Сроки"; ``project``: for that one only, "" for all."""

article_versions = tenant_table(
    "article_versions",
    Column("article", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    *_written(),
    Column("by", Text, nullable=False),
    _moment("at"),
    primary_key=("article", "revision"),
)
"""the article after every change that was ever made; never changed"""
article_versions.info["append_only"] = True

article_words = tenant_table(
    "article_words",
    Column("word", Text(collation="C"), nullable=False),
    Column("article", Text, nullable=False),
    Column("weight", Integer, nullable=False),
    primary_key=("word", "article"),
)
"""What articles are found by: words without their endings, see words. Collation "C": a beginning is a range."""

Index("ix_article_words_article", article_words.c.tenant, article_words.c.article)

article_votes = tenant_table(
    "article_votes",
    Column("article", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("useful", Boolean, nullable=False),
    _moment("at"),
    primary_key=("article", "agent"),
)

misses = tenant_table(
    "knowledge_misses",
    Column("sought", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("last_by", Text, nullable=False),
    _moment("last_at"),
    primary_key=("sought",),
)
"""What was looked for and not found. ``sought``: its words without endings; ``shown``: as it was typed last."""
