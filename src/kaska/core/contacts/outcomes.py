"""How a contact ends, and why: the words that the ledger, the reports and the debt book share."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    ANSWERED = "answered"
    SELF_SERVED = "self_served"
    MESSAGE_TAKEN = "message_taken"
    CALLED_BACK = "called_back"
    BLOCKED = "blocked"
    SHORT_ABANDONED = "short_abandoned"
    LOST = "lost"
    NOT_REACHED = "not_reached"
    """outbound only: we called and the person did not answer"""


class EndCause(StrEnum):
    """Where the contact ended; for one that was not served this is the cause of its debt."""

    TALKED = "talked"
    SERVED_BY_MENU = "served_by_menu"
    MENU = "menu"
    WAITING = "waiting"
    RINGING = "ringing"
    """hung up while an agent's phone rang"""
    AT_ANSWER = "at_answer"
    """hung up in the moment the agent answered"""
    CLOSED_HOURS = "closed_hours"
    MESSAGE = "message"
    FAX = "fax"
    """a fax machine: what it sent, or that it could not send, is owed an answer"""
    CALLBACK = "callback"
    SWITCH_FAILURE = "switch_failure"
    APPLICATION_AWAY = "application_away"
    """arrived while the application was away and the fallback group did not answer"""
    BEFORE_ANSWER = "before_answer"
    """hung up before anything could be said to it"""
    REFUSED = "refused"
    BLACK_LIST = "black_list"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    AGENT_LEFT = "agent_left"
    CALLED_US = "called_us"
    """outbound only: the person called us while we were about to call"""
    TRANSFER = "transfer"
    """had talked, was sent on, and left before anybody took it: there is a debt"""


SERVED = frozenset({Outcome.ANSWERED, Outcome.SELF_SERVED, Outcome.CALLED_BACK, Outcome.BLOCKED})
"""outcomes that open no debt"""
