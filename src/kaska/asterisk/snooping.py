"""A supervisor's ear, and mouth, in a conversation: an ear is made at the agent's channel and bridged with his leg.

Names: the bridge is named by the supervisor's leg; an ear by leg, way and the leg it is at. An ear is no leg of the
contact: it has no name of the form that legs have, and the mirror keeps ears apart.
"""

from __future__ import annotations

from kaska.asterisk.connection import Connection
from kaska.asterisk.ears import part, put_in, require
from kaska.asterisk.mirror import Mirror
from kaska.asterisk.places import APP
from kaska.core import commands

LISTEN, WHISPER, BARGE = "listen", "whisper", "barge"
_WHISPERED = {LISTEN: "none", WHISPER: "out"}
"""whom the supervisor's voice reaches: nobody, or the ear of the one whose channel it is"""

_GONE = 404


class Snooping:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ears: dict[str, set[str]] = {}
        """supervisor's leg → the ears that were made for it"""

    def adopt(self, mirror: Mirror) -> None:
        self._ears = {}
        for ear in mirror.snoops:
            self._ears.setdefault(leg_of(ear), set()).add(ear)

    async def observe(self, command: commands.Observe, bridge: str) -> None:
        """``bridge`` is where the conversation is. What was so before goes only when the new is there: no word is
        missed between."""
        contact, leg = command.contact, command.leg
        before = set(self._ears.get(leg, ()))
        if command.mode == BARGE:
            await put_in(self._connection, contact, bridge, leg)
            await self._drop(contact, leg, before)
            return
        ear = ear_name(leg, command.mode, command.target)
        require(await self._connection.send(contact, "POST", f"bridges/{part(leg)}", {"type": "mixing"}))
        if ear not in before:  # the switch answers a second one of the same name as a failure of its own
            query = {"spy": "both", "whisper": _WHISPERED[command.mode], "app": APP, "appArgs": "ear"}
            asked = f"channels/{part(command.target)}/snoop/{part(ear)}"
            require(await self._connection.send(contact, "POST", asked, query))
            self._ears.setdefault(leg, set()).add(ear)
        await put_in(self._connection, contact, leg, leg)
        await put_in(self._connection, contact, leg, ear)
        await self._drop(contact, leg, before - {ear})

    async def stop(self, contact: str, leg: str) -> None:
        await self._drop(contact, leg, self._ears.get(leg, set()))
        self._ears.pop(leg, None)
        require(await self._connection.send(contact, "DELETE", f"bridges/{part(leg)}"), _GONE)

    async def _drop(self, contact: str, leg: str, ears: set[str]) -> None:
        for ear in sorted(ears):
            require(await self._connection.send(contact, "DELETE", f"channels/{part(ear)}"), _GONE)
        if leg in self._ears:
            self._ears[leg] -= ears


def ear_name(leg: str, mode: str, target: str) -> str:
    """ "x-a2" listening at "x-a1" → "x-a2.listen.a1"; at "own.7", which a telephone dialled → "x-a2.listen.own_7"."""
    return f"{leg}.{mode}.{target.rpartition('-')[2].replace('.', '_')}"


def leg_of(ear: str) -> str:
    """The supervisor's leg that an ear was made for."""
    return ear.rsplit(".", 2)[0]
