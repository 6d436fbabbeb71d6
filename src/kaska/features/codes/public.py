"""What publishing uses of the table of codes."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.codes.rules import FeatureCodes
from kaska.core.configuration import AgentProfile
from kaska.features.codes.schemas import CodesFields, codes_of, filled
from kaska.features.codes.tables import TABLE, feature_codes
from kaska.features.identity.public import PERMISSIONS, Permission, Role, roles_of

__all__ = ["read_codes"]


async def read_codes(connection: AsyncConnection, tenant: str, agents: dict[str, AgentProfile]) -> FeatureCodes:
    """The table as edited; who may listen and switch modes from a telephone are those who may by their role."""
    table = feature_codes
    found = await connection.execute(select(table.c.document).where(table.c.id == TABLE))
    document = found.scalar_one_or_none()
    codes = codes_of(filled(CodesFields.model_validate(document))[0]) if document is not None else FeatureCodes()
    roles = await roles_of(connection, tenant)

    def who_may(permission: Permission) -> tuple[str, ...]:
        return tuple(agent for agent in agents if agent in roles and permission in PERMISSIONS[Role(roles[agent])])

    return replace(
        codes,
        supervisors=who_may(Permission.MONITOR_CALLS),
        switchers=who_may(Permission.SWITCH_MODE),
        pagers=who_may(Permission.PAGE_GROUPS),
        recorders=who_may(Permission.CONFIGURE),
    )
