"""Routes by which administrators name skills."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.engine import RowMapping

from kaska.features.agents.schemas import SkillGiven, SkillRow
from kaska.features.agents.tables import skills
from kaska.features.identity.public import CurrentUser, Permission, kept, require
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api/skills", tags=["agents"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]


@router.get("")
async def list_skills(user: Reader, database: DatabaseDep) -> list[SkillRow]:
    """Those that have a name; agents and queues may speak of others."""
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, skills).all()
    return [_row(row) for row in rows]


@router.put("/{id}")
async def put_skill(id: Id, given: SkillGiven, user: Editor, database: DatabaseDep) -> SkillRow:
    values = {"id": id, "name": given.name}
    async with database.tenant(user.tenant) as connection:
        return _row(await kept.keep(connection, user, skills, "skills", values, given.revision))


@router.delete("/{id}", status_code=204)
async def delete_skill(id: Id, user: Editor, database: DatabaseDep) -> None:
    """Only its name: who has the skill keeps it."""
    async with database.tenant(user.tenant) as connection:
        await kept.drop(connection, user, skills, "skills", id)


def _row(row: RowMapping) -> SkillRow:
    return SkillRow.model_validate({**row, "revision": revision_of(row)})
