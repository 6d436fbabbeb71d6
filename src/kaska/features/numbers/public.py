"""What publishing reads of numbers."""

from __future__ import annotations

import secrets

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Number, Trunk
from kaska.core.inside.sites import ranges_of
from kaska.features.numbers.errors import TrunkNameTaken
from kaska.features.numbers.schemas import TestLine
from kaska.features.numbers.tables import numbers, trunks
from kaska.kit.tenant_rows import TenantRows

__all__ = [
    "TestLine",
    "browser_line",
    "ensure_browser_line",
    "put_number",
    "put_trunk",
    "read_numbers",
    "read_trunks",
    "test_line",
    "trunk_endpoint",
    "trunk_secrets",
]


def trunk_endpoint(trunk: str) -> str:
    return f"trunk-{trunk}"


async def read_trunks(connection: AsyncConnection, tenant: str) -> dict[str, Trunk]:
    rows = await TenantRows(connection, tenant, trunks).all()
    return {
        row["id"]: Trunk(
            row["id"],
            row["endpoint"],
            tuple(row["addresses"]),
            row["contact_uri"],
            ranges_of(row["site"]) or (),
            row["name"],
        )
        for row in rows
    }


async def trunk_secrets(connection: AsyncConnection, tenant: str) -> dict[str, str]:
    """endpoint → SIP password of the lines that the page calls by."""
    rows = await TenantRows(connection, tenant, trunks).all()
    return {row["endpoint"]: row["secret"] for row in rows if row["secret"]}


async def ensure_browser_line(connection: AsyncConnection, tenant: str) -> None:
    """The line by which the page itself can call the company's numbers."""
    id = browser_line(tenant)
    rows = TenantRows(connection, tenant, trunks)
    if await rows.get(id) is None:
        secret = secrets.token_urlsafe(18)
        await rows.put(id=id, endpoint=trunk_endpoint(id), addresses=[], contact_uri="", secret=secret)


async def test_line(connection: AsyncConnection, tenant: str, sip_host: str, number: str) -> TestLine | None:
    """By what account the page calls ``number`` by that line; None when there is none."""
    row = await TenantRows(connection, tenant, trunks).get(browser_line(tenant))
    if row is None or not row["secret"]:
        return None
    return TestLine(
        number=number,
        username=row["endpoint"],
        password=row["secret"],
        uri=f"sip:{row['endpoint']}@{sip_host}",
        websocket_path="/api/phone/ws",
    )


def browser_line(tenant: str) -> str:
    return f"try-{tenant}"[:40]


async def read_numbers(connection: AsyncConnection, tenant: str) -> dict[str, Number]:
    rows = await TenantRows(connection, tenant, numbers).all()
    return {row["number"]: Number(row["number"], row["project"], row["scenario"], row["priority"]) for row in rows}


async def put_trunk(connection: AsyncConnection, tenant: str, trunk: Trunk, site: str = "") -> None:
    """``site``: short numbers of another site of ours, as they were written.

    Raises TrunkNameTaken when another tenant has a trunk of that name: the switch knows names only.
    """
    try:
        async with connection.begin_nested():
            await TenantRows(connection, tenant, trunks).put(
                id=trunk.id,
                endpoint=trunk.endpoint,
                addresses=trunk.addresses,
                contact_uri=trunk.contact_uri,
                site=site,
                name=trunk.name,
            )
    except IntegrityError as error:
        raise TrunkNameTaken from error


async def put_number(connection: AsyncConnection, tenant: str, number: Number) -> None:
    await TenantRows(connection, tenant, numbers).put(
        number=number.number, project=number.project, scenario=number.scenario, priority=number.priority
    )
