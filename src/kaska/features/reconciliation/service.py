"""What the switch recorded and counted is written down, and compared with the other witnesses."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prometheus_client import Gauge
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import Brief, briefs, ended_between, going_on, moment
from kaska.features.reconciliation import repository
from kaska.features.reconciliation.comparison import (
    CHANNEL_KINDS,
    KINDS,
    CdrWitnessed,
    Detail,
    Lines,
    Witnessed,
    awaits_line,
    compare_contact,
    compare_lines,
    explain,
)
from kaska.features.reconciliation.repository import Key
from kaska.features.reconciliation.tables import cdr_calls, runs, switch_calls, switch_counts

SETTLED_SECONDS = 60.0
"""how long after its end a contact is left alone: by then it is in every book or it is missing"""

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
class SwitchCount:
    """The counter in the switch's memory at ``read_at``: calls since it was started, and how many of them its records
    do not tell of. With several companies on one switch it cannot say whose those are: each is told."""

    started_at: float
    read_at: float
    processed: int
    unaccounted: int


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


async def record_count(connection: AsyncConnection, tenant: str, count: SwitchCount) -> None:
    """Write down a reading of the switch's counter; the last one of each quarter of an hour is kept."""
    read_at = moment(count.read_at)
    row = {
        "tenant": tenant,
        "started_at": moment(count.started_at),
        "quarter": read_at.replace(minute=read_at.minute // 15 * 15, second=0, microsecond=0),
        "read_at": read_at,
        "processed": count.processed,
        "unaccounted": count.unaccounted,
    }
    await repository.put(connection, switch_counts, [row])


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
    lines: Lines | None = None,
) -> Comparison:
    """Compare what ended in [since, until) in any book, and whatever differed before, between all witnesses.

    Running it again changes nothing. ``recordings_dir``: also look for the files that the ledger names. ``lines``: also
    hold what is going on against them.
    """
    now = now or datetime.now(UTC)
    settled_before = now - timedelta(seconds=settled)
    before = await repository.open_keys(connection, tenant)
    books, period = await _gathered(connection, tenant, since, until, {contact for contact, _ in before})
    files = None if recordings_dir is None else await asyncio.to_thread(_names_in, recordings_dir)
    found, judged = _differing(books, settled_before, files)
    counts = _counted(judged & period, books)
    of_lines = {key for key in before if key[1] in CHANNEL_KINDS}
    over = {key for key in before - of_lines if key[0] in judged}
    waited_for: int | None = None
    if lines is not None:
        going = await going_on(connection, tenant)
        known = await briefs(connection, tenant, lines.arrived.keys())
        books.ledger.update(known | going)
        found |= compare_lines(lines, going, known)
        over |= of_lines
        waited_for = sum(1 for contact in going.values() if awaits_line(contact, lines.since))
    gone = {key: explain(key[1], books.ledger, key[0]) for key in over - found.keys()}
    await repository.put_differences(connection, tenant, found, _arrivals(books, lines), now)
    await repository.resolve(connection, tenant, gone, now)
    run = {
        "tenant": tenant,
        "ran_at": now,
        "since": since,
        "until": until,
        **asdict(counts),
        "lines": None if lines is None else len(lines.arrived),
        "going_on": waited_for,
        "settled_before": settled_before,
    }
    await repository.put(connection, runs, [run])
    still_open = await _show(connection, tenant)
    return Comparison(counts, opened=len(found.keys() - before), resolved=len(gone), open=still_open)


@dataclass(frozen=True, slots=True)
class _Books:
    """What each witness tells, by contact."""

    switch: dict[str, Witnessed]
    ledger: dict[str, Brief]
    cdr: dict[str, CdrWitnessed]


async def _gathered(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime, others: set[str]
) -> tuple[_Books, set[str]]:
    """Contacts that ended in [since, until) in any book, and ``others``; the names of the former."""
    switch = await repository.witnessed_between(connection, tenant, since, until)
    ledger = {contact.id: contact for contact in await ended_between(connection, tenant, since, until)}
    cdr = await repository.cdr_between(connection, tenant, since, until)
    period = switch.keys() | ledger.keys() | cdr.keys()
    wanted = period | others
    switch |= await repository.witnessed(connection, tenant, wanted - switch.keys())
    ledger |= await briefs(connection, tenant, wanted - ledger.keys())
    cdr |= await repository.cdr_of(connection, tenant, wanted - cdr.keys())
    return _Books(switch, ledger, cdr), period


def _differing(
    books: _Books, settled_before: datetime, files: frozenset[str] | None
) -> tuple[dict[Key, Detail], set[str]]:
    """Every difference, and the contacts that could be judged."""
    found: dict[Key, Detail] = {}
    judged: set[str] = set()
    for contact in books.switch.keys() | books.ledger.keys() | books.cdr.keys():
        differing = compare_contact(
            books.switch.get(contact),
            books.ledger.get(contact),
            books.cdr.get(contact),
            settled_before=settled_before,
            has_recording=lambda name: files is None or name in files or f"{name}.wav" in files,
        )
        if differing is not None:
            judged.add(contact)
            found |= {(contact, kind): detail for kind, detail in differing.items()}
    return found, judged


def _arrivals(books: _Books, lines: Lines | None) -> dict[str, datetime]:
    """contact → when it arrived: as the ledger tells, or else the switch."""
    told: dict[str, datetime] = {} if lines is None else dict(lines.arrived)
    for book in (books.cdr, books.switch, books.ledger):
        told |= {contact: one.arrived_at for contact, one in book.items()}
    return told


def _counted(judged: set[str], books: _Books) -> Counts:
    known = [books.ledger[contact] for contact in judged if contact in books.ledger]
    talked = [contact for contact in known if contact.connected_at is not None]
    return Counts(
        switch=len(judged & books.switch.keys()),
        cdr=len(judged & books.cdr.keys()),
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
