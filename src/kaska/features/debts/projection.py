"""Keeps ``debts`` in step with the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import structlog
from sqlalchemy import ARRAY, Text, any_, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import DebtAttempted, DebtClosed, DebtOpened
from kaska.features.calls.public import masked, moment, row_of, searchable
from kaska.features.debts.tables import debts
from kaska.ledger.reader import LedgerFact

log = structlog.get_logger(__name__)

DebtFact = DebtOpened | DebtAttempted | DebtClosed


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


_COLUMNS = [column.name for column in fields(Debt)]
_GET = select(*(debts.c[name] for name in _COLUMNS)).where(
    debts.c.tenant == bindparam("of"), debts.c.id == any_(bindparam("ids", type_=ARRAY(Text)))
)
_insert = insert(debts)
_PUT = _insert.on_conflict_do_update(
    index_elements=["tenant", "id"], set_={name: _insert.excluded[name] for name in _COLUMNS if name != "id"}
)


class DebtsProjection:
    """One row per debt, whatever way the facts are cut into batches."""

    name = "debts"
    kinds = (DebtOpened, DebtAttempted, DebtClosed)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        """Write ``facts`` of one tenant, in ledger order, into the debt book."""
        told = [entry.fact for entry in facts if isinstance(entry.fact, DebtFact)]
        tenant = facts[0].tenant
        rows = await connection.execute(_GET, {"of": tenant, "ids": list({fact.debt for fact in told})})
        book = {row[0]: Debt(*row) for row in rows}
        for fact in told:
            write_in(book, fact)
        await _mask(connection, tenant, book)
        if book:
            await connection.execute(_PUT, [row_of(debt, _COLUMNS, tenant) for debt in book.values()])

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget everything of the transaction's tenant, to be applied again from the first fact."""
        await connection.execute(debts.delete())


async def _mask(connection: AsyncConnection, tenant: str, book: dict[str, Debt]) -> None:
    hidden = await masked(connection, tenant, {debt.contact for debt in book.values()})
    for debt in book.values():
        if debt.contact in hidden:
            debt.customer = debt.caller = debt.digits = debt.reason = ""


def write_in(book: dict[str, Debt], fact: DebtFact) -> None:
    """Write one fact into the debts it is about. Pure."""
    debt = book.get(fact.debt)
    if isinstance(fact, DebtOpened):
        if debt is None or debt.closed_at is not None:
            book[fact.debt] = _opened(fact)
    elif debt is None:
        # the ledger's invariants report it; stopping here would stop everybody's debt book
        log.error("fact of a debt that was never opened", debt=fact.debt)
    elif isinstance(fact, DebtAttempted):
        debt.attempts += 1
        debt.reached = debt.reached or fact.reached
        debt.last_attempt_at = moment(fact.at)
        debt.last_attempt_by, debt.last_attempt_contact = fact.agent, fact.contact
    elif debt.closed_at is None:
        debt.closed_at, debt.how = moment(fact.at), fact.how
        debt.closed_by, debt.closing_contact, debt.reason = fact.by, fact.contact, fact.reason


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
    )
