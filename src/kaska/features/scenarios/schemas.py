"""What the routes of scenarios take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from kaska.kit.given import Given, Title


class ScenarioGiven(Given):
    """``draft`` is a scenario document: {"start": node, "nodes": {node: {"kind": …}}}; publishing judges it."""

    name: Title
    draft: dict[str, Any]
    is_default: bool = False


class ScenarioRow(BaseModel):
    id: str
    name: str
    is_default: bool
    draft: dict[str, Any]
    published: dict[str, Any] | None
    version: int


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
