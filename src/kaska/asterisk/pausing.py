"""Pausing a recording that the dialplan began: the switch stops writing, and later writes on into other files.

The switch has no request for it but those of its own console; they go through its control socket, which is there anyway
and costs nothing while nobody pauses (decision 38).
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from kaska.asterisk import console
from kaska.asterisk.connection import Connection
from kaska.asterisk.legwork import RefusedError
from kaska.asterisk.pieces import piece
from kaska.asterisk.places import Places
from kaska.core import commands
from kaska.kit.config import Settings

_SAFE = re.compile(r"[A-Za-z0-9._/@:;-]{1,200}", re.ASCII)


class Pausing:
    def __init__(self, settings: Settings, connection: Connection) -> None:
        self._settings = settings
        self._places = Places.of(settings)
        self._connection = connection

    async def pause(self, command: commands.PauseRecording) -> None:
        channel = await self._channel(command.contact, command.leg)
        await self._console(f"mixmonitor stop {channel}")

    async def resume(self, command: commands.ResumeRecording) -> None:
        channel = await self._channel(command.contact, command.leg)
        following = piece(self._places.recordings, command.contact, command.part)
        said, heard = following.files[1], following.files[0]
        if not _SAFE.fullmatch(str(said)) or not _SAFE.fullmatch(str(heard)):
            raise RefusedError(f"{said} cannot be written to")
        following.note.write_text(f"{command.gap:.3f}")
        # S: in step on a switch older than 22, too; a newer one only remarks on it
        await self._console(f"mixmonitor start {channel} ,bSr({said})t({heard})")

    async def _channel(self, contact: str, leg: str) -> str:
        """The console knows channels by their names only."""
        reply = await self._connection.send(contact, "GET", f"channels/{quote(leg, safe='')}")
        if not reply.ok:
            raise RefusedError(f"{reply.status} {reply.reason}")
        name = str(json.loads(reply.body)["name"])
        if not _SAFE.fullmatch(name):
            raise RefusedError(f"{name!r} is no channel")
        return name

    async def _console(self, said: str) -> None:
        """:raises RefusedError: there is no such channel any more; SwitchAwayError: nobody answers"""
        answer = await console.ask(self._settings, said)
        if "No channel" in answer or "No such" in answer:
            raise RefusedError(answer.strip()[:200])
