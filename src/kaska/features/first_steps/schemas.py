"""What the routes of the first steps take and give."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, Field, model_validator

from kaska.kit.given import Given, PhoneNumber, Title


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("unknown time zone")
    return name


class CompanyGiven(Given):
    """``days``: 0 = Monday; ``opens`` and ``closes`` in minutes since midnight."""

    name: Title
    timezone: Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
    language: Literal["ru", "en"] = "ru"
    days: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)]
    opens: Annotated[int, Field(ge=0, le=1439)]
    closes: Annotated[int, Field(ge=1, le=1440)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("closes before it opens")
        return self


class LineGiven(Given):
    """``number``: a public number that a trunk delivers, "" for none yet."""

    number: PhoneNumber | Annotated[str, Field(max_length=0)] = ""


class FirstSteps(BaseModel):
    """``company``: hours and scenario are there; ``workplaces``: so many may answer; ``test_line``: the page can call;
    ``numbers``: public ones; ``answered``: somebody has talked with a caller."""

    name: str
    company: bool
    workplaces: int
    test_line: bool
    numbers: list[str]
    trunks: int
    published: bool
    answered: bool
