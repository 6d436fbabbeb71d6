"""Routes by which administrators describe agents."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.engine import RowMapping

from kaska.core.configuration import AgentProfile
from kaska.features.agents import repository
from kaska.features.agents.phone import phone_of
from kaska.features.agents.schemas import AgentGiven, AgentRow, Phone
from kaska.features.agents.tables import agents
from kaska.features.identity.public import CurrentUser, Permission, audit, kept, require
from kaska.kit.http import DatabaseDep, SettingsDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api/agents", tags=["agents"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("")
async def list_agents(user: Reader, database: DatabaseDep) -> list[AgentRow]:
    async with database.tenant(user.tenant) as connection:
        profiles = await repository.read_agents(connection, user.tenant)
        rows = {row["id"]: row for row in await TenantRows(connection, user.tenant, agents).all()}
    return [_row(profile, rows[profile.id]) for profile in profiles.values()]


@router.put("/{agent}")
async def put_agent(agent: str, given: AgentGiven, user: Editor, database: DatabaseDep) -> AgentRow:
    """Gives a person an agent's workplace; works after publishing."""
    async with database.tenant(user.tenant) as connection:
        before = await kept.begin(connection, user, agents, "agents", agent, given.revision)
        rules = given.model_dump(include={"queues", "conversion", "text_capacity", "screened"}, exclude_none=True)
        await repository.put_agent(connection, user.tenant, agent, given.extension, given.skills, **rules)
        after = await kept.trace(connection, user, agents, "agents", agent, before)
        profiles = await repository.read_agents(connection, user.tenant)
    return _row(profiles[agent], after)


@router.delete("/{agent}", status_code=204)
async def delete_agent(agent: str, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        await repository.remove_devices(connection, agent)
        await kept.drop(connection, user, agents, "agents", agent)


@router.get("/{agent}/phone")
async def read_agent_phone(agent: str, user: Editor, database: DatabaseDep, settings: SettingsDep) -> Phone:
    """The accounts with their passwords, to set up somebody's telephone; the reading is written down."""
    async with database.tenant(user.tenant) as connection:
        phone = await phone_of(connection, user.tenant, agent, settings)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="agents.phone", object=agent)
    return phone


@router.post("/{agent}/phone")
async def renew_agent_phone(agent: str, user: Editor, database: DatabaseDep, settings: SettingsDep) -> Phone:
    """New passwords for all of somebody's telephones: those that know the old ones fall silent after publishing."""
    async with database.tenant(user.tenant) as connection:
        await repository.renew_devices(connection, agent)
        phone = await phone_of(connection, user.tenant, agent, settings)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="agents.renew", object=agent)
    return phone


def _row(profile: AgentProfile, row: RowMapping) -> AgentRow:
    return AgentRow(
        id=profile.id,
        name=profile.name,
        extension=profile.extension,
        skills=profile.skills,
        queues=list(profile.queues),
        conversion=profile.conversion,
        text_capacity=profile.text_capacity,
        screened=profile.screened,
        endpoints=[device.endpoint for device in profile.devices],
        revision=revision_of(row),
    )
