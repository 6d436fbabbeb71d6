"""What the routes of topics take and give."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kaska.kit.given import Given, Title

Requirement = Literal["heard_from", "note", "next_step"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,59}$")]


class Topic(Given):
    id: Name
    parent: str = Field(default="", max_length=60, description='the topic above, "" at the top')
    title: Title
    project: str = Field(default="", max_length=40, description="in this project's tree only, \"\" in every project's")
    requires: list[Requirement] = Field(default_factory=list, max_length=3, description="must be said with it")
    archived: bool = Field(default=False, description="chosen no more; contacts that have it keep it")


class ContactResult(Given):
    id: Name
    title: Title
    asks_refusal: bool = Field(default=False, description="the reason of the refusal must be said with it")
    asks_next: bool = Field(default=False, description="the next step and its time must be said with it")
    archived: bool = False


class Choice(Given):
    id: Name
    title: Title
    archived: bool = False


class TopicLists(Given):
    """Everything in the order in which to show it."""

    topics: list[Topic] = Field(max_length=2000)
    results: list[ContactResult] = Field(max_length=200)
    sources: list[Choice] = Field(max_length=200, description="how people learn of us")
    refusals: list[Choice] = Field(max_length=200)


class TopicTree(TopicLists):
    revision: str = Field(max_length=64, description="of these lists; give back the one that was read")
