"""What the routes of queues take and give."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from kaska.kit.given import Given, Id, Seconds, Skills, Title


class QueueGiven(Given):
    """Durations in seconds; 0 switches that rule off."""

    name: Title
    project: Id
    requires: Skills = Field(default_factory=dict)
    ring_seconds: Annotated[float, Field(ge=3, le=120)] = 15.0
    reserve: Id | Annotated[str, Field(max_length=0)] = ""
    reserve_after: Seconds = 15.0
    announce_every: Seconds = 30.0
    offer_after: Seconds = 60.0
    max_wait: Seconds = 900.0
    wrap_up_seconds: Seconds = 30.0
    short_abandon_seconds: Annotated[float, Field(ge=0, le=30)] = 5.0


class QueueRow(BaseModel):
    id: str
    name: str
    project: str
    requires: dict[str, int]
    ring_seconds: float
    reserve: str
    reserve_after: float
    announce_every: float
    offer_after: float
    max_wait: float
    wrap_up_seconds: float
    short_abandon_seconds: float
