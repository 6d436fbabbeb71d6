"""What publishing reads of numbers."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Number, Trunk
from kaska.features.numbers.errors import TrunkNameTaken
from kaska.features.numbers.tables import numbers, trunks
from kaska.kit.tenant_rows import TenantRows


def trunk_endpoint(trunk: str) -> str:
    return f"trunk-{trunk}"


async def read_trunks(connection: AsyncConnection, tenant: str) -> dict[str, Trunk]:
    rows = await TenantRows(connection, tenant, trunks).all()
    return {row["id"]: Trunk(row["id"], row["endpoint"], tuple(row["addresses"]), row["contact_uri"]) for row in rows}


async def read_numbers(connection: AsyncConnection, tenant: str) -> dict[str, Number]:
    rows = await TenantRows(connection, tenant, numbers).all()
    return {row["number"]: Number(row["number"], row["project"], row["scenario"], row["priority"]) for row in rows}


async def put_trunk(connection: AsyncConnection, tenant: str, trunk: Trunk) -> None:
    """Raises TrunkNameTaken when another tenant has a trunk of that name: the switch knows names only."""
    try:
        async with connection.begin_nested():
            await TenantRows(connection, tenant, trunks).put(
                id=trunk.id, endpoint=trunk.endpoint, addresses=trunk.addresses, contact_uri=trunk.contact_uri
            )
    except IntegrityError as error:
        raise TrunkNameTaken from error


async def put_number(connection: AsyncConnection, tenant: str, number: Number) -> None:
    await TenantRows(connection, tenant, numbers).put(
        number=number.number, project=number.project, scenario=number.scenario, priority=number.priority
    )
