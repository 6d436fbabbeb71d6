"""Routes of recordings that callers hear."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.prompts import service
from kaska.features.prompts.schemas import Language, PromptRow, PromptSpoken
from kaska.features.recordings.public import locate, part_of, play
from kaska.kit.errors import NotFound
from kaska.kit.given import Id, Title
from kaska.kit.http import DatabaseDep, SettingsDep
from kaska.kit.sound import folder_of

router = APIRouter(prefix="/api/prompts", tags=["prompts"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]
Folder = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,20}$")]
Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,60}(/[A-Za-z0-9_-]{1,20})?$")]
"""the second part: numbers and places of the product's own vocabulary"""
Range = Annotated[str | None, Header(alias="Range", max_length=200)]

_WAV = {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}
_SOUND: dict[int | str, dict[str, Any]] = {
    200: {"content": _WAV, "description": "The whole file"},
    206: {"content": _WAV, "description": "The part that Range asked for"},
}
_ANY_SOUND = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("")
async def list_prompts(user: Reader, database: DatabaseDep, settings: SettingsDep) -> list[PromptRow]:
    """The company's recordings and the product's phrases."""
    async with database.tenant(user.tenant) as connection:
        return await service.listed(connection, user.tenant, settings.root / "prompts")


@router.post("/spoken", status_code=201)
async def speak_prompt(
    given: PromptSpoken, user: Editor, request: Request, database: DatabaseDep, settings: SettingsDep
) -> PromptRow:
    """A recording spoken by the machine from its text."""
    async with database.tenant(user.tenant) as connection:
        return await service.speak(connection, user, settings.root / "prompts", given, request.app.state.speak)


@router.post("/recorded", status_code=201, openapi_extra=_ANY_SOUND)
async def bring_prompt(
    user: Editor,
    request: Request,
    database: DatabaseDep,
    settings: SettingsDep,
    title: Annotated[Title, Query()],
    language: Annotated[Language, Query()] = "ru",
    origin: Annotated[Literal["upload", "microphone"], Query()] = "upload",
    text: Annotated[str, Query(max_length=1000)] = "",
) -> PromptRow:
    """A recording as a file, in the body: WAV always, other formats where the server has ffmpeg. At most 20 MB."""
    content = await request.body()
    async with database.tenant(user.tenant) as connection:
        folder = settings.root / "prompts"
        return await service.bring(connection, user, folder, content, title, language, text, origin)


@router.get("/{folder}/{name:path}", response_class=StreamingResponse, responses=_SOUND)
async def play_prompt(folder: Folder, name: Name, user: Reader, settings: SettingsDep, asked: Range = None) -> Response:
    """The sound. Another company's recordings are not there."""
    if folder not in ("ru", "en", folder_of(user.tenant)):
        raise NotFound
    *inner, leaf = name.split("/")
    audio = await locate(settings.root.joinpath("prompts", folder, *inner), f"{leaf}.wav")
    if audio is None:
        raise NotFound
    return play(audio, part_of(audio.size, asked))


@router.delete("/{id}", status_code=204)
async def delete_prompt(id: Id, user: Editor, database: DatabaseDep, settings: SettingsDep) -> None:
    """Only one that nothing plays any more."""
    async with database.tenant(user.tenant) as connection:
        await service.remove(connection, user, settings.root / "prompts", id)
