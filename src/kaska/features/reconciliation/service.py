"""What the switch recorded is written down, compared with the other witnesses, and the outcome is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prometheus_client import Gauge
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import Brief, StoryText, briefs, ended_between, moment
from kaska.features.reconciliation import repository
from kaska.features.reconciliation.comparison import (
    EXPLANATIONS,
    KIND_TEXTS,
    KINDS,
    CdrWitnessed,
    Detail,
    Witnessed,
    compare_contact,
    explain,
)
from kaska.features.reconciliation.repository import Key
from kaska.features.reconciliation.schemas import (
    Difference,
    LawViolation,
    LedgerProof,
    Reconciliation,
    ReconciliationRun,
)
from kaska.features.reconciliation.tables import cdr_calls, runs, switch_calls
from kaska.ledger.checks import Proof, broken, proof
from kaska.ledger.laws import LAWS, Violation

SETTLED_SECONDS = 60.0
"""how long after its end a contact is left alone: by then it is in every book or it is missing"""

SHOWN_DIFFERENCES = 500
SHOWN_RESOLVED = 50
SHOWN_VIOLATIONS = 200

_open_differences = Gauge(
    "kaska_reconciliation_differences",
    "Open differences between the switch, the ledger and the recordings",
    ["tenant", "kind"],
)


@dataclass(frozen=True, slots=True)
class SwitchCall:
    """One inbound call as the switch's channel events (CEL) tell it. Times are seconds since the epoch.

    ``talk_seconds``: the caller bridged with an agent. ``outcome_hint``: "answered" when an agent talked, "" when the
    records cannot tell, any other word when nobody did. ``cause`` is what the records say of the end, for people.
    """

    contact: str
    number: str
    caller: str
    trunk: str
    arrived_at: float
    answered_at: float | None
    ended_at: float
    talk_seconds: float
    outcome_hint: str
    cause: str


@dataclass(frozen=True, slots=True)
class CdrCall:
    """The same call as the switch's call detail records tell it: ``rows`` of the caller's channel, and ``legs`` that
    have rows of their own. Times are seconds since the epoch; ``noted_at`` is when the rows were read."""

    contact: str
    number: str
    caller: str
    trunk: str
    arrived_at: float
    answered_at: float | None
    ended_at: float
    noted_at: float
    billsec: float
    disposition: str
    talked: bool
    rows: int
    legs: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the contacts that ended in a period each witness knows, without those that ended just now.

    ``switch`` (its CEL), ``cdr`` and ``ledger`` are inbound; ``talked`` of the ledger's, outbound too, should
    have a recording.
    """

    switch: int
    cdr: int
    ledger: int
    talked: int
    recordings: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """``counts`` of the period; differences that this run opened and resolved; all that are ``open`` now."""

    counts: Counts
    opened: int
    resolved: int
    open: int


async def record(connection: AsyncConnection, tenant: str, calls: Sequence[SwitchCall]) -> None:
    """Write down what the switch says; the same call told again replaces what was told before."""
    await repository.put(connection, switch_calls, _rows(tenant, calls))


async def record_cdr(connection: AsyncConnection, tenant: str, calls: Sequence[CdrCall]) -> None:
    """Write down what the call detail records say; the same call told again replaces what was told before."""
    await repository.put(connection, cdr_calls, _rows(tenant, calls))


def _rows(tenant: str, calls: Sequence[SwitchCall] | Sequence[CdrCall]) -> list[dict[str, Any]]:
    last = {call.contact: call for call in calls}
    times = ("arrived_at", "answered_at", "ended_at", "noted_at")
    rows = [{"tenant": tenant, **asdict(call)} for call in last.values()]
    for row in rows:
        row |= {name: moment(row[name]) for name in times if row.get(name) is not None}
    return rows


async def compare(
    connection: AsyncConnection,
    tenant: str,
    since: datetime,
    until: datetime,
    *,
    recordings_dir: Path | None = None,
    now: datetime | None = None,
    settled: float = SETTLED_SECONDS,
) -> Comparison:
    """Compare what ended in [since, until) in any book, and whatever differed before, between all witnesses.

    Running it again changes nothing. ``recordings_dir``: also look for the files that the ledger names.
    """
    now = now or datetime.now(UTC)
    before = await repository.open_keys(connection, tenant)
    switch = await repository.witnessed_between(connection, tenant, since, until)
    ledger = {contact.id: contact for contact in await ended_between(connection, tenant, since, until)}
    cdr = await repository.cdr_between(connection, tenant, since, until)
    period = switch.keys() | ledger.keys() | cdr.keys()
    looked_at = period | {contact for contact, _ in before}
    switch |= await repository.witnessed(connection, tenant, looked_at - switch.keys())
    ledger |= await briefs(connection, tenant, looked_at - ledger.keys())
    cdr |= await repository.cdr_of(connection, tenant, looked_at - cdr.keys())

    files = None if recordings_dir is None else await asyncio.to_thread(_names_in, recordings_dir)
    found: dict[Key, Detail] = {}
    judged: set[str] = set()
    for contact in switch.keys() | ledger.keys() | cdr.keys():
        differing = compare_contact(
            switch.get(contact),
            ledger.get(contact),
            cdr.get(contact),
            settled_before=now - timedelta(seconds=settled),
            has_recording=lambda name: files is None or name in files or f"{name}.wav" in files,
        )
        if differing is not None:
            judged.add(contact)
            found |= {(contact, kind): detail for kind, detail in differing.items()}

    counts = _counted(judged & period, switch, cdr, ledger)
    gone = {key: explain(key[1], ledger, key[0]) for key in before - found.keys() if key[0] in judged}
    await repository.put_differences(connection, tenant, found, now)
    await repository.resolve(connection, tenant, gone, now)
    run = {"tenant": tenant, "ran_at": now, "since": since, "until": until, **asdict(counts)}
    await repository.put(connection, runs, [run])
    still_open = await _show(connection, tenant)
    return Comparison(counts, opened=len(found.keys() - before), resolved=len(gone), open=still_open)


def _counted(
    judged: set[str],
    switch: Mapping[str, Witnessed],
    cdr: Mapping[str, CdrWitnessed],
    ledger: Mapping[str, Brief],
) -> Counts:
    known = [ledger[contact] for contact in judged if contact in ledger]
    talked = [contact for contact in known if contact.connected_at is not None]
    return Counts(
        switch=len(judged & switch.keys()),
        cdr=len(judged & cdr.keys()),
        ledger=sum(1 for contact in known if contact.direction == "inbound"),
        talked=len(talked),
        recordings=sum(1 for contact in talked if contact.recording),
    )


def _names_in(directory: Path) -> frozenset[str]:
    try:
        return frozenset(entry.name for entry in directory.iterdir())
    except FileNotFoundError:
        return frozenset()


async def _show(connection: AsyncConnection, tenant: str) -> int:
    """Bring the metric up to date; returns how many differences are open."""
    counts = await repository.open_counts(connection, tenant)
    for kind in KINDS:
        _open_differences.labels(tenant, kind).set(counts.get(kind, 0))
    return sum(counts.values())


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
