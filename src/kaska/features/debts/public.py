"""What other features use of the debt book."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import cast, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.debts.projection import PERSONAL
from kaska.features.debts.rules import read_debt_rules
from kaska.features.debts.schemas import Debt
from kaska.features.debts.service import described
from kaska.features.debts.tables import debt_events, debts

__all__ = ["Debt", "debts", "mask_debts", "owed_to", "read_debt_rules"]


async def owed_to(connection: AsyncConnection, tenant: str, numbers: Collection[str], now: datetime) -> list[Debt]:
    """Open debts to the person with these numbers (E.164), by deadline."""
    if not numbers:
        return []
    query = (
        select(debts)
        .where(debts.c.tenant == tenant, debts.c.closed_at.is_(None))
        .where(debts.c.digits.in_([number.lstrip("+") for number in numbers]))
        .order_by(debts.c.due_at, debts.c.id)
    )
    return await described(connection, tenant, (await connection.execute(query)).all(), now)


async def mask_debts(connection: AsyncConnection, tenant: str, contacts: Collection[str]) -> None:
    """Blank who was owed, in the debts that these contacts left; their numbers and times stay in the figures."""
    of = (debts.c.tenant == tenant) & debts.c.contact.in_(list(contacts))
    blank = dict.fromkeys(("customer", "caller", "digits", "reason", "promised_note"), "")
    found = await connection.execute(update(debts).where(of).values(blank).returning(debts.c.id))
    told = (debt_events.c.tenant == tenant) & debt_events.c.debt.in_(list(found.scalars()))
    await connection.execute(
        update(debt_events).where(told).values(body=debt_events.c.body.op("||")(cast(PERSONAL, JSONB)))
    )
