"""What the debt book's routes take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from kaska.features.calls.public import StoryText, plain

DebtStatus = Literal["open", "closed", "any"]
How = Literal["called_back", "came_back", "unreachable", "refused", "written_off"]
Speed = Literal["five_minutes", "twenty_minutes", "hour", "day", "later", "never"]
"""how soon the person was served: within 5 minutes, 20, an hour, 24 hours, later; never = closed without it"""

Typed = Annotated[str, AfterValidator(plain)]


class DebtQuery(BaseModel):
    """``status`` open: by deadline, the most urgent first; closed: the latest closed first; any: the latest first.

    ``opened_since`` and ``opened_until`` are days of ``timezone``, both included.
    """

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
    scope: Literal["all", "mine", "queues"] = Field(
        default="all", description="mine: I owe them or work on them; queues: owed by queues that I serve, and mine"
    )
    queue: Annotated[Typed, Field(max_length=200)] = Field(default="", description="where the person waited last")
    agent: Annotated[Typed, Field(max_length=200)] = Field(
        default="", description="who owes it; who closed it when a queue or a project owed it"
    )
    how: How | None = None
    speed: Speed | None = None
    escalated: bool | None = None
    opened_since: date | None = None
    opened_until: date | None = None
    timezone: str = Field(default="Europe/Moscow", max_length=100)
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
    fax_pages: int = Field(description="of the fax the machine sent; 0 = none. Read it by GET /api/contacts/ID/fax")
    closed_at: datetime | None
    how: str = Field(description='"called_back", "came_back", "unreachable", "refused", "written_off"; "" while open')
    closed_by: str
    closed_by_name: str
    closing_contact: str = Field(description="the contact in which the person was served")
    reason: str
    queue: str = Field(description='where the person waited last, "" when in none')
    queue_name: str
    priority: int
    tries: int = Field(description="attempts that count: those in quick succession are one")
    tries_most: int = Field(description="after so many the person is unreachable; 0 = never")
    last_result: str = Field(description="what came of the last attempt, a word of DebtAttempted")
    next_at: datetime | None = Field(description="not called automatically before")
    promised_until: datetime | None = Field(description="the person was promised a call at this time")
    promised_note: str
    escalated_at: datetime | None
    claimed_by: str = Field(description='the agent who alone works on this person now, "" when nobody does')
    claimed_by_name: str
    claimed_until: datetime | None


class DebtStoryLine(BaseModel):
    """One fact of a debt. ``until``: the moment that it speaks of."""

    position: int
    at: datetime
    type: str
    contact: str
    text: StoryText
    until: datetime | None


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


Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), AfterValidator(plain)]


class Postpone(BaseModel):
    model_config = ConfigDict(extra="forbid")

    until: AwareDatetime
    note: Note = ""


class AttemptResult(BaseModel):
    """What came of an attempt that was made without us, or is known by now.

    "talked" and "refused" close the debt, "wrong_number" too: the person cannot be reached.
    """

    model_config = ConfigDict(extra="forbid")

    result: Literal["no_answer", "busy", "wrong_number", "refused", "talked"]
    note: Note = ""


class Assignment(BaseModel):
    """``owner``: "agent:ID" or "queue:ID"."""

    model_config = ConfigDict(extra="forbid")

    debts: Annotated[
        list[Annotated[str, StringConstraints(min_length=1, max_length=200)]], Field(min_length=1, max_length=200)
    ]
    owner: Annotated[str, StringConstraints(pattern=r"^(agent|queue):.{1,190}$"), AfterValidator(plain)]


class Assigned(BaseModel):
    assigned: int
    closed: list[str] = Field(description="debts that were closed meanwhile")


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
    unreachable_today: int
    refused_today: int
    written_off_today: int
    escalated: int = Field(description="open now and the supervisor's, too")
    recovered_share: float | None


class RecoveryRow(BaseModel):
    """Debts opened in the days asked for. ``opened`` = ``owed`` + all ends; ``by_us`` + ``came_back`` = the five
    speeds from ``five_minutes`` to ``later``.

    ``recovered_share`` = (by_us + came_back) ÷ opened, null when none was opened. ``never`` = unreachable + refused +
    written_off. ``median_seconds``: half of those recovered were served sooner.
    """

    key: str
    name: str
    opened: int
    owed: int
    overdue: int
    by_us: int
    came_back: int
    unreachable: int
    refused: int
    written_off: int
    five_minutes: int
    twenty_minutes: int
    hour: int
    day: int
    later: int
    never: int
    recovered_share: float | None
    median_seconds: float | None


class RecoveryQuery(BaseModel):
    """Debts opened on these days of ``timezone``, both included; the last 30 days unless told."""

    model_config = ConfigDict(extra="forbid")

    since: date | None = None
    until: date | None = None
    timezone: str = Field(default="Europe/Moscow", max_length=100)
    by: Literal["project", "queue", "cause", "agent"] = "queue"


class Recovery(BaseModel):
    since: date
    until: date
    timezone: str
    total: RecoveryRow
    rows: list[RecoveryRow] = Field(description="most opened first")
