"""The route of the reconciliation page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.reconciliation import service
from kaska.features.reconciliation.schemas import Reconciliation
from kaska.kit.http import DatabaseDep

router = APIRouter(prefix="/api", tags=["reconciliation"])


@router.get("/reconciliation")
async def read_reconciliation(
    user: Annotated[CurrentUser, require(Permission.READ_RECONCILIATION)], database: DatabaseDep
) -> Reconciliation:
    """Whether the switch, the ledger and the recordings agree, and every place where they do not."""
    async with database.tenant(user.tenant) as connection:
        return await service.report(connection, user.tenant)
