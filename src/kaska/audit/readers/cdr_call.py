"""The rows of one call in Asterisk's call detail records, told as a contact."""

from __future__ import annotations

from dataclasses import dataclass, field

from kaska.audit.contacts import Contact, End
from kaska.audit.left_out import Why
from kaska.audit.names import agent_of, caller_of, is_extension
from kaska.audit.readers.direction import Direction, customer, direction_of
from kaska.core.counting.holes import Hole

_QUEUE, _VOICEMAIL = "queue", ("voicemail", "minivmrecord", "record")
_RINGING = ("dial", "queue", "page", "followme", "bridge", "macro", "appdial")
_HOLES = {"NO ANSWER": Hole.NO_ANSWER, "BUSY": Hole.BUSY, "FAILED": Hole.FAILURE, "CONGESTION": Hole.FAILURE,
          "ANSWERED": Hole.NO_ANSWER}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leg:
    """One row. Times are seconds since the epoch, durations seconds; None = not written or impossible."""

    number: int
    linkedid: str
    uniqueid: str
    caller: str
    called: str
    context: str
    channel: str
    other_channel: str
    app: str
    """small letters"""
    app_data: str
    start: float
    answer: float | None
    duration: float | None
    billsec: float | None
    disposition: str
    cells: tuple[str, ...]

    @property
    def local(self) -> bool:
        return self.channel[:6].lower() == "local/"

    @property
    def talked(self) -> bool:
        """The switch picked up and another channel was there: a person, unless it was a mailbox."""
        return self.disposition == "ANSWERED" and bool(self.other_channel) and not self.app.startswith(_VOICEMAIL)

    @property
    def end(self) -> float:
        return self.start + (self.duration or 0.0)


@dataclass(slots=True)
class Told:
    contacts: list[Contact] = field(default_factory=list)
    left_out: list[tuple[Why, int, int]] = field(default_factory=list)
    """(reason, number of the line, rows)"""


def tell(rows: list[Leg], told: Told) -> None:
    """Puts the contact of this call into ``told``, or why there is none."""
    legs = _own_legs(rows, told)
    if not legs:
        return
    first = _first(legs)
    dialled = first.app_data.partition("/")[2].rpartition("/")[2] if first.app == "dial" else ""
    direction = direction_of(first.caller, first.called, first.context, first.channel, dialled)
    if direction is Direction.INTERNAL:
        told.left_out.append((Why.INTERNAL, first.number, len(legs)))
    elif direction is Direction.OUTBOUND:
        told.contacts.append(_outbound(first, legs))
    else:
        told.contacts.append(_inbound(first, legs))


def _own_legs(rows: list[Leg], told: Told) -> list[Leg]:
    """In the order of time, without the same rows again and without Local/ legs, which tell the same once more."""
    seen: dict[tuple[str, ...], Leg] = {}
    for row in rows:
        if row.cells in seen:
            told.left_out.append((Why.DUPLICATE, row.number, 1))
        else:
            seen[row.cells] = row
    for row in seen.values():
        if row.local:
            told.left_out.append((Why.LOCAL_LEG, row.number, 1))
    return sorted((row for row in seen.values() if not row.local), key=lambda row: (row.start, row.number))


def _first(legs: list[Leg]) -> Leg:
    """The channel that began the call: the one whose id the others are linked to."""
    return next((leg for leg in legs if leg.linkedid and leg.uniqueid == leg.linkedid), legs[0])


def _outbound(first: Leg, legs: list[Leg]) -> Contact:
    talks = [leg for leg in legs if leg.talked and leg.billsec]
    agent = agent_of(first.channel) if is_extension(agent_of(first.channel)) else agent_of(first.caller)
    dialled = first.called if any(map(str.isdigit, first.called)) else first.app_data.rpartition("/")[2]
    return Contact(
        End.OUTBOUND, first.start, customer(dialled), talks=tuple((agent, leg.billsec or 0.0) for leg in talks),
        reached=bool(talks), rows=len(legs), number=first.number,
    )  # fmt: skip


def _inbound(first: Leg, legs: list[Leg]) -> Contact:
    begin = min(leg.start for leg in legs)
    callers = [leg for leg in legs if leg.uniqueid == first.uniqueid or not is_extension(agent_of(leg.channel))]
    talks = [leg for leg in callers if leg.talked]
    queue = next((leg.app_data.partition(",")[0].partition("|")[0] for leg in callers if leg.app == _QUEUE), "")
    contact = Contact(
        End.ANSWERED, begin, caller_of(first.caller), queue=queue, rows=len(legs), number=first.number,
        unanswered_rings=_unanswered(callers, talks),
    )  # fmt: skip
    contact.vain_s = _vain_seconds(callers, talks)
    if talks:
        contact.wait = _wait(talks[0], begin, callers)
        contact.talks = tuple((agent_of(leg.other_channel), leg.billsec or 0.0) for leg in talks)
        contact.talk_known = all(leg.billsec is not None for leg in talks)
        return contact
    last = callers[-1]
    durations = [leg.end - begin for leg in callers if leg.duration is not None]
    contact.wait = max(durations, default=None)
    if any(leg.app.startswith(_VOICEMAIL) and leg.disposition == "ANSWERED" for leg in callers):
        contact.end, contact.hole = End.MISSED, Hole.VOICEMAIL
    elif any(leg.app == _QUEUE for leg in callers):
        contact.end, contact.hole = End.ABANDONED, Hole.WAITING
        gone = max(leg.end for leg in callers)
        rang = [leg for leg in callers if leg.end < gone]
        contact.unanswered_rings, contact.vain_s = _unanswered(rang, talks), _vain_seconds(rang, talks)
    elif last.disposition == "ANSWERED" and not any(leg.app in _RINGING or leg.other_channel for leg in callers):
        contact.end, contact.hole, contact.wait = End.ANNOUNCEMENT_ONLY, Hole.ANNOUNCEMENT, None
        contact.step = last.context
    else:
        contact.end, contact.hole = End.MISSED, _HOLES[last.disposition]
    return contact


def _unanswered(callers: list[Leg], talks: list[Leg]) -> tuple[str, ...]:
    """Whose telephone rang in vain: neither beside one that was answered nor until the caller hung up."""
    return tuple(agent_of(leg.other_channel) for leg in _in_vain(callers, talks))


def _vain_seconds(callers: list[Leg], talks: list[Leg]) -> tuple[float, ...]:
    """Of ``_unanswered``, as far as it is told."""
    return tuple(leg.duration for leg in _in_vain(callers, talks) if leg.duration is not None)


def _in_vain(callers: list[Leg], talks: list[Leg]) -> list[Leg]:
    until = talks[0].start if talks else float("inf")
    return [leg for leg in callers if leg.other_channel and leg.disposition == "NO ANSWER" and leg.end <= until]


def _wait(talk: Leg, begin: float, callers: list[Leg]) -> float | None:
    """Until the person answered; None when a queue picked up at once and so hid it."""
    if talk.duration is None and talk.answer is None:
        return None
    answered_at = talk.answer
    if answered_at is None:
        answered_at = talk.start + max(0.0, (talk.duration or 0.0) - (talk.billsec or 0.0))
    if talk.app == _QUEUE and answered_at <= begin and talk is callers[0]:
        return None
    return answered_at - begin
