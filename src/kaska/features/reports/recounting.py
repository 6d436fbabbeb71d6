"""Counting everything again from the first fact of the ledger."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.reports.projection import ReportsProjection
from kaska.kit.database import Database
from kaska.ledger.projector import Projector, rewind


async def recount_from_the_first_fact(connection: AsyncConnection, tenant: str) -> None:
    """Empties the sums; whoever keeps the projections reads the ledger from its beginning then."""
    await rewind(connection, ReportsProjection(), tenant)


async def rebuild(
    database: Database, tenants: Callable[[], Awaitable[list[str]]], told: Callable[[int], None] = lambda _: None
) -> int:
    """Empties and makes again the sums of all ``tenants``; returns how many facts were read here.

    The running application may read along: each fact is counted once whoever reads it. ``told`` hears the progress.
    """
    projector = Projector(database, [ReportsProjection()], tenants)
    await projector.rebuild("reports")
    return await projector.catch_up("reports", told)
