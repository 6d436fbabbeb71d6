"""Rules of keeping: pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from kaska.kit.given import Given, Id, Revised, Title

Days = Annotated[int, Field(ge=0, le=36_500)]


class KeepingRule(Given):
    """``projects`` [] and ``direction`` "" = any. ``days`` after the contact's end it is deleted; 0 = never."""

    name: Title
    projects: Annotated[list[Id], Field(max_length=100)] = Field(default_factory=list)
    direction: Literal["", "inbound", "outbound"] = ""
    days: Days = Field(description="after the end of the contact; 0 = never")


class RetentionFields(Given):
    """The first rule that fits counts; what none fits is kept."""

    rules: Annotated[list[KeepingRule], Field(max_length=100)] = Field(default_factory=list)


class RetentionGiven(RetentionFields, Revised):
    """``revision``: of what the editor began from."""


class RetentionRow(RetentionFields):
    revision: str


def deletes_after(rules: Sequence[KeepingRule]) -> int:
    """Days after which the earliest recording may go; 0 when none goes at all."""
    return min((rule.days for rule in rules if rule.days), default=0)
