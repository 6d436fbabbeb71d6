"""Routes that play conversations and messages. There is no other way to the files."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Response

from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.recordings import service
from kaska.features.recordings.audio import AudioResponse, play
from kaska.kit.http import DatabaseDep, SettingsDep

router = APIRouter(prefix="/api/contacts", tags=["recordings"])

Listener = Annotated[CurrentUser, require(Permission.LISTEN_RECORDINGS)]
ContactId = Annotated[str, Path(min_length=1, max_length=200)]
Range = Annotated[str | None, Header(alias="Range", max_length=200)]

_WAV = {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}
_SOUND: dict[int | str, dict[str, Any]] = {
    200: {"content": _WAV, "description": "The whole file"},
    206: {"content": _WAV, "description": "The part that Range asked for"},
}


@router.get("/{contact_id}/recording", response_class=AudioResponse, responses=_SOUND)
async def play_recording(
    contact_id: ContactId,
    user: Listener,
    database: DatabaseDep,
    settings: SettingsDep,
    asked: Range = None,
) -> Response:
    """The conversation: the agent on the left, the customer on the right. Operators hear their own ones."""
    async with database.tenant(user.tenant) as connection:
        audio, part = await service.open_recording(connection, user, contact_id, settings.recordings_dir, asked)
    return play(audio, part)


@router.get("/{contact_id}/message", response_class=AudioResponse, responses=_SOUND)
async def play_message(
    contact_id: ContactId,
    user: Listener,
    database: DatabaseDep,
    settings: SettingsDep,
    asked: Range = None,
) -> Response:
    """The message that the person left."""
    async with database.tenant(user.tenant) as connection:
        audio, part = await service.open_message(connection, user, contact_id, settings.messages_dir, asked)
    return play(audio, part)
