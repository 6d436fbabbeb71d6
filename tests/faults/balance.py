"""Balancing the books after a fault: everything that was sent is in the ledger once, with one outcome."""

from __future__ import annotations

import asyncio
import csv
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from tests.faults.ground import Ground

from kaska.asterisk.places import Places
from kaska.asterisk.witness_fields import CEL_COLUMNS
from kaska.core.contacts.outcomes import SERVED
from kaska.ledger.invariants import check_all

_CONTACTS = """
SELECT opened.contact, opened.body->>'caller' AS caller, opened.births, over.ends, over.outcome, over.cause,
       over.at AS ended_at, opened.source, debts.debts
FROM (SELECT contact, min(body::text)::jsonb AS body, count(*) AS births, min(body->>'source') AS source
      FROM ledger.facts WHERE type = 'contact_opened' AND at >= to_timestamp(:since) GROUP BY contact) opened
LEFT JOIN (SELECT contact, count(*) AS ends, min(body->>'outcome') AS outcome, min(body->>'cause') AS cause,
                  max(extract(epoch FROM at)) AS at
           FROM ledger.facts WHERE type = 'contact_over' GROUP BY contact) over USING (contact)
LEFT JOIN (SELECT contact, count(*) AS debts FROM ledger.facts WHERE type = 'debt_opened' GROUP BY contact) debts
     USING (contact)
"""


@dataclass
class Books:
    """What the ledger says of the callers that were sent."""

    sent: int
    rows: list[dict[str, Any]]
    missing: list[str]
    doubled: list[str]
    strangers: list[str]
    outcomes: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)

    @property
    def alive(self) -> list[str]:
        return [row["contact"] for row in self.rows if not row["ends"]]

    @property
    def not_once(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["births"] != 1 or row["ends"] != 1]

    @property
    def unowed(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["outcome"] not in SERVED and row["debts"] != 1]

    @property
    def debts(self) -> int:
        return sum(row["debts"] or 0 for row in self.rows)

    def table(self) -> dict[str, Any]:
        return {
            "sent": self.sent,
            "in the ledger": len(self.rows),
            "once": len(self.rows) - len(self.not_once) - len(self.doubled),
            "missing": len(self.missing),
            **{f"outcome {name}": count for name, count in sorted(self.outcomes.items())},
            **{f"source {name}": count for name, count in sorted(self.sources.items())},
            "debts": self.debts,
        }


async def read_books(ground: Ground, sent: Collection[str], since: float) -> Books:
    rows = await ground.rows(_CONTACTS, since=since)
    ours = [row for row in rows if row["caller"] in sent]
    times = Counter(row["caller"] for row in ours)
    return Books(
        sent=len(sent),
        rows=ours,
        missing=sorted(set(sent) - times.keys()),
        doubled=sorted(one for one, count in times.items() if count > 1),
        strangers=[row["caller"] for row in rows if row["caller"] not in sent],
        outcomes=Counter(f"{row['outcome']} ({row['cause']})" for row in ours),
        sources=Counter(row["source"] for row in ours),
    )


async def balanced(ground: Ground, sent: Collection[str], since: float, within: float = 60.0) -> Books:
    """Wait until every contact is over and written down, then hold all books against each other."""
    books = await read_books(ground, sent, since)
    until = time.monotonic() + within
    while (books.missing or books.alive) and time.monotonic() < until:
        await asyncio.sleep(0.5)
        books = await read_books(ground, sent, since)
    assert not books.missing, (len(books.missing), books.missing[:10], ground.tail())
    assert not books.doubled, books.doubled[:10]
    assert not books.not_once, books.not_once[:10]
    assert not books.unowed, books.unowed[:10]
    assert not books.strangers, books.strangers[:10]
    async with ground.database_of_ours() as connection:
        broken = await check_all(connection)
    assert not broken, (len(broken), broken[:10])
    return books


async def no_differences(ground: Ground, since: float, within: float = 60.0) -> dict[str, Any]:
    """Wait until the comparison has judged all that ended; no difference may be left open. The last run's counts."""
    said: dict[str, Any] = {}
    wanted = await _ended(ground, since)
    try:
        async with asyncio.timeout(within), ground.session(ground.company.administrator) as web:
            while True:
                said = (await web.get("/api/reconciliation")).json()
                run = said["last_run"] or {}
                if said["open_total"] == 0 and run.get("switch", 0) >= wanted:
                    assert run["switch"] == run["ledger"], run
                    return dict(run)
                await asyncio.sleep(0.5)
    except TimeoutError:
        differing = Counter(one["kind"] for one in said["open"])
        raise AssertionError(
            f"{said['open_total']} differences: {differing} {said['open'][:6]}; run {said['last_run']}, ended {wanted}"
        ) from None


async def _ended(ground: Ground, since: float) -> int:
    rows = await ground.rows(
        "SELECT count(DISTINCT contact) AS count FROM ledger.facts WHERE type = 'contact_over'", since=since
    )
    return int(rows[0]["count"])


def fallback_delays(ground: Ground, since: float) -> list[float]:
    """Seconds from the arrival of every call that nobody decided to its fallback, as the switch recorded them."""
    begun: dict[str, float] = {}
    delays = []
    with Places.of(ground.settings).cel.open(newline="", errors="replace") as file:
        for fields in csv.reader(file):
            row = dict(zip(CEL_COLUMNS, fields, strict=False))
            if row.get("event") == "CHAN_START" and row["uniqueid"] == row["linkedid"]:
                begun[row["uniqueid"]] = float(row["at"])
            elif row.get("event") == "FALLBACK_STARTED" and begun.get(row["uniqueid"], 0.0) >= since:
                delays.append(float(row["at"]) - begun[row["uniqueid"]])
    return sorted(delays)


def spread(values: list[float]) -> str:
    if not values:
        return "none"
    ordered = sorted(values)
    middle, high = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"n={len(ordered)} p50={middle:.2f} p95={high:.2f} max={ordered[-1]:.2f}"
