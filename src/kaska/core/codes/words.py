"""What is said to who dialled by himself: that it is done, or why it is not."""

from __future__ import annotations

from kaska.core.codes.rules import CAMP, LEAVE, MODE, READY, REST
from kaska.core.scenarios import speech

DONE = {READY: "code/ready", REST: "code/break", LEAVE: "code/off-duty", MODE: "code/mode"}
DONE |= {CAMP: "code/camp", CAMP + "_off": "code/camp-off"}
REFUSED = {
    "agent_busy": "code/finish-first",
    "agent_offline": "code/off-duty-yet",
    "already_supervising": "code/listens-already",
    "break_refused": "code/no-break",
    "break_warned": "code/break-warned",
    "caller_unknown": "code/no-such-number",
    "calls_cap": "code/not-allowed-now",
    "colleague_not_free": "code/busy",
    "consulting": "code/finish-first",
    "direction_closed": "code/not-permitted",
    "lines_kept": "code/no-line",
    "night_closed": "code/not-allowed-now",
    "no_device": "code/no-workplace",
    "own_number": "code/own-number",
    "no_such_camp": "code/no-camp",
    "camps_already": "code/camp",
    "colleague_unreachable": "code/not-there",
    "already_calling": "code/called-already",
    "already_promised": "code/called-already",
    "forbidden_hours": "code/not-allowed-now",
    "no_such_code": "code/no-such-code",
    "no_such_colleague": "code/no-such-colleague",
    "no_such_queue": "code/no-such-number",
    "no_trunk": "code/no-line",
    "nobody_free": "code/nobody-free",
    "nobody_parked": "code/nobody-parked",
    "nobody_talks": "code/nobody-talks",
    "nobody_to_pick_up": "code/nobody-rings",
    "not_an_agent": "code/no-workplace",
    "not_his_queue": "code/not-his",
    "not_permitted": "code/not-permitted",
    "own_call": "code/own-call",
    "place_taken": "code/place-taken",
    "spending_cap": "code/not-allowed-now",
    "wrong_number": "code/no-such-number",
}


def done(action: str, language: str) -> tuple[str, ...]:
    return (speech.phrase(DONE[action], language),)


def parked(place: int, language: str) -> tuple[str, ...]:
    """«Звонок на парковке, место» … «три»."""
    return (speech.phrase("code/parked", language), *speech.number(place, language=language))


def refused(code: str, language: str) -> tuple[str, ...]:
    """``code`` is that of ports.Refused; what has no words of its own "cannot be done now"."""
    return (speech.phrase(REFUSED.get(code, "code/not-now"), language),)
