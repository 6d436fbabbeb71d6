"""What the audits' routes take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, field_validator, model_validator

from kaska.features.calls.public import StoryText
from kaska.features.colander.public import ColanderPicture
from kaska.kit.given import NO_CONTROLS, Given, Title

Format = Literal["auto", "asterisk-cdr", "asterisk-cel", "queue-log", "freeswitch-cdr", "csv"]
MappedField = Literal["arrival", "answered", "wait", "talk", "agent", "caller", "outcome"]
Meaning = Literal["answered", "abandoned", "missed", "announcement_only", "outbound", "ignore"]
State = Literal["uploading", "counting", "done", "failed"]
Cell = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Money = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]

MOST_FILES = 50
LARGEST = 4 * 1024**3
"""bytes of one file"""


class GivenFile(Given):
    name: Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=NO_CONTROLS)]
    size: Annotated[int, Field(ge=1, le=LARGEST)]


class NewAudit(Given):
    files: Annotated[list[GivenFile], Field(min_length=1, max_length=MOST_FILES)]


class AuditFile(BaseModel):
    name: str
    size: int
    got: int = Field(description="bytes that have come; send the next piece from here")


class Got(BaseModel):
    got: int


class ColumnMapping(Given):
    """Which column of a free table means what, and what the outcomes mean."""

    columns: dict[MappedField, Annotated[list[Cell], Field(min_length=1, max_length=4)]] = Field(default_factory=dict)
    meanings: Annotated[dict[Cell, Meaning], Field(max_length=200)] = Field(
        default_factory=dict, description="value of the outcome → meaning"
    )

    @field_validator("meanings")
    @classmethod
    def _small(cls, meanings: dict[str, Meaning]) -> dict[str, Meaning]:
        return {value.strip().lower(): meaning for value, meaning in meanings.items()}


class AuditWish(Given):
    """How to count. Money is optional: ``per_lost``, or ``conversion`` (0 to 1) × ``margin``."""

    format: Format = "auto"
    timezone: Annotated[str, StringConstraints(max_length=100)] = "Europe/Moscow"
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    target_s: Annotated[float, Field(gt=0, le=3600)] = 20.0
    short_s: Annotated[float, Field(ge=0, le=600)] = 5.0
    month_first: bool = False
    mapping: ColumnMapping | None = None
    profile: Title | None = Field(default=None, description="keep the mapping under this name")
    per_lost: Money | None = None
    conversion: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    margin: Money | None = None
    currency: Annotated[str, StringConstraints(min_length=1, max_length=8, pattern=NO_CONTROLS)] = "₽"

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError("no such time zone")
        return name

    @model_validator(mode="after")
    def _together(self) -> Self:
        if (self.conversion is None) != (self.margin is None):
            raise ValueError("conversion and margin go together")
        return self


class AuditProfile(BaseModel):
    name: str
    mapping: ColumnMapping


class Looked(BaseModel):
    """What one file seems to be."""

    name: str
    format: str = Field(description='one of Format, "" when it cannot be read')
    encoding: str
    columns: list[str] = Field(description="of a free table")
    rows: list[list[str]] = Field(description="the first ones")
    mapping: dict[str, list[str]] = Field(description="field → the columns that seem to mean it")
    values: dict[str, dict[str, str]] = Field(description="column → value → what it seems to mean")
    problem: StoryText | None


class AuditBrief(BaseModel):
    id: str
    created_at: datetime
    created_by: str
    files: list[AuditFile]
    state: State
    done: int = Field(description="bytes counted so far")
    size: int = Field(description="bytes of all files")
    problem: StoryText | None
    offered: int | None
    lost: int | None
    counting_again: bool = Field(description="the uploaded files are still here")


class ReportBlock(BaseModel):
    kind: str
    text: str = ""
    columns: list[str] = Field(default_factory=list)
    rows: list[list[str]] = Field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    shapes: list[dict[str, Any]] = Field(default_factory=list)


class AuditReport(BaseModel):
    title: str
    subtitle: str
    footer: str
    blocks: list[ReportBlock]


class AuditResult(BaseModel):
    figures: dict[str, Any] = Field(description="the same as `kaska audit --json`")
    colander: ColanderPicture
    reports: dict[str, AuditReport] = Field(description='"ru" and "en"')
