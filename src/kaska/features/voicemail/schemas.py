"""What the routes of messages by mail take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from kaska.kit.given import NO_CONTROLS, Email, Given

Owner = Annotated[str, StringConstraints(pattern=r"^(agent|queue|project):[^\s\x00-\x1f]{1,60}$")]


class MessageRuleGiven(Given):
    """``owner``: who owes the answer; "project:ID" = all messages of the project."""

    owner: Owner
    emails: Annotated[list[Email], Field(min_length=1, max_length=20)]
    language: Literal["ru", "en"] = "ru"
    page: Annotated[str, StringConstraints(max_length=300, pattern=NO_CONTROLS)] = ""
    """where the product is opened, for the link; "" = no link"""
    enabled: bool = True


class MessageRuleRow(MessageRuleGiven):
    id: str
    owner_name: str


class MessageRuleList(BaseModel):
    rules: list[MessageRuleRow]
    mail_server: bool = Field(description="false = no mail server is set: nothing can be sent")


class MessageSending(BaseModel):
    """``next_at`` is null when nothing is tried any more: delivered, or given up with ``problem``, which is "erased" or
    "removed" when it was not to be sent any more."""

    contact: str
    email: str
    owner: str
    owner_name: str
    made_at: datetime
    next_at: datetime | None
    tries: int
    delivered_at: datetime | None
    problem: str
