"""The last hour by minutes, and today, of every queue: what the board's service level and the alerts are made of.

Part of the state and moved by facts only, so that it survives a restart and is the same in every process that follows.
Formulas: counting/offered.py and counting/service_level.py, as the reports'; the target is 20 s. ``today`` holds those
who arrived today; a talk counts as answered from its first moment on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from kaska.core import facts
from kaska.core.contacts.outcomes import Outcome
from kaska.core.counting.offered import in_time, is_answered, is_offered, is_short
from kaska.core.presence.states import AgentState
from kaska.core.scenarios.trials import TRIAL

if TYPE_CHECKING:
    from kaska.core.contacts.contact import Contact
    from kaska.core.state import State

TARGET_SECONDS = 20.0
MINUTES = 60
SLICE_SECONDS = 300.0
SLICES = 13
_BUSY = frozenset({AgentState.RINGING, AgentState.TALKING, AgentState.WRAP_UP})
_AWAY = frozenset({AgentState.OFFLINE, AgentState.BREAK})
_LOST = frozenset({Outcome.LOST, Outcome.SHORT_ABANDONED})


@dataclass(slots=True)
class Counts:
    """``delay``, ``talk_in``, ``talk_out``: seconds, summed up. ``lost`` holds the short ones too.

    Of those who were offered: ``answered``, ``within`` of them in time, ``unanswered`` (lost, called back, took leave
    with a message …), and of these ``short``.
    """

    minute: int = 0
    answered: int = 0
    delay: float = 0.0
    within: int = 0
    lost: int = 0
    unanswered: int = 0
    short: int = 0
    talks_in: int = 0
    talk_in: float = 0.0
    talks_out: int = 0
    talk_out: float = 0.0
    dialled: int = 0
    reached: int = 0

    def add(self, other: Counts) -> None:
        for name in _SUMMED:
            setattr(self, name, getattr(self, name) + getattr(other, name))


_SUMMED = tuple(one.name for one in fields(Counts) if one.name != "minute")


@dataclass(slots=True)
class Line:
    """Of one queue ("" = before any) of one project."""

    minutes: list[Counts] = field(default_factory=list)
    """the newest last; those without anything are left out"""
    today: Counts = field(default_factory=Counts)
    day: str = ""


@dataclass(slots=True)
class Slice:
    """Five minutes of an agent: seconds at work, and of them busy."""

    number: int
    staffed: float = 0.0
    busy: float = 0.0


@dataclass(slots=True)
class Lately:
    lines: dict[str, Line] = field(default_factory=dict)
    """"PROJECT/QUEUE" → its counts"""
    work: dict[str, list[Slice]] = field(default_factory=dict)
    """agent → his last hour, the newest last"""

    def window(self, since: float, project: str = "") -> Counts:
        """All that happened in whole minutes from ``since`` on; of one project, "" = of all."""
        found = Counts()
        first = int(since // 60)
        for name, line in self.lines.items():
            if not project or name.startswith(f"{project}/"):
                for one in line.minutes:
                    if one.minute >= first:
                        found.add(one)
        return found


def count(state: State, fact: facts.Fact) -> None:
    """Count one fact, if its class is in COUNTED; call it before the fact changes the state."""
    if isinstance(fact, facts.AgentStateChanged):
        _worked(state, fact)
        return
    contact = state.contacts.get(getattr(fact, "contact", ""))
    if contact is None or contact.direction == TRIAL:
        return
    inbound = contact.direction == "inbound"
    if isinstance(fact, facts.Connected):
        if inbound and not contact.talked:
            _answered(state, contact, fact.at)
    elif isinstance(fact, facts.TalkOver):
        for one in _places(state, contact, fact.at):
            if inbound:
                one.talks_in += 1
                one.talk_in += fact.seconds
            else:
                one.talks_out += 1
                one.talk_out += fact.seconds
    elif isinstance(fact, facts.ContactOver):
        _ended(state, fact, contact)


def _answered(state: State, contact: Contact, at: float) -> None:
    """Talks for the first time. Who was promised a call has been told to wait no more: he is counted at the end."""
    if not contact.promised_at and _is_offered(contact):
        delay = max(at - (contact.queued_at or contact.opened_at), 0.0)
        for one in _places(state, contact, at):
            one.answered += 1
            one.delay += delay
            one.within += in_time(contact.waited_until(at), TARGET_SECONDS)


def _ended(state: State, fact: facts.ContactOver, contact: Contact) -> None:
    inbound, offered = contact.direction == "inbound", _is_offered(contact)
    answered = offered and is_answered(fact.outcome)
    counted = offered and contact.answered_at_once
    timely = in_time(contact.waited_until(fact.at), TARGET_SECONDS)
    for one in _places(state, contact, fact.at):
        one.dialled += not inbound
        one.reached += not inbound and fact.outcome == Outcome.ANSWERED
        one.lost += inbound and fact.outcome in _LOST
        one.answered += answered - counted
        one.within += (answered - counted) * timely
        one.unanswered += offered and not answered
        one.short += offered and is_short(fact.outcome)


def _is_offered(contact: Contact) -> bool:
    return is_offered(contact.direction, queued=contact.queued_at > 0.0, presented=contact.presented)


def _places(state: State, contact: Contact, at: float) -> tuple[Counts, ...]:
    """The minute that something is counted in, and the day when the contact arrived on it."""
    name = f"{contact.project}/{contact.queue}"
    line = state.lately.lines.get(name)
    if line is None:
        line = state.lately.lines[name] = Line()
    minute = int(at // 60)
    if not line.minutes or line.minutes[-1].minute < minute:
        line.minutes.append(Counts(minute))
        while line.minutes[0].minute <= minute - MINUTES:
            del line.minutes[0]
    day = state.local_day(at)
    if line.day != day:
        line.day, line.today = day, Counts()
    return (line.minutes[-1], line.today) if state.local_day(contact.opened_at) == day else (line.minutes[-1],)


def _worked(state: State, fact: facts.AgentStateChanged) -> None:
    agent = state.agents.get(fact.agent)
    if agent is None or not agent.since or agent.state in _AWAY:
        return
    slices = state.lately.work.setdefault(fact.agent, [])
    spread(slices, agent.since, fact.at, busy=agent.state in _BUSY)
    newest = int(fact.at // SLICE_SECONDS)
    while slices and slices[0].number <= newest - SLICES:
        del slices[0]


def spread(slices: list[Slice], since: float, until: float, *, busy: bool) -> None:
    """Add the time from ``since`` to ``until`` to the slices it lies in; of the last hour only."""
    since = max(since, until - SLICES * SLICE_SECONDS)
    while since < until:
        number = int(since // SLICE_SECONDS)
        end = min(until, (number + 1) * SLICE_SECONDS)
        if not slices or slices[-1].number < number:
            slices.append(Slice(number))
        slices[-1].staffed += end - since
        slices[-1].busy += (end - since) * busy
        since = end


COUNTED: frozenset[type[facts.Fact]] = frozenset(
    {facts.Connected, facts.TalkOver, facts.ContactOver, facts.AgentStateChanged}
)
