"""The switch's signals as events of the core. Pure; what it remembers is which legs live."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from kaska.asterisk import signals
from kaska.asterisk.places import (
    FAX_TONE,
    FAXED,
    FROM_TRUNK,
    TRUNK_PREFIX,
    contact_of,
    endpoint_of,
    is_dialled,
    trunk_of,
)
from kaska.core import events
from kaska.core.events import Event
from kaska.kit.phone import normalise

VOICE = "voice"
ARRIVED = "arrived"
BY_AGENT = "by-agent"
NORMAL_CLEARING = 16
NO_DEVICE = "s"
"""the extension of a call that dialled none"""
_ESCAPED = re.compile(r"\\(.)")
"""SIP writes a quotation mark inside a name as \\\", and Asterisk leaves it so"""


class Translator:
    """Every signal through ``translate``, in order; gives the core's events in order, mostly one or none.

    A leg's end is told exactly once, although the switch tells of it in several ways.
    ``spoken`` gives the seconds of a recorded message by its name, 0.0 when nothing was said: the switch takes
    its own beep for speech. Without it the switch is believed.
    """

    def __init__(self, region: str = "RU", spoken: Callable[[str], float] | None = None) -> None:
        self._region = region
        self._spoken = spoken
        self._legs: set[str] = set()
        self._followed: set[str] = set()
        self._adopted: dict[str, str] = {}
        """calls that telephones made by themselves → the contact that they belong to"""

    def watch(self, legs: Iterable[str]) -> None:
        """Legs that live although no signal told us: dialled just now, or found after a reconnect."""
        self._legs.update(legs)

    def adopt(self, legs: Mapping[str, str]) -> None:
        """Legs and the contacts they belong to, whatever their names say."""
        self._legs.update(legs)
        self._adopted |= {leg: contact for leg, contact in legs.items() if contact_of(leg) != contact}

    def reconnected(self) -> None:
        """The switch has forgotten what it was asked to tell of."""
        self._followed.clear()

    def _contact_of(self, leg: str) -> str:
        return self._adopted.get(leg) or contact_of(leg)

    def follow(self, legs: Iterable[str]) -> None:
        """Legs that may leave our hands and come back, in the dialplan meanwhile: leaving is no end, and that of the
        channel is told."""
        self._followed.update(legs)

    def forget(self, legs: Iterable[str]) -> None:
        """Legs whose end was told otherwise (could not be dialled, gone while we were away)."""
        for leg in legs:
            self._legs.discard(leg)
            self._adopted.pop(leg, None)
            self._followed.discard(leg)

    @property
    def legs(self) -> frozenset[str]:
        """The legs believed to live."""
        return frozenset(self._legs)

    def translate(self, signal: signals.AnySignal) -> tuple[Event, ...]:
        translated = _TRANSLATIONS.get(type(signal))
        return translated(self, signal) if translated is not None else ()

    # --- legs ---------------------------------------------------------------------------------------------------

    def _started(self, signal: signals.StasisStart) -> tuple[Event, ...]:
        channel = signal.channel
        if is_dialled(channel.id):
            self._legs.add(channel.id)
            return (events.LegAnswered(signal.at, contact_of(channel.id), channel.id),)
        if signal.args[:1] == [FAX_TONE]:
            return (events.FaxToneHeard(signal.at, self._contact_of(channel.id), channel.id),)
        if signal.args[:1] == [FAXED]:
            return (events.FaxEnded(signal.at, self._contact_of(channel.id), channel.id),)
        if channel.id in self._legs:
            return ()
        if signal.args[:1] == [BY_AGENT]:
            self._legs.add(channel.id)
            dialled = channel.dialplan.exten
            number = normalise(dialled, self._region)
            return (events.PhoneDialled(signal.at, channel.id, endpoint_of(channel.name), dialled, number),)
        if signal.args[:1] != [ARRIVED]:
            return ()
        self._legs.add(channel.id)
        return (arrival(channel, signal.at, region=self._region),)

    def _destroyed(self, signal: signals.ChannelDestroyed) -> tuple[Event, ...]:
        return self._over(signal.channel.id, signal.at, signal.cause or NORMAL_CLEARING)

    def _left(self, signal: signals.StasisEnd) -> tuple[Event, ...]:
        """An arrived channel's last word: its end is not told otherwise. Of a dialled one the cause still follows."""
        if is_dialled(signal.channel.id) or signal.channel.id in self._followed:
            return ()
        return self._over(signal.channel.id, signal.at, NORMAL_CLEARING)

    def _over(self, leg: str, at: float, cause: int) -> tuple[Event, ...]:
        if leg not in self._legs:
            return ()
        contact = self._contact_of(leg)
        self.forget([leg])
        return (events.LegEnded(at, contact, leg, cause),)

    # --- what happens on a leg ----------------------------------------------------------------------------------

    def _digit(self, signal: signals.ChannelDtmfReceived) -> tuple[Event, ...]:
        leg = signal.channel.id
        return (events.DigitPressed(signal.at, self._contact_of(leg), leg, signal.digit),) if leg in self._legs else ()

    def _hold(self, signal: signals.ChannelHold) -> tuple[Event, ...]:
        return self._held(signal.channel.id, signal.at, held=True)

    def _unhold(self, signal: signals.ChannelUnhold) -> tuple[Event, ...]:
        return self._held(signal.channel.id, signal.at, held=False)

    def _held(self, leg: str, at: float, *, held: bool) -> tuple[Event, ...]:
        return (events.LegHeld(at, self._contact_of(leg), leg, held),) if leg in self._legs else ()

    def _transferred(self, signal: signals.ChannelTransfer) -> tuple[Event, ...]:
        leg = signal.referred_by.source_channel.id
        dialled = signal.refer_to.requested_destination.destination
        other = signal.refer_to.destination_channel
        replaces = other.id if other is not None else ""
        if leg not in self._legs:
            return ()
        return (events.PhoneTransferred(signal.at, self._contact_of(leg), leg, dialled, replaces),)

    def _played(self, signal: signals.PlaybackFinished) -> tuple[Event, ...]:
        leg = signal.playback.target_uri.removeprefix("channel:")
        ok = signal.playback.state == "done"
        return (events.PromptsEnded(signal.at, contact_of(leg), leg, signal.playback.id, ok),)

    def _recorded(self, signal: signals.RecordingFinished) -> tuple[Event, ...]:
        recording = signal.recording
        leg = recording.target_uri.removeprefix("channel:")
        seconds = self._spoken(recording.name) if self._spoken is not None else float(recording.duration or 0)
        return (events.MessageRecorded(signal.at, contact_of(leg), leg, recording.name, seconds),)

    def _unrecorded(self, signal: signals.RecordingFailed) -> tuple[Event, ...]:
        leg = signal.recording.target_uri.removeprefix("channel:")
        return (events.MessageRecorded(signal.at, contact_of(leg), leg, signal.recording.name, 0.0),)

    def _device(self, signal: signals.PeerStatusChange) -> tuple[Event, ...]:
        name = signal.endpoint.resource
        if signal.endpoint.technology != "PJSIP" or name.startswith(TRUNK_PREFIX):
            return ()
        return (events.DeviceReached(signal.at, name, signal.endpoint.state == "online"),)


def arrival(
    channel: signals.Channel, at: float, *, region: str = "RU", source: str = events.LIVE
) -> events.ContactArrived:
    """A trunk's channel as a new contact. What the line said is taken as it is: it is data only."""
    number = channel.dialplan.exten if channel.dialplan.context == FROM_TRUNK else ""
    return events.ContactArrived(
        at=at,
        contact=channel.id,
        leg=channel.id,
        channel=VOICE,
        number="" if number == NO_DEVICE else number,
        caller=channel.caller.number,
        customer=normalise(channel.caller.number, region),
        caller_name=_ESCAPED.sub(r"\1", channel.caller.name),
        trunk=trunk_of(channel.name),
        source=source,
    )


_TRANSLATIONS: dict[type, Callable[..., tuple[Event, ...]]] = {
    signals.StasisStart: Translator._started,
    signals.StasisEnd: Translator._left,
    signals.ChannelDestroyed: Translator._destroyed,
    signals.ChannelDtmfReceived: Translator._digit,
    signals.ChannelHold: Translator._hold,
    signals.ChannelUnhold: Translator._unhold,
    signals.ChannelTransfer: Translator._transferred,
    signals.PlaybackFinished: Translator._played,
    signals.RecordingFinished: Translator._recorded,
    signals.RecordingFailed: Translator._unrecorded,
    signals.PeerStatusChange: Translator._device,
}
