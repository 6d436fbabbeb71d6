"""Routes by which administrators describe agents."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import AgentProfile
from kaska.features.agents import repository
from kaska.features.agents.phone import phone_of
from kaska.features.agents.schemas import AgentGiven, AgentRow, Phone
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.kit.errors import NotFound
from kaska.kit.http import DatabaseDep, SettingsDep

router = APIRouter(prefix="/api/agents", tags=["agents"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("")
async def list_agents(user: Reader, database: DatabaseDep) -> list[AgentRow]:
    async with database.tenant(user.tenant) as connection:
        profiles = await repository.read_agents(connection, user.tenant)
    return [_row(profile) for profile in profiles.values()]


@router.put("/{agent}")
async def put_agent(agent: str, given: AgentGiven, user: Editor, database: DatabaseDep) -> AgentRow:
    """Gives a person an agent's workplace; works after publishing."""
    async with database.tenant(user.tenant) as connection:
        rules = given.model_dump(include={"queues", "conversion", "text_capacity"}, exclude_none=True)
        await repository.put_agent(connection, user.tenant, agent, given.extension, given.skills, **rules)
        await _trace(connection, user, "agents.put", agent)
        profiles = await repository.read_agents(connection, user.tenant)
    return _row(profiles[agent])


@router.delete("/{agent}", status_code=204)
async def delete_agent(agent: str, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await repository.remove_agent(connection, user.tenant, agent):
            raise NotFound
        await _trace(connection, user, "agents.delete", agent)


@router.get("/{agent}/phone")
async def read_agent_phone(agent: str, user: Editor, database: DatabaseDep, settings: SettingsDep) -> Phone:
    """The accounts with their passwords, to set up somebody's telephone; the reading is written down."""
    async with database.tenant(user.tenant) as connection:
        phone = await phone_of(connection, user.tenant, agent, settings)
        await _trace(connection, user, "agents.phone", agent)
    return phone


def _row(profile: AgentProfile) -> AgentRow:
    return AgentRow(
        id=profile.id,
        name=profile.name,
        extension=profile.extension,
        skills=profile.skills,
        queues=list(profile.queues),
        conversion=profile.conversion,
        text_capacity=profile.text_capacity,
        endpoints=[device.endpoint for device in profile.devices],
    )


async def _trace(connection: AsyncConnection, user: CurrentUser, action: str, agent: str) -> None:
    await audit.write(connection, tenant=user.tenant, user=user.id, action=action, object=agent)
