"""The independent witness: what the switch itself wrote down about every call that arrived from a trunk.

Asterisk writes each event of each channel to a file the moment it happens, whether the application lives or not. Read
here, it tells of the calls that lived without us, and it is held against the ledger.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace

import msgspec

from kaska.asterisk import records
from kaska.asterisk.places import FROM_TRUNK, Places, contact_of, endpoint_of, is_dialled, trunk_of
from kaska.asterisk.recordings import spoken_seconds
from kaska.asterisk.records import Position
from kaska.asterisk.translate import NO_DEVICE, VOICE
from kaska.asterisk.witness_fields import CEL_BEGINS, CEL_COLUMNS
from kaska.core.contacts.outcomes import EndCause, Outcome
from kaska.core.events import ContactWitnessed
from kaska.kit.config import Settings
from kaska.kit.phone import normalise

ANSWERED, MESSAGE, LEFT = "answered", "message", "left"
NORMAL_CLEARING = 16
LAST_MOMENT_SECONDS = 2.0
"""what a switch did so shortly before its death it may not have written down everywhere"""

_SEQUENCE = re.compile(r"\.(\d+)$")


@dataclass(frozen=True, slots=True)
class SwitchRecord:
    """One call from a trunk, from its first moment to its last. Times are seconds since the epoch."""

    contact: str
    number: str
    caller: str
    caller_name: str
    trunk: str
    arrived_at: float
    ended_at: float
    cause: int = NORMAL_CLEARING
    picked_up_at: float | None = None
    """when the switch answered it, were it only to say something"""
    talked_at: float | None = None
    """when somebody talked with the caller for the first time, ``agent_endpoint`` being the telephone"""
    agent_endpoint: str = ""
    talk_seconds: float = 0.0
    fallback: str = ""
    """ "" when the application took it, else how the dialplan served it: ANSWERED, MESSAGE or LEFT"""
    message: str = ""
    message_seconds: float = 0.0
    crashed: bool = False
    """the switch died with this call"""
    last_moment: bool = False
    """the switch died right after this call"""


class _Extra(msgspec.Struct):
    bridge_id: str = ""
    hangupcause: int = NORMAL_CLEARING


class Row(msgspec.Struct):
    """One event of one channel, as the switch wrote it down."""

    event: str
    at: float
    uniqueid: str
    linkedid: str
    channel: str
    context: str
    exten: str
    caller_number: str
    caller_name: str
    extra: str


@dataclass
class _Call:
    """A call being told."""

    first: Row
    position: Position
    last_at: float
    picked_up_at: float | None = None
    fallback: str = ""
    present: dict[str, tuple[str, float]] = field(default_factory=dict)
    """channel → (bridge, since when)"""
    talked_at: float | None = None
    talk_seconds: float = 0.0
    together_since: float | None = None
    """since when the caller has been in one bridge with somebody"""
    agent_endpoint: str = ""


class Witness:
    """Reads on from ``position``; ask ``read`` every now and then. Not to be shared between threads."""

    def __init__(self, settings: Settings, position: Position | None = None) -> None:
        self._places = Places.of(settings)
        self._next = position or Position()
        self._calls: dict[str, _Call] = {}
        self._lately: list[SwitchRecord] = []
        """ended in the last moment before ``_last_at``"""
        self._last_at = 0.0
        self._sequence = 0

    @property
    def position(self) -> Position:
        """From where a new witness has to read so that no call is missed that is not over yet."""
        begun = [call.position for call in self._calls.values()]
        same = [one.offset for one in begun if one.inode == self._next.inode]
        other = [one for one in begun if one.inode != self._next.inode]
        if other:
            return min(other, key=lambda one: one.offset)
        return Position(self._next.inode, min([self._next.offset, *same]))

    def read(self, switch_started_at: float = 0.0) -> list[SwitchRecord]:
        """The calls that ended since the last time, in order of their ends.

        Calls that were under way when the switch died are over too: those that began before ``switch_started_at``.
        Calls that it outlived by a moment only are told again then.
        """
        finished: list[SwitchRecord] = []
        for position, after, fields in records.read(self._places.cel, self._next, CEL_BEGINS):
            self._next = after
            row = parse(fields)
            if row is not None:
                if self._is_new_switch(row):
                    finished += self._switch_died()
                self._last_at = max(self._last_at, row.at)
                finished += self._take(position, row)
        if self._last_at < switch_started_at:
            finished += self._switch_died()
        for contact, call in list(self._calls.items()):
            if call.first.at < switch_started_at:
                finished.append(self._finish(contact, call.last_at, NORMAL_CLEARING, crashed=True))
        return finished

    def _is_new_switch(self, row: Row) -> bool:
        """Each switch counts its channels from nought."""
        number = _SEQUENCE.search(row.uniqueid)
        if row.event != "CHAN_START" or number is None:
            return False
        before, self._sequence = self._sequence, int(number[1])
        return self._sequence < before

    def _switch_died(self) -> list[SwitchRecord]:
        since = self._last_at - LAST_MOMENT_SECONDS
        told = [replace(call, last_moment=True) for call in self._lately if call.ended_at >= since]
        self._lately.clear()
        return told

    def _take(self, position: Position, row: Row) -> list[SwitchRecord]:
        contact = contact_of(row.uniqueid) if is_dialled(row.uniqueid) else row.linkedid
        arrives = row.event == "CHAN_START" and row.context == FROM_TRUNK and row.uniqueid == contact
        if arrives and trunk_of(row.channel):
            self._calls[contact] = _Call(row, position, row.at)
            return []
        call = self._calls.get(contact)
        if call is None:
            return []
        call.last_at = max(call.last_at, row.at)
        if row.event == "HANGUP" and row.uniqueid == contact:
            _leave(call, contact, contact, row.at)
            ended = self._finish(contact, row.at, _extra(row).hangupcause)
            since = row.at - LAST_MOMENT_SECONDS
            self._lately = [*(one for one in self._lately if one.ended_at >= since), ended]
            return [ended]
        _note(call, contact, row)
        return []

    def _finish(self, contact: str, at: float, cause: int, *, crashed: bool = False) -> SwitchRecord:
        call = self._calls.pop(contact)
        if crashed:
            _leave(call, contact, contact, at)
        fallback, message, seconds = call.fallback, "", 0.0
        if fallback == MESSAGE:
            message, seconds = adopt_message(self._places, contact)
            fallback = MESSAGE if message else LEFT
        first = call.first
        return SwitchRecord(
            contact=contact,
            number="" if first.exten == NO_DEVICE else first.exten,
            caller=first.caller_number,
            caller_name=first.caller_name,
            trunk=trunk_of(first.channel),
            arrived_at=first.at,
            ended_at=at,
            cause=cause,
            picked_up_at=call.picked_up_at,
            talked_at=call.talked_at,
            agent_endpoint=call.agent_endpoint,
            talk_seconds=call.talk_seconds,
            fallback=fallback,
            message=message,
            message_seconds=seconds,
            crashed=crashed,
        )


def adopt_message(places: Places, contact: str) -> tuple[str, float]:
    """Move what the dialplan recorded to where messages are kept; ("", 0.0) when nobody said anything."""
    kept = places.messages / f"{contact}.wav"
    spooled = places.fallback_spool / f"{contact}.wav"
    if spooled.exists() and not kept.exists() and spoken_seconds(spooled) > 0.0:
        os.replace(spooled, kept)
    seconds = spoken_seconds(kept)
    return (contact, seconds) if seconds > 0.0 else ("", 0.0)


def _note(call: _Call, contact: str, row: Row) -> None:
    match row.event:
        case "ANSWER" if row.uniqueid == contact:
            call.picked_up_at = call.picked_up_at or row.at
        case "BRIDGE_ENTER":
            call.present[row.uniqueid] = (bridge_of(row), row.at)
            others = [one for one, (bridge, _) in call.present.items() if bridge == call.present[row.uniqueid][0]]
            if contact in others and len(others) > 1 and call.talked_at is None:
                call.talked_at = row.at
            if row.uniqueid != contact and not call.agent_endpoint:
                call.agent_endpoint = endpoint_of(row.channel)
            _reckon(call, contact, row.at)
        case "BRIDGE_EXIT":
            _leave(call, contact, row.uniqueid, row.at)
        case "FALLBACK_STARTED" | "FALLBACK_LEFT":
            call.fallback = LEFT
        case "FALLBACK_ANSWERED":
            call.fallback = ANSWERED
        case "FALLBACK_MESSAGE":
            call.fallback = MESSAGE


def _leave(call: _Call, contact: str, channel: str, at: float) -> None:
    """A channel left its bridge."""
    call.present.pop(channel, None)
    _reckon(call, contact, at)


def _reckon(call: _Call, contact: str, at: float) -> None:
    """The caller talks as long as he and another, or several others, are in one bridge."""
    where = call.present.get(contact, ("", 0.0))[0]
    together = any(one != contact and bridge == where for one, (bridge, _) in call.present.items())
    if together and call.together_since is None:
        call.together_since = at
    elif not together and call.together_since is not None:
        call.talk_seconds += at - call.together_since
        call.together_since = None


def parse(fields: list[str]) -> Row | None:
    """None for what is no whole row."""
    if len(fields) != len(CEL_COLUMNS):
        return None
    named = dict(zip(CEL_COLUMNS, fields, strict=True))
    try:
        return msgspec.convert(named, Row, strict=False)
    except msgspec.ValidationError:
        return None


def bridge_of(row: Row) -> str:
    """The bridge that is entered or left; "" when none is."""
    return _extra(row).bridge_id


def _extra(row: Row) -> _Extra:
    try:
        return msgspec.json.decode(row.extra or "{}", type=_Extra)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return _Extra()


def as_contact_witnessed(record: SwitchRecord, at: float, region: str = "RU") -> ContactWitnessed:
    """A call that the ledger does not have, as an event for the core. ``at`` is now."""
    outcome, cause = _judged(record)
    talked = outcome is Outcome.ANSWERED
    return ContactWitnessed(
        at=at,
        contact=record.contact,
        channel=VOICE,
        number=record.number,
        caller=record.caller,
        customer=normalise(record.caller, region),
        trunk=record.trunk,
        arrived_at=record.arrived_at,
        ended_at=record.ended_at,
        outcome=outcome,
        cause=cause,
        answered_at=record.talked_at if talked else None,
        agent_endpoint=record.agent_endpoint if talked else "",
        message=record.message,
        message_seconds=record.message_seconds,
    )


def _judged(record: SwitchRecord) -> tuple[Outcome, EndCause]:
    if record.talk_seconds > 0.0:
        return Outcome.ANSWERED, EndCause.TALKED
    if record.message:
        return Outcome.MESSAGE_TAKEN, EndCause.MESSAGE
    if record.crashed:
        return Outcome.LOST, EndCause.SWITCH_FAILURE
    if record.fallback or record.picked_up_at is not None:
        return Outcome.LOST, EndCause.APPLICATION_AWAY
    return Outcome.LOST, EndCause.BEFORE_ANSWER
