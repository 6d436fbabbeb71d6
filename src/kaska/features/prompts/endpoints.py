"""Routes of prompts."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import FileResponse
from pydantic import BaseModel

from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.prompts.listing import Prompt, listed
from kaska.features.scenarios.public import read_drafts
from kaska.kit.errors import NotFound
from kaska.kit.http import DatabaseDep, SettingsDep

router = APIRouter(prefix="/api", tags=["prompts"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]


class PromptRow(BaseModel):
    """``text`` is what it says, "" where only the ear can tell; ``seconds`` 0.0 when the recording is missing.

    ``scenarios``: those whose draft plays it.
    """

    name: str
    language: str
    text: str
    seconds: float
    own: bool
    scenarios: list[str]


@router.get("/prompts")
async def list_prompts(user: Reader, database: DatabaseDep, settings: SettingsDep) -> list[PromptRow]:
    """Every recording that a scenario may play, and those that scenarios name and nobody recorded."""
    async with database.tenant(user.tenant) as connection:
        drafts = {draft.id: draft.document for draft in await read_drafts(connection, user.tenant)}
    found = await asyncio.to_thread(listed, settings.root / "prompts", drafts)
    return [_row(one) for one in found]


@router.get("/prompts/{language}/{name:path}", response_class=FileResponse)
async def play_prompt(
    language: Annotated[str, Path(pattern=r"^[a-z0-9-]{1,20}$")],
    name: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,80}(/[A-Za-z0-9_-]{1,80})?$")],
    user: Reader,
    settings: SettingsDep,
) -> FileResponse:
    """The recording as a WAV file."""
    file = settings.root / "prompts" / language / f"{name}.wav"
    if not await asyncio.to_thread(file.is_file):
        raise NotFound
    return FileResponse(file, media_type="audio/wav", headers={"Cache-Control": "private, max-age=60"})


def _row(one: Prompt) -> PromptRow:
    return PromptRow(
        name=one.name,
        language=one.language,
        text=one.text,
        seconds=one.seconds,
        own=one.own,
        scenarios=list(one.scenarios),
    )
