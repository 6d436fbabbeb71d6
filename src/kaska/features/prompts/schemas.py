"""What the routes of recordings take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from kaska.kit.given import Given, Title

Language = Literal["ru", "en"]
Origin = Literal["own", "speech", "upload", "microphone", "phone", "placed", "missing"]
Spoken = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class PromptSpoken(Given):
    title: Title
    language: Language
    text: Spoken


class PromptRow(BaseModel):
    """``name`` is what scenarios say. ``origin`` "own": the product's; "placed": somebody put the file there by hand;
    "missing": something plays it and nobody made it. ``seconds`` null: the sound is not there (yet).

    ``number``: what is dialled after the code to speak it anew, 0 = it cannot be. ``used``: identifiers of the
    scenarios and queues that play it.
    """

    name: str
    title: str
    language: Language
    text: str
    origin: Origin
    seconds: float | None
    at: datetime | None = None
    by: str = ""
    used: list[str] = []
    number: int = 0
