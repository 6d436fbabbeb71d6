"""What the routes of the mail server take and give."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from kaska.kit.given import NO_CONTROLS, Given, Revised

Host = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$")]
Address = Annotated[str, StringConstraints(pattern=r"^[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,190}$")]
Line = Annotated[str, StringConstraints(max_length=200, pattern=NO_CONTROLS)]


class MailGiven(Revised):
    """``password``: null keeps the one that is there. ``tls``: "starttls" on port 587 as a rule, "tls" on 465."""

    host: Host
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    username: Line = ""
    password: Line | None = None
    sender: Address
    tls: Literal["starttls", "tls", "none"] = "starttls"


class MailShown(BaseModel):
    """``whose``: "own", the installation's, which its owner set for all companies, or "none": letters do not go.

    Of the installation's nothing but the sender is told.
    """

    whose: Literal["own", "installation", "none"]
    host: str = ""
    port: int = 587
    username: str = ""
    has_password: bool = False
    sender: str = ""
    tls: Literal["starttls", "tls", "none"] = "starttls"
    revision: str = ""


class LetterTried(Given):
    to: Address
