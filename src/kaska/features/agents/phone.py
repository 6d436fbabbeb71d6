"""The accounts by which an agent's telephones register."""

from __future__ import annotations

import io
from urllib.parse import quote

import segno
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
        server = f"{settings.sip_host}:{settings.sip_port}"
        accounts.append(
            DeviceAccount(
                kind=row["kind"],
                username=row["endpoint"],
                password=row["secret"],
                uri=f"sip:{row['endpoint']}@{settings.sip_host}",
                server="" if web else server,
                websocket_path=WEBSOCKET_PATH if web else "",
                qr="" if web else account_picture(row["endpoint"], row["secret"], server),
            )
        )
    return Phone(agent=agent, extension=extension, accounts=accounts)


def account_picture(username: str, password: str, server: str) -> str:
    """The account as a QR code: "sip:name:password@server", as RFC 3261 (19.1.1) writes it."""
    drawn = io.BytesIO()
    code = segno.make(f"sip:{quote(username, safe='')}:{quote(password, safe='')}@{server}", error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, dark="#000", light="#fff")
    return drawn.getvalue().decode()
