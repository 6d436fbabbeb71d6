"""What the switch recorded and counted is written down, and compared with the other witnesses."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    MISSING_IN_LEDGER,
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
from kaska.features.reconciliation.slices import Counts, Examined, slices
from kaska.features.reconciliation.tables import cdr_calls, runs, switch_calls, switch_counts

SETTLED_SECONDS = 60.0
"""how long after its end a contact is left alone: by then it is in every book or it is missing"""

AT_ONCE = 500
"""contacts"""
LATE = timedelta(minutes=5)
"""after its end a slice is looked at so much longer: what agents dial is told by the ledger alone, and may come late"""

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
class Comparison:
    """``counts`` of the period; differences that this run opened and resolved; all that are ``open`` now."""

    counts: Counts
    opened: int
    resolved: int
    open: int


async def record(connection: AsyncConnection, tenant: str, calls: Sequence[SwitchCall]) -> None:
    """Write down what the switch says; the same call told again replaces what was told before."""
    for rows in _rows(tenant, calls):
        await repository.put(connection, switch_calls, rows)


async def record_cdr(connection: AsyncConnection, tenant: str, calls: Sequence[CdrCall]) -> None:
    """Write down what the call detail records say; the same call told again replaces what was told before."""
    for rows in _rows(tenant, calls):
        await repository.put(connection, cdr_calls, rows)


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


def _rows(tenant: str, calls: Sequence[SwitchCall] | Sequence[CdrCall]) -> Iterator[list[dict[str, Any]]]:
    """Some at a time: what is written at once is held in memory at once."""
    last = list({call.contact: call for call in calls}.values())
    times = ("arrived_at", "answered_at", "ended_at", "noted_at")
    for start in range(0, len(last), AT_ONCE):
        rows = [{"tenant": tenant, **asdict(call)} for call in last[start : start + AT_ONCE]]
        for row in rows:
            row |= {name: moment(row[name]) for name in times if row.get(name) is not None}
        yield rows


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
    examined: Examined | None = None,
) -> Comparison:
    """Compare what ended in [since, until) in any book between all witnesses, and some of what differed before: all
    open differences have their turn, ``AT_ONCE`` contacts a run.

    Running it again changes nothing. ``recordings_dir``: also look for the files that the ledger names. ``lines``: also
    hold what is going on against them. ``examined``: the slices that an earlier run has done with are not read again.
    """
    now = now or datetime.now(UTC)
    examined = examined or Examined()
    examined.forget_before(since)
    run = _Run(connection, tenant, now, now - timedelta(seconds=settled), recordings_dir)
    counts = Counts()
    for begin, end in slices(since, until):
        here = examined.counts(begin, end)
        if here is None:
            books = await _ended(connection, tenant, begin, end)
            judged = await run.judge(books)
            here = _counted({one for one in judged if begin <= books.ended_first(one) < end}, books)
            if judged == books.contacts and end <= run.settled_before - LATE:
                examined.keep(begin, end, here)
            del books  # not two slices at once in memory
        counts += here
    differing = await repository.open_contacts(connection, tenant, examined.turn, AT_ONCE)
    await run.judge(await _named(connection, tenant, set(differing)))
    examined.turn = differing[-1] if len(differing) == AT_ONCE else ""
    waited_for = None if lines is None else await run.judge_lines(lines)
    if run.ledger_was_behind:
        examined.forget_all()  # what else comes late would be looked at by nobody
    done = {
        "tenant": tenant,
        "ran_at": now,
        "since": since,
        "until": until,
        **asdict(counts),
        "lines": None if lines is None else len(lines.arrived),
        "going_on": waited_for,
        "settled_before": run.settled_before,
    }
    await repository.put(connection, runs, [done])
    still_open = await _show(connection, tenant)
    return Comparison(counts, opened=run.opened, resolved=run.resolved, open=still_open)


@dataclass(slots=True)
class _Run:
    """Judges some contacts at a time and writes down at once how they differ: nothing is held until the end."""

    connection: AsyncConnection
    tenant: str
    now: datetime
    settled_before: datetime
    recordings_dir: Path | None
    opened: int = 0
    resolved: int = 0
    ledger_was_behind: bool = False

    async def judge(self, books: _Books) -> set[str]:
        """The contacts that could be judged."""
        before = await repository.open_keys(self.connection, self.tenant, books.contacts)
        found, judged = _differing(books, self.settled_before, await _files(books, self.recordings_dir))
        over = {key for key in before if key[0] in judged and key[1] not in CHANNEL_KINDS}
        arrivals = {contact: books.arrived_at(contact) for contact, _ in found}
        await self._write(found, before, over, books.ledger, arrivals)
        return judged

    async def judge_lines(self, lines: Lines) -> int:
        """How many contacts are going on that should have a channel."""
        before = await repository.open_keys_of(self.connection, self.tenant, CHANNEL_KINDS)
        going = await going_on(self.connection, self.tenant)
        named = lines.arrived.keys() | {contact for contact, _ in before}
        known = await briefs(self.connection, self.tenant, named)
        found = compare_lines(lines, going, known)
        ledger = known | going
        arrivals = {one: ledger[one].arrived_at if one in ledger else lines.arrived[one] for one, _ in found}
        await self._write(found, before, before, ledger, arrivals)
        return sum(1 for contact in going.values() if awaits_line(contact, lines.since))

    async def _write(
        self,
        found: Mapping[Key, Detail],
        before: Collection[Key],
        over: Collection[Key],
        ledger: Mapping[str, Brief],
        arrivals: Mapping[str, datetime],
    ) -> None:
        """``over``: of those that were open ``before``, the ones that are no more unless they are found."""
        gone = {key: explain(key[1], ledger, key[0]) for key in over if key not in found}
        self.ledger_was_behind |= any(kind == MISSING_IN_LEDGER for _, kind in gone)
        self.opened += len(found.keys() - before)
        self.resolved += len(gone)
        await repository.put_differences(self.connection, self.tenant, found, arrivals, self.now)
        await repository.resolve(self.connection, self.tenant, gone, self.now)


@dataclass(frozen=True, slots=True)
class _Books:
    """What each witness tells, by contact."""

    switch: dict[str, Witnessed]
    ledger: dict[str, Brief]
    cdr: dict[str, CdrWitnessed]

    @property
    def contacts(self) -> set[str]:
        return self.switch.keys() | self.ledger.keys() | self.cdr.keys()

    def ended_first(self, contact: str) -> datetime:
        """The earliest end that a book tells: a contact counts in one slice, however far apart its ends are."""
        told = [book[contact].ended_at for book in (self.switch, self.ledger, self.cdr) if contact in book]
        return min((at for at in told if at is not None), default=datetime.max.replace(tzinfo=UTC))

    def arrived_at(self, contact: str) -> datetime:
        """As the ledger tells, or else the switch."""
        book = next(one for one in (self.ledger, self.switch, self.cdr) if contact in one)
        return book[contact].arrived_at


async def _ended(connection: AsyncConnection, tenant: str, since: datetime, until: datetime) -> _Books:
    """Contacts that ended in [since, until) in any book, as all books tell them."""
    switch = await repository.witnessed_between(connection, tenant, since, until)
    ledger = {contact.id: contact for contact in await ended_between(connection, tenant, since, until)}
    cdr = await repository.cdr_between(connection, tenant, since, until)
    return await _whole(connection, tenant, _Books(switch, ledger, cdr))


async def _named(connection: AsyncConnection, tenant: str, contacts: set[str]) -> _Books:
    if not contacts:
        return _Books({}, {}, {})
    return await _whole(connection, tenant, _Books({}, {}, {}), contacts)


async def _whole(connection: AsyncConnection, tenant: str, books: _Books, others: Collection[str] = ()) -> _Books:
    wanted = books.contacts.union(others)
    books.switch.update(await repository.witnessed(connection, tenant, wanted - books.switch.keys()))
    books.ledger.update(await briefs(connection, tenant, wanted - books.ledger.keys()))
    books.cdr.update(await repository.cdr_of(connection, tenant, wanted - books.cdr.keys()))
    return books


def _differing(
    books: _Books, settled_before: datetime, files: frozenset[str] | None
) -> tuple[dict[Key, Detail], set[str]]:
    """Every difference, and the contacts that could be judged."""
    found: dict[Key, Detail] = {}
    judged: set[str] = set()
    for contact in books.contacts:
        differing = compare_contact(
            books.switch.get(contact),
            books.ledger.get(contact),
            books.cdr.get(contact),
            settled_before=settled_before,
            has_recording=lambda name: files is None or name in files,
        )
        if differing is not None:
            judged.add(contact)
            found |= {(contact, kind): detail for kind, detail in differing.items()}
    return found, judged


def _counted(judged: set[str], books: _Books) -> Counts:
    known = [books.ledger[contact] for contact in judged if contact in books.ledger]
    talked = [contact for contact in known if contact.connected_at is not None]
    return Counts(
        switch=len(judged & books.switch.keys()),
        cdr=len(judged & books.cdr.keys()),
        ledger=sum(1 for contact in known if contact.direction != "outbound"),
        talked=len(talked),
        recordings=sum(1 for contact in talked if contact.recording),
    )


async def _files(books: _Books, directory: Path | None) -> frozenset[str] | None:
    """The recordings of these contacts that are there; None when nobody asks. All that are kept may be millions."""
    if directory is None:
        return None
    named = [contact.recording for contact in books.ledger.values() if contact.recording]
    return await asyncio.to_thread(_existing, directory, named)


def _existing(directory: Path, names: Sequence[str]) -> frozenset[str]:
    return frozenset(one for one in names if (directory / one).exists() or (directory / f"{one}.wav").exists())


async def _show(connection: AsyncConnection, tenant: str) -> int:
    """Bring the metric up to date; returns how many differences are open."""
    counts = await repository.open_counts(connection, tenant)
    for kind in KINDS:
        _open_differences.labels(tenant, kind).set(counts.get(kind, 0))
    return sum(counts.values())
