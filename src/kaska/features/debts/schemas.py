"""What the debt book's routes take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from kaska.features.calls.public import plain

DebtStatus = Literal["open", "closed"]

Typed = Annotated[str, AfterValidator(plain)]


class DebtQuery(BaseModel):
    """``status`` open: by deadline, the most urgent first; closed: the latest closed first."""

    model_config = ConfigDict(extra="forbid")

    status: DebtStatus = "open"
    owner: Annotated[Typed, Field(max_length=200)] = Field(
        default="", description='"me", or an owner as in Debt.owner: "agent:ID", "queue:ID", "project:ID"'
    )
    overdue: bool | None = Field(default=None, description="only those past their deadline, or only those before it")
    cause: Annotated[Typed, Field(max_length=100)] = ""
    project: Annotated[Typed, Field(max_length=200)] = ""
    phone: Annotated[Typed, Field(max_length=200)] = Field(
        default="", description="the person's number, in any spelling, whole or a part"
    )
    cursor: str = Field(default="", max_length=400, description="next_cursor of the page before")
    limit: int = Field(default=50, ge=1, le=200)


class Debt(BaseModel):
    """Somebody who was not served. Durations are seconds."""

    id: str
    contact: str = Field(description="the contact that left it")
    customer: str = Field(description='E.164, "" when withheld')
    caller: str
    caller_name: str
    number: str = Field(description="the public number that was called")
    cause: str = Field(description="a word of EndCause")
    owner: str = Field(description='"agent:ID", "queue:ID" or "project:ID"')
    owner_name: str
    project: str
    project_name: str
    opened_at: datetime
    due_at: datetime
    status: DebtStatus
    overdue: bool = Field(description="closed after its deadline, or open and past it")
    attempts: int
    reached: bool
    last_attempt_at: datetime | None
    last_attempt_by: str
    last_attempt_by_name: str
    message: str = Field(description="name of the message the person left; play it by GET /api/contacts/ID/message")
    message_seconds: float
    closed_at: datetime | None
    how: str = Field(description='"called_back", "came_back", "written_off"; "" while open')
    closed_by: str
    closed_by_name: str
    closing_contact: str = Field(description="the contact in which the person was served")
    reason: str


class DebtPage(BaseModel):
    items: list[Debt]
    next_cursor: str | None = Field(description="null on the last page")


class CallbackStarted(BaseModel):
    contact: str = Field(description="the new outbound contact")


class WriteOff(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1000), AfterValidator(plain)
    ]


class DebtFigures(BaseModel):
    """Counts of debts. A day is [midnight, midnight) in ``timezone``.

    ``recovered_share`` = opened today and since recovered (by ourselves or by the person) ÷ opened today; null when
    none was opened. A debt written off is not recovered.
    """

    timezone: str
    owed: int = Field(description="open now")
    overdue: int = Field(description="open now and past the deadline")
    opened_today: int
    recovered_by_us_today: int = Field(description='closed today as "called_back"')
    came_back_today: int = Field(description='closed today as "came_back"')
    written_off_today: int
    recovered_share: float | None
