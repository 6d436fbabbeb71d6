"""What the routes of calls among ourselves give."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class Opening(BaseModel):
    """A door was opened. ``at`` in seconds since the epoch."""

    at: float
    agent: str
    way: Literal["screen", "phone"]


class InsideTalkRow(BaseModel):
    """``by`` and ``to`` are agents; "" is somebody at another site, by the line ``trunk``."""

    talk: str
    by: str
    caller: str
    to: str
    number: str
    trunk: str
    others: list[str] = Field(
        description="who were asked in later: agents, or short numbers of another site; of a page: who were rung"
    )
    page: str = Field(description='the queue whose group was spoken to; "" = it was a talk')
    door: str = Field(description='the name of the door where somebody rang; "" = it was at none')
    opened: list[Opening]
    started_at: datetime
    connected_at: datetime | None
    ended_at: datetime | None
    result: str = Field(description='"talked", "no_answer", "busy", "unreachable", "gave_up"; "" while it goes on')
    seconds: float
