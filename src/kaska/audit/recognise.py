"""Which format a file is in, by its header or by what stands in its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaska.audit.readers.tables import QUEUE_EVENTS, column_name, sample_lines
from kaska.audit.source import Source

DISPOSITIONS = frozenset({"ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"})
CHANNEL_EVENTS = frozenset((
    "CHAN_START", "CHAN_END", "ANSWER", "HANGUP", "APP_START", "APP_END", "BRIDGE_ENTER", "BRIDGE_EXIT",
    "LINKEDID_END", "PARK_START", "PARK_END", "BLINDTRANSFER", "ATTENDEDTRANSFER", "PICKUP", "FORWARD",
    "LOCAL_OPTIMIZE", "LOCAL_OPTIMIZE_BEGIN", "BRIDGE_START", "BRIDGE_END", "STREAM_BEGIN", "STREAM_END", "DTMF",
    "USER_DEFINED",
))  # fmt: skip
HANGUP_CAUSES = frozenset((
    "NORMAL_CLEARING", "ORIGINATOR_CANCEL", "NO_ANSWER", "USER_BUSY", "NO_USER_RESPONSE", "CALL_REJECTED",
    "NORMAL_TEMPORARY_FAILURE", "UNALLOCATED_NUMBER", "NO_ROUTE_DESTINATION", "LOSE_RACE", "ALLOTTED_TIMEOUT",
    "ATTENDED_TRANSFER", "BLIND_TRANSFER", "NORMAL_UNSPECIFIED", "RECOVERY_ON_TIMER_EXPIRE",
    "USER_NOT_REGISTERED", "SUBSCRIBER_ABSENT", "INCOMPATIBLE_DESTINATION", "DESTINATION_OUT_OF_ORDER",
    "INVALID_NUMBER_FORMAT", "MEDIA_TIMEOUT", "NONE", "SUCCESS",
))  # fmt: skip
UNIQUE_ID = re.compile(r"(?:[\w.-]+-)?\d{9,}\.\d+")
UUID = re.compile(r"[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.I)
_HEADERS: dict[str, tuple[frozenset[str], ...]] = {
    "queue-log": (frozenset({"callid", "event"}),),
    "asterisk-cel": (frozenset({"eventtype", "linkedid"}), frozenset({"eventtype", "uniqueid"})),
    "asterisk-cdr": (frozenset({"disposition", "lastapp"}), frozenset({"disposition", "dcontext"}),
                     frozenset({"disposition", "billsec", "channel"}),
                     frozenset({"disposition", "billsec", "src", "dst"})),
    "freeswitch-cdr": (frozenset({"hangup_cause", "billsec"}), frozenset({"hangup_cause", "start_stamp"}),
                       frozenset({"hangup_cause", "caller_id_number"}), frozenset({"xml_cdr_uuid"})),
}  # fmt: skip


def recognise(source: Source) -> str:
    """One of the formats but "auto"; "csv" for whatever is none of the others."""
    if _plain_queue_log(source.sample.splitlines()[:200]):
        return "queue-log"
    _, rows = sample_lines(source)
    header = {column_name(cell) for cell in rows[0]} if rows else set()
    for name, signs in _HEADERS.items():
        if any(sign <= header for sign in signs):
            return name
    rows = rows[1:] if len(rows) > 1 and source.sample.count("\n") >= len(rows) else rows
    for name, values, id_form in (
        ("asterisk-cel", CHANNEL_EVENTS, UNIQUE_ID),
        ("queue-log", QUEUE_EVENTS, None),
        ("asterisk-cdr", DISPOSITIONS, None),
        ("freeswitch-cdr", HANGUP_CAUSES, UUID),
    ):
        place = column_of(rows, values)
        if place < 0:
            continue
        if id_form is None or any(id_form.fullmatch(cell) for cells in rows for cell in cells):
            return name if name != "asterisk-cdr" or _is_cdr(rows, place) else "csv"
    return "csv"


def _is_cdr(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Duration and billsec stand before the disposition, and there are many columns."""
    numbers = sum(
        place >= 9 and len(cells) > place and cells[place - 1].isdigit() and cells[place - 2].isdigit()
        for cells in rows
    )  # fmt: skip
    return numbers * 2 >= len(rows)


def _plain_queue_log(lines: Sequence[str]) -> bool:
    good = told = 0
    for line in lines:
        cells = line.split("|")
        told += bool(line.strip())
        good += len(cells) >= 5 and cells[0].strip().split(".")[0].isdigit() and bool(cells[4].strip())
    return told > 0 and good * 2 > told


def column_of(rows: Sequence[Sequence[str]], values: frozenset[str]) -> int:
    """The column in which most rows hold one of the values; -1 when no column does in at least a third of them."""
    counts: dict[int, int] = {}
    for cells in rows:
        for place, cell in enumerate(cells):
            if cell.upper() in values:
                counts[place] = counts.get(place, 0) + 1
    if not counts:
        return -1
    best = max(counts, key=lambda place: (counts[place], -place))
    return best if counts[best] * 3 >= len(rows) else -1
