"""The further witness: Asterisk's call detail records, written apart from its channel events (CEL).

Asterisk 22 writes the rows of a channel when that channel is gone; a call that is up has none, and neither has one with
which the switch died. Rows are not calls: a leg that we dialled has rows of its own (``linkedid`` says whose call it
belongs to), and a call from a trunk has one for every telephone that the dialplan rang for it. What is comparable with
CEL is which calls there were, and whether somebody was on the line with the caller (``dstchannel``). The times are not:
a row ends when the caller leaves the bridge, and a caller who stays on then adds nothing to it; "ANSWERED" says only
that the switch picked up, were it to play a greeting.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass

import msgspec

from kaska.asterisk import records
from kaska.asterisk.places import FAX, FROM_TRUNK, Places, contact_of, endpoint_of, is_dialled, trunk_of
from kaska.asterisk.records import Position
from kaska.asterisk.translate import NO_DEVICE
from kaska.asterisk.witness import ANSWERED, LEFT, MESSAGE, SwitchRecord, adopt_message
from kaska.asterisk.witness_fields import CDR_BEGINS, CDR_COLUMNS
from kaska.kit.config import Settings

FALLBACK = "fallback"
_OF_CALLERS = (FROM_TRUNK, FALLBACK, FAX)
"""all the places of the dialplan that a caller may be in"""
SAME_CALL_SECONDS = 60.0
"""rows of one call come together; for so long they are looked for"""

_PICKED_UP = "ANSWERED"


class CdrRow(msgspec.Struct):
    """One row: what a channel did until it was gone, or a part of that. ``answer`` is 0 when it was not answered."""

    uniqueid: str
    linkedid: str
    channel: str
    dst_channel: str
    context: str
    exten: str
    caller_number: str
    start: float
    end: float
    billsec: float
    disposition: str
    app: str
    answer: float = 0.0


@dataclass(frozen=True, slots=True)
class CdrCall:
    """One call from a trunk as its rows tell it. Times are seconds since the epoch."""

    contact: str
    number: str
    """"" when the dialplan served it: then the rows name a place in the dialplan"""
    caller: str
    trunk: str
    started_at: float
    answered_at: float | None
    """when the switch picked up"""
    ended_at: float
    """not later than the call's end; earlier when the caller stayed on after a talk"""
    billsec: float
    disposition: str
    """as Asterisk names it: ANSWERED when any row is, else that of the last"""
    talked: bool
    agent_endpoint: str
    app: str
    context: str
    rows: int
    legs: int
    """legs of this call that we dialled, as far as their rows were read with it"""


class CdrWitness:
    """Reads on from ``position``; ask ``read`` every now and then. Not to be shared between threads."""

    def __init__(self, settings: Settings, position: Position | None = None) -> None:
        self._file = Places.of(settings).cdr
        self._next = position or Position()
        self._rows: dict[str, list[CdrRow]] = {}
        self._lately: deque[tuple[float, Position, str]] = deque()
        """(when it was read, where it begins, contact): rows of one call may come in two readings"""

    @property
    def position(self) -> Position:
        """From where a new witness has to read so that no call is told by half of its rows."""
        return self._lately[0][1] if self._lately else self._next

    def read(self) -> list[CdrCall]:
        """Calls of which there are rows that were not read before, each with all of its rows."""
        now = time.monotonic()
        while self._lately and self._lately[0][0] < now - SAME_CALL_SECONDS:
            contact = self._lately.popleft()[2]
            if len(self._rows[contact]) > 1:
                self._rows[contact].pop(0)
            else:
                del self._rows[contact]
        touched: dict[str, None] = {}
        for position, after, fields in records.read(self._file, self._next, CDR_BEGINS):
            self._next = after
            row = parse(fields)
            if row is None:
                continue
            contact = contact_of(row.uniqueid) if is_dialled(row.uniqueid) else row.uniqueid
            self._lately.append((now, position, contact))
            self._rows.setdefault(contact, []).append(row)
            touched[contact] = None
        told = (call_of(contact, self._rows[contact]) for contact in touched)
        return [call for call in told if call is not None]


def parse(fields: list[str]) -> CdrRow | None:
    """None for what is no whole row."""
    if len(fields) != len(CDR_COLUMNS):
        return None
    named = {name: value for name, value in zip(CDR_COLUMNS, fields, strict=True) if name != "answer" or value}
    try:
        return msgspec.convert(named, CdrRow, strict=False)
    except msgspec.ValidationError:
        return None


def call_of(contact: str, rows: list[CdrRow]) -> CdrCall | None:
    """The call that these rows of its channel and of its legs tell; None when it did not arrive from a trunk."""
    own = [
        row for row in rows if row.uniqueid == contact and not is_dialled(contact) and trunk_of(row.channel)
        and row.context in _OF_CALLERS
    ]  # fmt: skip
    if not own:
        return None
    last, first = own[-1], min(own, key=lambda row: row.start)
    picked_up = [row for row in own if row.disposition == _PICKED_UP]
    with_somebody = [row for row in picked_up if row.dst_channel]
    arrival = next((row for row in own if row.context == FROM_TRUNK and row.exten != NO_DEVICE), None)
    return CdrCall(
        contact=contact,
        number=arrival.exten if arrival else "",
        caller=last.caller_number,
        trunk=trunk_of(first.channel),
        started_at=first.start,
        answered_at=min((row.answer for row in picked_up if row.answer), default=None),
        ended_at=max(row.end for row in own),
        billsec=max(row.billsec for row in own),
        disposition=_PICKED_UP if picked_up else last.disposition,
        talked=bool(with_somebody),
        agent_endpoint=endpoint_of(with_somebody[0].dst_channel) if with_somebody else "",
        app=last.app,
        context=last.context,
        rows=len(own),
        legs=len({row.uniqueid for row in rows if row.uniqueid != contact}),
    )


def as_record(settings: Settings, call: CdrCall) -> SwitchRecord:
    """A call of which there are no channel events, as nearly as its rows tell. Takes its message over, if it left one.

    Since when they talked is not known: the time is that of the pick-up.
    """
    fallback, message, seconds = "", "", 0.0
    if call.context == FALLBACK:
        fallback = ANSWERED if call.talked else LEFT
        if call.app == "Record":
            message, seconds = adopt_message(Places.of(settings), call.contact)
            fallback = MESSAGE if message else LEFT
    return SwitchRecord(
        contact=call.contact,
        number=call.number,
        caller=call.caller,
        caller_name="",
        trunk=call.trunk,
        arrived_at=call.started_at,
        ended_at=call.ended_at,
        picked_up_at=call.answered_at,
        talked_at=call.answered_at if call.talked else None,
        agent_endpoint=call.agent_endpoint,
        talk_seconds=max(call.ended_at - (call.answered_at or call.ended_at), 0.001) if call.talked else 0.0,
        fallback=fallback,
        message=message,
        message_seconds=seconds,
    )
