"""What the routes of supervision take."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, model_validator

from kaska.kit.given import Given, Id, Line, Skills

ContactId = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,120}$")]
AgentId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


class MonitorGiven(Given):
    """ "listen": nobody hears me; "whisper": only the agent does; "barge": everybody; "take_over": I talk instead."""

    mode: Literal["listen", "whisper", "barge", "take_over"] = "listen"


class MoveGiven(Given):
    """``queue``: another one, "" = the same; ``front``: before everybody who waits there."""

    queue: Id | Annotated[str, Field(max_length=0)] = ""
    front: bool = False

    @model_validator(mode="after")
    def says_something(self) -> MoveGiven:
        if not self.queue and not self.front:
            raise ValueError("queue or front")
        return self


class AgentStateGiven(Given):
    state: Literal["ready", "break", "offline"]
    reason: Line = ""


class AgentSkillsGiven(Given):
    """skill → level, 1 to 5; those that are absent are taken away."""

    skills: Skills


class ShiftRow(BaseModel):
    """``by`` "": the agent was in this state from ``at`` to ``until`` (null: still is); else a supervisor's order."""

    agent: str
    at: datetime
    until: datetime | None
    state: str
    reason: str
    contact: str
    by: str
