"""Everything that one tenant's ledger holds, checked from the first fact: its laws and its seals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kaska.kit.database import Database
from kaska.ledger import checks
from kaska.ledger.invariants import Progress, nothing, read_all
from kaska.ledger.laws import Violation
from kaska.ledger.seals import Check, all_seals


@dataclass(frozen=True, slots=True)
class Verdict:
    """``broken``: the first of ``broken_total`` violations. ``bad_days``: day → why its seal does not agree."""

    tenant: str
    facts: int
    contacts: int
    alive: int
    broken: Sequence[Violation]
    broken_total: int
    seals: int
    sealed_through: date | None
    newest_seal: str
    unsealed: int
    """facts that no seal covers yet"""
    bad_days: dict[date, str]
    noted_missing: bool
    """the seal that was noted elsewhere is not in the chain"""

    @property
    def agrees(self) -> bool:
        return not (self.broken_total or self.bad_days or self.noted_missing)

    @property
    def bad_day(self) -> date | None:
        return min(self.bad_days, default=None)

    @property
    def bad_why(self) -> str:
        return self.bad_days[self.bad_day] if self.bad_day is not None else ""


async def verify(
    database: Database, tenant: str, *, now: datetime, noted: str = "", progress: Progress = nothing
) -> Verdict:
    """Read all facts up to the present head; the outcome is also kept for the page.

    ``noted``: the beginning of a seal that somebody wrote down earlier; it must be in the chain.
    """
    async with database.tenant(tenant) as connection:
        chain = await all_seals(connection, tenant)
    check = Check(tenant, chain)
    found = await read_all(lambda: database.tenant(tenant), tenant, seen=check.take, progress=progress)
    verdict = Verdict(
        tenant=tenant,
        facts=found.facts,
        contacts=found.contacts,
        alive=found.alive,
        broken=found.kept,
        broken_total=found.broken,
        seals=len(chain),
        sealed_through=chain[-1].day if chain else None,
        newest_seal=chain[-1].seal if chain else "",
        bad_days=check.finish(),
        unsealed=check.after_last,
        noted_missing=bool(noted) and not any(seal.seal.startswith(noted.lower()) for seal in chain),
    )
    async with database.tenant(tenant) as connection:
        outcome = checks.Verified(now, found.facts, verdict.sealed_through, verdict.bad_day, verdict.bad_why)
        await checks.keep_verified(connection, tenant, outcome, found.kept, found.read_to)
    return verdict
