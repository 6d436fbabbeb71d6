"""Keeps ``debts`` and the stories of debts in step with the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import msgspec
import structlog
from sqlalchemy import ARRAY, Text, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import (
    TYPE_NAMES,
    DebtAssigned,
    DebtAttempted,
    DebtClaimed,
    DebtClosed,
    DebtDelayed,
    DebtEscalated,
    DebtOpened,
    DebtPostponed,
    DebtReady,
    Fact,
)
from kaska.features.calls.public import masked, moment, searchable
from kaska.features.debts.tables import debt_events, debts
from kaska.kit.bulk import Bulk
from kaska.ledger.reader import LedgerFact

log = structlog.get_logger(__name__)

DebtFact = (
    DebtOpened
    | DebtAttempted
    | DebtReady
    | DebtDelayed
    | DebtPostponed
    | DebtClaimed
    | DebtAssigned
    | DebtEscalated
    | DebtClosed
)
KINDS: tuple[type[Fact], ...] = DebtFact.__args__

PERSONAL = {"customer": "", "caller": "", "note": "", "reason": ""}
"""what a fact says of the person, blanked"""


@dataclass(slots=True)
class Debt:
    """One row of ``debts``; the fields are its columns."""

    id: str
    contact: str
    customer: str
    caller: str
    digits: str
    cause: str
    owner: str
    project: str
    opened_at: datetime
    due_at: datetime
    attempts: int = 0
    reached: bool = False
    last_attempt_at: datetime | None = None
    last_attempt_by: str = ""
    last_attempt_contact: str = ""
    closed_at: datetime | None = None
    how: str = ""
    closed_by: str = ""
    closing_contact: str = ""
    reason: str = ""
    queue: str = ""
    priority: int = 0
    tries: int = 0
    last_result: str = ""
    next_at: datetime | None = None
    promised_until: datetime | None = None
    promised_note: str = ""
    escalated_at: datetime | None = None
    claimed_by: str = ""
    claimed_until: datetime | None = None


_COLUMNS = [column.name for column in fields(Debt)]
_GET = select(*(debts.c[name] for name in _COLUMNS)).where(
    debts.c.tenant == bindparam("of"), debts.c.id == any_(bindparam("ids", type_=ARRAY(Text)))
)
_PUT = Bulk(debts, _COLUMNS, clash="replace")
_TELL = Bulk(debt_events, ("debt", "position", "type", "body"))


class DebtsProjection:
    """One row per debt and one per fact of it, whatever way the facts are cut into batches."""

    name = "debts"
    kinds = KINDS

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        """Write ``facts`` of one tenant, in ledger order, into the debt book."""
        told = [(entry.position, entry.fact) for entry in facts if isinstance(entry.fact, DebtFact)]
        tenant = facts[0].tenant
        rows = await connection.execute(_GET, {"of": tenant, "ids": list({fact.debt for _, fact in told})})
        book = {row[0]: Debt(*row) for row in rows}
        for _, fact in told:
            write_in(book, fact)
        hidden = await _mask(connection, tenant, book)
        if book:
            await _PUT.put(connection, tenant, list(book.values()))
            await _TELL.put(connection, tenant, [_line(position, fact, hidden) for position, fact in told])

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget everything of the transaction's tenant, to be applied again from the first fact."""
        await connection.execute(debts.delete())
        await connection.execute(debt_events.delete())


def _line(position: int, fact: DebtFact, hidden: set[str]) -> dict[str, Any]:
    body = msgspec.to_builtins(fact)
    if fact.debt in hidden:
        body |= PERSONAL
    return {"debt": fact.debt, "position": position, "type": TYPE_NAMES[type(fact)], "body": body}


async def _mask(connection: AsyncConnection, tenant: str, book: dict[str, Debt]) -> set[str]:
    """Blank the persons who were erased; their debts."""
    hidden = await masked(connection, tenant, {debt.contact for debt in book.values()})
    found = [debt for debt in book.values() if debt.contact in hidden]
    for debt in found:
        debt.customer = debt.caller = debt.digits = debt.reason = debt.promised_note = ""
    return {debt.id for debt in found}


def write_in(book: dict[str, Debt], fact: DebtFact) -> None:
    """Write one fact into the debts it is about. Pure."""
    debt = book.get(fact.debt)
    if isinstance(fact, DebtOpened):
        if debt is None or debt.closed_at is not None:
            book[fact.debt] = _opened(fact)
    elif debt is None:
        # the ledger's invariants report it; stopping here would stop everybody's debt book
        log.error("fact of a debt that was never opened", debt=fact.debt)
    elif debt.closed_at is None:
        _CHANGES[type(fact)](debt, fact)


def _attempted(debt: Debt, fact: DebtAttempted) -> None:
    debt.attempts += 1
    debt.reached = debt.reached or fact.reached
    debt.tries = max(debt.tries, fact.tries)
    debt.last_attempt_at = moment(fact.at)
    debt.last_attempt_by, debt.last_attempt_contact = fact.agent, fact.contact
    debt.last_result = fact.result
    debt.next_at = moment(fact.next_at or fact.at)
    debt.claimed_by, debt.claimed_until = "", None


def _delayed(debt: Debt, fact: DebtDelayed) -> None:
    debt.next_at = moment(fact.until)


def _postponed(debt: Debt, fact: DebtPostponed) -> None:
    debt.due_at = debt.next_at = debt.promised_until = moment(fact.until)
    debt.promised_note, debt.escalated_at = fact.note, None


def _claimed(debt: Debt, fact: DebtClaimed) -> None:
    debt.claimed_by, debt.claimed_until = (fact.agent, moment(fact.until)) if fact.until else ("", None)


def _assigned(debt: Debt, fact: DebtAssigned) -> None:
    debt.owner = fact.owner


def _escalated(debt: Debt, fact: DebtEscalated) -> None:
    debt.escalated_at = moment(fact.at)


def _closed(debt: Debt, fact: DebtClosed) -> None:
    debt.closed_at, debt.how = moment(fact.at), fact.how
    debt.closed_by, debt.closing_contact, debt.reason = fact.by, fact.contact, fact.reason


_CHANGES: dict[type[Fact], Callable[[Debt, Any], None]] = {
    DebtAttempted: _attempted,
    DebtReady: lambda debt, fact: None,
    DebtDelayed: _delayed,
    DebtPostponed: _postponed,
    DebtClaimed: _claimed,
    DebtAssigned: _assigned,
    DebtEscalated: _escalated,
    DebtClosed: _closed,
}


def _opened(fact: DebtOpened) -> Debt:
    return Debt(
        id=fact.debt,
        contact=fact.contact,
        customer=fact.customer,
        caller=fact.caller,
        digits=searchable(fact.customer or fact.caller),
        cause=fact.cause,
        owner=fact.owner,
        project=fact.project,
        opened_at=moment(fact.at),
        due_at=moment(fact.due_at),
        queue=fact.queue,
        priority=fact.priority,
        next_at=moment(fact.next_at or fact.at),
    )
