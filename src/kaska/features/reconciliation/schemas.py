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


class Difference(BaseModel):
    contact: str
    kind: str = Field(
        description='"missing_in_ledger", "missing_in_switch", "not_ended", "outcome_differs", "talk_differs", '
        '"recording_missing" or "cdr_cel_differ"'
    )
    text: StoryText
    detail: dict[str, Any] = Field(description="what each witness says")
    first_seen: datetime
    resolved_at: datetime | None
    explanation: str = Field(description='"late", "fallback", "reconcile"; "" while open')
    explanation_text: StoryText | None


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
