"""Asterisk's call detail records: Master.csv with or without header, and exports of the table ``cdr``.

Rows are not calls. Rows of one call share ``linkedid``, where it is written, else ``uniqueid``. ANSWERED says only that
the switch picked up: a person talked when another channel was there too. A queue that picks up at once hides how long
the caller waited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kaska.audit.clock import seconds_of
from kaska.audit.contacts import Contact
from kaska.audit.left_out import Why
from kaska.audit.names import is_extension
from kaska.audit.readers.cdr_call import Leg, Told, tell
from kaska.audit.readers.direction import is_public
from kaska.audit.readers.tables import Gathering, Record, column_name, records, sample_lines
from kaska.audit.reading import Reading
from kaska.audit.recognise import DISPOSITIONS, UNIQUE_ID, column_of
from kaska.audit.source import Source

_OTHER_NAMES = {
    "calldate": "start", "start_time": "start", "callerid": "clid", "source": "src", "destination": "dst",
    "dst_channel": "dstchannel", "context": "dcontext", "unique_id": "uniqueid", "linked_id": "linkedid",
    "last_app": "lastapp", "last_data": "lastdata", "answer_time": "answer", "end_time": "end", "status": "disposition",
}  # fmt: skip

_OURS = ("uniqueid", "linkedid", "channel", "dstchannel", "dcontext", "dst", "src", "clid", "start", "answer", "end",
         "duration", "billsec", "disposition", "lastapp")  # fmt: skip
"""as Kaska's own switch writes them"""


def contacts(sources: Sequence[Source], reading: Reading) -> Iterator[Contact]:
    reading.announcements_told = reading.outbound_told = reading.rings_told = True
    gathering: Gathering[Leg] = Gathering()
    for source in sources:
        layout = layout_of(source)
        for record in records(source, reading, layout.places, layout.header):
            leg = _leg(record, reading)
            if leg is not None:
                for group in gathering.add(leg.linkedid or leg.uniqueid or f"line {record.number}", leg):
                    yield from _tell(group, reading)
    for group in gathering.rest():
        yield from _tell(group, reading)


def _tell(group: list[Leg], reading: Reading) -> Iterator[Contact]:
    told = Told()
    known = reading.known_calls
    if known is not None:
        ids = {leg.uniqueid for leg in group} | {leg.linkedid for leg in group}
        if not known.isdisjoint(ids - {""}):
            reading.leave(Why.TOLD_ALREADY, group[0].number, len(group))
            return
        known |= ids
    tell(group, told)
    for why, number, rows in told.left_out:
        reading.leave(why, number, rows)
    yield from told.contacts


def _leg(record: Record, reading: Reading) -> Leg | None:
    disposition = record["disposition"].upper().replace("_", " ").replace("NOANSWER", "NO ANSWER")
    start = reading.clock.read(record["start"])
    if start is None or (disposition not in DISPOSITIONS and disposition not in _BY_NUMBER):
        reading.leave(Why.CUT_OFF if record.unfinished else Why.BROKEN, record.number)
        return None
    if not reading.clock.plausible(start):
        reading.leave(Why.IMPOSSIBLE_TIME, record.number)
        return None
    answer, end = (reading.clock.read(record[name]) for name in ("answer", "end"))
    duration, billsec = seconds_of(record["duration"]), seconds_of(record["billsec"])
    negative = sum(value is not None and value < 0 for value in (duration, billsec))
    if negative:
        reading.doubt(Why.NEGATIVE, record.number, negative)
    duration = duration if duration is not None and duration >= 0 else None
    billsec = billsec if billsec is not None and billsec >= 0 else None
    if duration is None and end is not None and end >= start:
        duration = end - start
    if answer is not None and not start <= answer:
        answer = None
    return Leg(
        number=record.number, linkedid=record["linkedid"], uniqueid=record["uniqueid"], caller=record["src"]
        or record["clid"], called=record["dst"], context=record["dcontext"], channel=record["channel"],
        other_channel=record["dstchannel"], app=record["lastapp"].lower(), app_data=record["lastdata"], start=start,
        answer=answer, duration=duration, billsec=billsec, disposition=_BY_NUMBER.get(disposition, disposition),
        cells=tuple(record.cells),
    )  # fmt: skip


_BY_NUMBER = {"0": "NO ANSWER", "1": "NO ANSWER", "2": "FAILED", "4": "BUSY", "8": "ANSWERED", "16": "CONGESTION"}
"""as Asterisk numbers them where a table holds a number"""


@dataclass(frozen=True, slots=True)
class Layout:
    places: Mapping[str, int]
    header: tuple[str, ...] = ()


def layout_of(source: Source) -> Layout:
    """Where each column stands: by the header, or without one as seen from the disposition."""
    _, rows = sample_lines(source)
    named = [_OTHER_NAMES.get(column_name(cell), column_name(cell)) for cell in rows[0]] if rows else []
    if "disposition" in named:
        return Layout({name: place for place, name in reversed(list(enumerate(named)))}, tuple(rows[0]))
    at = column_of(rows, DISPOSITIONS)
    usual = max(rows, key=len, default=[])
    ids = [
        place
        for place in range(len(usual))
        if sum(place < len(cells) and UNIQUE_ID.fullmatch(cells[place]) is not None for cells in rows) * 2 > len(rows)
    ]
    if ids[:2] == [0, 1]:
        return Layout({name: place for place, name in enumerate(_OURS)})
    places = {"disposition": at, "billsec": at - 1, "duration": at - 2}
    if any(len(cells) > at and ":" in cells[at - 3] for cells in rows if at >= 5):
        back: tuple[str, ...] = ("end", "answer", "start", "lastdata", "lastapp", "dstchannel", "channel")
        places |= {name: at - 3 - place for place, name in enumerate(back)}
        rest = ("clid", "dcontext", "dst", "src") if _is_account_first(rows, at) else ("dcontext", "dst", "src", "clid")
        places |= {name: at - 10 - place for place, name in enumerate(rest)}
    else:
        back = ("lastdata", "lastapp", "dstchannel", "channel", "dcontext", "dst", "src", "clid", "start")
        places |= {name: at - 3 - place for place, name in enumerate(back)}
        if len(usual) > 10 and places["start"] >= 0 and not any(":" in c[places["start"]] for c in rows if len(c) > at):
            places |= {"clid": -1, "start": places["clid"]}
    later = [place for place in ids if place > at]
    if later:
        places["uniqueid"] = later[0]
    if len(later) > 1:
        places["linkedid"] = later[1]
    return Layout(places)


def _is_account_first(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether ten places before the disposition stands the caller, as in Master.csv, not a place in the dialplan."""
    cells = [cells[at - 10] for cells in rows if len(cells) > at >= 10]
    return sum(not cell or "<" in cell or is_public(cell) or is_extension(cell) for cell in cells) * 2 >= len(cells)
