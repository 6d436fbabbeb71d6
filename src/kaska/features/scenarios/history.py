"""Every published version of every scenario."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.scenarios.tables import scenario_versions

NEWEST = 200


class History:
    """``connection`` is of ``Database.tenant(tenant)``."""

    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self._connection = connection
        self._tenant = tenant

    async def add(self, scenario: str, version: int, by: str, document: dict[str, Any]) -> None:
        values = {"scenario": scenario, "version": version, "at": datetime.now(UTC), "by": by, "document": document}
        await self._connection.execute(insert(scenario_versions).values(tenant=self._tenant, **values))

    async def of(self, scenario: str) -> Sequence[RowMapping]:
        """version, at, by of the newest NEWEST, newest first."""
        table = scenario_versions
        statement = (
            select(table.c.version, table.c.at, table.c.by)
            .where(table.c.tenant == self._tenant, table.c.scenario == scenario)
            .order_by(table.c.version.desc())
            .limit(NEWEST)
        )
        return (await self._connection.execute(statement)).mappings().all()

    async def newest(self, scenario: str) -> int:
        """0 when it was never published."""
        rows = await self.of(scenario)
        return int(rows[0]["version"]) if rows else 0

    async def document(self, scenario: str, version: int) -> dict[str, Any] | None:
        table = scenario_versions
        statement = select(table.c.document).where(
            table.c.tenant == self._tenant, table.c.scenario == scenario, table.c.version == version
        )
        found: dict[str, Any] | None = (await self._connection.execute(statement)).scalar_one_or_none()
        return found
