"""Who may listen to what, and the trace of every listening."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import Brief, NotYourContact, brief
from kaska.features.identity.public import CurrentUser, Role, audit
from kaska.features.recordings.audio import Audio, Part, locate, part_of
from kaska.features.recordings.errors import (
    NoMessage,
    NothingRecorded,
    NotRecorded,
    RecordingFileGone,
    RecordingMissing,
    RecordingNotReady,
    RecordingWasDeleted,
)

NOT_RECORDED = "not_recorded"
"""problem of a recording that the rules, or the scenario, did not want"""


def recording_name(contact: Brief) -> str:
    """The name of a conversation's recording.

    :raises NothingRecorded, NotRecorded, RecordingNotReady, RecordingMissing, RecordingWasDeleted:
    """
    if contact.recording_deleted_at is not None:
        raise RecordingWasDeleted(
            day=contact.recording_deleted_at.date().isoformat(), rule=contact.recording_deleted_rule
        )
    if contact.recording:
        return contact.recording
    if contact.recording_problem == NOT_RECORDED:
        raise NotRecorded
    if contact.recording_problem:
        raise RecordingMissing(reason=contact.recording_problem)
    if contact.connected_at is None:
        raise NothingRecorded
    raise RecordingNotReady


async def open_recording(
    connection: AsyncConnection, user: CurrentUser, contact_id: str, directory: Path, asked: str | None
) -> tuple[Audio, Part]:
    """The recording of a conversation; operators hear only those they took part in. The listening is written down.

    :raises ContactNotFound, NotYourContact, RangeNotSatisfiable: and what ``recording_name`` raises.
    """
    contact = await brief(connection, user.tenant, contact_id)
    if user.role == Role.OPERATOR and user.id not in contact.agents:
        raise NotYourContact
    return await _listen(connection, user, contact, directory, recording_name(contact), asked, "recordings.listen")


async def open_message(
    connection: AsyncConnection, user: CurrentUser, contact_id: str, directory: Path, asked: str | None
) -> tuple[Audio, Part]:
    """The message that a person left: whoever may listen may answer it. The listening is written down.

    :raises ContactNotFound, NoMessage, RecordingFileGone, RangeNotSatisfiable:
    """
    contact = await brief(connection, user.tenant, contact_id)
    if not contact.message:
        raise NoMessage
    return await _listen(connection, user, contact, directory, contact.message, asked, "recordings.listen_message")


async def _listen(
    connection: AsyncConnection,
    user: CurrentUser,
    contact: Brief,
    directory: Path,
    name: str,
    asked: str | None,
    action: str,
) -> tuple[Audio, Part]:
    audio = await locate(directory, name)
    if audio is None:
        raise RecordingFileGone
    part = part_of(audio.size, asked)
    details = {"file": audio.path.name, "first_byte": part.first, "size": audio.size}
    await audit.write(connection, tenant=user.tenant, user=user.id, action=action, object=contact.id, details=details)
    return audio, part
