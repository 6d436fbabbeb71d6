"""What the routes of webhooks take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from kaska.features.webhooks.happenings import OFFERED, Event
from kaska.kit.given import NO_CONTROLS, Given, Id, Title


def _offered(event: Event) -> Event:
    if event not in OFFERED:
        raise ValueError("nobody listens for tests")
    return event


class HookGiven(Given):
    """``project``: "" = of all projects."""

    name: Title
    url: Annotated[str, StringConstraints(max_length=500, pattern=NO_CONTROLS)]
    events: Annotated[list[Annotated[Event, AfterValidator(_offered)]], Field(min_length=1, max_length=20)]
    project: Id | Annotated[str, Field(max_length=0)] = ""
    enabled: bool = True


class HookRow(HookGiven):
    """``failing_since``: nothing could be delivered since; ``switched_off_at``: by the product, because of that."""

    id: str
    since: datetime
    failing_since: datetime | None
    switched_off_at: datetime | None


class HookMade(HookRow):
    """``secret`` is shown once, when it is made; null when it stayed as it was."""

    secret: str | None = None


class HookDelivery(BaseModel):
    """``next_at`` is null when nothing is tried any more."""

    id: str
    webhook: str
    event: str
    contact: str
    body: dict[str, Any]
    made_at: datetime
    next_at: datetime | None
    tries: int
    delivered_at: datetime | None
    problem: str


class TestSent(BaseModel):
    delivery: str
