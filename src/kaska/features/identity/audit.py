"""The written trace of who did what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity.tables import audit_log


async def write(
    connection: AsyncConnection,
    *,
    tenant: str,
    user: str,
    action: str,
    object: str,
    details: dict[str, Any] | None = None,
) -> None:
    """Adds a line in the transaction of ``connection`` (a ``Database.tenant`` one): the deed and its trace are one.

    ``action`` is feature.verb ("people.create", "recordings.listen"); ``details`` never holds a secret.
    """
    await connection.execute(
        insert(audit_log).values(
            tenant=tenant, at=datetime.now(UTC), user_id=user, action=action, object=object, details=details or {}
        )
    )
