"""What the reconciliation page shows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import StoryText
from kaska.features.reconciliation import repository
from kaska.features.reconciliation.comparison import EXPLANATIONS, KIND_TEXTS
from kaska.features.reconciliation.schemas import (
    Difference,
    LawViolation,
    LedgerProof,
    Reconciliation,
    ReconciliationRun,
)
from kaska.features.reports.public import Period
from kaska.ledger.checks import Proof, broken, proof
from kaska.ledger.laws import LAWS, Violation

SHOWN_DIFFERENCES = 500
SHOWN_RESOLVED = 50
SHOWN_VIOLATIONS = 200


async def report(connection: AsyncConnection, tenant: str) -> Reconciliation:
    """Everything that the page shows."""
    run = await repository.last_run(connection, tenant)
    proven = await proof(connection, tenant)
    violations = await broken(connection, tenant, SHOWN_VIOLATIONS)
    still_open = await repository.open_rows(connection, tenant, SHOWN_DIFFERENCES)
    resolved = await repository.resolved_rows(connection, tenant, SHOWN_RESOLVED)
    return Reconciliation(
        last_run=None if run is None else ReconciliationRun.model_validate(dict(run._mapping)),
        open_total=sum((await repository.open_counts(connection, tenant)).values()),
        open=[_described(row) for row in still_open],
        resolved=[_described(row) for row in resolved],
        laws_checked_at=proven.checked_at,
        violations=[_law_broken(violation) for violation in violations],
        proof=_proven(proven),
    )


async def of_day(connection: AsyncConnection, tenant: str, day: Period) -> list[Difference]:
    """The differences about contacts that arrived on that day, open ones first; SHOWN_DIFFERENCES at most."""
    rows = await repository.differences_of(connection, tenant, day, SHOWN_DIFFERENCES)
    return [_described(row) for row in rows]


def _law_broken(violation: Violation) -> LawViolation:
    sentence = LAWS.get(violation.law, (violation.law, violation.law))
    return LawViolation(**asdict(violation), text=StoryText(ru=sentence[0], en=sentence[1]))


def _proven(found: Proof) -> LedgerProof:
    verified = found.verified
    return LedgerProof(
        checked_to=found.position,
        broken_total=found.broken,
        sealed_day=found.sealed_day,
        seal=found.seal,
        verified_at=None if verified is None else verified.at,
        verified_facts=0 if verified is None else verified.facts,
        verified_through=None if verified is None else verified.through,
        bad_day=None if verified is None else verified.bad_day,
        bad_why="" if verified is None else verified.bad_why,
    )


def _described(row: Row[Any]) -> Difference:
    explanation = EXPLANATIONS.get(row.explanation)
    return Difference.model_validate(
        {
            **row._mapping,
            "text": StoryText(**dict(zip(("ru", "en"), KIND_TEXTS.get(row.kind, (row.kind, row.kind)), strict=True))),
            "explanation_text": None if explanation is None else StoryText(ru=explanation[0], en=explanation[1]),
        }
    )
