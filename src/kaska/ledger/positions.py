"""How far each projection has read a tenant's ledger, inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.ledger.tables import readers

_KNOWN = text(
    "SELECT h.position, r.projection, r.position FROM ledger.heads h"
    " LEFT JOIN ledger.readers r ON r.tenant = h.tenant AND r.projection = ANY(:projections) WHERE h.tenant = :tenant"
)
_LOCK = text(
    "SELECT projection, position FROM ledger.readers"
    " WHERE tenant = :tenant AND projection = ANY(:projections) ORDER BY projection FOR UPDATE"
)
_MOVE = text("UPDATE ledger.readers SET position = :position WHERE tenant = :tenant AND projection = ANY(:projections)")


async def known(connection: AsyncConnection, tenant: str, projections: Sequence[str]) -> tuple[int, dict[str, int]]:
    """(the ledger's newest position, projection → how far it has read); those that never read are missing."""
    rows = (await connection.execute(_KNOWN, {"tenant": tenant, "projections": projections})).all()
    newest = int(rows[0][0]) if rows else 0
    return newest, {str(name): int(place) for _, name, place in rows if name is not None}


async def lock(connection: AsyncConnection, tenant: str, projections: Sequence[str]) -> dict[str, int]:
    """Projection → how far it has read. The lock is what keeps two processes from applying the same facts."""
    rows = await connection.execute(_LOCK, {"tenant": tenant, "projections": projections})
    return {str(name): int(place) for name, place in rows}


async def lock_or_begin(connection: AsyncConnection, tenant: str, projection: str) -> int:
    """As ``lock`` for one, which may never have read before."""
    places = await lock(connection, tenant, [projection])
    if not places:
        place = {"tenant": tenant, "projection": projection, "position": 0}
        await connection.execute(insert(readers).values(place).on_conflict_do_nothing())
        places = await lock(connection, tenant, [projection])
    return places[projection]


async def move(connection: AsyncConnection, tenant: str, projections: Sequence[str], position: int) -> None:
    await connection.execute(_MOVE, {"tenant": tenant, "projections": projections, "position": position})


async def position_of(connection: AsyncConnection, projection: str, tenant: str) -> int:
    """How far a projection has read; what it shows is the ledger up to here."""
    query = select(readers.c.position).where(readers.c.tenant == tenant, readers.c.projection == projection)
    return int((await connection.execute(query)).scalar_one_or_none() or 0)
