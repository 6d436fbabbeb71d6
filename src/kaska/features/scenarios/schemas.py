"""What the routes of scenarios take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, NaiveDatetime, StringConstraints

from kaska.features.scenarios.rehearsal import Awaits, Does
from kaska.kit.given import Given, Id, PhoneNumber, Title

Coordinate = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Layout = Annotated[dict[Annotated[str, Field(max_length=100)], tuple[Coordinate, Coordinate]], Field(max_length=1000)]
"""node → (x, y) on the canvas"""


class ScenarioGiven(Given):
    """``draft`` is a scenario document: {"start": node, "nodes": {node: {"kind": …}}}; publishing judges it.

    ``revision``: the one that was edited; when another was stored meanwhile, nothing is changed (409). Without it the
    draft is replaced whatever it is. ``layout`` left out stays as it is.
    """

    name: Title
    draft: dict[str, Any]
    is_default: bool = False
    layout: Layout | None = None
    revision: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class ScenarioRow(BaseModel):
    """``revision`` grows with every change of the draft; ``edited_by`` is a person's name."""

    id: str
    name: str
    is_default: bool
    draft: dict[str, Any]
    published: dict[str, Any] | None
    version: int
    revision: int
    edited_by: str
    edited_at: datetime | None
    layout: dict[str, list[float]]


class ScenarioVersion(BaseModel):
    """``by`` is the person who published it."""

    version: int
    at: datetime
    by: str


class ScenarioVersionDocument(BaseModel):
    version: int
    document: dict[str, Any]


class ScenarioDifference(BaseModel):
    """``node`` "" is the scenario as a whole; ``field`` "" the whole node; null = not there."""

    kind: Literal["added", "removed", "changed"]
    node: str
    field: str
    before: Any
    after: Any


class LintFinding(BaseModel):
    """``severity`` "error": somebody will be lost or misled; "warning": callers will suffer; "advice"."""

    rule: str
    severity: Literal["error", "warning", "advice"]
    node: str
    text: str
    reason: str


class LintReport(BaseModel):
    """``malformed``: why the draft cannot even be read, with the place; "" when it can."""

    findings: list[LintFinding]
    malformed: str = ""


Text = Annotated[str, StringConstraints(max_length=500)]


class RehearsalAct(Given):
    """What the imagined caller does, or somebody for him: see ``Does``. ``keys``: digits one after another."""

    do: Does
    keys: Annotated[str, StringConstraints(pattern=r"^[0-9*#]{0,40}$")] = ""
    values: dict[Text, Text] = Field(default_factory=dict, max_length=50)


class RehearsalGiven(Given):
    """``at`` is the project's wall clock, now by default; ``draft`` the stored one by default; ``mode`` set by hand.

    ``project`` "" is that of ``number``, or of the first number that leads here. ``staffed``: every agent is free and
    his phone is there.
    """

    draft: dict[str, Any] | None = None
    caller: PhoneNumber | Literal[""] = ""
    number: PhoneNumber | Literal[""] = ""
    project: Id | Literal[""] = ""
    at: NaiveDatetime | None = None
    mode: Annotated[str, StringConstraints(max_length=60)] = ""
    staffed: bool = False
    acts: list[RehearsalAct] = Field(default_factory=list, max_length=200)


class RehearsalLine(BaseModel):
    """``at`` seconds after the call came; ``kind`` is the fact's name, ``prompts`` what was said with it.

    ``said``: the same in words, as far as they are the product's own.
    """

    at: float
    scenario: str
    node: str
    kind: str
    text: str
    prompts: list[str]
    said: list[str]


class RehearsalReport(BaseModel):
    """``awaits``: who has to do what for the walk to go on. ``subject``: the source, queue or agents (in words).

    ``malformed``: why the draft cannot be walked; "" when it can. ``at`` is the project's wall clock at the beginning.
    """

    lines: list[RehearsalLine] = []
    awaits: Awaits = "over"
    subject: str = ""
    taken: int = 0
    at: datetime | None = None
    malformed: str = ""
