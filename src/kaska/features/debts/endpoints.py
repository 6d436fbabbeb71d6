"""Routes of the debt book."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from kaska.features.debts import service
from kaska.features.debts.schemas import CallbackStarted, Debt, DebtFigures, DebtPage, DebtQuery, WriteOff
from kaska.features.engine_door import engine_inbox
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.kit.http import DatabaseDep

router = APIRouter(prefix="/api/debts", tags=["debts"])

Reader = Annotated[CurrentUser, require(Permission.READ_DEBTS)]
DebtId = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("")
async def list_debts(user: Reader, database: DatabaseDep, query: Annotated[DebtQuery, Query()]) -> DebtPage:
    """Whom we owe an answer, by when, and who has to give it; or those who got it."""
    async with database.tenant(user.tenant) as connection:
        return await service.find(connection, user, query, datetime.now(UTC))


@router.get("/figures")
async def debt_figures(
    user: Reader, database: DatabaseDep, timezone: Annotated[str, Query(max_length=100)] = "Europe/Moscow"
) -> DebtFigures:
    """What is owed now and what was recovered today."""
    async with database.tenant(user.tenant) as connection:
        return await service.figures(connection, user.tenant, datetime.now(UTC), timezone)


@router.get("/{debt_id}")
async def read_debt(debt_id: DebtId, user: Reader, database: DatabaseDep) -> Debt:
    async with database.tenant(user.tenant) as connection:
        return await service.one(connection, user.tenant, debt_id, datetime.now(UTC))


@router.post("/{debt_id}/call", status_code=202)
async def call_debtor(
    debt_id: DebtId,
    user: Annotated[CurrentUser, require(Permission.CALL_BACK)],
    request: Request,
    database: DatabaseDep,
) -> CallbackStarted:
    """Call the person back: my phone rings first."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        debt = await service.check_open(connection, user.tenant, debt_id)
    return CallbackStarted(contact=await service.call_back(inbox, user, debt))


@router.post("/{debt_id}/write-off", status_code=204)
async def write_off_debt(
    debt_id: DebtId,
    given: WriteOff,
    user: Annotated[CurrentUser, require(Permission.WRITE_OFF_DEBTS)],
    request: Request,
    database: DatabaseDep,
) -> None:
    """Close a debt without serving the person; the reason stays in the ledger and in the audit."""
    inbox = engine_inbox(request, user.tenant)
    async with database.tenant(user.tenant) as connection:
        debt = await service.check_open(connection, user.tenant, debt_id)
    await service.write_off(inbox, user, debt.id, given.reason)
    async with database.tenant(user.tenant) as connection:
        await audit.write(
            connection,
            tenant=user.tenant,
            user=user.id,
            action="debts.write_off",
            object=debt.id,
            details={"reason": given.reason},
        )
