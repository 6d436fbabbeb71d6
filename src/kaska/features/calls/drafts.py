"""What agents have begun to write and not yet sent: kept until it is sent, whatever becomes of their computer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.card import plain
from kaska.features.calls.schemas import Draft, Said
from kaska.features.calls.tables import drafts
from kaska.features.identity.public import CurrentUser

KEPT = timedelta(days=14)
MOST = 200
"""of one agent; older ones give way"""


async def mine(connection: AsyncConnection, user: CurrentUser) -> list[Draft]:
    """The newest first."""
    query = select(drafts).where(drafts.c.tenant == user.tenant, drafts.c.agent == user.id)
    rows = await connection.execute(query.order_by(drafts.c.at.desc(), drafts.c.contact).limit(MOST))
    return [Draft(contact=row.contact, at=row.at, said=Said.model_validate(row.document)) for row in rows]


async def keep(connection: AsyncConnection, user: CurrentUser, contact: str, said: Said) -> None:
    now = datetime.now(UTC)
    statement = insert(drafts).values(
        tenant=user.tenant, agent=user.id, contact=plain(contact), document=said.model_dump(mode="json"), at=now
    )
    changing = {"document": statement.excluded.document, "at": statement.excluded.at}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["tenant", "agent", "contact"], set_=changing)
    )
    of = (drafts.c.tenant == user.tenant) & (drafts.c.agent == user.id)
    newest = select(drafts.c.contact).where(of).order_by(drafts.c.at.desc()).limit(MOST)
    await connection.execute(delete(drafts).where(of, (drafts.c.at < now - KEPT) | drafts.c.contact.not_in(newest)))


async def forget(connection: AsyncConnection, user: CurrentUser, contact: str) -> None:
    await connection.execute(
        delete(drafts).where(
            drafts.c.tenant == user.tenant, drafts.c.agent == user.id, drafts.c.contact == plain(contact)
        )
    )
