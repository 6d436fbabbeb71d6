"""What the routes of the knowledge base take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from kaska.kit.given import NO_CONTROLS, Given, Title

Text = Annotated[str, StringConstraints(max_length=100_000, pattern=r"^[^\x00]*$")]
Folder = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=NO_CONTROLS)]
Sought = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_CONTROLS)]


class ArticleGiven(Given):
    title: Title
    text: Text = Field(description="Markdown")
    folder: Folder = Field(default="", description="levels are parted by /")
    tags: list[Title] = Field(default_factory=list, max_length=30)
    project: str = Field(default="", max_length=40, description='for that project only, "" for all')
    archived: bool = False


class ArticleChange(ArticleGiven):
    revision: int = Field(ge=1, le=2**31 - 1, description="the one that was read")


class ArticleSummary(Given):
    id: str
    title: str
    folder: str
    tags: list[str]
    project: str
    archived: bool
    changed_at: datetime
    changed_by_name: str
    useful: int = Field(description="votes that it helped")
    useless: int


class Article(ArticleSummary):
    text: str
    revision: int
    my_vote: bool | None = Field(description="it helped me, it did not; null: I have not said")


class ArticleVersion(Given):
    revision: int
    at: datetime
    by_name: str
    title: str
    text: str
    folder: str
    tags: list[str]
    archived: bool


class Hit(Given):
    id: str
    title: str
    folder: str
    excerpt: str


class Hits(Given):
    items: list[Hit] = Field(description="best first")
    corrected: bool = Field(description="nothing was written like that: these are written nearly so")
    partial: bool = Field(description="no article has all words: these have most of them")


class VoteGiven(Given):
    useful: bool


class MissGiven(Given):
    sought: Sought


class Miss(Given):
    """What operators looked for in vain."""

    sought: str = Field(description="its name for settling it")
    shown: str
    times: int
    last_at: datetime
    last_by_name: str
