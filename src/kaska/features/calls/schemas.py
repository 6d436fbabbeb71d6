"""What the journal's routes take and give."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from kaska.core.contacts.outcomes import EndCause, Outcome
from kaska.core.counting.holes import Hole
from kaska.features.calls.card import plain

ShortText = Annotated[str, Field(max_length=200), AfterValidator(plain)]


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside the calendar") from error


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


Length = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
"""seconds"""


Mark = Literal["queue", "project", "number", "topic", "result", "refusal", "heard_from", "handler"]


class ContactChoice(BaseModel):
    """Which contacts; everything given must hold. [from, to) is the time of arrival."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    since: Moment | None = Field(default=None, alias="from")
    until: Moment | None = Field(default=None, alias="to")
    direction: Literal["inbound", "outbound", "trial"] | None = None
    outcome: list[Outcome] = Field(default_factory=list, max_length=10)
    cause: list[EndCause] = Field(default_factory=list, max_length=20)
    agent: ShortText = ""
    queue: ShortText = ""
    project: ShortText = ""
    number: ShortText = Field(default="", description="the public number that was called")
    phone: ShortText = Field(default="", description="the person's number, in any spelling, whole or a part")
    topic: ShortText = ""
    text: ShortText = Field(default="", description="words of the caller's name, the number or the note")
    channel: ShortText = ""
    result: ShortText = ""
    not_outcome: list[Outcome] = Field(default_factory=list, max_length=10)
    without: list[Mark] = Field(default_factory=list, max_length=8, description="those that have none")
    having: list[Mark] = Field(default_factory=list, max_length=8, description="those that have one")
    heard_from: ShortText = Field(default="", description="how the person learned of us")
    refusal: ShortText = ""
    results: list[ShortText] = Field(default_factory=list, max_length=100, description="one of these results")
    not_results: list[ShortText] = Field(default_factory=list, max_length=100)
    handler: ShortText = Field(default="", description="who wrote the result, else who talked first")
    known: bool | None = Field(default=None, description="the person's number is known")
    first: bool | None = Field(default=None, description="inbound: the person's very first one, or a later one")
    again_within: Annotated[int, Field(ge=1, le=60)] | None = Field(
        default=None, description="inbound: the person came again with the same topic within so many days"
    )
    not_again_within: Annotated[int, Field(ge=1, le=60)] | None = Field(
        default=None, description="inbound: the person did not come again with the same topic within so many days"
    )
    hole: list[Hole] = Field(
        default_factory=list, max_length=20, description="inbound, and ran out of one of these holes of the colander"
    )
    ended: bool | None = None
    offered: bool | None = Field(default=None, description="inbound, and reached a queue or a person")
    talked: bool | None = None
    handled: bool | None = Field(default=None, description="talked or classified")
    transferred: bool | None = Field(default=None, description="more than one agent talked")
    recorded: bool | None = None
    overflowed: bool | None = None
    promised: bool | None = Field(default=None, description="a callback was promised")
    rang: Literal["accepted", "rejected", "timed_out", "withdrawn", "failed"] | None = Field(
        default=None, description="an offer ended so; `agent` is then whose telephone rang"
    )
    wait_to: Length | None = Field(default=None, description="waited no longer than so many seconds")
    wait_over: Length | None = None
    talk_to: Length | None = None
    talk_over: Length | None = None
    weekday: Annotated[int, Field(ge=1, le=7)] | None = Field(
        default=None, description="of arrival in `zone`, Monday 1"
    )
    half_hour: Annotated[int, Field(ge=0, le=47)] | None = Field(default=None, description="of arrival in `zone`")
    zone: str = Field(default="Europe/Moscow", max_length=100, description="what weekday and half_hour are told by")


class ContactQuery(ContactChoice):
    cursor: str = Field(default="", max_length=400, description="next_cursor of the page before")
    limit: int = Field(default=50, ge=1, le=200)


class ContactExport(ContactChoice):
    timezone: str = Field(default="Europe/Moscow", max_length=100)


class ContactAgent(BaseModel):
    id: str
    name: str


class ContactSummary(BaseModel):
    """One contact as a line of the journal. Durations are seconds; null times have not come (yet)."""

    id: str
    direction: str = Field(description='"inbound", "outbound", or "trial": somebody tried a draft')
    channel: str
    number: str = Field(description="the public number that was called")
    caller: str = Field(description="what the line said, untouched")
    customer: str = Field(description='E.164, "" when withheld')
    caller_name: str
    project: str
    project_name: str
    source: str = Field(description='"live", "reconcile", "fallback": how we learned of it')
    arrived_at: datetime
    queue: str = Field(description='the first queue, "" when none was reached')
    queue_name: str
    queued_at: datetime | None
    wait_seconds: float
    overflowed: bool
    callback_promised_at: datetime | None
    agents: list[ContactAgent] = Field(description="everybody who talked with the person, in that order")
    connected_at: datetime | None
    talk_seconds: float
    hold_seconds: float
    ended_at: datetime | None
    outcome: str = Field(description='a word of Outcome; "" while the contact lives')
    cause: str = Field(description='a word of EndCause; "" while the contact lives')
    topic: str
    topic_title: str
    result: str
    result_title: str
    note: str
    heard_from: str
    heard_from_title: str
    refusal: str
    refusal_title: str
    next_step: str = Field(description="what was promised to the person")
    next_at: datetime | None
    recording: str = Field(description='name of the recording, "" when there is none')
    recording_seconds: float
    recording_problem: str
    recording_deleted_at: datetime | None = Field(description="by a rule of keeping; null while it is there")
    recording_deleted_rule: str
    message: str = Field(description='name of the message left, "" when there is none')
    message_seconds: float
    fax: str = Field(description='name of the fax received, "" when no page came; read it by GET /api/contacts/ID/fax')
    fax_pages: int
    fax_station: str = Field(description="what the sending machine calls itself")
    fax_problem: str = Field(description='why not everything came; "" = it did, or there was no fax')
    debt: str = Field(description='the debt that this contact left, "" when none')
    repays: str = Field(description='the debt that this outbound contact was made for, "" when none')


class ContactPage(BaseModel):
    items: list[ContactSummary]
    next_cursor: str | None = Field(description="null on the last page")


class ContactLeg(BaseModel):
    leg: str
    party: str = Field(description='"customer", "agent", "supervisor" or "second" (the telephone asked somebody)')
    agent: str
    agent_name: str
    endpoint: str
    offer: str = Field(description='"accepted", "rejected", "timed_out", "withdrawn", "failed" or ""')
    started_at: datetime
    up_at: datetime | None
    connected_at: datetime | None
    ended_at: datetime | None
    cause: int | None = Field(description="Q.850")
    talk_seconds: float
    hold_seconds: float


class StoryText(BaseModel):
    ru: str
    en: str


class StoryLine(BaseModel):
    """One fact of the ledger."""

    position: int
    at: datetime
    type: str = Field(description='the fact\'s name in the ledger, for instance "contact_opened"')
    text: StoryText
    details: dict[str, Any] = Field(description="the fact itself")


class ContactCard(ContactSummary):
    trunk: str
    trunk_name: str
    scenario: str
    scenario_version: int
    answered_at: datetime | None
    step: str = Field(description="the last step of the scenario")
    keys: str = Field(description="the last digits pressed")
    reserve: str
    offers: int
    classified_by: str
    classified_at: datetime | None
    legs: list[ContactLeg]
    story: list[StoryLine]
    questions: dict[str, str] = Field(
        description="of surveys: by what their answer is kept under, what they are called"
    )


class Said(BaseModel):
    """What is said of a contact. ``topic`` … ``refusal`` are identifiers from GET /api/topics."""

    model_config = ConfigDict(extra="forbid")

    topic: str = Field(default="", max_length=100)
    result: str = Field(default="", max_length=100)
    note: Annotated[str, Field(max_length=4000), AfterValidator(plain)] = ""
    heard_from: str = Field(default="", max_length=100, description="how the person learned of us")
    refusal: str = Field(default="", max_length=100, description="why nothing came of it")
    next_step: Annotated[str, Field(max_length=500), AfterValidator(plain)] = Field(
        default="", description="what was promised"
    )
    next_at: Moment | None = Field(default=None, description="until when it was promised")


class Classification(Said):
    topic: str = Field(min_length=1, max_length=100)
    result: str = Field(min_length=1, max_length=100)


class Draft(BaseModel):
    """What an agent has begun to write about a contact."""

    contact: str
    at: datetime
    said: Said


class GivenDraft(BaseModel):
    model_config = ConfigDict(extra="forbid")

    said: Said


class PromisedStep(BaseModel):
    """A next step that an agent promised and that no later talk with the person has settled."""

    contact: str
    customer: str
    caller_name: str
    next_step: str
    next_at: datetime
    topic_title: str


class AgentDay(BaseModel):
    """One agent's figures of a day. Seconds; averages and shares are null without a talk."""

    talks: int = Field(description="conversations, counted once per contact")
    talk_average: float | None
    hold_average: float | None
    missed: int = Field(description="offers that were not answered in time or refused")
    recovered: int = Field(description="lost people called back and reached")
    classified: float | None = Field(description="of the talks, the share (0 to 1) whose result is written down")


class OthersDay(BaseModel):
    """The median of each figure over the other agents; null while fewer than two of them have one."""

    talks: float | None
    talk_average: float | None
    hold_average: float | None
    missed: float | None
    recovered: float | None
    classified: float | None


class Day(BaseModel):
    since: datetime
    mine: AgentDay
    peers: int = Field(description="how many others were offered a contact")
    others: OthersDay
