"""What the routes of scripts take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from kaska.kit.given import Given, Id, Line, Title

Prose = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]
Target = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9_-]{0,39})?$")]
"""a step, "" = the end of the conversation"""


class ScriptField(Given):
    id: Id
    title: Title
    kind: Literal["text", "number", "date", "choice"] = "text"
    choices: list[Title] = Field(default_factory=list, max_length=100)
    required: bool = False
    card: str = Field(
        default="",
        max_length=90,
        description='the card\'s field it goes into: "name", "position", "language" or PROJECT.FIELD; "" = none',
    )
    unrecorded: bool = Field(default=False, description="nothing is recorded while it is filled in")


class ScriptObjection(Given):
    said: Prose
    reply: Prose


class ScriptAnswer(Given):
    title: Title
    next: Target


class ScriptBranch(Given):
    field: Id
    value: Line
    next: Target


class ScriptStep(Given):
    id: Id
    title: Title
    text: Prose = Field(default="", description="what is said; {field} stands for what was filled in")
    hint: Prose = Field(default="", description="for the agent's eyes")
    fields: list[ScriptField] = Field(default_factory=list, max_length=30)
    objections: list[ScriptObjection] = Field(default_factory=list, max_length=30)
    answers: list[ScriptAnswer] = Field(default_factory=list, max_length=9)
    branches: list[ScriptBranch] = Field(default_factory=list, max_length=30)
    unrecorded: bool = Field(default=False, description="nothing is recorded while the agent is in this step")


class ScriptDocument(Given):
    start: Id
    steps: list[ScriptStep] = Field(max_length=200, description="in the order in which to show them")

    @field_validator("steps")
    @classmethod
    def _each_once(cls, given: list[ScriptStep]) -> list[ScriptStep]:
        if len({step.id for step in given}) < len(given):
            raise ValueError("a step stands twice")
        return given


class ScriptPlace(Given):
    """Where a script is used. The narrowest place decides: number, queue, project, everywhere."""

    kind: Literal["number", "queue", "project", "everywhere"]
    id: str = Field(default="", max_length=60)


class ScriptGiven(Given):
    name: Title
    places: list[ScriptPlace] = Field(default_factory=list, max_length=200)
    draft: ScriptDocument
    archived: bool = False
    revision: int = Field(ge=0, le=2**31 - 1, description="the one that was read, 0 for a new script")


class ScriptProblem(Given):
    step: str
    text: str


class ScriptSummary(Given):
    id: str
    name: str
    places: list[ScriptPlace]
    version: int = Field(description="the published one, 0 = never")
    archived: bool
    changed_at: datetime
    changed_by_name: str


class ScriptCard(ScriptSummary):
    draft: ScriptDocument
    revision: int
    problems: list[ScriptProblem] = Field(description="of the draft; with any it cannot be published")
    is_published: bool = Field(description="the draft is the published version")


class ScriptVersion(Given):
    version: int
    at: datetime
    by_name: str


class ScriptPass(Given):
    step: Id
    answer: int = Field(ge=0, le=8, description="its number, 0 first")


class RunGiven(Given):
    """The whole walk so far: sending it again changes nothing."""

    version: int = Field(ge=1, le=2**31 - 1)
    passes: list[ScriptPass] = Field(max_length=500)
    filled: dict[Id, Line] = Field(default_factory=dict, max_length=500)


class ScriptRun(RunGiven):
    step: str = Field(description='where it stands, "" at the end')


class RunKept(Given):
    step: str
    card_problem: str = Field(description='why the customer\'s card did not take what was filled in, "" when it did')


class ScriptInHand(Given):
    """The script for one contact, in the version with which its conversation began."""

    script: str
    name: str
    version: int
    document: ScriptDocument
    run: ScriptRun | None


class StepFigures(Given):
    step: str
    title: str
    reached: int = Field(description="conversations that came to this step")
    left: int = Field(description="conversations that ended at this step, without coming to the end of the script")


class ScriptFigures(Given):
    version: int
    runs: int
    finished: int
    steps: list[StepFigures]
