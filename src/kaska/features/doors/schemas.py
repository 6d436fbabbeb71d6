"""What the routes of doors take and give."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kaska.features.agents.public import Extension
from kaska.kit.given import Given, Id, Line, Revised, Title

_WEB = re.compile(r"^https?://[^\s<>\"'\\]+$")
Keys = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9*#]{0,12}$")]


def _for_browsers(text: str) -> str:
    """Only what a browser fetches; without a password, which everybody who sees the link would read."""
    if text and not (_WEB.match(text) and "@" not in urlsplit(text).netloc):
        raise PydanticCustomError("web_address", "an address beginning with https:// or http://, without a password")
    return text


WebAddress = Annotated[Line, AfterValidator(_for_browsers)]


class DoorFields(Given):
    """It rings ``agents`` in their order, then those of ``queue`` who are on duty."""

    name: Title
    extension: Extension
    agents: Annotated[list[str], Field(max_length=50)] = Field(default_factory=list)
    queue: Id | Literal[""] = ""
    in_turn: bool = Field(default=False, description="one after another; false = all at once")
    ring_seconds: Annotated[float, Field(ge=5, le=180)] = Field(
        default=40.0, description="so long a visitor is kept waiting"
    )
    each_seconds: Annotated[float, Field(ge=5, le=60)] = Field(default=15.0, description="in turn: so long each")
    opens: Keys = Field(default="", description='the keys that open the lock; "" = it has none')
    camera: WebAddress = Field(default="", description='address of the picture, for browsers; "" = it has none')


class DoorGiven(DoorFields, Revised):
    """In force after publishing."""


class DoorRow(DoorFields):
    id: str
    endpoint: str
    revision: str = ""


class DoorAccount(BaseModel):
    """What the door's telephone needs to register."""

    username: str
    password: str
    uri: str
    server: str
    qr: str
    """an SVG picture of a ``sip:`` address with the password, which telephones' programs read"""
