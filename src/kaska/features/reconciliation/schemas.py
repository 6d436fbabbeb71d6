"""What the reconciliation page shows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from kaska.features.calls.public import StoryText


class ReconciliationRun(BaseModel):
    """The last comparison: contacts that ended in [since, until), as each witness counts them.

    Those that ended in the last minute are left for the next run. Without differences, switch = ledger.
    """

    ran_at: datetime
    since: datetime
    until: datetime
    switch: int = Field(description="inbound calls in the switch's own records of events (CEL)")
    cdr: int = Field(
        description="the same in its call detail records (CDR), of which a call that it died with has none"
    )
    ledger: int = Field(description="inbound contacts in the ledger")
    talked: int = Field(description="contacts in which somebody talked")
    recordings: int = Field(description="of those, contacts that have a recording")
    lines: int | None = Field(description="calls from trunks that are up on the switch now; null when it was not asked")
    going_on: int | None = Field(description="inbound calls that are going on in the ledger now")


class Difference(BaseModel):
    contact: str
    kind: str = Field(
        description='"missing_in_ledger", "missing_in_switch", "not_ended", "outcome_differs", "talk_differs", '
        '"recording_missing" or "cdr_cel_differ"'
    )
    text: StoryText
    detail: dict[str, Any] = Field(description="what each witness says")
    arrived_at: datetime | None = Field(description="when the contact arrived; null for old differences")
    first_seen: datetime
    resolved_at: datetime | None
    explanation: str = Field(description='"late", "fallback", "reconcile"; "" while open')
    explanation_text: StoryText | None


class DayCause(BaseModel):
    """Why the witnesses of a day differ, and how often: differences that are open, and those that are explained."""

    kind: str
    text: StoryText
    open: int
    explained: int


class ReconciledDay(BaseModel):
    """Calls that arrived on a local day and are over, as each witness counts them. ``open`` = 0: all is explained."""

    day: date
    counter: int | None = Field(
        description="inbound calls by the counter in the switch's memory; null when it was not read that day"
    )
    switch: int = Field(description="in the switch's records of events (CEL)")
    cdr: int = Field(description="in its call detail records (CDR)")
    ledger: int
    talked: int = Field(description="contacts in which somebody talked, outbound ones too")
    recordings: int = Field(description="of those, contacts that have a recording")
    open: int
    causes: list[DayCause]


class ReconciledDays(BaseModel):
    zone: str = Field(description="time zone of the days: that of the reports")
    days: list[ReconciledDay] = Field(description="newest first; days of which nobody tells are left out")


class LawViolation(BaseModel):
    """A fact that breaks one of the ledger's own laws. ``subject`` is a contact, an agent, a debt or the tenant."""

    law: str
    text: StoryText = Field(description="the law, for people")
    subject: str
    position: int
    detail: str


class LedgerProof(BaseModel):
    """How far the ledger is held to its laws, and the chain of seals over its closed days (UTC)."""

    checked_to: int = Field(description="position of the last fact that the laws were checked for")
    broken_total: int = Field(description="all violations; the list shows the first 200")
    sealed_day: date | None = Field(description="the last sealed day; null before the first")
    seal: str = Field(description='its seal, SHA-256 in hexadecimal; "" before the first')
    verified_at: datetime | None = Field(description="when everything was last read again (kaska verify)")
    verified_facts: int
    verified_through: date | None = Field(description="the last sealed day that was checked then")
    bad_day: date | None = Field(description="the first day whose seal did not agree then; null when all did")
    bad_why: str


class Reconciliation(BaseModel):
    last_run: ReconciliationRun | None = Field(description="null before the first comparison")
    open_total: int = Field(description="all open differences; the list shows the newest 500")
    open: list[Difference]
    resolved: list[Difference] = Field(description="the 50 resolved last")
    laws_checked_at: datetime | None
    violations: list[LawViolation]
    proof: LedgerProof
