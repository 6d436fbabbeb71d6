"""Where contacts leak on their way from the line to a person: one list for live books and for foreign logs."""

from __future__ import annotations

from enum import StrEnum

from kaska.core.contacts.outcomes import EndCause, Outcome


class Place(StrEnum):
    """A stretch of the way, in the order in which a contact passes them."""

    LINE = "line"
    MENU = "menu"
    CLOSED_HOURS = "closed_hours"
    WAITING = "waiting"
    RINGING = "ringing"
    PUT_THROUGH = "put_through"
    CALLBACK = "callback"
    MESSAGE = "message"


class Hole(StrEnum):
    """Why exactly a contact leaked, in the order of the way."""

    REFUSED = "refused"
    """the trunk was full or refused the call"""
    FAILURE = "failure"
    BEFORE_ANSWER = "before_answer"
    """hung up before the line answered"""
    RESTART = "restart"
    """the switch or the application went down with the caller in it"""
    ANNOUNCEMENT = "announcement"
    """heard a greeting or a menu only"""
    CLOSED_HOURS = "closed_hours"
    SHORT = "short"
    """hung up at once"""
    WAITING = "waiting"
    TIMEOUT = "timeout"
    EMPTY = "empty"
    """nobody was signed in, or the queue was full"""
    KEY = "key"
    """left the queue by a key"""
    NO_ANSWER = "no_answer"
    """the telephone rang and nobody took it"""
    BUSY = "busy"
    PUT_THROUGH = "put_through"
    """lost in the moment of being put through, or when the agent vanished"""
    CALLBACK = "callback"
    """promised and not made"""
    MESSAGE = "message"
    """left, and nobody has answered it"""
    VOICEMAIL = "voicemail"
    """sent to a voicemail"""


PLACE_OF: dict[Hole, Place] = {
    Hole.REFUSED: Place.LINE,
    Hole.FAILURE: Place.LINE,
    Hole.BEFORE_ANSWER: Place.LINE,
    Hole.RESTART: Place.LINE,
    Hole.ANNOUNCEMENT: Place.MENU,
    Hole.CLOSED_HOURS: Place.CLOSED_HOURS,
    Hole.SHORT: Place.WAITING,
    Hole.WAITING: Place.WAITING,
    Hole.TIMEOUT: Place.WAITING,
    Hole.EMPTY: Place.WAITING,
    Hole.KEY: Place.WAITING,
    Hole.NO_ANSWER: Place.RINGING,
    Hole.BUSY: Place.RINGING,
    Hole.PUT_THROUGH: Place.PUT_THROUGH,
    Hole.CALLBACK: Place.CALLBACK,
    Hole.MESSAGE: Place.MESSAGE,
    Hole.VOICEMAIL: Place.MESSAGE,
}

OF_LOST: dict[str, Hole] = {
    EndCause.REFUSED: Hole.REFUSED,
    EndCause.SWITCH_FAILURE: Hole.RESTART,
    EndCause.APPLICATION_AWAY: Hole.RESTART,
    EndCause.BEFORE_ANSWER: Hole.BEFORE_ANSWER,
    EndCause.MENU: Hole.ANNOUNCEMENT,
    EndCause.CLOSED_HOURS: Hole.CLOSED_HOURS,
    EndCause.WAITING: Hole.WAITING,
    EndCause.RINGING: Hole.NO_ANSWER,
    EndCause.NO_ANSWER: Hole.NO_ANSWER,
    EndCause.BUSY: Hole.BUSY,
    EndCause.AT_ANSWER: Hole.PUT_THROUGH,
    EndCause.AGENT_LEFT: Hole.PUT_THROUGH,
    EndCause.CALLBACK: Hole.CALLBACK,
    EndCause.MESSAGE: Hole.VOICEMAIL,
}
"""by the cause of a contact whose outcome is "lost"; any other cause is a failure"""

MENDED_BY_SERVING = frozenset({Hole.MESSAGE, Hole.CALLBACK})
"""what was promised and then done has not leaked at all"""


def hole_of(outcome: str, cause: str) -> Hole | None:
    """Where an inbound contact of the books leaked (Outcome, EndCause); None when the person was served or blocked."""
    if outcome == Outcome.LOST:
        return OF_LOST.get(cause, Hole.FAILURE)
    if outcome == Outcome.SHORT_ABANDONED:
        return Hole.SHORT
    if outcome == Outcome.MESSAGE_TAKEN:
        return Hole.MESSAGE
    if cause == EndCause.SWITCH_FAILURE:
        return Hole.RESTART  # the talk was cut off, so the person is owed
    return None
