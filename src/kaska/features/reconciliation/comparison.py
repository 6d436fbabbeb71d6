"""The switch's records against the ledger and the recordings. Pure: what is looked at comes in, differences go out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kaska.features.calls.public import ERASED, Brief

TALK_TOLERANCE = 2.0
"""seconds by which the two clocks of one conversation may differ"""

LEAST_TALK = 1.0
"""seconds; a shorter conversation may end before it was recorded, or before both books have called it one"""

MISSING_IN_LEDGER = "missing_in_ledger"
MISSING_IN_SWITCH = "missing_in_switch"
NOT_ENDED = "not_ended"
OUTCOME_DIFFERS = "outcome_differs"
TALK_DIFFERS = "talk_differs"
NOT_RECORDED = "not_recorded"
"""problem of a recording that the rules did not want"""
RECORDING_MISSING = "recording_missing"
CDR_CEL_DIFFER = "cdr_cel_differ"
CHANNEL_UNKNOWN = "channel_unknown"
CHANNEL_GONE = "channel_gone"
CHANNEL_KINDS = frozenset({CHANNEL_UNKNOWN, CHANNEL_GONE})
"""about calls that are going on, as the switch's list of channels tells them"""

KINDS = (
    MISSING_IN_LEDGER,
    MISSING_IN_SWITCH,
    NOT_ENDED,
    OUTCOME_DIFFERS,
    TALK_DIFFERS,
    RECORDING_MISSING,
    CDR_CEL_DIFFER,
    CHANNEL_UNKNOWN,
    CHANNEL_GONE,
)

Detail = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Witnessed:
    """An inbound call as the switch's records tell it. ``outcome_hint`` "answered" means that an agent talked,
    "" that the records cannot tell, anything else that nobody did."""

    contact: str
    number: str
    caller: str
    arrived_at: datetime
    ended_at: datetime
    talk_seconds: float
    outcome_hint: str


@dataclass(frozen=True, slots=True)
class CdrWitnessed:
    """The same call as the switch's call detail records tell it; ``noted_at`` is when we read them. ``ended_at`` may be
    long before the call's end. ``talked``: somebody was on the line with the caller."""

    contact: str
    number: str
    caller: str
    arrived_at: datetime
    ended_at: datetime
    noted_at: datetime
    disposition: str
    talked: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """What the switch had up at two moments, ``since`` and a while later.

    ``arrived``: calls from a trunk that were up at both, with the times of their arrival. ``present``: contacts that
    had a channel at one of them.
    """

    since: datetime
    arrived: Mapping[str, datetime]
    present: frozenset[str]


def compare_lines(
    lines: Lines, going_on: Mapping[str, Brief], known: Mapping[str, Brief]
) -> dict[tuple[str, str], Detail]:
    """(contact, kind) → detail of each call that is up on the switch only, or in the ledger only.

    ``going_on`` are the ledger's inbound calls that have not ended, ``known`` what it has of those in ``lines``.
    """
    found: dict[tuple[str, str], Detail] = {}
    for contact, arrived_at in lines.arrived.items():
        told = known.get(contact)
        if told is None or (told.ended_at is not None and told.ended_at < lines.since):
            found[contact, CHANNEL_UNKNOWN] = {"arrived_at": arrived_at.isoformat()}
    for contact, told in going_on.items():
        if contact not in lines.present and awaits_line(told, lines.since):
            found[contact, CHANNEL_GONE] = {"arrived_at": told.arrived_at.isoformat()}
    return found


def awaits_line(contact: Brief, since: datetime) -> bool:
    """Should a call that is going on have a channel? A promised callback keeps its place without one."""
    return contact.arrived_at < since and not contact.callback_promised_at


def compare_contact(
    switch: Witnessed | None,
    ledger: Brief | None,
    cdr: CdrWitnessed | None = None,
    *,
    settled_before: datetime,
    has_recording: Callable[[str], bool],
) -> dict[str, Detail] | None:
    """kind → detail of every difference about one contact; None when it is too early to judge.

    What ended at ``settled_before`` or later may still be on its way into one of the books.
    """
    ended = [book.ended_at for book in (switch, ledger) if book is not None and book.ended_at is not None]
    if cdr is not None and switch is None:
        ended.append(cdr.noted_at)
    if not ended or max(ended) >= settled_before:
        return None
    found = _within_the_switch(switch, cdr)
    if ledger is None:
        told = switch or cdr
        assert told is not None
        found[MISSING_IN_LEDGER] = {
            "number": told.number,
            "caller": told.caller,
            "arrived_at": told.arrived_at.isoformat(),
        }
        return found
    if ledger.direction != "outbound" and (switch is not None or cdr is None):
        found |= _against_switch(switch, ledger)
    if ledger.ended_at is not None and ledger.connected_at and ledger.talk_seconds >= LEAST_TALK:
        if not ledger.recording and ledger.recording_problem not in (ERASED, NOT_RECORDED):
            found[RECORDING_MISSING] = {"problem": ledger.recording_problem}
        elif ledger.recording and ledger.recording_deleted_at is None and not has_recording(ledger.recording):
            found[RECORDING_MISSING] = {"problem": "file_gone", "file": ledger.recording}
    return found


def _within_the_switch(cel: Witnessed | None, cdr: CdrWitnessed | None) -> dict[str, Detail]:
    """The two accounts that the switch gives of one call. Of calls with which it died (no hint) it writes no CDR."""
    if cel is None:
        return {} if cdr is None else {CDR_CEL_DIFFER: {"cdr": cdr.disposition, "cel": None}}
    if not cel.outcome_hint:
        return {}
    if cdr is None:
        return {CDR_CEL_DIFFER: {"cdr": None, "cel": cel.outcome_hint}}
    talked = cel.outcome_hint == "answered"
    if talked != cdr.talked and not (talked and cel.talk_seconds < LEAST_TALK):
        told = "answered" if cdr.talked else "not_answered"
        return {CDR_CEL_DIFFER: {"cdr": told, "cel": cel.outcome_hint, "disposition": cdr.disposition}}
    return {}


def _against_switch(switch: Witnessed | None, ledger: Brief) -> dict[str, Detail]:
    if switch is None:
        return {MISSING_IN_SWITCH: {"source": ledger.source, "outcome": ledger.outcome}}
    if ledger.ended_at is None:
        # a promised callback keeps its place in the line after the caller has gone
        return {} if ledger.callback_promised_at else {NOT_ENDED: {"switch_ended_at": switch.ended_at.isoformat()}}
    if not switch.outcome_hint:
        return {}
    switch_talked, ledger_talked = switch.outcome_hint == "answered", ledger.outcome == "answered"
    if switch_talked != ledger_talked:
        if max(switch.talk_seconds, ledger.talk_seconds) < LEAST_TALK:
            return {}
        return {OUTCOME_DIFFERS: {"switch": switch.outcome_hint, "ledger": ledger.outcome}}
    if switch_talked and abs(switch.talk_seconds - ledger.talk_seconds) > TALK_TOLERANCE:
        return {TALK_DIFFERS: {"switch": round(switch.talk_seconds, 3), "ledger": round(ledger.talk_seconds, 3)}}
    return {}


def explain(kind: str, ledger: Mapping[str, Brief], contact: str) -> str:
    """Why a difference went away: a word of EXPLANATIONS."""
    found = ledger.get(contact)
    if kind in (MISSING_IN_LEDGER, CHANNEL_UNKNOWN) and found is not None and found.source in ("fallback", "reconcile"):
        return found.source
    return "late"


@dataclass(frozen=True, slots=True)
class Counted:
    """A reading of the switch's counter, the last of a local day; ``unaccounted`` since it was started."""

    started_at: datetime
    day: date
    unaccounted: int


def by_day(readings: Sequence[Counted], before: Mapping[datetime, int]) -> dict[date, int]:
    """day → how many more calls the counter has counted on it than the records tell of.

    ``readings`` are of one or several lives of the switch, in order of time; ``before``: the last reading of each life
    that is older than those.
    """
    last = dict(before)
    found: dict[date, int] = {}
    for one in readings:
        found[one.day] = found.get(one.day, 0) + one.unaccounted - last.get(one.started_at, 0)
        last[one.started_at] = one.unaccounted
    return found


EXPLANATIONS: dict[str, tuple[str, str]] = {
    "late": ("записи сошлись позже", "the records met later"),
    "fallback": (
        "звонок обслужила станция без приложения, он внесён по её записям",
        "the switch handled the call alone; taken from its records",
    ),
    "reconcile": (
        "звонок найден на станции после восстановления связи и внесён",
        "found on the switch when the connection came back, and taken in",
    ),
}
"""word → (Russian, English)"""

KIND_TEXTS: dict[str, tuple[str, str]] = {
    MISSING_IN_LEDGER: ("Звонок есть на станции, но его нет в журнале", "The switch has the call, the ledger has not"),
    MISSING_IN_SWITCH: ("Обращение есть в журнале, но станция его не знает", "The ledger has it, the switch has not"),
    NOT_ENDED: (
        "На станции звонок завершён, в журнале ещё идёт",
        "Over on the switch, still going on in the ledger",
    ),
    OUTCOME_DIFFERS: (
        "Станция и журнал по-разному говорят, состоялся ли разговор",
        "The switch and the ledger disagree on whether anybody talked",
    ),
    TALK_DIFFERS: ("Расходится длительность разговора", "The talk times differ"),
    CDR_CEL_DIFFER: (
        "Две записи станции о звонке (CDR и CEL) расходятся",
        "The switch's two accounts of the call (CDR and CEL) differ",
    ),
    CHANNEL_UNKNOWN: (
        "На станции идёт звонок, которого в журнале нет или который там уже завершён",
        "A call is up on the switch that the ledger has not, or has as over",
    ),
    CHANNEL_GONE: (
        "В журнале звонок ещё идёт, а на станции такой линии уже нет",
        "Still going on in the ledger, but the switch has no such channel",
    ),
    RECORDING_MISSING: ("Разговор был, а записи нет", "There was a conversation, but its recording is missing"),
}
