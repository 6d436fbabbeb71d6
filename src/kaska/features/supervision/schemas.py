"""What the routes of supervision take."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kaska.kit.given import NO_CONTROLS, Given, Id, Line, Skills

ContactId = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,120}$")]
AgentId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


class MonitorGiven(Given):
    """ "listen": nobody hears me; "whisper": only the agent does; "barge": everybody; "take_over": I talk instead."""

    mode: Literal["listen", "whisper", "barge", "take_over"] = "listen"


class MoveGiven(Given):
    """``queue``: another one, "" = the same; ``front``: before everybody who waits there."""

    queue: Id | Annotated[str, Field(max_length=0)] = ""
    front: bool = False

    @model_validator(mode="after")
    def says_something(self) -> MoveGiven:
        if not self.queue and not self.front:
            raise ValueError("queue or front")
        return self


class AgentStateGiven(Given):
    state: Literal["ready", "break", "offline"]
    reason: Line = ""


class AgentSkillsGiven(Given):
    """skill → level, 1 to 5; those that are absent are taken away."""

    skills: Skills


class ShiftRow(BaseModel):
    """``by`` "": the agent was in this state from ``at`` to ``until`` (null: still is). The agent himself: he asked for
    a break, and ``state`` is "break_refused", "break_warned" or "break_insisted". Else a supervisor's order."""

    agent: str
    at: datetime
    until: datetime | None
    state: str
    reason: str
    contact: str
    by: str


Word = Annotated[str, StringConstraints(max_length=100, pattern=NO_CONTROLS)]


class ShiftDays(BaseModel):
    """``first`` and ``last`` are local days of the company's report zone and belong to the period: a week at most."""

    model_config = ConfigDict(extra="forbid")

    first: date
    last: date


class ShiftQuery(ShiftDays):
    queue: Word = Field(default="", description="only who serves this queue now")
    project: Word = Field(default="", description="only who serves a queue of this project now")
    agent: Word = ""
    absent: bool = Field(default=False, description="also who was never on shift")


class ShiftFile(ShiftQuery):
    format: Literal["xlsx", "csv"] = "xlsx"


class ShiftLinesQuery(ShiftDays):
    agent: Annotated[list[Word], Field(min_length=1, max_length=100)]
    brief: bool = Field(default=False, description="states of work that follow each other are one, at_work")


class ShiftSpent(BaseModel):
    """All the time in one state for one reason. ``times`` counts those that go on from before or after, too."""

    state: str
    reason: str
    seconds: float
    times: int


class ShiftNow(BaseModel):
    """``since``: when it really began."""

    state: str
    reason: str
    since: datetime


class ShiftTotals(BaseModel):
    """``came_at`` null: never on shift; ``left_at`` null: had not left when the period ended, or by now. What goes on
    is counted until ``told_at``."""

    came_at: datetime | None
    left_at: datetime | None
    from_before: bool = Field(description="was on shift already when the period began")
    on_shift: float = Field(description="seconds")
    spent: list[ShiftSpent]


class ShiftPerson(ShiftTotals):
    agent: str
    name: str
    extension: str
    now: ShiftNow | None = Field(description="the state that goes on; null when the period is over")
    marks: int = Field(description="supervisors' orders, and breaks that the rules spoke against")


class ShiftLog(BaseModel):
    first: date
    last: date
    zone: str
    since: datetime
    until: datetime
    told_at: datetime
    people: list[ShiftPerson]
    absent: int = Field(description="how many of those asked for were never on shift, shown or not")


class ShiftStretch(BaseModel):
    """Seconds since the epoch, cut to the period. ``until`` null: goes on."""

    at: float
    until: float | None
    state: str
    reason: str


class ShiftState(ShiftStretch):
    contact: str


class ShiftMark(BaseModel):
    """``what``: the state that the supervisor ``by`` ordered; or "break_refused", "break_warned", "break_insisted":
    what the rules said to the agent, who is ``by`` then."""

    at: float
    what: str
    reason: str
    by: str
    by_name: str


class ShiftLine(BaseModel):
    agent: str
    states: list[ShiftStretch]
    marks: list[ShiftMark]


class ShiftDay(ShiftTotals):
    day: date
    states: list[ShiftState]
    marks: list[ShiftMark]


class ShiftContact(BaseModel):
    """A contact that the journal has. ``person``: the number, "" when withheld."""

    person: str
    name: str
    direction: str


class ShiftCard(BaseModel):
    """Everything of one person, day by day. ``contacts``: those of the states, by identifier."""

    agent: str
    name: str
    zone: str
    told_at: datetime
    days: list[ShiftDay]
    contacts: dict[str, ShiftContact]
