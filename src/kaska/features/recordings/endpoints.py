"""Routes that play conversations and messages. There is no other way to the files."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.engine import RowMapping

from kaska.features.identity.public import CurrentUser, Permission, kept, require
from kaska.features.recordings import service
from kaska.features.recordings.audio import play
from kaska.features.recordings.rules import RecordingFields, RecordingGiven, RecordingRow
from kaska.features.recordings.tables import RULES, recording_rules
from kaska.kit.http import DatabaseDep, SettingsDep
from kaska.kit.tenant_rows import TenantRows, revision_of

router = APIRouter(prefix="/api/contacts", tags=["recordings"])

Listener = Annotated[CurrentUser, require(Permission.LISTEN_RECORDINGS)]
Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Editor = Annotated[CurrentUser, require(Permission.CONFIGURE)]
ContactId = Annotated[str, Path(min_length=1, max_length=200)]
Range = Annotated[str | None, Header(alias="Range", max_length=200)]

_WAV = {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}
_SOUND: dict[int | str, dict[str, Any]] = {
    200: {"content": _WAV, "description": "The whole file"},
    206: {"content": _WAV, "description": "The part that Range asked for"},
}


rules_router = APIRouter(prefix="/api/recordings", tags=["recordings"])


@rules_router.get("/rules")
async def read_recording_rules(user: Reader, database: DatabaseDep) -> RecordingRow:
    """As edited; without rules everything is recorded."""
    async with database.tenant(user.tenant) as connection:
        return _shown(await TenantRows(connection, user.tenant, recording_rules).get(RULES))


@rules_router.put("/rules")
async def put_recording_rules(given: RecordingGiven, user: Editor, database: DatabaseDep) -> RecordingRow:
    """In force after publishing."""
    values = {"id": RULES, "document": given.model_dump(mode="json", exclude={"revision"})}
    async with database.tenant(user.tenant) as connection:
        return _shown(await kept.keep(connection, user, recording_rules, "recordings", values, given.revision))


def _shown(row: RowMapping | None) -> RecordingRow:
    fields = RecordingFields.model_validate(row["document"]) if row is not None else RecordingFields()
    return RecordingRow(**fields.model_dump(), revision=revision_of(row))


@router.get("/{contact_id}/recording", response_class=StreamingResponse, responses=_SOUND)
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


@router.get("/{contact_id}/message", response_class=StreamingResponse, responses=_SOUND)
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
