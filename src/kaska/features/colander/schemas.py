"""What the colander's routes take and give."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kaska.core.counting.holes import Hole, Place
from kaska.features.calls.public import ContactSummary, StoryText, plain
from kaska.kit.given import NO_CONTROLS, Given, Id, PhoneNumber

ShortText = Annotated[str, Field(max_length=100), AfterValidator(plain)]
Money = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside the calendar") from error


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class PeriodQuery(BaseModel):
    """[from, to) is the time of arrival."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    since: Moment = Field(alias="from")
    until: Moment = Field(alias="to")
    project: ShortText = Field(default="", description='"" = all')


class LeakedQuery(PeriodQuery):
    place: Place
    hole: Hole | None = Field(default=None, description="one hole of the place")
    cursor: str = Field(default="", max_length=400, description="next_cursor of the page before")
    limit: int = Field(default=50, ge=1, le=200)


class LeakSize(BaseModel):
    contacts: int
    recovered: int = Field(description="of them: served later all the same")
    owed: int = Field(description="of them: still waiting for us")
    money: float | None = Field(description="what those who were not recovered cost; null = nobody said")


class LeakHole(LeakSize):
    hole: Hole
    text: StoryText


class LeakPlace(LeakSize):
    place: Place
    text: StoryText
    told: bool = Field(description="false = the records do not show this place")
    holes: list[LeakHole]


class LeakAdvice(BaseModel):
    """What would close a hole."""

    rule: str
    place: Place
    text: StoryText
    saves: float = Field(description="contacts in the period; 0 = cannot be told")
    money: float | None


class ColanderPicture(BaseModel):
    """``arrived`` = reached + self_served + blocked + under_way + the contacts of all places."""

    arrived: int
    reached: int
    self_served: int
    blocked: int
    under_way: int
    currency: str
    whole: LeakSize
    places: list[LeakPlace] = Field(description="in the order of the way, those without a leak too")
    advice: list[LeakAdvice]


class Colander(ColanderPicture):
    timezone: str = Field(description="of the half-hours in the advice")


class Leaked(BaseModel):
    """One contact that ran out, and who owes the person."""

    contact: ContactSummary
    owner: str = Field(description='"agent:ID", "queue:ID", "project:ID"; "" = no debt')
    due_at: datetime | None
    closed_at: datetime | None
    how: str = Field(description='"called_back", "came_back", "written_off", "" while owed')


class LeakedPage(BaseModel):
    items: list[Leaked]
    next_cursor: str | None = Field(description="null on the last page")


class WorthGiven(Given):
    """What one lost contact costs: ``per_lost``, or ``conversion`` (0 to 1) × ``margin``."""

    project: Id | Annotated[str, StringConstraints(pattern="^$")] = ""
    number: PhoneNumber | Annotated[str, StringConstraints(pattern="^$")] = Field(
        default="", description='the public number of an advertisement; "" = any'
    )
    per_lost: Money | None = None
    conversion: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    margin: Money | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.per_lost is None and (self.conversion is None or self.margin is None):
            raise ValueError("per_lost, or conversion and margin")
        return self


class ColanderSettings(Given):
    currency: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8,
                                               pattern=NO_CONTROLS)] = "₽"  # fmt: skip
    worths: Annotated[list[WorthGiven], Field(max_length=500)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len({(one.project, one.number) for one in self.worths}) < len(self.worths):
            raise ValueError("the same project and number twice")
        return self
