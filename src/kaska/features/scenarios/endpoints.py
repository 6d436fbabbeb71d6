"""Routes of scenarios."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.scenarios.linter import lint
from kaska.features.identity.public import CurrentUser, Permission, audit, require
from kaska.features.queues.public import read_queues
from kaska.features.scenarios import editing, public, rehearsing
from kaska.features.scenarios.difference import differences
from kaska.features.scenarios.history import History
from kaska.features.scenarios.judging import ground_for, read_scenarios, told
from kaska.features.scenarios.kinds import KindCatalogue, catalogue
from kaska.features.scenarios.schemas import (
    LintFinding,
    LintReport,
    RehearsalGiven,
    RehearsalReport,
    ScenarioDifference,
    ScenarioGiven,
    ScenarioRow,
    ScenarioVersion,
    ScenarioVersionDocument,
)
from kaska.features.scenarios.tables import scenarios
from kaska.kit.errors import NotFound
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep, SettingsDep, language_of
from kaska.kit.tenant_rows import TenantRows

router = APIRouter(prefix="/api", tags=["scenarios"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]
Version = Annotated[int, Query(ge=0, le=2**31 - 1)]


@router.get("/scenarios")
async def list_scenarios(user: Reader, database: DatabaseDep) -> list[ScenarioRow]:
    async with database.tenant(user.tenant) as connection:
        rows = await TenantRows(connection, user.tenant, scenarios).all()
    return [ScenarioRow.model_validate(dict(row)) for row in rows]


@router.get("/scenarios/kinds")
async def list_node_kinds(user: Reader, request: Request) -> KindCatalogue:
    """What a scenario can be made of, in the reader's language."""
    return catalogue(language_of(request))


@router.get("/scenarios/{id}")
async def read_scenario(id: Id, user: Reader, database: DatabaseDep) -> ScenarioRow:
    async with database.tenant(user.tenant) as connection:
        row = await TenantRows(connection, user.tenant, scenarios).get(id)
    if row is None:
        raise NotFound
    return ScenarioRow.model_validate(dict(row))


@router.put("/scenarios/{id}")
async def put_scenario(id: Id, given: ScenarioGiven, user: Editor, database: DatabaseDep) -> ScenarioRow:
    """Stores the draft; calls walk it only after publishing."""
    async with database.tenant(user.tenant) as connection:
        row = await editing.store(connection, user, id, given)
    return ScenarioRow.model_validate(dict(row))


@router.delete("/scenarios/{id}", status_code=204)
async def delete_scenario(id: Id, user: Editor, database: DatabaseDep) -> None:
    async with database.tenant(user.tenant) as connection:
        if not await TenantRows(connection, user.tenant, scenarios).remove(id):
            raise NotFound
        await audit.write(connection, tenant=user.tenant, user=user.id, action="scenarios.delete", object=id)


@router.get("/scenarios/{id}/versions")
async def list_scenario_versions(id: Id, user: Reader, database: DatabaseDep) -> list[ScenarioVersion]:
    """The newest 200 published versions."""
    async with database.tenant(user.tenant) as connection:
        rows = await History(connection, user.tenant).of(id)
    return [ScenarioVersion.model_validate(dict(row)) for row in rows]


@router.get("/scenarios/{id}/versions/{version}")
async def read_scenario_version(id: Id, version: int, user: Reader, database: DatabaseDep) -> ScenarioVersionDocument:
    async with database.tenant(user.tenant) as connection:
        return ScenarioVersionDocument(version=version, document=await _document(connection, user.tenant, id, version))


@router.get("/scenarios/{id}/differences")
async def compare_scenario_versions(
    id: Id,
    user: Reader,
    database: DatabaseDep,
    before: Version = 0,
    after: Version = 0,
) -> list[ScenarioDifference]:
    """From version ``before`` to ``after``; 0 = the published one before, the draft after."""
    async with database.tenant(user.tenant) as connection:
        old: dict[str, Any] = {}
        if newest := before or await History(connection, user.tenant).newest(id):
            old = await _document(connection, user.tenant, id, newest)
        new = await _document(connection, user.tenant, id, after)
    return [ScenarioDifference.model_validate(one, from_attributes=True) for one in differences(old, new)]


async def _document(connection: AsyncConnection, tenant: str, id: str, version: int) -> dict[str, Any]:
    """A version, or the draft for 0. Raises NotFound."""
    if version > 2**31 - 1:
        raise NotFound
    if version:
        document = await History(connection, tenant).document(id, version)
    else:
        row = await TenantRows(connection, tenant, scenarios).get(id)
        document = row["draft"] if row is not None else None
    if document is None:
        raise NotFound
    return document


@router.get("/scenarios/{id}/lint")
async def lint_scenario(
    id: Id, user: Reader, request: Request, database: DatabaseDep, settings: SettingsDep
) -> LintReport:
    """The draft judged by good practice, among the other drafts; publishing does not depend on it."""
    async with database.tenant(user.tenant) as connection:
        drafts = await public.read_drafts(connection, user.tenant)
        queues = await read_queues(connection, user.tenant)
    if id not in {draft.id for draft in drafts}:
        raise NotFound
    readable, malformed = read_scenarios({draft.id: draft.document for draft in drafts})
    if id in malformed:
        return LintReport(findings=[], malformed=malformed[id])
    language = language_of(request)
    found = lint(ground_for(readable, queues, settings.root / "prompts", user.tenant), [id])
    return LintReport(
        findings=[
            LintFinding(
                rule=one.rule.name,
                severity=one.rule.severity.value,
                node=one.node,
                text=told(one, readable, language),
                reason=one.reason(language),
            )
            for one in found
        ]
    )


@router.post("/scenarios/{id}/rehearsal")
async def rehearse_scenario(
    id: Id, given: RehearsalGiven, user: Reader, request: Request, database: DatabaseDep, settings: SettingsDep
) -> RehearsalReport:
    """A dry walk through the draft: the same rules as in a call, an imagined caller, and nothing is written down."""
    async with database.tenant(user.tenant) as connection:
        return await rehearsing.run(connection, user.tenant, id, given, language_of(request), settings.root / "prompts")
