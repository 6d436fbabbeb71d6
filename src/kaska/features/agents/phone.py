"""The accounts by which an agent's telephones register."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.agents.repository import read_accounts
from kaska.features.agents.schemas import DeviceAccount, Phone
from kaska.kit.config import Settings

WEBSOCKET_PATH = "/api/phone/ws"


async def phone_of(connection: AsyncConnection, tenant: str, agent: str, settings: Settings) -> Phone:
    """Raises NotAnAgent."""
    extension, rows = await read_accounts(connection, tenant, agent)
    accounts = []
    for row in rows:
        web = row["kind"] == "web"
        accounts.append(
            DeviceAccount(
                kind=row["kind"],
                username=row["endpoint"],
                password=row["secret"],
                uri=f"sip:{row['endpoint']}@{settings.sip_host}",
                server="" if web else f"{settings.sip_host}:{settings.sip_port}",
                websocket_path=WEBSOCKET_PATH if web else "",
            )
        )
    return Phone(agent=agent, extension=extension, accounts=accounts)
