"""The requests themselves: what is asked of the switch for a leg or a bridge, and what each answer means.

409 means "already done"; 404 on something that we wanted gone means that it is gone.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

from kaska.asterisk.bridges import PLAIN, Bridges
from kaska.asterisk.connection import Connection, Reply
from kaska.asterisk.mirror import Mirror
from kaska.asterisk.places import APP, DIALLED_RECORDED, FAX, SAID, TRUNK_PREFIX, Places
from kaska.core import commands
from kaska.kit.config import Settings

MESSAGE_SILENCE_SECONDS = 5
RING_GRACE_SECONDS = 5.0
"""the core ends an offer itself; the switch's own time limit is only for an application that went away"""

INSIDE_RING = "<http://127.0.0.1/inside>;info=alert-internal"
"""what telephones choose another ring by (RFC 3261, 20.4); the address is never fetched"""
AUTO_ALERT = "<http://localhost>;info=alert-autoanswer"
AUTO_CALL = "<sip:localhost>;answer-after=0"
"""what telephones answer by themselves by: makers read the one or the other (RFC 5373 names a third)"""
REJECTED = 21
"""Q.850"""
_DONE_BEFORE = 409
_GONE = 404
_NOT_DIALLABLE = re.compile(r"[^0-9+*#]", re.ASCII)
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}", re.ASCII)
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f\"<>\\]")


class RefusedError(Exception):
    """The switch will not do it; asking again does not help."""


class Legwork:
    """Knows which legs hear music, so that nothing is asked in vain."""

    def __init__(self, settings: Settings, connection: Connection) -> None:
        self._prompts = Places.of(settings).prompts
        self._connection = connection
        self._bridges = Bridges(connection)
        self._with_music: set[str] = set()

    def adopt(self, mirror: Mirror) -> None:
        self._bridges.adopt(mirror)
        self._with_music = set(mirror.ours)

    async def answer(self, contact: str, leg: str) -> None:
        _require(await self._post(contact, f"channels/{_part(leg)}/answer"))

    async def ring(self, contact: str, leg: str) -> None:
        """Its caller hears that it rings."""
        _require(await self._post(contact, f"channels/{_part(leg)}/ring"))

    async def send_digits(self, contact: str, leg: str, digits: str) -> None:
        """As DTMF of RFC 4733; nobody else in the bridge hears them."""
        if not digits or _NOT_DIALLABLE.search(digits) or "+" in digits:
            raise RefusedError(f"{digits!r} are no keys")
        _require(await self._post(contact, f"channels/{_part(leg)}/dtmf", {"dtmf": digits}))

    # --- what a leg hears -------------------------------------------------------------------------------------

    async def play(self, contact: str, leg: str, play: str, prompts: Sequence[str]) -> None:
        """``prompts`` are there. Playing ends music by itself."""
        self._with_music.discard(leg)
        media = ",".join(f"sound:{self._prompts / name}" for name in prompts)
        _require(await self._post(contact, f"channels/{_part(leg)}/play", {"media": media, "playbackId": play}))

    async def say_and_hang_up(self, leg: str, prompts: Sequence[str]) -> None:
        """The switch does it alone, by its dialplan. ``prompts`` are there; when it will not, the call just ends."""
        channel = f"channels/{_part(leg)}"
        files = "&".join(str(self._prompts / name) for name in prompts)
        told, went = await asyncio.gather(
            self._post(leg, f"{channel}/variable", {"variable": "SAID", "value": files}),
            self._post(leg, f"{channel}/continue", {"context": SAID, "extension": "s", "priority": "1"}),
        )
        if not (told.ok and went.ok):
            await self.hang_up(leg, leg, REJECTED)

    async def stop_playing(self, contact: str, play: str) -> None:
        _require(await self._connection.send(contact, "DELETE", f"playbacks/{_part(play)}"), _GONE)

    async def start_music(self, contact: str, leg: str) -> None:
        self._with_music.add(leg)
        _require(await self._post(contact, f"channels/{_part(leg)}/moh"))

    async def hold(self, contact: str, leg: str, *, held: bool) -> None:
        """Music to the party, nothing from it; it stays in the bridge, so that the recording keeps its time."""
        channel = f"channels/{_part(leg)}"
        if held:
            replies = await asyncio.gather(
                self._post(contact, f"{channel}/mute", {"direction": "in"}), self._post(contact, f"{channel}/moh")
            )
        else:
            replies = await asyncio.gather(
                self._connection.send(contact, "DELETE", f"{channel}/moh"),
                self._connection.send(contact, "DELETE", f"{channel}/mute", {"direction": "in"}),
            )
        for reply in replies:
            _require(reply)

    async def remind(self, contact: str, leg: str) -> None:
        """A beep that goes to this leg only, also in a bridge."""
        given = {"media": "sound:beep", "playbackId": f"{leg}-reminder"}
        _require(await self._post(contact, f"channels/{_part(leg)}/play", given))

    async def record(self, command: commands.RecordMessage) -> None:
        if not _SAFE_NAME.fullmatch(command.name):
            raise RefusedError(f"{command.name!r} cannot be the name of a file")
        query = {
            "name": command.name,
            "format": "wav",
            "maxDurationSeconds": str(command.max_seconds),
            "maxSilenceSeconds": str(MESSAGE_SILENCE_SECONDS),
            "ifExists": "overwrite",
            "beep": "true",
            "terminateOn": "#",
        }
        _require(await self._post(command.contact, f"channels/{_part(command.leg)}/record", query))

    async def listen_for_fax(self, command: commands.ListenForFax) -> bool:
        """False when there is no such channel (any more)."""
        given = {"variable": "FAXOPT(faxdetect)", "value": "cng" if command.on else "no"}
        asked = [self._follow(command.contact, command.leg)] if command.on else []
        asked.append(self._post(command.contact, f"channels/{_part(command.leg)}/variable", given))
        replies = await asyncio.gather(*asked)
        if replies[-1].status == _GONE:
            return False
        for reply in replies:
            _require(reply)
        return True

    def _follow(self, contact: str, leg: str) -> asyncio.Future[Reply]:
        """Be told of its end also when it is in the dialplan."""
        return self._post(contact, f"applications/{APP}/subscription", {"eventSource": f"channel:{leg}"})

    async def receive_fax(self, command: commands.ReceiveFax) -> bool:
        """The line goes into the dialplan and comes back from there. False when there is no such channel (any more).

        Of a leg that is in the dialplan the application is told only when it asks.
        """
        if not _SAFE_NAME.fullmatch(command.name):
            raise RefusedError(f"{command.name!r} cannot be the name of a file")
        channel = f"channels/{_part(command.leg)}"
        way = {"context": FAX, "extension": "s", "priority": "1"}
        replies = await asyncio.gather(
            self._follow(command.contact, command.leg),
            self._post(command.contact, f"{channel}/variable", {"variable": "FAX", "value": command.name}),
            self._post(command.contact, f"{channel}/continue", way),
        )
        if replies[-1].status == _GONE:
            return False
        for reply in replies:
            _require(reply)
        return True

    async def play_message(self, command: commands.PlayMessage) -> None:
        if not _SAFE_NAME.fullmatch(command.name):
            raise RefusedError(f"{command.name!r} cannot be the name of a file")
        query = {"media": f"recording:{command.name}", "playbackId": command.play}
        _require(await self._post(command.contact, f"channels/{_part(command.leg)}/play", query))

    # --- dialling ---------------------------------------------------------------------------------------------

    async def ring_agent(self, command: commands.RingAgent, caller_leg: str = "") -> None:
        """``caller_leg``: a living leg of the caller; the telephone is offered its codec first: nothing to convert."""
        if not _SAFE_NAME.fullmatch(command.endpoint):
            raise RefusedError(f"{command.endpoint!r} is no device")
        query = {
            "endpoint": f"PJSIP/{command.endpoint}",
            "channelId": command.leg,
            "callerId": _caller_id(command.caller_name, command.caller),
            "timeout": _ring_time(command.timeout),
            "app": APP,
            "appArgs": "dialled",
        }
        if caller_leg:
            query["originator"] = caller_leg
        variables = {"PJSIP_HEADER(add,X-Kaska-Contact)": command.contact, "PJSIP_TRANSFER_HANDLING()": "ari-only"}
        if command.auto:
            variables["PJSIP_HEADER(add,Alert-Info)"] = AUTO_ALERT
            variables["PJSIP_HEADER(add,Call-Info)"] = AUTO_CALL
        elif command.inside:
            variables["PJSIP_HEADER(add,Alert-Info)"] = INSIDE_RING
        await self._originate(query, command.contact, command.leg, variables, subscribe=False)

    async def dial_out(self, command: commands.DialOut) -> None:
        number = _NOT_DIALLABLE.sub("", command.number)
        if not number or number != command.number:
            raise RefusedError(f"{command.number!r} is no number")
        endpoint = command.trunk if command.trunk.startswith(TRUNK_PREFIX) else TRUNK_PREFIX + command.trunk
        if not _SAFE_NAME.fullmatch(endpoint):
            raise RefusedError(f"{command.trunk!r} is no trunk")
        query = {
            "endpoint": f"PJSIP/{number}@{endpoint}",
            "channelId": command.leg,
            "callerId": _caller_id(command.caller_name, command.caller_id),
            "timeout": _ring_time(command.timeout),
        }
        if command.record:
            query |= {"context": DIALLED_RECORDED, "extension": "s", "priority": "1"}
        else:
            query |= {"app": APP, "appArgs": "dialled"}
        await self._originate(query, command.contact, command.leg, {}, subscribe=command.record)

    async def _originate(
        self, query: dict[str, str], contact: str, leg: str, variables: dict[str, str], *, subscribe: bool
    ) -> None:
        body = {"variables": variables | {"CALL_ID": contact}}
        asked = [self._connection.send(contact, "POST", "channels", query, body)]
        if subscribe:  # dialled into the dialplan: the application is told of it only when it asks
            source = {"eventSource": f"channel:{leg}"}
            asked.append(self._connection.send(contact, "POST", f"applications/{APP}/subscription", source))
        for reply in await asyncio.gather(*asked):
            _require(reply)

    # --- together and apart -----------------------------------------------------------------------------------

    async def join(self, command: commands.JoinParties) -> None:
        legs = (command.customer_leg, command.agent_leg)
        asked = []
        for leg in legs:
            if leg in self._with_music:
                self._with_music.discard(leg)
                asked.append(self._connection.send(command.contact, "DELETE", f"channels/{_part(leg)}/moh"))
        together = self._bridges.join(command.contact, legs, mixed=command.mixed, keys=command.keys)
        *_, joined = await asyncio.gather(*asked, together)
        _require(joined)

    async def mix(self, command: commands.MixParties) -> None:
        _require(await self._bridges.mix(command.contact, command.legs))

    async def talk_aside(self, command: commands.TalkAside) -> None:
        bridge = f"bridges/{_part(command.leg)}"
        made = self._post(command.contact, bridge, {"type": PLAIN})
        both = {"channel": f"{command.leg},{command.other}"}
        *_, added = await asyncio.gather(made, self._post(command.contact, f"{bridge}/addChannel", both))
        _require(added)

    def bridge_of(self, contact: str) -> str:
        """Where the contact's conversation is."""
        return self._bridges.name_of(contact)

    async def add(self, contact: str, leg: str, *, muted: bool = False) -> None:
        """``muted`` is the leg, not its place in the bridge: a bridge of two may connect them directly."""
        if muted:
            _require(await self._post(contact, f"channels/{_part(leg)}/mute", {"direction": "in"}))
        _require(await self._bridges.join(contact, (leg,)))

    async def set_apart(self, contact: str, leg: str) -> None:
        """Out of the bridge when it is in it, and music."""
        self._with_music.add(leg)
        taken_out = self._bridges.take_out(contact, leg)
        _, reply = await asyncio.gather(taken_out, self._post(contact, f"channels/{_part(leg)}/moh"))
        _require(reply)

    async def answer_transfer(self, contact: str, leg: str, *, accepted: bool) -> None:
        states = {"states": "channel_answered" if accepted else "channel_declined"}
        _require(await self._post(contact, f"channels/{_part(leg)}/transfer_progress", states), _GONE)

    async def hang_up(self, contact: str, leg: str, cause: int) -> bool:
        """False when there was no such channel (any more)."""
        self._with_music.discard(leg)
        reply = await self._connection.send(contact, "DELETE", f"channels/{_part(leg)}", {"reason_code": str(cause)})
        _require(reply, _GONE)
        return reply.ok

    async def close(self, contact: str) -> None:
        self._with_music.discard(contact)
        for reply in await asyncio.gather(*self._bridges.close(contact)):
            _require(reply, _GONE)

    def _post(self, contact: str, uri: str, query: dict[str, str] | None = None) -> asyncio.Future[Reply]:
        return self._connection.send(contact, "POST", uri, query)


def _require(reply: Reply, *also: int) -> None:
    if not reply.ok and reply.status != _DONE_BEFORE and reply.status not in also:
        raise RefusedError(f"{reply.status} {reply.reason} {reply.body[:200]}")


@lru_cache(maxsize=4096)
def _part(name: str) -> str:
    return quote(name, safe="")


def _ring_time(seconds: float) -> str:
    return str(max(1, round(seconds + RING_GRACE_SECONDS)))


def _caller_id(name: str, number: str) -> str:
    """ "Name" <number>, without anything that could end the quotation."""
    shown = _NOT_DIALLABLE.sub("", number)
    said = _UNPRINTED.sub(" ", name).strip()[:60]
    return f'"{said}" <{shown}>' if said else f"<{shown}>"
