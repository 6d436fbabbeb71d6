"""Which facts are events for others, and what is told of them. Pure.

A body is a contract: names are added, none is changed or taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from kaska.core import facts as f
from kaska.core.contacts.outcomes import Outcome
from kaska.core.scenarios.trials import TRIAL
from kaska.features.calls.public import Card, fold, moment, opened
from kaska.ledger.reader import LedgerFact


class Event(StrEnum):
    CALL_ANSWERED = "call.answered"
    """a person and an agent hear each other, for the first time in this contact"""
    CONTACT_ENDED = "contact.ended"
    CONTACT_LOST = "contact.lost"
    """ended, and nobody had served the person"""
    RECORDING_READY = "recording.ready"
    DEBT_OPENED = "debt.opened"
    DEBT_CLOSED = "debt.closed"
    ALERT_RAISED = "alert.raised"
    ALERT_CLEARED = "alert.cleared"
    TEST = "test"
    """sent by hand, to see if all is well"""


OFFERED = tuple(event for event in Event if event is not Event.TEST)
KINDS: tuple[type[f.Fact], ...] = (f.Connected, f.ContactOver, f.RecordingReady, f.DebtOpened, f.DebtClosed)
_PERSON = ("caller", "caller_name", "customer")
_CONTACT = (
    "id", "direction", "channel", "number", *_PERSON, "project", "queue", "arrived_at", "connected_at", "ended_at",
    "outcome", "cause", "agents", "wait_seconds", "talk_seconds", "recording_seconds", "debt", "repays",
)  # fmt: skip


def events_of(fact: f.Fact) -> tuple[Event, ...]:
    """What a fact may mean to others; ``Connected`` only when it is the contact's first (see ``told``)."""
    match fact:
        case f.Connected():
            return (Event.CALL_ANSWERED,) if fact.agent else ()
        case f.ContactOver():
            lost = fact.outcome == Outcome.LOST
            return (Event.CONTACT_ENDED, Event.CONTACT_LOST) if lost else (Event.CONTACT_ENDED,)
        case f.RecordingReady():
            return (Event.RECORDING_READY,) if fact.name else ()
        case f.DebtOpened():
            return (Event.DEBT_OPENED,)
        case f.DebtClosed():
            return (Event.DEBT_CLOSED,)
    return ()


def told(entry: LedgerFact, story: Sequence[LedgerFact], *, hidden: bool) -> dict[str, Any] | None:
    """What is told of a fact, without the event's name; None when it is none after all.

    ``story``: all facts of its contact, in order; ``hidden``: the person was erased.
    """
    fact = entry.fact
    known = _contact(story, entry.position, hidden=hidden)
    if known is not None and known["direction"] == TRIAL:
        return None  # one of ours tries a draft: nothing for others to act upon
    if isinstance(fact, f.Connected) and _answered_before(story, entry.position):
        return None
    body: dict[str, Any] = {"at": _time(moment(entry.at)), "position": entry.position, "contact": known}
    if isinstance(fact, f.Connected):
        body["agent"] = fact.agent
    if isinstance(fact, f.DebtOpened):
        names = ("contact", "cause", "owner", "project", "queue", "customer", "caller")
        body["debt"] = {"id": fact.debt, **{name: getattr(fact, name) for name in names}}
        body["debt"]["due_at"] = _time(moment(fact.due_at))
        if hidden:
            body["debt"] |= {"customer": "", "caller": ""}
    if isinstance(fact, f.DebtClosed):
        body["debt"] = {"id": fact.debt, "how": fact.how, "by": fact.by, "contact": fact.contact}
    return body


def project_of(body: dict[str, Any]) -> str:
    return str((body.get("contact") or body.get("debt") or body).get("project") or "")


def _answered_before(story: Sequence[LedgerFact], position: int) -> bool:
    return any(isinstance(one.fact, f.Connected) and one.fact.agent and one.position < position for one in story)


def _contact(story: Sequence[LedgerFact], position: int, *, hidden: bool) -> dict[str, Any] | None:
    """The contact as it stood at this position; None when nothing is known of it."""
    folder = None
    for one in story:
        if one.position > position:
            break
        if isinstance(one.fact, f.ContactOpened):
            folder = folder or opened(one.fact)
        elif folder is not None:
            fold(folder, one.fact)
    return None if folder is None else _document(folder.card, hidden=hidden)


def _document(card: Card, *, hidden: bool) -> dict[str, Any]:
    document = {name: getattr(card, name) for name in _CONTACT}
    if hidden:
        document |= dict.fromkeys(_PERSON, "")
    return {name: _time(value) if isinstance(value, datetime) else value for name, value in document.items()}


def _time(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
