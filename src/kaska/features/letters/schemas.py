"""What the routes of letters take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from kaska.kit.given import Email, Given


class LetterGiven(Given):
    """``agent``: whose day it is, for "agent_day" to an address only. ``each``: to no typed address but to every agent
    who worked that day ("agent_day") or every supervisor and administrator, each at his address and in his language."""

    kind: Literal["agent_day", "manager_day", "month"]
    email: Email | Literal[""] = ""
    each: bool = False
    project: Annotated[str, Field(max_length=60, description='of a day\'s letter; "" = all')] = ""
    agent: Annotated[str, Field(max_length=60)] = ""
    minute: Annotated[int, Field(ge=0, le=1439, description="of the local day")] = 1200
    zone: Annotated[str, Field(max_length=100, description='"" = the company\'s report zone')] = ""
    language: Literal["ru", "en"] = "ru"
    enabled: bool = True


class LetterRow(LetterGiven):
    id: str
    agent_name: str
    project_name: str
    no_address: list[str] = Field(description="names of those whom it cannot reach, of a letter to each one")


class LetterList(BaseModel):
    letters: list[LetterRow]
    mail_server: bool = Field(description="false = no mail server is set: nothing can be sent")


class LetterSending(BaseModel):
    """``next_at`` is null when nothing is tried any more: delivered, or given up with ``problem``. ``email`` is "" when
    the person had none."""

    letter: str
    kind: str
    email: str
    person: str
    person_name: str
    about: date
    made_at: datetime
    next_at: datetime | None
    tries: int
    delivered_at: datetime | None
    problem: str
