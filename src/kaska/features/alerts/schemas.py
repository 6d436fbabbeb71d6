"""What the routes of alerts take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kaska.kit.given import NO_CONTROLS, Email, Given, Id, Title

FigureName = Literal[
    "waiting_time",
    "waiting",
    "lost",
    "lost_share",
    "free_agents",
    "occupancy",
    "answer_delay",
    "talk_in",
    "talk_out",
    "connection_rate",
]
Minute = Annotated[int, Field(ge=0, le=1440)]
Value = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class RuleGiven(Given):
    """Critical when the figure is ``above`` (else below) ``limit`` for ``hold`` seconds in a row; over when it is back
    inside by ``margin`` for as long. ``window``: seconds, 60 to 3600.

    ``quiet``: parts of the day, in minutes, in which nothing is sent; [1320, 420] goes over midnight.
    """

    name: Title
    project: Id | Annotated[str, Field(max_length=0)] = ""
    figure: FigureName
    above: bool = True
    limit: Value
    margin: Value = 0.0
    window: Annotated[float, Field(ge=60, le=3600)] = 3600.0
    hold: Annotated[float, Field(ge=0, le=3600)] = 30.0
    quiet: Annotated[list[tuple[Minute, Minute]], Field(max_length=10)] = Field(default_factory=list)
    emails: Annotated[list[Email], Field(max_length=20)] = Field(default_factory=list)
    webhooks: Annotated[list[Id], Field(max_length=20)] = Field(default_factory=list)
    language: Literal["ru", "en"] = "ru"
    enabled: bool = True


class RuleRow(RuleGiven):
    id: str


class WebhookGiven(Given):
    url: Annotated[str, StringConstraints(max_length=500, pattern=NO_CONTROLS)]


class WebhookRow(BaseModel):
    id: str
    url: str


class WebhookMade(WebhookRow):
    """``secret`` is shown now and never again."""

    secret: str


class Situation(BaseModel):
    """``until`` is null while it lasts; ``taken_by``: who is on it; ``done``: what was done."""

    id: str
    rule: str
    name: str
    project: str
    figure: str
    above: bool
    limit: float
    worst: float
    since: datetime
    until: datetime | None
    taken_by: str
    taken_by_name: str = ""
    taken_at: datetime | None
    done: str
    done_by: str
    done_by_name: str = ""
    done_at: datetime | None


class SituationSums(BaseModel):
    """Of one rule, or of all. Durations in seconds; null = there is nothing to divide by."""

    rule: str = Field(description='"" = all')
    name: str = Field(description="the last one")
    figure: str
    situations: int
    lasting: int = Field(description="of them: not over yet")
    lasted_s: float
    mean_s: float | None
    longest_s: float | None
    taken: int = Field(description="of them: somebody took it up")
    taken_after_s: float | None = Field(description="mean, of those taken up")
    done: int = Field(description="of them: it is told what was done")


class HistoryQuery(BaseModel):
    """``first`` and ``last`` are local days of the company's report zone and belong to the period."""

    model_config = ConfigDict(extra="forbid")

    first: date
    last: date
    rule: Annotated[str, StringConstraints(max_length=100, pattern=NO_CONTROLS)] = ""
    project: Annotated[str, StringConstraints(max_length=100, pattern=NO_CONTROLS)] = ""


class HistoryFile(HistoryQuery):
    format: Literal["xlsx", "csv", "pdf"] = "xlsx"


class SituationHistory(BaseModel):
    """The situations that began in the period, the newest first, and their sums by rule."""

    first: date
    last: date
    zone: str
    rules: list[SituationSums]
    total: SituationSums
    situations: list[Situation]


class DoneGiven(Given):
    done: Words


class Delivery(BaseModel):
    """``next_at`` is null when nothing is tried any more."""

    id: str
    situation: str
    what: str
    channel: str
    target: str
    made_at: datetime
    next_at: datetime | None
    tries: int
    delivered_at: datetime | None
    problem: str
