"""What ARI tells us, typed: the events that we ask for and the shapes inside them. Checked here, once."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Dialplan(msgspec.Struct):
    context: str = ""
    exten: str = ""
    app_name: str = ""


class Party(msgspec.Struct):
    name: str = ""
    number: str = ""


class Channel(msgspec.Struct):
    id: str
    name: str
    state: str = ""
    caller: Party = msgspec.field(default_factory=Party)
    dialplan: Dialplan = msgspec.field(default_factory=Dialplan)
    creationtime: str = ""


class Bridge(msgspec.Struct):
    id: str
    channels: list[str] = []


class Playback(msgspec.Struct):
    id: str
    target_uri: str
    state: str


class Recording(msgspec.Struct):
    name: str
    target_uri: str = ""
    duration: float | None = None


class Endpoint(msgspec.Struct):
    technology: str
    resource: str
    state: str = ""


class Peer(msgspec.Struct):
    peer_status: str = ""


class Signal(msgspec.Struct, tag_field="type"):
    """An event. ``timestamp`` is ISO 8601 with an offset."""

    timestamp: str = ""

    @property
    def at(self) -> float:
        """Seconds since the epoch."""
        return moment(self.timestamp)


class StasisStart(Signal, tag="StasisStart"):
    channel: Channel = msgspec.field(default_factory=lambda: Channel("", ""))
    args: list[str] = []


class StasisEnd(Signal, tag="StasisEnd"):
    channel: Channel = msgspec.field(default_factory=lambda: Channel("", ""))


class ChannelDestroyed(Signal, tag="ChannelDestroyed"):
    channel: Channel = msgspec.field(default_factory=lambda: Channel("", ""))
    cause: int = 0


class ChannelDtmfReceived(Signal, tag="ChannelDtmfReceived"):
    channel: Channel = msgspec.field(default_factory=lambda: Channel("", ""))
    digit: str = ""


class ChannelHold(Signal, tag="ChannelHold"):
    channel: Channel = msgspec.field(default_factory=lambda: Channel("", ""))


class ChannelUnhold(Signal, tag="ChannelUnhold"):
    channel: Channel = msgspec.field(default_factory=lambda: Channel("", ""))


class Destination(msgspec.Struct):
    """``destination`` is the user part that was dialled."""

    destination: str = ""


class ReferTo(msgspec.Struct):
    """``destination_channel``: the other call of the same telephone that is to be replaced."""

    requested_destination: Destination = msgspec.field(default_factory=Destination)
    destination_channel: Channel | None = None


class ReferredBy(msgspec.Struct):
    source_channel: Channel


class ChannelTransfer(Signal, tag="ChannelTransfer"):
    """A telephone asked for a transfer (SIP REFER)."""

    refer_to: ReferTo = msgspec.field(default_factory=ReferTo)
    referred_by: ReferredBy = msgspec.field(default_factory=lambda: ReferredBy(Channel("", "")))


class PlaybackFinished(Signal, tag="PlaybackFinished"):
    playback: Playback = msgspec.field(default_factory=lambda: Playback("", "", ""))


class RecordingFinished(Signal, tag="RecordingFinished"):
    recording: Recording = msgspec.field(default_factory=lambda: Recording(""))


class RecordingFailed(Signal, tag="RecordingFailed"):
    recording: Recording = msgspec.field(default_factory=lambda: Recording(""))


class PeerStatusChange(Signal, tag="PeerStatusChange"):
    endpoint: Endpoint = msgspec.field(default_factory=lambda: Endpoint("", ""))
    peer: Peer = msgspec.field(default_factory=lambda: Peer())


class ApplicationReplaced(Signal, tag="ApplicationReplaced"):
    """Another program connected under our name: the switch talks to it now, not to us."""


class RESTResponse(Signal, tag="RESTResponse"):
    request_id: str = ""
    status_code: int = 0
    reason_phrase: str = ""
    message_body: str = ""


AnySignal = (
    StasisStart
    | StasisEnd
    | ChannelDestroyed
    | ChannelDtmfReceived
    | ChannelHold
    | ChannelUnhold
    | ChannelTransfer
    | PlaybackFinished
    | RecordingFinished
    | RecordingFailed
    | PeerStatusChange
    | ApplicationReplaced
    | RESTResponse
)

EVENT_NAMES = tuple(cls.__name__ for cls in AnySignal.__args__)
"""asked of the switch (answers to requests pass through the same filter); everything else it keeps to itself"""

decoder: msgspec.json.Decoder[AnySignal] = msgspec.json.Decoder(AnySignal)


def moment(timestamp: str) -> float:
    """ "2026-01-31T10:00:00.123+0000" → seconds since the epoch; 0.0 when it is not a moment."""
    try:
        return datetime.fromisoformat(timestamp).timestamp()
    except ValueError:
        return 0.0
