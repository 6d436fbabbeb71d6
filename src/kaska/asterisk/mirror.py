"""A whole picture of the switch, taken after every (re)connect. Never updated: a new connection, a new mirror."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec

from kaska.asterisk import signals
from kaska.asterisk.connection import Reply
from kaska.asterisk.places import APP, FROM_TRUNK, TRUNK_PREFIX, is_dialled, is_heard

STASIS = "Stasis"
UP = "Up"
SNOOP = "Snoop/"
MEDIA = "WebSocket/"
"""sound that leaves the switch by a WebSocket: a recogniser's, nobody's leg"""

T = TypeVar("T")


class Asks(Protocol):
    async def ask(self, method: str, uri: str) -> Reply: ...


class _Status(msgspec.Struct):
    startup_time: str


class _Info(msgspec.Struct):
    status: _Status


class _Application(msgspec.Struct):
    channel_ids: list[str] = []


@dataclass(frozen=True)
class Mirror:
    """``startup_time``: another one than before means that the switch was restarted and all its calls are dead."""

    startup_time: str
    channels: dict[str, signals.Channel]
    bridges: dict[str, signals.Bridge]
    ours: frozenset[str]
    """channels in the hands of our application (or dialled by it and still ringing)"""
    devices: dict[str, bool]
    """people's endpoints that the switch knows → registered and reachable"""
    snoops: frozenset[str] = frozenset()
    """ears at other channels, made for a supervisor: nobody's legs"""

    def in_bridge(self, leg: str) -> str:
        """The bridge that a channel is in; "" when in none."""
        return next((bridge.id for bridge in self.bridges.values() if leg in bridge.channels), "")

    def is_up(self, leg: str) -> bool:
        """Answered and waiting for what we say."""
        channel = self.channels.get(leg)
        return channel is not None and channel.state == UP and leg in self.ours


async def take(connection: Asks) -> Mirror:
    """Ask the switch for everything; raises SwitchAwayError when it does not answer."""
    info, application, channels, bridges, endpoints = await asyncio.gather(
        connection.ask("GET", "asterisk/info"),
        connection.ask("GET", f"applications/{APP}"),
        connection.ask("GET", "channels"),
        connection.ask("GET", "bridges"),
        connection.ask("GET", "endpoints"),  # of one technology only it answers 404 while there are none
    )
    everything = _decoded(channels, list[signals.Channel])
    seen = {one.id: one for one in everything if not one.name.startswith((SNOOP, MEDIA))}
    subscribed = frozenset(_decoded(application, _Application).channel_ids)
    return Mirror(
        startup_time=_decoded(info, _Info).status.startup_time,
        channels=seen,
        bridges={one.id: one for one in _decoded(bridges, list[signals.Bridge])},
        ours=frozenset(one.id for one in seen.values() if one.id in subscribed or _looks_ours(one)),
        snoops=frozenset(one.id for one in everything if one.name.startswith(SNOOP) and not is_heard(one.id)),
        devices={
            one.resource: one.state == "online"
            for one in _decoded(endpoints, list[signals.Endpoint])
            if one.technology == "PJSIP" and not one.resource.startswith(TRUNK_PREFIX)
        },
    )


def _looks_ours(channel: signals.Channel) -> bool:
    """After a loss the switch has forgotten what we subscribed to, but not what a channel is doing."""
    if is_dialled(channel.id):
        return True
    return channel.dialplan.context == FROM_TRUNK and channel.dialplan.app_name == STASIS


def _decoded(reply: Reply, wanted: type[T]) -> T:
    return msgspec.json.decode(reply.body or "null", type=wanted)
