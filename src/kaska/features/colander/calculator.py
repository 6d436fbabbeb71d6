"""The in-house or outsourced calculator: assumptions in, both months' costs out. Keeps nothing."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field, create_model

from kaska.core.counting.outsourcing import Assumptions, compare, load_of
from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.kit.errors import Invalid
from kaska.kit.given import Given

router = APIRouter(prefix="/api/calculator", tags=["calculator"])

MOST_WORK = 2000.0
"""erlangs; the largest centres are far below"""
BOUNDS: dict[str, tuple[float, float]] = {
    "contacts": (1, 1_000_000), "handling_s": (1, 3600), "talk_s": (0, 3600), "patience_s": (1, 3600),
    "target_s": (0, 3600), "service_level": (0.01, 0.99), "open_hours": (5, 168), "busy_hours": (0.05, 1),
    "busy_contacts": (0, 1), "contributions": (0, 2), "paid_hours": (40, 250), "absence": (0, 0.6),
    "shrinkage": (0, 0.6), "agents_per_supervisor": (1, 100), "turnover": (0, 3), "coordination": (0, 10),
    "lost_inhouse": (0, 1), "lost_outsourced": (0, 1),
}  # fmt: skip
MONEY = (0.0, 1e9)

_FIELDS: dict[str, Any] = {}
for _field in fields(Assumptions):
    _low, _high = BOUNDS.get(_field.name, MONEY)
    _FIELDS[_field.name] = (Annotated[float, Field(ge=_low, le=_high, allow_inf_nan=False)], _field.default)
CalculatorAssumptions = create_model("CalculatorAssumptions", __base__=Given, **_FIELDS)
"""The fields of ``Assumptions`` with their bounds; what is left out has its usual value."""


class CostPart(BaseModel):
    name: str
    money: float


class CalculatorAnswer(BaseModel):
    assumptions: dict[str, float] = Field(description="all of them, those that were not given too")
    busy_agents: int
    quiet_agents: int
    people: float = Field(description="on the payroll")
    inhouse: list[CostPart] = Field(description="money a month")
    outsourced: list[CostPart]
    break_even: float | None = Field(description="contacts a month above which in-house is cheaper; null = never")


@router.post("")
async def compare_inhouse_and_outsourced(
    given: CalculatorAssumptions,  # type: ignore[valid-type]  # made of the dataclass, so that both stay the same
    user: Annotated[CurrentUser, require(Permission.READ_COLANDER)],
) -> CalculatorAnswer:
    """What a month of answering costs either way. Nothing given: the usual assumptions."""
    assumed = Assumptions(**given.model_dump())  # type: ignore[attr-defined]  # a pydantic model
    if load_of(assumed) > MOST_WORK:
        raise Invalid(fields={"contacts": "", "open_hours": ""})
    found = compare(assumed)
    return CalculatorAnswer(
        assumptions=asdict(assumed), busy_agents=found.busy_agents, quiet_agents=found.quiet_agents,
        people=found.people, break_even=found.break_even,
        inhouse=[CostPart(name=name, money=money) for name, money in found.inhouse.parts.items()],
        outsourced=[CostPart(name=name, money=money) for name, money in found.outsourced.parts.items()],
    )  # fmt: skip
