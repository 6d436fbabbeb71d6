"""What the routes of saved filters take and give."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, ValidationError, field_validator

from kaska.features.calls.public import ContactChoice
from kaska.kit.given import NO_CONTROLS, Given, Title

Words = Annotated[str, StringConstraints(max_length=200, pattern=NO_CONTROLS)]
More = str | int | float | bool | list[str]


class JournalFilter(Given):
    """What the journal's address carries. ``period`` moves with the day it is opened on; ``more`` are further names and
    values of GET /api/contacts, ``why`` is what those are called on the screen.
    """

    period: Literal["", "today", "yesterday", "week", "month"] = ""
    direction: Literal["", "inbound", "outbound", "trial"] = ""
    outcome: Words = ""
    agent: Words = ""
    queue: Words = ""
    topic: Words = ""
    text: Words = ""
    more: dict[str, More] = Field(default_factory=dict, max_length=60)
    why: Words = ""

    @field_validator("more")
    @classmethod
    def _known(cls, more: dict[str, Any]) -> dict[str, Any]:
        """What the journal would refuse is not kept."""
        try:
            ContactChoice.model_validate(more)
        except ValidationError as error:
            raise ValueError("not a filter of the journal") from error
        return more


class FilterGiven(Given):
    name: Title
    shared: bool = False
    filter: JournalFilter


class FilterChanged(Given):
    """What is null stays."""

    name: Title | None = None
    shared: bool | None = None
    filter: JournalFilter | None = None


class SavedFilter(BaseModel):
    id: str
    name: str
    shared: bool
    mine: bool
    owner_name: str
    may_change: bool
    filter: JournalFilter

    @classmethod
    def of(cls, row: Any, *, user: str, shares: bool, names: dict[str, str]) -> Self:
        mine = row["owner"] == user
        return cls(
            id=row["id"],
            name=row["name"],
            shared=row["shared"],
            mine=mine,
            owner_name=names.get(row["owner"], row["owner"]),
            may_change=shares or (mine and not row["shared"]),
            filter=JournalFilter.model_validate(row["document"]),
        )
