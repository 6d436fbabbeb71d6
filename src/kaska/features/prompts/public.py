"""What other features use of recordings that callers hear."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.prompts.dictated import DictatedProjection, Dictations
from kaska.features.prompts.tables import prompts
from kaska.kit.sound import folder_of
from kaska.kit.tenant_rows import TenantRows

__all__ = ["DictatedProjection", "Dictations", "read_titles"]


async def read_titles(connection: AsyncConnection, tenant: str) -> dict[str, str]:
    """Name of a recording as scenarios play it → its title, of those that the company made."""
    rows = await TenantRows(connection, tenant, prompts).all()
    return {f"{folder_of(tenant)}/{row['id']}": row["title"] for row in rows}
