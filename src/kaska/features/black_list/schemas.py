"""Entries of the black list as people see and make them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from kaska.kit.given import NO_CONTROLS, Given, Title

Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)]
PromptName = Annotated[str, StringConstraints(max_length=100, pattern=NO_CONTROLS)]


class BlockGiven(Given):
    number: Written = Field(description="in any spelling")
    beginning: bool = Field(default=False, description="all numbers that begin so")
    reason: Title
    until: AwareDatetime | None = Field(default=None, description="null = for ever")
    prompt: PromptName = Field(default="", description='what they hear; "" = the usual message')


class BlockRow(BaseModel):
    number: str = Field(description='"+79000000001"; with "*" at its end a beginning; also its identifier')
    reason: str
    by: str
    by_name: str
    since: datetime
    until: datetime | None
    holds: bool = Field(description="false: its time is over")
    prompt: str
    calls: int = Field(description="turned away so far")
    last_at: datetime | None
