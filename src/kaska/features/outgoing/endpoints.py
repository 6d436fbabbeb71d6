"""Routes of outgoing rules."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from kaska.core.outgoing import usage
from kaska.core.outgoing.rules import AGENT, COMPANY, PROJECT, scope_of
from kaska.core.state import State
from kaska.features.identity.public import CurrentUser, Permission, kept, require
from kaska.features.outgoing.schemas import CapsGiven, OutgoingFields, OutgoingGiven, OutgoingRow, StopRow, UsageRow
from kaska.features.outgoing.tables import RULES, outgoing_rules, outgoing_stops
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api/outgoing", tags=["outgoing"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("/rules")
async def read_outgoing_rules(user: Reader, database: DatabaseDep) -> OutgoingRow:
    """As edited; what nobody has edited yet is as it comes."""
    async with database.tenant(user.tenant) as connection:
        row = await TenantRows(connection, user.tenant, outgoing_rules).get(RULES)
    return _shown(row)


@router.put("/rules")
async def put_outgoing_rules(given: OutgoingGiven, user: Editor, database: DatabaseDep) -> OutgoingRow:
    """In force after publishing."""
    values = {"id": RULES, "document": given.model_dump(mode="json", exclude={"revision"})}
    async with database.tenant(user.tenant) as connection:
        return _shown(await kept.keep(connection, user, outgoing_rules, "outgoing", values, given.revision))


def _shown(row: Any) -> OutgoingRow:
    fields = OutgoingFields.model_validate(row["document"]) if row is not None else OutgoingFields()
    return OutgoingRow(**fields.model_dump(), revision=revision_of(row))


@router.get("/stops")
async def list_outgoing_stops(user: Reader, database: DatabaseDep, limit: Limit = 100) -> list[StopRow]:
    """Calls that the rules refused or ended, the latest first."""
    table = outgoing_stops
    async with database.tenant(user.tenant) as connection:
        rows = (await connection.execute(select(table).order_by(table.c.position.desc()).limit(limit))).mappings()
        return [StopRow.model_validate(dict(row)) for row in rows]


@router.get("/usage")
async def read_outgoing_usage(user: Reader, request: Request) -> list[UsageRow]:
    """What was used today, the company first; empty while the engine is away."""
    picture = request.app.state.feed.picture(user.tenant)
    return usage_of(picture[1], time.time()) if picture is not None else []


def usage_of(state: State, at: float) -> list[UsageRow]:
    scopes = {COMPANY: None, **dict.fromkeys(map(scope_of, state.outgoing.spent))}
    for call in state.outgoing.calls.values():
        scopes |= dict.fromkeys(call.scopes)
    found = []
    for kind, name in scopes:
        scope = (kind, name)
        spent, caps = usage.spent(state, scope, at), state.configuration.outgoing.caps_of(scope)
        found.append(
            UsageRow(
                kind="agent" if kind == AGENT else "project" if kind == PROJECT else "company",
                id=name,
                calls=usage.at_once(state, scope),
                minutes=round(spent.seconds / 60.0, 2),
                money=round(spent.money, 2),
                caps=CapsGiven(calls=caps.calls, minutes=caps.minutes, money=caps.money),
            )
        )
    return found
