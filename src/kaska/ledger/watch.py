"""Once a minute: what is new in the ledger is held to its laws, and closed days are sealed.

Only new facts are read, and the stories of the contacts that they tell of. ``kaska verify`` reads everything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from prometheus_client import Gauge

from kaska.core.facts import DebtClosed, DebtOpened
from kaska.kit.database import Database
from kaska.ledger import checks
from kaska.ledger.invariants import debts_close_once, hole, stories
from kaska.ledger.laws import Talks, Told, Violation, judge, read_row
from kaska.ledger.reader import head
from kaska.ledger.rows import by_position, named_before, newest_position, of_contacts
from kaska.ledger.seals import HoleError, seal_closed_days

log = structlog.get_logger(__name__)

FIRST_AFTER_SECONDS = 5.0
EVERY_SECONDS = 60.0
AGAIN_AFTER_SECONDS = 3.0
"""when the database did not answer"""
BATCH = 300
CONTACTS_AT_ONCE = 20
"""Facts and stories read at a time: a few milliseconds, as calls are decided in the same process."""
ROUND = 20_000
"""positions checked before what was found is kept"""
REMEMBERED_FACTS = 10_000
"""Who is talking is not kept in the database: after a start so many facts are read again for it."""

_broken = Gauge("kaska_ledger_broken_laws", "Facts that break a law of the ledger", ["tenant"])
_unsealed = Gauge("kaska_ledger_sealing_failing", "1 while closed days of the ledger cannot be sealed", ["tenant"])


class Watch:
    """``problem`` and ``summary`` are for /health."""

    def __init__(self, database: Database, tenants: Callable[[], Awaitable[list[str]]]) -> None:
        self._database = database
        self._tenants = tenants
        self._talks: dict[str, tuple[int, Talks]] = {}
        """tenant → up to which position it was taken, and who talks there"""
        self.problem = ""
        self.summary = "not checked yet"

    async def run(self) -> None:
        await asyncio.sleep(FIRST_AFTER_SECONDS)
        while True:
            pause = EVERY_SECONDS
            try:
                await self.look(datetime.now(UTC))
            except Exception as problem:
                if not self.problem:
                    log.warning("the ledger cannot be checked now", problem=repr(problem))
                self.problem = f"cannot be checked: {type(problem).__name__}"
                pause = AGAIN_AFTER_SECONDS
            await asyncio.sleep(pause)

    async def look(self, now: datetime) -> None:
        """Check and seal what is new, of every tenant. Raises when the database is away; then it is done next time."""
        wrong = []
        checked = 0
        for tenant in await self._tenants():
            while await self._check(tenant, now):
                pass
            unsealable = await self._seal(tenant, now)
            async with self._database.tenant(tenant) as connection:
                known = await checks.proof(connection, tenant)
            _broken.labels(tenant).set(known.broken)
            _unsealed.labels(tenant).set(bool(unsealable))
            checked += known.position
            if known.broken:
                wrong.append(f"{tenant}: {known.broken} facts break a law")
            if unsealable:
                wrong.append(f"{tenant}: {unsealable}")
            if known.verified is not None and known.verified.bad_day is not None:
                wrong.append(f"{tenant}: the seal of {known.verified.bad_day} does not agree")
        self.problem = "; ".join(wrong)
        self.summary = f"{checked} facts hold to the laws"

    async def _seal(self, tenant: str, now: datetime) -> str:
        try:
            for seal in await seal_closed_days(self._database, tenant, now):
                # a log that is kept elsewhere is what the chain can later be held against
                log.info("day_sealed", tenant=tenant, day=seal.day.isoformat(), last=seal.last, seal=seal.seal)
        except HoleError as problem:
            return f"a day cannot be sealed: {problem}"
        return ""

    async def _check(self, tenant: str, now: datetime) -> bool:
        """One round; True when there is more."""
        async with self._database.tenant(tenant) as connection:
            before = await checks.begin(connection, tenant, now)
            newest = await head(connection, tenant)
            beyond = await newest_position(connection, tenant)
        last = min(newest, before + ROUND)
        found: list[Violation] = []
        if beyond > newest:
            found.append(Violation("no_holes", tenant, beyond, f"a fact at {beyond}, the head is {newest}"))
        if last > before:
            found += await self._new_facts(tenant, before, last)
        elif not found:
            return False
        async with self._database.tenant(tenant) as connection:
            kept = await checks.keep_checked(connection, tenant, before, last, found, now)
        for violation in found:
            log.error("law_broken", tenant=tenant, law=violation.law, position=violation.position)
        return kept and last < newest

    async def _new_facts(self, tenant: str, before: int, last: int) -> list[Violation]:
        talks = await self._who_talks(tenant, before)
        found: list[Violation] = []
        told_of: dict[str, list[Told]] = {}
        debts: set[str] = set()
        after = before
        while after < last:
            async with self._database.tenant(tenant) as connection:
                batch = await by_position(connection, tenant, after, last, BATCH)
            for row in batch:
                if row.position != after + 1:
                    found.append(hole(tenant, after + 1, row.position))
                after = row.position
                told, broken = read_row(row)
                found += broken
                if row.contact:
                    told_of.setdefault(row.contact, [])
                if told is not None:
                    if row.contact:
                        told_of[row.contact].append(told)
                    found += talks.take(told)
                    if isinstance(told.fact, DebtOpened | DebtClosed):
                        debts.add(told.fact.debt)
            if not batch:
                found.append(hole(tenant, after + 1, last + 1))
                after = last
        self._talks[tenant] = (last, talks)
        if debts:
            async with self._database.tenant(tenant) as connection:
                found += await debts_close_once(connection, tenant, last, debts)
        return found + await self._judge(tenant, told_of, before, last)

    async def _judge(self, tenant: str, new: dict[str, list[Told]], before: int, last: int) -> list[Violation]:
        """The contacts of which there is something new, each by its whole story; many a story is whole already."""
        found: list[Violation] = []
        async with self._database.tenant(tenant) as connection:
            begun = await named_before(connection, tenant, new, before)
        for contact in sorted(new.keys() - begun):
            found += judge(contact, new[contact])
            await asyncio.sleep(0)  # calls may be decided in the same process
        contacts = sorted(begun)
        for at in range(0, len(contacts), CONTACTS_AT_ONCE):
            async with self._database.tenant(tenant) as connection:
                rows = await of_contacts(connection, tenant, contacts[at : at + CONTACTS_AT_ONCE], last)
            for contact, story in stories(rows):
                found += judge(contact, story)
        return found

    async def _who_talks(self, tenant: str, position: int) -> Talks:
        known = self._talks.get(tenant)
        if known is not None and known[0] == position:
            return known[1]
        talks = Talks()
        after = max(0, position - REMEMBERED_FACTS)
        while after < position:
            async with self._database.tenant(tenant) as connection:
                batch = await by_position(connection, tenant, after, position, BATCH)
            for row in batch:
                told, _ = read_row(row)
                if told is not None:
                    talks.take(told)
            after = batch[-1].position if batch else position
        return talks
