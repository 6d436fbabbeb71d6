"""Routes of scripts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.scripts import service
from kaska.features.scripts.schemas import (
    RunGiven,
    RunKept,
    ScriptCard,
    ScriptDocument,
    ScriptFigures,
    ScriptGiven,
    ScriptInHand,
    ScriptSummary,
    ScriptVersion,
)
from kaska.kit.given import Id
from kaska.kit.http import DatabaseDep, language_of

router = APIRouter(prefix="/api/scripts", tags=["scripts"])

Reader = Annotated[CurrentUser, require(Permission.READ_KNOWLEDGE)]
Editor = Annotated[CurrentUser, require(Permission.EDIT_KNOWLEDGE)]
Short = Annotated[str, Query(max_length=200)]
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("")
async def list_scripts(user: Reader, database: DatabaseDep) -> list[ScriptSummary]:
    async with database.tenant(user.tenant) as connection:
        return await service.summaries(connection, user.tenant)


@router.get("/in-hand")
async def read_script_in_hand(
    user: Reader,
    database: DatabaseDep,
    contact: Annotated[str, Query(min_length=1, max_length=200)],
    number: Short = "",
    queue: Short = "",
    project: Short = "",
    script: Short = "",
) -> ScriptInHand | None:
    """What to say in this conversation, and how far I have come in it; null without a script."""
    async with database.tenant(user.tenant) as connection:
        return await service.in_hand(
            connection, user, contact, number=number, queue=queue, project=project, script=script
        )


@router.get("/{id}")
async def read_script(id: Id, user: Editor, request: Request, database: DatabaseDep) -> ScriptCard:
    """The draft, and what is wrong with it."""
    async with database.tenant(user.tenant) as connection:
        return await service.card(connection, user.tenant, id, language_of(request))


@router.put("/{id}")
async def put_script(id: Id, given: ScriptGiven, user: Editor, request: Request, database: DatabaseDep) -> ScriptCard:
    """Keeps the draft; conversations follow it only after publishing."""
    async with database.tenant(user.tenant) as connection:
        await service.keep(connection, user, id, given)
        return await service.card(connection, user.tenant, id, language_of(request))


@router.post("/{id}/versions", status_code=201)
async def publish_script(id: Id, user: Editor, request: Request, database: DatabaseDep) -> ScriptCard:
    """Makes the draft the version that new conversations follow."""
    async with database.tenant(user.tenant) as connection:
        await service.publish(connection, user, id, language_of(request))
        return await service.card(connection, user.tenant, id, language_of(request))


@router.get("/{id}/versions")
async def list_script_versions(id: Id, user: Editor, database: DatabaseDep) -> list[ScriptVersion]:
    """The newest 200."""
    async with database.tenant(user.tenant) as connection:
        return await service.versions(connection, user.tenant, id)


@router.get("/{id}/versions/{version}")
async def read_script_version(id: Id, version: Version, user: Editor, database: DatabaseDep) -> ScriptDocument:
    async with database.tenant(user.tenant) as connection:
        return await service.document(connection, user.tenant, id, version)


@router.get("/{id}/versions/{version}/figures")
async def read_script_figures(id: Id, version: Version, user: Editor, database: DatabaseDep) -> ScriptFigures:
    """At which step conversations leave the script."""
    async with database.tenant(user.tenant) as connection:
        return await service.figures(connection, user.tenant, id, version)


@router.put("/{id}/runs/{contact}")
async def keep_script_run(
    id: Id,
    contact: Annotated[str, Path(min_length=1, max_length=200)],
    given: RunGiven,
    user: Reader,
    database: DatabaseDep,
) -> RunKept:
    """How far this conversation has come. What belongs on the customer's card is written there."""
    async with database.tenant(user.tenant) as connection:
        return await service.keep_run(connection, user, id, contact, given)
