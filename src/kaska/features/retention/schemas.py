"""Holds and proofs as people see and give them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from kaska.kit.given import NO_CONTROLS, Given

Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500, pattern=NO_CONTROLS)]
Subject = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROLS)]


class HoldGiven(Given):
    """Recordings of this contact, or of all contacts of this customer, are not deleted."""

    kind: Literal["contact", "customer"]
    subject: Subject = Field(description="identifier of the contact or the customer")
    reason: Why
    until: AwareDatetime | None = Field(default=None, description="null: until somebody lifts it")


class LiftGiven(Given):
    reason: Why


class HoldRow(BaseModel):
    id: str
    kind: Literal["contact", "customer"]
    subject: str
    name: str = Field(description="of the customer; the number of the contact's person")
    reason: str
    by: str = Field(description="who put it, by name")
    at: datetime
    until: datetime | None
    lifted_at: datetime | None
    lifted_by: str
    lifted_why: str
    stands: bool = Field(description="neither lifted nor over")


class DueRow(BaseModel):
    """``rule`` by name; ``recordings`` that it would delete now."""

    rule: str
    recordings: int


class Due(BaseModel):
    rows: list[DueRow]
    held: int = Field(description="that would go, and are held")


class DeletionRow(BaseModel):
    """The proof that a recording is gone."""

    contact: str
    name: str
    sha256: str
    size: int = Field(description="bytes")
    seconds: float
    rule: str
    days: float
    project: str
    project_name: str
    direction: str
    ended_at: datetime
    decided_at: datetime
    deleted_at: datetime | None
    told_at: datetime | None = Field(description="when the ledger was told")


class DeletionPage(BaseModel):
    items: list[DeletionRow]
    next_cursor: str | None = Field(description="null on the last page")
