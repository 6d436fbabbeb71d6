"""What the routes of queues take and give."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from kaska.kit.given import Given, Id, PhoneNumber, Product, Revised, Seconds, Skills, Title

Nothing = Annotated[str, Field(max_length=0)]
PersonId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
People = Annotated[list[PersonId], Field(max_length=500)]
Prompt = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,20}/[A-Za-z0-9_-]{1,80}$")]
Ring = Annotated[float, Field(ge=3, le=120)]
Ordinary = Literal[
    "longest_idle",
    "round_robin",
    "even_count",
    "even_talk",
    "most_skilled",
    "best_performer",
    "sequential",
    "ring_all",
]
PolicyName = Ordinary | Literal["least_skilled", "last_agent", "secretary_first"]


class PolicyGiven(Given):
    """Whom of the suitable ready agents a contact is offered to; options that the policy does not name are idle.

    ``then`` is the policy for everybody else, of last_agent, secretary_first and least_skilled.
    """

    name: PolicyName = "longest_idle"
    seconds: Seconds = 20.0
    agents: People = Field(default_factory=list)
    skill: Id | Nothing = ""
    share: Annotated[float, Field(ge=0, le=1)] = 0.2
    product: Product | Nothing = ""
    limit: Annotated[int, Field(ge=0, le=100)] = 0
    then: Ordinary = "longest_idle"


class RelaxationGiven(Given):
    """From ``after`` seconds of waiting on this level suffices; 0 = the skill is not required any more."""

    after: Seconds
    skill: Id
    level: Annotated[int, Field(ge=0, le=5)] = 0


class StepGiven(Given):
    """One step of the way out, judged once, ``after`` seconds of waiting."""

    to: Literal["queue", "group", "partner", "mobile", "message"]
    after: Seconds = 0.0
    queue: Id | Nothing = ""
    agents: People = Field(default_factory=list)
    trunk: Id | Nothing = ""
    number: PhoneNumber | Nothing = ""
    ring_seconds: Ring = 25.0
    length: Annotated[int, Field(ge=0, le=10_000)] = 0
    wait: Seconds = 0.0
    calendar: Id | Nothing = ""
    closed: bool = False


class PromotionGiven(Given):
    prompts: Annotated[list[Prompt], Field(min_length=1, max_length=10)]
    calendar: Id | Nothing = ""


class QueueGiven(Revised):
    """Durations in seconds; 0 switches that rule off."""

    name: Title
    project: Id
    requires: Skills = Field(default_factory=dict)
    ring_seconds: Ring = 15.0
    reserve: Id | Nothing = ""
    reserve_after: Seconds = 15.0
    announce_every: Seconds = 30.0
    offer_after: Seconds = 60.0
    max_wait: Seconds = 900.0
    wrap_up_seconds: Seconds = 30.0
    short_abandon_seconds: Annotated[float, Field(ge=0, le=30)] = 5.0
    policy: PolicyGiven = Field(default_factory=PolicyGiven)
    prefers: Skills = Field(default_factory=dict)
    relax: Annotated[list[RelaxationGiven], Field(max_length=10)] = Field(default_factory=list)
    priority_seconds: Annotated[float, Field(ge=1, le=86_400)] = 300.0
    holding: bool = True
    instead: Literal["message", "callback"] = "message"
    size_limit: Annotated[int, Field(ge=0, le=10_000)] = 0
    full_queue: Id | Nothing = ""
    chain: Annotated[list[StepGiven], Field(max_length=20)] = Field(default_factory=list)
    promotions: Annotated[list[PromotionGiven], Field(max_length=20)] = Field(default_factory=list)
    callback_first: Literal["agent", "customer"] = "agent"
    callback_tries: Annotated[int, Field(ge=1, le=20)] = 1
    callback_retry_seconds: Annotated[float, Field(ge=10, le=86_400)] = 300.0
    hold_reminder: Annotated[float, Field(ge=0, le=3600)] = 60.0
    breaks: Literal["", "warn", "refuse"] = ""
    breaks_away: Annotated[int, Field(ge=0, le=10_000)] = 0
    breaks_waiting: Annotated[int, Field(ge=0, le=10_000)] = 0
    after_talk: Annotated[Id | Nothing, Field(description="scenario of questions for who stays on the line")] = ""
    screened: bool = False


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
    policy: PolicyGiven
    prefers: dict[str, int]
    relax: list[RelaxationGiven]
    priority_seconds: float
    holding: bool
    instead: str
    size_limit: int
    full_queue: str
    chain: list[StepGiven]
    promotions: list[PromotionGiven]
    callback_first: str
    callback_tries: int
    callback_retry_seconds: float
    hold_reminder: float
    breaks: str
    breaks_away: int
    breaks_waiting: int
    after_talk: str
    screened: bool
    revision: str = ""
