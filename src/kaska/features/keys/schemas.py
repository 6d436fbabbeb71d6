"""What the routes of keys take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from kaska.features.identity.public import Permission
from kaska.kit.given import Given, Id, Title

Kind = Literal["program", "screen"]


class KeyGiven(Given):
    """``days``: how long it lasts, null = until it is revoked. ``permissions`` of a screen are given by the product."""

    id: Id
    name: Title
    kind: Kind = "program"
    permissions: Annotated[list[Permission], Field(max_length=100)] = Field(default_factory=list)
    per_minute: Annotated[int, Field(ge=1, le=6000)] = 120
    days: Annotated[int, Field(ge=1, le=3660)] | None = None


class KeyRow(BaseModel):
    """``last_used_at`` is right to a minute."""

    id: str
    name: str
    kind: Kind
    permissions: list[Permission]
    per_minute: int
    made_by: str
    made_by_name: str = ""
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class KeyMade(KeyRow):
    """``secret`` is shown now and never again."""

    secret: str


class ScreenLink(Given):
    secret: Annotated[str, StringConstraints(min_length=1, max_length=100)]
