"""What the routes of numbers take and give."""

from __future__ import annotations

import ipaddress
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from kaska.core.inside.sites import ranges_of
from kaska.kit.given import Id, Line, Name, Revised


def _network(text: str) -> str:
    """An address or a network written as CIDR; not one that would let the whole world in."""
    network = ipaddress.ip_network(text, strict=False)
    if network.prefixlen < 8:
        raise ValueError("too wide a network")
    return text


Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64), AfterValidator(_network)]
# A host, its port, and nothing that could add a header or a parameter to what the switch is told.
SipUri = Annotated[str, StringConstraints(pattern=r"^(sips?:[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?)?$")]


def _short_numbers(text: str) -> str:
    if ranges_of(text) is None:
        raise ValueError("short numbers as 4500-4599, 4700")
    return text


class TrunkGiven(Revised):
    """``site``: short numbers of another site of ours at its far end, "" = it is the public network."""

    name: Name = ""
    addresses: Annotated[list[Address], Field(min_length=1, max_length=50)]
    contact_uri: SipUri = ""
    site: Annotated[Line, AfterValidator(_short_numbers)] = ""


class NumberGiven(Revised):
    """``priority`` is added to that of whoever calls this number; ``source`` is the advertisement that shows it."""

    project: Id
    scenario: Id
    priority: Annotated[int, Field(ge=-100, le=100)] = 0
    title: Line = ""
    source: Line = ""


class TrunkRow(BaseModel):
    """``browser``: the line of calls that are made from the page to try the telephones; it has no address."""

    id: str
    name: str = ""
    endpoint: str
    addresses: list[str]
    contact_uri: str
    site: str = ""
    browser: bool = False
    revision: str = ""


class NumberRow(BaseModel):
    number: str
    project: str
    scenario: str
    priority: int
    title: str = ""
    source: str = ""
    revision: str = ""


class TrunkState(BaseModel):
    """``state``: "online", "offline", "unasked" (the trunk is not asked), "unpublished", "away" (no switch to ask).

    ``text`` says it in words and what to do; ``last`` is the newest contact that came or went by the trunk.
    """

    id: str
    state: str
    text: str
    last_contact: str = ""
    last_at: datetime | None = None
    last_outcome: str = ""


class TestLine(BaseModel):
    """By what account and which number the page calls the company, as a customer would."""

    number: str
    username: str
    password: str
    uri: str
    websocket_path: str
