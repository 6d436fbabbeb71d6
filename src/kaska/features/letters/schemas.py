"""What the routes of letters take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from kaska.kit.given import Given

Email = Annotated[str, StringConstraints(pattern=r"^[^\s@<>,;\x00-\x1f]{1,64}@[A-Za-z0-9.-]{1,190}$")]


class LetterGiven(Given):
    """``agent``: whose day it is, for "agent_day" only."""

    kind: Literal["agent_day", "manager_day", "month"]
    email: Email
    agent: Annotated[str, Field(max_length=60)] = ""
    minute: Annotated[int, Field(ge=0, le=1439, description="of the local day")] = 1200
    zone: Annotated[str, Field(max_length=100, description='"" = the company\'s report zone')] = ""
    language: Literal["ru", "en"] = "ru"
    enabled: bool = True


class LetterRow(LetterGiven):
    id: str
    agent_name: str


class LetterList(BaseModel):
    letters: list[LetterRow]
    mail_server: bool = Field(description="false = no mail server is set: nothing can be sent")


class LetterSending(BaseModel):
    """``next_at`` is null when nothing is tried any more: delivered, or given up with ``problem``."""

    letter: str
    kind: str
    email: str
    about: date
    made_at: datetime
    next_at: datetime | None
    tries: int
    delivered_at: datetime | None
    problem: str
