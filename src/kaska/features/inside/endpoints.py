"""Routes of calls among ourselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.inside import repository
from kaska.features.inside.errors import WrongInsidePeriod
from kaska.features.inside.schemas import InsideTalkRow
from kaska.kit.http import DatabaseDep

router = APIRouter(prefix="/api/inside-talks", tags=["inside"])

Steersman = Annotated[CurrentUser, require(Permission.STEER_FLOOR)]
LONGEST = timedelta(days=32)


@router.get("")
async def list_inside_talks(
    user: Steersman,
    database: DatabaseDep,
    since: AwareDatetime,
    until: AwareDatetime,
    agent: Annotated[str, Query(max_length=64)] = "",
) -> list[InsideTalkRow]:
    """Who called which colleague or which other site, newest first; they are no contacts and in no report of those."""
    if not since < until <= since + LONGEST:
        raise WrongInsidePeriod
    async with database.tenant(user.tenant) as connection:
        rows = await repository.talks(connection, user.tenant, since, until, agent)
    return [InsideTalkRow.model_validate(dict(row)) for row in rows]
