"""Routes of supervision: every click becomes an event for the engine, and a line of the audit."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import AwareDatetime

from kaska.core.events import AgentStateRequested, MonitorRequested, MonitorStopped, WaitingMoved
from kaska.core.ports import EngineAway
from kaska.features.engine_door import engine_inbox
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.publishing.public import set_skills
from kaska.features.supervision import repository
from kaska.features.supervision.errors import WrongPeriod
from kaska.features.supervision.schemas import (
    AgentId,
    AgentSkillsGiven,
    AgentStateGiven,
    ContactId,
    MonitorGiven,
    MoveGiven,
    ShiftRow,
    Word,
)
from kaska.kit.database import Database
from kaska.kit.http import DatabaseDep

router = APIRouter(prefix="/api/supervision", tags=["supervision"])

Listener = Annotated[CurrentUser, require(Permission.MONITOR_CALLS)]
Steersman = Annotated[CurrentUser, require(Permission.STEER_FLOOR)]


@router.post("/calls/{contact}/monitor", status_code=202)
async def monitor_call(
    contact: ContactId, given: MonitorGiven, user: Listener, request: Request, database: DatabaseDep
) -> None:
    """My own telephone rings, unless it is in this conversation already: then the way of listening changes."""
    inbox = engine_inbox(request, user.tenant)
    await inbox.submit(MonitorRequested(await inbox.now(), user.id, contact, given.mode))
    await _trace(database, user, f"calls.{given.mode}", contact)


@router.delete("/calls/{contact}/monitor", status_code=204)
async def stop_monitoring(contact: ContactId, user: Listener, request: Request, database: DatabaseDep) -> None:
    inbox = engine_inbox(request, user.tenant)
    await inbox.submit(MonitorStopped(await inbox.now(), user.id, contact))
    await _trace(database, user, "calls.stop_listening", contact)


@router.post("/calls/{contact}/move", status_code=204)
async def move_waiting(
    contact: ContactId, given: MoveGiven, user: Steersman, request: Request, database: DatabaseDep
) -> None:
    """Somebody who waits goes to another queue, to the front, or both; the time waited counts there too."""
    inbox = engine_inbox(request, user.tenant)
    await inbox.submit(WaitingMoved(await inbox.now(), user.id, contact, given.queue, given.front))
    await _trace(database, user, "calls.move", contact, given.model_dump())


@router.post("/agents/{agent}/state", status_code=204)
async def set_agent_state(
    agent: AgentId, given: AgentStateGiven, user: Steersman, request: Request, database: DatabaseDep
) -> None:
    """Sends somebody from or to a break, or off the shift; a conversation is finished first."""
    inbox = engine_inbox(request, user.tenant)
    await inbox.submit(AgentStateRequested(await inbox.now(), user.id, agent, given.state, given.reason))
    await _trace(database, user, "agents.set_state", agent, given.model_dump())


@router.put("/agents/{agent}/skills", status_code=204)
async def set_agent_skills(
    agent: AgentId, given: AgentSkillsGiven, user: Steersman, request: Request, database: DatabaseDep
) -> None:
    """Distribution heeds it at once; nothing else that was edited is published by it."""
    try:
        inbox = engine_inbox(request, user.tenant)
    except EngineAway:
        inbox = None
    await set_skills(database, user.tenant, user.id, inbox, agent, given.skills)


@router.get("/shifts")
async def list_shifts(
    user: Steersman,
    database: DatabaseDep,
    since: AwareDatetime,
    until: AwareDatetime,
    agent: Word = "",
) -> list[ShiftRow]:
    """The shift log for programs: who was in which state, why, from when to when; what supervisors ordered and what
    the rules said of breaks stands between."""
    if not since < until <= since + timedelta(days=8):
        raise WrongPeriod
    async with database.tenant(user.tenant) as connection:
        agents = [agent] if agent else await repository.everybody(connection, user.tenant)
        rows = await repository.shifts(connection, user.tenant, since, until, agents)
    return [ShiftRow.model_validate(dict(row)) for row in rows]


async def _trace(
    database: Database, user: CurrentUser, action: str, object: str, details: dict[str, Any] | None = None
) -> None:
    async with database.tenant(user.tenant) as connection:
        await audit.write(connection, tenant=user.tenant, user=user.id, action=action, object=object, details=details)
