"""What the routes of scenarios take and give."""

from __future__ import annotations

from typing import Any

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
