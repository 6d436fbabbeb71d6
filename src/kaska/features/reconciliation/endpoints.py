"""The routes of the reconciliation page."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query

from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.reconciliation import days, shown
from kaska.features.reconciliation.schemas import Difference, ReconciledDays, Reconciliation
from kaska.kit.http import DatabaseDep

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)

router = APIRouter(prefix="/api", tags=["reconciliation"])


@router.get("/reconciliation")
async def read_reconciliation(
    user: Annotated[CurrentUser, require(Permission.READ_RECONCILIATION)], database: DatabaseDep
) -> Reconciliation:
    """Whether the switch, the ledger and the recordings agree, and every place where they do not."""
    async with database.tenant(user.tenant) as connection:
        return await shown.report(connection, user.tenant)


@router.get("/reconciliation/days")
async def read_reconciled_days(
    user: Annotated[CurrentUser, require(Permission.READ_RECONCILIATION)],
    database: DatabaseDep,
    last: Annotated[date | None, Query(ge=EARLIEST, le=LATEST)] = None,
    back: Annotated[int, Query(ge=1, le=days.MOST_DAYS)] = 14,
) -> ReconciledDays:
    """Day by day, what each witness counted and why they differ, newest first: ``back`` days up to ``last``, which is
    the day of the last comparison unless said otherwise."""
    async with database.tenant(user.tenant) as connection:
        return await days.days(connection, user.tenant, last, back)


@router.get("/reconciliation/days/{day}")
async def read_differences_of_day(
    day: Annotated[date, Path(ge=EARLIEST, le=LATEST)],
    user: Annotated[CurrentUser, require(Permission.READ_RECONCILIATION)],
    database: DatabaseDep,
) -> list[Difference]:
    """The differences about contacts that arrived on a day, open ones first; 500 at most."""
    async with database.tenant(user.tenant) as connection:
        return await shown.of_day(connection, user.tenant, await days.of(connection, user.tenant, day))
