"""What other features use of the debt book."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.debts.schemas import Debt
from kaska.features.debts.service import described
from kaska.features.debts.tables import debts

__all__ = ["Debt", "debts", "mask_debts", "owed_to"]


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
    await connection.execute(update(debts).where(of).values(customer="", caller="", digits="", reason=""))
