"""The rules of outgoing calls as people edit them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from pydantic import BaseModel, Field, StringConstraints, model_validator

from kaska.core.outgoing.rules import ASKED_BY_PEOPLE, CALLED_BY_US
from kaska.kit.given import Given, Id, Revised

Direction = Literal["internal", "local", "long_distance", "mobile", "international", "paid", "emergency"]
Directions = Annotated[list[Direction], Field(max_length=7)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,7}$")]
Price = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Minute = Annotated[int, Field(ge=0, le=1439)]


AT_NIGHT = ("internal", "local", "mobile", "emergency")


def _directions(those: tuple[str, ...]) -> list[Direction]:
    return cast(list[Direction], list(those))


class CapsGiven(Given):
    """0 = no cap."""

    calls: Annotated[int, Field(ge=0, le=10_000, description="at once")] = 0
    minutes: Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False, description="of a day")] = 0.0
    money: Annotated[float, Field(ge=0, le=100_000_000, allow_inf_nan=False, description="of a day")] = 0.0


class LineGiven(Given):
    trunk: Id
    directions: Directions = Field(default_factory=list, description="[] = all")
    capacity: Annotated[int, Field(ge=0, le=10_000, description="calls at once; 0 = not known")] = 0
    kept: Annotated[int, Field(ge=0, le=10_000, description="of those, for whoever calls us")] = 0

    @model_validator(mode="after")
    def _keeps_what_there_is(self) -> LineGiven:
        if self.kept and not self.capacity:
            raise ValueError("to keep lines free, say how many there are")
        if self.kept > self.capacity:
            raise ValueError("more lines are kept than there are")
        return self


class ExceptionGiven(Given):
    """Somebody for whom something else holds. The nearest counts: the person, then the team, then the role."""

    kind: Literal["agent", "skill", "role", "project"] = Field(description='"skill": the team of those who have it')
    id: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    allowed: Directions | None = Field(default=None, description="null = as everybody")
    caps: CapsGiven | None = Field(default=None, description="null = as everybody; only of agents and projects")


class OutgoingFields(Given):
    allowed: Directions = Field(
        default_factory=lambda: _directions(ASKED_BY_PEOPLE), description="what agents may call"
    )
    automatic: Directions = Field(
        default_factory=lambda: _directions(CALLED_BY_US), description="callbacks, steps of scenarios and queues"
    )
    local_codes: Annotated[list[Code], Field(max_length=100)] = Field(default_factory=list)
    emergency: Annotated[list[Code], Field(max_length=20)] = Field(
        default_factory=list, description="beside 112, 101–104, 01–04"
    )
    prices: dict[Direction, Price] = Field(default_factory=dict, description="money per minute")
    each_agent: CapsGiven = Field(default_factory=CapsGiven)
    each_project: CapsGiven = Field(default_factory=CapsGiven)
    company: CapsGiven = Field(default_factory=CapsGiven)
    night_from: Minute = 0
    night_to: Minute = Field(default=0, description="minutes since midnight; the same as night_from = no night")
    night: Directions = Field(default_factory=lambda: _directions(AT_NIGHT))
    lines: Annotated[list[LineGiven], Field(max_length=50)] = Field(default_factory=list, description="in their order")
    exceptions: Annotated[list[ExceptionGiven], Field(max_length=500)] = Field(default_factory=list)


class OutgoingGiven(OutgoingFields, Revised):
    """All durations in minutes."""


class OutgoingRow(OutgoingFields):
    revision: str


class UsageRow(BaseModel):
    """What is used today; ``id`` of an agent or a project, "" for the company."""

    kind: Literal["agent", "project", "company"]
    id: str
    calls: int = Field(description="now")
    minutes: float
    money: float
    caps: CapsGiven


class StopRow(BaseModel):
    """A call that the rules did not let through, or ended."""

    at: datetime
    contact: str
    agent: str
    number: str
    direction: str
    project: str
    reason: str
