"""The laws of the ledger (``laws.py``) held against everything that is written there, with flat memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.ledger.canonical import Row
from kaska.ledger.laws import Story, Talks, Told, Violation, forgotten, is_over, judge, read_row
from kaska.ledger.reader import head
from kaska.ledger.rows import FIRST_CONTACT, by_contact, by_position, newest_position

BATCH = 2000
MOST_KEPT = 1000
"""of the violations found in one tenant so many are kept; all are counted"""

Ask = Callable[[], AbstractAsyncContextManager[AsyncConnection]]
"""opens a transaction behind the tenant's wall"""
Progress = Callable[[str, int, int], None]
"""(what is read, "facts" or "contacts"; how far; of how many facts)"""
Seen = Callable[[Row], None]

_DEBTS = (
    "SELECT body ->> 'debt', max(position), count(*) FILTER (WHERE type = 'debt_opened'), "
    "count(*) FILTER (WHERE type = 'debt_closed') FROM ledger.facts "
    "WHERE tenant = :tenant AND type IN ('debt_opened', 'debt_closed') AND position <= :last {some} "
    "GROUP BY body ->> 'debt' HAVING count(*) FILTER (WHERE type = 'debt_opened') <> 1 "
    "OR count(*) FILTER (WHERE type = 'debt_closed') > 1 LIMIT :limit"
)


@dataclass(slots=True)
class Findings:
    """What a reading of everything found. ``kept``: the first ``MOST_KEPT`` of ``broken`` violations."""

    read_to: int = 0
    """the head of the ledger when the reading began: positions up to it were read"""
    facts: int = 0
    contacts: int = 0
    alive: int = 0
    """contacts that have not ended"""
    broken: int = 0
    kept: list[Violation] = field(default_factory=list)
    newest_at: float = 0.0

    def add(self, violations: Collection[Violation]) -> None:
        self.broken += len(violations)
        self.kept += list(violations)[: MOST_KEPT - len(self.kept)]


async def check_all(connection: AsyncConnection) -> list[Violation]:
    """Every broken law (at most ``MOST_KEPT``) of the tenant whose transaction this is; [] when the books balance."""
    tenant = str((await connection.execute(text("SELECT current_setting('kaska.tenant')"))).scalar_one())
    return (await read_all(lambda: nullcontext(connection), tenant)).kept


def nothing(*_: object) -> None:
    """for those who want to see no progress, or no rows"""


async def read_all(ask: Ask, tenant: str, *, seen: Seen = nothing, progress: Progress = nothing) -> Findings:
    """Read the whole ledger of a tenant twice, by position and by contact, and hold it to every law.

    ``seen`` gets each row in the order of positions.
    """
    found = Findings()
    async with ask() as connection:
        last = found.read_to = await head(connection, tenant)
        newest = await newest_position(connection, tenant)
        found.add(await debts_close_once(connection, tenant, last))
    if newest > last:
        found.add([Violation("no_holes", tenant, newest, f"a fact at {newest}, the head is {last}")])
    talks, expected = Talks(), 1
    async for batch in _positions(ask, tenant, last):
        for row in batch:
            if row.position != expected:
                found.add([hole(tenant, expected, row.position)])
            expected = row.position + 1
            seen(row)
            told, broken = read_row(row)
            found.add(broken)
            if told is not None:
                found.newest_at = max(found.newest_at, told.fact.at)
                found.add(talks.take(told))
        found.facts += len(batch)
        progress("facts", found.facts, last)
    if expected <= last:
        found.add([hole(tenant, expected, last + 1)])
    found.add(talks.never_ended())
    await _read_contacts(ask, tenant, last, found, progress)
    return found


async def _read_contacts(ask: Ask, tenant: str, last: int, found: Findings, progress: Progress) -> None:
    done = 0
    async for contact, story in _stories(ask, tenant, last):
        found.contacts += 1
        found.alive += not is_over(story)
        found.add(judge(contact, story))
        found.add(forgotten(contact, story, found.newest_at))
        done += len(story)
        if found.contacts % 100 == 0:
            progress("contacts", done, last)


async def debts_close_once(
    connection: AsyncConnection, tenant: str, last: int, debts: Collection[str] | None = None
) -> list[Violation]:
    """Debts (all, or some) that were not opened once or were closed twice by position ``last``."""
    some = "" if debts is None else "AND body ->> 'debt' = ANY(:debts)"
    given: dict[str, object] = {"tenant": tenant, "last": last, "limit": MOST_KEPT}
    if debts is not None:
        given["debts"] = list(debts)
    rows = await connection.execute(text(_DEBTS.format(some=some)), given)
    return [
        Violation("debts_close_once", str(debt), position, f"opened {opened}, closed {closed}")
        for debt, position, opened, closed in rows
    ]


def hole(tenant: str, expected: int, found: int) -> Violation:
    missing = f"{expected} is missing" if found == expected + 1 else f"{expected} to {found - 1} are missing"
    return Violation("no_holes", tenant, expected, missing)


def stories(rows: Collection[Row]) -> Iterator[tuple[str, Story]]:
    """Rows ordered by (contact, position) → each contact's story, without what cannot be read."""
    for contact, of_one in groupby(rows, key=lambda row: row.contact):
        told: list[Told] = [fact for row in of_one if (fact := read_row(row)[0]) is not None]
        yield contact, told


async def _positions(ask: Ask, tenant: str, last: int) -> AsyncIterator[list[Row]]:
    after = 0
    while after < last:
        async with ask() as connection:
            batch = await by_position(connection, tenant, after, last, BATCH)
        if not batch:
            return
        after = batch[-1].position
        yield batch


async def _stories(ask: Ask, tenant: str, last: int) -> AsyncIterator[tuple[str, Story]]:
    after, waiting = FIRST_CONTACT, list[Row]()
    while True:
        async with ask() as connection:
            batch = await by_contact(connection, tenant, after, last, BATCH)
        if not batch:
            break
        after = (batch[-1].contact, batch[-1].position)
        waiting += batch
        unfinished = [row for row in waiting if row.contact == after[0]]  # its other facts are in the next batch
        for found in stories(waiting[: len(waiting) - len(unfinished)]):
            yield found
        waiting = unfinished
    for found in stories(waiting):
        yield found
