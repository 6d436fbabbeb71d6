"""Queries of agents and their devices."""

from __future__ import annotations

import secrets
from collections import defaultdict
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import AgentProfile, Device, Skill
from kaska.features.agents.errors import ExtensionTaken, NotAnAgent
from kaska.features.agents.tables import agent_devices, agents, skills
from kaska.features.identity.public import active_names
from kaska.kit.tenant_rows import TenantRows

KINDS = ("web", "phone")
NO_SECRETS = (agent_devices.c.agent, agent_devices.c.kind, agent_devices.c.endpoint)


def endpoint_of(tenant: str, extension: str, kind: str) -> str:
    return f"{tenant}-{extension}" + ("-web" if kind == "web" else "")


async def put_agent(
    connection: AsyncConnection, tenant: str, agent: str, extension: str, skills: dict[str, int], **rules: Any
) -> None:
    """Makes or changes an agent; another extension means other devices with other secrets.

    ``rules`` are the other columns of an agent; those that are absent stay as they are.

    Raises NotAnAgent when there is no such person, ExtensionTaken.
    """
    if agent not in await active_names(connection, tenant):
        raise NotAnAgent
    rows = TenantRows(connection, tenant, agents)
    try:
        async with connection.begin_nested():
            await rows.put(id=agent, extension=extension, skills=skills, **rules)
    except IntegrityError as error:
        raise ExtensionTaken(extension=extension, fields={"extension": "taken"}) from error
    wanted = {endpoint_of(tenant, extension, kind): kind for kind in KINDS}
    devices = TenantRows(connection, tenant, agent_devices)
    owned = {row["endpoint"] for row in await _devices_of(connection, agent)}
    for endpoint in owned - set(wanted):
        await devices.remove(endpoint)
    for endpoint, kind in wanted.items():
        if endpoint not in owned:
            await devices.put(endpoint=endpoint, agent=agent, kind=kind, secret=secrets.token_urlsafe(18))


async def remove_devices(connection: AsyncConnection, agent: str) -> None:
    await connection.execute(delete(agent_devices).where(agent_devices.c.agent == agent))


async def renew_devices(connection: AsyncConnection, agent: str) -> None:
    """Other passwords; the switch learns them with the next publishing."""
    for row in await _devices_of(connection, agent):
        one = update(agent_devices).where(agent_devices.c.endpoint == row["endpoint"])
        await connection.execute(one.values(secret=secrets.token_urlsafe(18)))


async def read_agents(connection: AsyncConnection, tenant: str) -> dict[str, AgentProfile]:
    """Agents whose person may sign in, with their devices in a fixed order."""
    names = await active_names(connection, tenant)
    devices: defaultdict[str, list[Device]] = defaultdict(list)
    for row in await connection.execute(select(*NO_SECRETS).order_by(agent_devices.c.kind)):
        devices[row.agent].append(Device(id=row.kind, kind=row.kind, endpoint=row.endpoint))
    return {
        row["id"]: AgentProfile(
            row["id"],
            names[row["id"]],
            row["extension"],
            row["skills"],
            tuple(devices[row["id"]]),
            tuple(row["queues"]),
            row["conversion"],
            row["text_capacity"],
            row["screened"],
        )
        for row in await TenantRows(connection, tenant, agents).all()
        if row["id"] in names
    }


async def read_skills(connection: AsyncConnection, tenant: str) -> dict[str, Skill]:
    """Those that have a name."""
    return {row["id"]: Skill(row["id"], row["name"]) for row in await TenantRows(connection, tenant, skills).all()}


async def put_skill(connection: AsyncConnection, tenant: str, skill: Skill) -> None:
    await TenantRows(connection, tenant, skills).put(id=skill.id, name=skill.name)


async def read_accounts(connection: AsyncConnection, tenant: str, agent: str) -> tuple[str, list[RowMapping]]:
    """The agent's extension and devices with secrets. Raises NotAnAgent."""
    row = await TenantRows(connection, tenant, agents).get(agent)
    if row is None:
        raise NotAnAgent
    return row["extension"], await _devices_of(connection, agent)


async def device_secrets(connection: AsyncConnection) -> dict[str, str]:
    """endpoint → SIP password of every device of the tenant, for provisioning the switch."""
    rows = await connection.execute(select(agent_devices.c.endpoint, agent_devices.c.secret))
    return {row.endpoint: row.secret for row in rows}


async def _devices_of(connection: AsyncConnection, agent: str) -> list[RowMapping]:
    statement = select(agent_devices).where(agent_devices.c.agent == agent).order_by(agent_devices.c.kind)
    return list((await connection.execute(statement)).mappings())
