"""What the routes of agents take and give."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from kaska.kit.given import Given, Id, Line, Product, Revised, Skills, Title
from kaska.kit.phone import normalise

DeviceKind = Literal["web", "phone"]
Extension = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{1,5}$")]
ContactId = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,120}$")]


class AgentGiven(Revised):
    """``queues``: his own order, which decides at equal priority; ``conversion``: product → share sold;
    ``text_capacity``: so many text contacts at once;
    ``screened``: who calls him directly is told to him first. Those that are absent stay as they are.
    """

    extension: Extension
    skills: Skills = Field(default_factory=dict)
    queues: Annotated[list[Id], Field(max_length=200)] | None = None
    conversion: Annotated[dict[Product, Annotated[float, Field(ge=0, le=1)]], Field(max_length=100)] | None = None
    text_capacity: Annotated[int, Field(ge=0, le=50)] | None = None
    screened: bool | None = None


class AgentRow(BaseModel):
    id: str
    name: str
    extension: str
    skills: dict[str, int]
    queues: list[str]
    conversion: dict[str, float]
    text_capacity: int
    screened: bool
    endpoints: list[str]
    revision: str = ""


class SkillGiven(Revised):
    name: Title


class SkillRow(BaseModel):
    id: str
    name: str
    revision: str = ""


class StateGiven(Given):
    """``device``: where calls shall ring; absent keeps the last choice. ``reason`` is of a break;
    ``insists``: he was warned that people wait, and goes all the same."""

    state: Literal["ready", "break", "offline"]
    reason: Line = ""
    insists: bool = False
    device: DeviceKind | None = None


class HeldGiven(Given):
    held: bool


class RecordingPauseGiven(Given):
    paused: bool
    reason: Literal["agent", "script", "card"] = "agent"


class TargetGiven(Given):
    """Whom the person is sent to, or whom the agent asks: an agent or a queue by identifier, or a number outside."""

    to: Literal["agent", "queue", "number"]
    target: Annotated[str, StringConstraints(min_length=1, max_length=200)]

    @property
    def meant(self) -> str:
        """A number as it is dialled: people write blanks, hyphens and brackets into it."""
        return re.sub(r"[\s().\-]", "", self.target) if self.to == "number" else self.target


class CallGiven(Given):
    """Whom to call, in any writing. ``project``: whose line and caller id; "" = that of my first queue."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    project: Id | Literal[""] = ""

    @property
    def meant(self) -> str:
        """E.164; a short number as the line understands it; "" when it is neither."""
        digits = re.sub(r"[\s().\-]", "", self.number)
        return normalise(self.number) or (digits if re.fullmatch(r"[0-9]{2,6}", digits, re.ASCII) else "")


class PageGiven(Given):
    queue: Id


class AwaitedGiven(Given):
    """One of the two: the ``colleague`` (an agent), or the ``number`` outside, in any writing."""

    colleague: Id | Literal[""] = ""
    number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""

    @property
    def meant(self) -> str:
        """E.164, or a short number; "" when it is neither, or none."""
        return CallGiven(number=self.number).meant if self.number and not self.colleague else ""


class CallStarted(BaseModel):
    contact: str = Field(description="the new outbound contact")


class ConsultWish(Given):
    """ "swap": talk with the other of the two; "join": all together; "complete": leave the two alone; "cancel": back to
    the person without him."""

    wish: Literal["swap", "join", "complete", "cancel"]


class Taken(BaseModel):
    """Who was taken: his call rings at my telephone next."""

    contact: str


class MyQueues(BaseModel):
    queues: list[str]


class DeviceAccount(BaseModel):
    """What a telephone needs to register. ``server`` is for a SIP phone, a browser uses ``websocket_path``."""

    kind: DeviceKind
    username: str
    password: str
    uri: str
    server: str = ""
    websocket_path: str = ""
    qr: str = ""
    """an SVG picture of a ``sip:`` address with the password, which telephones' programs read; SIP phones only"""


class Phone(BaseModel):
    agent: str
    extension: str
    accounts: list[DeviceAccount]
