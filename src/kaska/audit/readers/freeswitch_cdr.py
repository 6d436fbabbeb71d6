"""FreeSWITCH: the files of mod_cdr_csv (Master.csv in its usual templates) and tables, FusionPBX's among them.

One row a leg. The second leg of a bridged call names no call of its own; the same uuid may stand several times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kaska.audit.clock import seconds_of
from kaska.audit.contacts import Contact, End
from kaska.audit.left_out import Why
from kaska.audit.names import agent_of, caller_of, is_extension
from kaska.audit.readers.direction import Direction, customer, direction_of
from kaska.audit.readers.tables import Gathering, Record, column_name, records, sample_lines
from kaska.audit.reading import Reading
from kaska.audit.recognise import HANGUP_CAUSES, UUID, column_of
from kaska.audit.source import Source
from kaska.core.counting.holes import Hole

_OTHER_NAMES = {
    "xml_cdr_uuid": "uuid", "bridge_uuid": "bleg_uuid", "start_timestamp": "start_stamp", "start": "start_stamp",
    "answer_timestamp": "answer_stamp", "answer": "answer_stamp", "end_timestamp": "end_stamp", "end": "end_stamp",
    "cc_agent_name": "cc_agent", "destination": "destination_number", "caller_number": "caller_id_number",
    "source": "caller_id_number",
}  # fmt: skip
_BEFORE_CAUSE = ("billsec", "duration", "end_stamp", "answer_stamp", "start_stamp")
_PLAIN = ("context", "destination_number", "caller_id_number", "caller_id_name")
_AS_ASTERISK = ("last_arg", "last_app", "bridge_channel", "channel_name", "caller_id_name", "context",
                "destination_number", "caller_id_number", "accountcode")  # fmt: skip
_HOLES = {"USER_BUSY": Hole.BUSY, "NO_ANSWER": Hole.NO_ANSWER, "NO_USER_RESPONSE": Hole.NO_ANSWER,
          "ALLOTTED_TIMEOUT": Hole.NO_ANSWER, "NORMAL_CLEARING": Hole.NO_ANSWER}  # fmt: skip
_SYSTEM_APPS = frozenset({"playback", "ivr", "play_and_get_digits", "sleep", "phrase", "say", "speak", "hangup"})


@dataclass(frozen=True, slots=True)
class Row:
    """One leg. ``joined``, ``taken``: seconds since the epoch when it came into the queue and was answered there."""

    number: int
    uuid: str
    other: str
    caller: str
    called: str
    context: str
    direction: str
    start: float
    answer: float | None
    duration: float | None
    billsec: float | None
    cause: str
    app: str
    queue: str
    joined: float | None
    taken: float | None
    agent: str
    voicemail: bool
    cells: tuple[str, ...]


def contacts(sources: Sequence[Source], reading: Reading) -> Iterator[Contact]:
    reading.announcements_told = reading.outbound_told = True
    others = _second_legs(sources)
    gathering: Gathering[Row] = Gathering()
    for source in sources:
        places, header = layout_of(source)
        for record in records(source, reading, places, header):
            row = _row(record, reading)
            if row is not None:
                call = others.get(row.uuid) or row.uuid or f"line {record.number}"
                for group in gathering.add(call, row):
                    yield from _tell(group, bool(others), reading)
    for group in gathering.rest():
        yield from _tell(group, bool(others), reading)


def _second_legs(sources: Sequence[Source]) -> dict[str, str]:
    """Second leg → first leg, of all files."""
    found: dict[str, str] = {}
    for source in sources:
        places, header = layout_of(source)
        aside = Reading(_NO_CLOCK)
        for record in records(source, aside, places, header):
            uuid, other = record["uuid"], record["bleg_uuid"]
            if uuid and other and uuid != other and found.get(uuid) != other:
                found.setdefault(other, uuid)
    return found


_NO_CLOCK: Any = None
"""the second legs are looked for without reading any time"""


def layout_of(source: Source) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """(where each column stands, the header's cells)."""
    _, rows = sample_lines(source)
    named = [column_name(cell) for cell in rows[0]] if rows else []
    if "hangup_cause" in named or "xml_cdr_uuid" in named:
        places = {name: place for place, name in reversed(list(enumerate(named)))}
        for name, place in list(places.items()):
            places.setdefault(_OTHER_NAMES.get(name, name), place)
        return places, tuple(rows[0])
    at = column_of(rows, HANGUP_CAUSES)
    places = {"hangup_cause": at} | {name: at - 1 - place for place, name in enumerate(_BEFORE_CAUSE)}
    before = _AS_ASTERISK if at >= len(_BEFORE_CAUSE) + len(_AS_ASTERISK) else _PLAIN
    places |= {name: at - 6 - place for place, name in enumerate(before)}
    width = max(map(len, rows), default=0)
    ids = [place for place in range(at + 1, width)
           if any(place < len(cells) and UUID.fullmatch(cells[place]) for cells in rows)]  # fmt: skip
    if ids:
        places["uuid"] = ids[0]
        if before is _PLAIN:
            places["bleg_uuid"] = ids[0] + 1
    return places, ()


def _row(record: Record, reading: Reading) -> Row | None:
    clock = reading.clock
    start = clock.read(record["start_stamp"] or record["start_epoch"])
    cause = record["hangup_cause"].upper()
    if start is None or not (cause.replace("_", "").isalpha() or not cause):
        reading.leave(Why.CUT_OFF if record.unfinished else Why.BROKEN, record.number)
        return None
    if record.unfinished and not cause:
        reading.leave(Why.CUT_OFF, record.number)
        return None
    if not clock.plausible(start):
        reading.leave(Why.IMPOSSIBLE_TIME, record.number)
        return None
    duration, billsec = seconds_of(record["duration"]), seconds_of(record["billsec"])
    negative = sum(value is not None and value < 0 for value in (duration, billsec))
    if negative:
        reading.doubt(Why.NEGATIVE, record.number, negative)
    answer = clock.read(record["answer_stamp"] or record["answer_epoch"])
    return Row(
        record.number, record["uuid"].lower(), record["bleg_uuid"].lower(), record["caller_id_number"],
        record["destination_number"], record["context"], record["direction"].lower(), start,
        answer if answer is not None and answer >= start else None,
        duration if duration is not None and duration >= 0 else None,
        billsec if billsec is not None and billsec >= 0 else None, cause, record["last_app"].lower(),
        record["cc_queue"], _moment(record, "cc_queue_joined_epoch", reading),
        _moment(record, "cc_queue_answered_epoch", reading), record["cc_agent"],
        record["voicemail_message"].lower() in ("true", "t", "1"), tuple(record.cells),
    )  # fmt: skip


def _moment(record: Record, name: str, reading: Reading) -> float | None:
    at = reading.clock.read(record[name])
    return at if at is not None and reading.clock.plausible(at) else None


def _tell(group: list[Row], bridges_told: bool, reading: Reading) -> Iterator[Contact]:
    seen: dict[tuple[str, ...], Row] = {}
    for row in group:
        if row.cells in seen:
            reading.leave(Why.DUPLICATE, row.number)
        else:
            seen[row.cells] = row
    rows = sorted(seen.values(), key=lambda row: (row.start, row.number))
    second = {row.other for row in rows} - {""}
    own = [row for row in rows if row.uuid not in second] or rows[:1]
    for row in rows:
        if row not in own:
            reading.leave(Why.OTHER_LEG, row.number)
    first = own[0]
    best = max(own, key=lambda row: (row.taken is not None, bool(row.other), row.billsec or 0.0))
    direction = _direction(first)
    if direction is Direction.INTERNAL:
        reading.leave(Why.INTERNAL, first.number, len(own))
        return
    agent = next((agent_of(row.called) for row in rows if row.uuid in second and row.called), "")
    best = replace(best, start=first.start, agent=best.agent or agent)
    contact = _outbound(best) if direction is Direction.OUTBOUND else _inbound(best, bridges_told)
    contact.rows, contact.number = len(own), first.number
    yield contact


def _direction(row: Row) -> Direction:
    if row.direction in ("inbound", "outbound"):
        outbound_leg = row.direction == "outbound" and not is_extension(row.called)
        return Direction.OUTBOUND if outbound_leg else Direction.INBOUND
    if row.direction in ("local", "internal"):
        return Direction.INTERNAL
    return direction_of(row.caller, row.called, row.context, "")


def _outbound(row: Row) -> Contact:
    reached = row.answer is not None and bool(row.billsec)
    talks = ((agent_of(row.agent) or agent_of(row.caller), row.billsec or 0.0),) if reached else ()
    return Contact(End.OUTBOUND, row.start, customer(row.called), talks=talks, reached=reached)


def _inbound(row: Row, bridges_told: bool) -> Contact:
    contact = Contact(End.ANSWERED, row.start, caller_of(row.caller), queue=row.queue.partition("@")[0])
    end = row.start + (row.duration or 0.0)
    agent = agent_of(row.agent) or agent_of(row.called)
    if row.queue or row.joined is not None:
        joined = row.joined if row.joined is not None else row.answer or row.start
        contact.to_line_s = joined - row.start if joined > row.start else None
        if row.taken is None:
            contact.end, contact.hole, contact.wait = End.ABANDONED, Hole.WAITING, max(0.0, end - joined)
        else:
            contact.wait, contact.talks = max(0.0, row.taken - joined), ((agent, max(0.0, end - row.taken)),)
    elif row.voicemail or row.app == "voicemail":
        contact.end, contact.hole, contact.wait = End.MISSED, Hole.VOICEMAIL, row.duration
    elif row.answer is not None and (row.other or not bridges_told) and row.app not in _SYSTEM_APPS:
        contact.wait, contact.talks = row.answer - row.start, ((agent, row.billsec or 0.0),)
        contact.talk_known = row.billsec is not None
    elif row.answer is not None:
        contact.end, contact.hole, contact.step = End.ANNOUNCEMENT_ONLY, Hole.ANNOUNCEMENT, row.called or row.context
    elif row.cause == "ORIGINATOR_CANCEL":
        contact.end, contact.hole, contact.wait = End.ABANDONED, Hole.WAITING, row.duration
    else:
        contact.end, contact.hole, contact.wait = End.MISSED, _HOLES.get(row.cause, Hole.FAILURE), row.duration
    return contact
