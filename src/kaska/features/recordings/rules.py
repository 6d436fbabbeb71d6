"""Rules of recording as people edit them; in force once they are published."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.recording.rules import RecordingRule, RecordingRules
from kaska.features.recordings.tables import RULES, recording_rules
from kaska.kit.given import Given, Id, Line, Revised

Share = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class RuleGiven(Given):
    """[] and "" = any. The first rule that fits counts."""

    id: Id
    name: Line = Field(default="", description='as people call it; "" = by its id')
    projects: Annotated[list[Id], Field(max_length=100)] = Field(default_factory=list)
    queues: Annotated[list[Id], Field(max_length=100)] = Field(default_factory=list)
    direction: Literal["", "inbound", "outbound"] = ""
    share: Share = Field(default=100.0, description="so many of a hundred are recorded")
    notice: bool = Field(default=False, description="both hear that they are recorded, when the talk begins")


class RecordingFields(Given):
    rules: Annotated[list[RuleGiven], Field(max_length=100)] = Field(default_factory=list)
    pause_minutes: Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)] = Field(
        default=5.0, description="a pause that somebody forgot ends by itself; 0 = never"
    )


class RecordingGiven(RecordingFields, Revised):
    """``revision``: of what the editor began from."""


class RecordingRow(RecordingFields):
    revision: str


async def read_recording(connection: AsyncConnection) -> RecordingRules:
    """As edited."""
    table = recording_rules
    found = await connection.execute(select(table.c.document).where(table.c.id == RULES))
    document = found.scalar_one_or_none()
    if document is None:
        return RecordingRules()
    given = RecordingFields.model_validate(document)
    rules = tuple(
        RecordingRule(one.id, tuple(one.projects), tuple(one.queues), one.direction, one.share, one.notice)
        for one in given.rules
    )
    return RecordingRules(rules, given.pause_minutes * 60.0)
