"""The rules of each project's debt book, as edited; in force once they are published."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from pydantic import AfterValidator, BaseModel, Field, model_validator
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.contacts.outcomes import EndCause
from kaska.core.debts.rules import DebtRules
from kaska.features.debts.tables import debt_rules
from kaska.kit.given import Given, Id
from kaska.kit.tenant_rows import TenantRows
from kaska.ledger.codec import to_plain
from kaska.ledger.notation import from_document

MINUTES_IN_DAY = 1440
WORKDAYS, DAYS_OFF = (480, 1320), (540, 1200)
"""8 to 22 and 9 to 20: what Russian law lets those do who call for money owed; a good habit for everybody"""
Minutes = Annotated[int, Field(ge=1, le=100_000)]


async def read_debt_rules(connection: AsyncConnection, tenant: str) -> dict[str, DebtRules]:
    """project → its rules; projects without rules of their own are missing."""
    rows = await TenantRows(connection, tenant, debt_rules).all()
    return {row["project"]: cast(DebtRules, from_document(row["document"], DebtRules)) for row in rows}


async def put_debt_rules(connection: AsyncConnection, tenant: str, project: str, rules: DebtRules) -> None:
    await TenantRows(connection, tenant, debt_rules).put(project=project, document=to_plain(rules, DebtRules))


def _within_a_day(interval: tuple[int, int]) -> tuple[int, int]:
    start, end = interval
    if not 0 <= start < end <= MINUTES_IN_DAY:
        raise ValueError("from and to must be within the day, the first before the second")
    return interval


Hours = Annotated[tuple[int, int], AfterValidator(_within_a_day)]


class DeadlineGiven(Given):
    minutes: Minutes
    causes: Annotated[list[EndCause], Field(max_length=30)] = Field(default_factory=list, description="[] = any")
    priority: Annotated[int, Field(ge=-1000, le=1000)] | None = Field(default=None, description="this or more")


class DebtRulesGiven(Given):
    """Durations are minutes. Hours are [from, to) in minutes since midnight of the project's time zone.

    ``workday_hours``, ``day_off_hours``: when people may be called; null = never on such days. With ``any_hour`` they
    do not matter.
    """

    deadlines: Annotated[list[DeadlineGiven], Field(max_length=50)] = Field(
        default_factory=list, description="the first that fits counts; else the project's debt_minutes"
    )
    tries: Annotated[int, Field(ge=0, le=100)] = Field(default=0, description="then unreachable; 0 = never")
    spacing_minutes: Annotated[float, Field(ge=0, le=10_080, allow_inf_nan=False)] = 30.0
    assign: Literal["queue", "last_agent", "round_robin"] = "queue"
    escalates: bool = False
    escalate_minutes: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)] = 0.0
    automatic: bool = False
    automatic_queue: Id | Annotated[str, Field(max_length=0)] = Field(
        default="", description="calls those who reached no queue"
    )
    automatic_minutes: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] = 1.0
    any_hour: bool = False
    workday_hours: Hours | None = WORKDAYS
    day_off_hours: Hours | None = DAYS_OFF
    lease_minutes: Annotated[float, Field(ge=1, le=480, allow_inf_nan=False)] = 10.0

    @model_validator(mode="after")
    def _automatic_has_an_end(self) -> DebtRulesGiven:
        if self.automatic and not self.tries:
            raise ValueError("automatic calls need a number of tries after which they stop")
        return self

    def rules(self) -> DebtRules:
        workday = (self.workday_hours,) if self.workday_hours is not None else ()
        day_off = (self.day_off_hours,) if self.day_off_hours is not None else ()
        week = tuple(workday if day < 5 else day_off for day in range(7))
        plain = self.model_dump(exclude={"any_hour", "workday_hours", "day_off_hours"}, mode="json")
        hours = {"hours": () if self.any_hour else week, "holiday_hours": () if self.any_hour else day_off}
        return cast(DebtRules, from_document({**plain, **hours}, DebtRules, strict=True))


class DebtRulesRow(BaseModel):
    """``own`` False: nobody has set rules for this project, these are the ones that hold then."""

    project: str
    project_name: str
    debt_minutes: int
    own: bool
    rules: DebtRulesGiven


def given_of(rules: DebtRules) -> DebtRulesGiven:
    """What the API would have been given for these rules."""
    document = to_plain(rules, DebtRules)
    week = document.pop("hours")
    document.pop("holiday_hours")
    hours = {"workday_hours": _first(week[0]), "day_off_hours": _first(week[5])} if week else {"any_hour": True}
    return DebtRulesGiven.model_validate(document | hours)


def _first(day: list[list[int]]) -> list[int] | None:
    return day[0] if day else None
