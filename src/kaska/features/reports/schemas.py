"""What the reports' routes take and give."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from kaska.features.reports.cubes import TARGETS
from kaska.kit.given import Given

Word = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Opened = dict[str, str | int | float | bool | list[str]]
"""names and values of GET /api/contacts"""


class Pair(BaseModel):
    ru: str
    en: str


class ReportQuery(BaseModel):
    """``first`` and ``last`` are local days of ``zone`` and belong to the period."""

    model_config = ConfigDict(extra="forbid")

    first: date
    last: date
    zone: str = Field(default="", max_length=100, description='"" = the company\'s report zone')
    by: str = Field(default="", max_length=20, description='what rows are; "" = the usual')
    project: Word = ""
    queue: Word = ""
    number: Word = ""
    agent: Word = ""
    target: int = Field(default=20, description=f"seconds, one of {', '.join(map(str, TARGETS))}")
    compare: bool = Field(default=False, description="with as many days before")


class ReportFile(ReportQuery):
    format: Literal["xlsx", "csv", "pdf"] = "xlsx"


class ReportColumn(BaseModel):
    id: str
    title: Pair
    kind: Literal["count", "share", "seconds", "money"]
    note: Pair
    group: Pair = Field(description="the heading that it shares with its neighbours")
    good: Literal["", "more", "less"]
    opens: Opened | None = Field(description="what its figures narrow the journal to, null = they open nothing")


class ReportFigure(BaseModel):
    value: float | None = Field(description="null = nothing to divide by")
    before: float | None = Field(default=None, description="of the period before")
    opens: Opened | None = Field(default=None, description="instead of the column's")


class ReportRow(BaseModel):
    key: list[str]
    label: Pair
    figures: list[ReportFigure]
    opens: Opened | None = Field(description="null = figures of this row open nothing")


class ReportAbout(BaseModel):
    id: str
    title: Pair
    about: Pair
    by: list[str]
    narrows: list[str] = Field(description="among project, queue, number, agent")
    targets: bool


class ReportTable(BaseModel):
    """A figure opens the journal with ``opens`` of the table, its row, its column and itself put together."""

    report: ReportAbout
    by: str
    first: date
    last: date
    zone: str
    target: int
    opens: Opened
    columns: list[ReportColumn]
    rows: list[ReportRow]
    total: ReportRow
    behind: int = Field(description="facts of the ledger that are not counted yet")


OwnSpan = Literal["day", "week", "month"]


class OwnFigure(BaseModel):
    id: str
    title: Pair
    kind: Literal["count", "share", "seconds", "money"]
    note: Pair
    good: Literal["", "more", "less"]
    mine: float | None = Field(description="null = nothing to count")
    peers: float | None = Field(description="the median of the others; null when fewer than two have it")


class OwnFigures(BaseModel):
    first: date
    last: date
    today: date = Field(description="in ``zone``, so that nobody asks for days to come")
    zone: str
    figures: list[OwnFigure]
    peers: int = Field(description="how many others were there")


class ReportChoices(BaseModel):
    zone: str
    per_contact: float
    per_minute: float
    per_hour: float
    return_days: int = Field(description="who comes again on the same topic within so many days was not helped")
    sales: list[str] = Field(description="results that are sales")
    not_target: list[str] = Field(description="results of contacts that were none of our business")


Money = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


Words = Annotated[list[Word], AfterValidator(lambda words: sorted(set(words)))]


class ReportChoicesGiven(Given):
    zone: str = Field(max_length=100)
    per_contact: Money = 0.0
    per_minute: Money = 0.0
    per_hour: Money = 0.0
    return_days: int = Field(default=7, ge=1, le=60)
    sales: Words = Field(default=["order_taken", "sale"], max_length=100)
    not_target: Words = Field(default=["not_target"], max_length=100)


class ReportList(BaseModel):
    reports: list[ReportAbout]
    choices: ReportChoices
    targets: list[int]
    behind: int
