"""Whose contacts these are: the journal's choice, by persons instead of by contacts."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import chosen, contacts
from kaska.features.customers.identity import PHONE
from kaska.features.customers.schemas import WhoPage, WhoQuery, Whose
from kaska.features.customers.tables import customers, identities


async def find(connection: AsyncConnection, tenant: str, query: WhoQuery) -> WhoPage:
    """The cards of those who had the chosen contacts. :raises UnknownTimezone:"""
    c = contacts.c
    known = (identities.c.tenant == c.tenant) & (identities.c.kind == PHONE) & (identities.c.value == c.customer)
    newest = aggregate_order_by(c.id, c.arrived_at.desc(), c.id.desc())
    number = aggregate_order_by(c.customer, c.arrived_at.desc(), c.id.desc())
    mine = (
        select(
            identities.c.customer.label("id"),
            func.count().label("contacts"),
            func.max(c.arrived_at).label("last_at"),
            func.array_agg(newest)[1].label("last_contact"),
            func.array_agg(number)[1].label("number"),
        )
        .select_from(contacts.outerjoin(identities, known))
        .where(*chosen(tenant, query))
        .group_by(identities.c.customer)
        .subquery()
    )
    rows = (
        await connection.execute(
            select(mine, customers.c.name, customers.c.vip, func.count().over().label("customers"))
            .join(customers, (customers.c.tenant == tenant) & (customers.c.id == mine.c.id))
            .order_by(mine.c.last_at.desc(), mine.c.id)
            .limit(query.limit)
        )
    ).all()
    nameless = (await connection.execute(select(mine.c.contacts).where(mine.c.id.is_(None)))).scalar_one_or_none()
    return WhoPage(
        items=[Whose.model_validate(row, from_attributes=True) for row in rows],
        customers=rows[0].customers if rows else 0,
        nameless=nameless or 0,
    )
