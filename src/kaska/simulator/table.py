"""The table of a simulated period: a row per contact, and the time of agents per interval. Made from facts alone."""

from __future__ import annotations

from dataclasses import dataclass

from kaska.core import facts
from kaska.core.presence.states import AgentState
from kaska.simulator.world import Watch


@dataclass(slots=True)
class Row:
    """One contact. Moments are seconds since the epoch, 0.0 = did not happen; durations are seconds."""

    contact: str
    number: str
    arrived_at: float
    queue: str = ""
    """the first queue it waited in"""
    queued_at: float = 0.0
    answered_at: float = 0.0
    left_at: float = 0.0
    """waited no more, without an answer"""
    ended_at: float = 0.0
    talk: float = 0.0
    wrap_up: float = 0.0
    agent: str = ""
    """the last who talked"""
    outcome: str = ""
    cause: str = ""
    overflowed: bool = False
    promised: bool = False

    @property
    def wait(self) -> float:
        """From entering the queue until the answer, or until it was left."""
        return (self.answered_at or self.left_at or self.ended_at) - self.queued_at if self.queued_at else 0.0


@dataclass(slots=True)
class AgentTime:
    """Seconds of all agents within one interval."""

    talk: float = 0.0
    wrap_up: float = 0.0
    staffed: float = 0.0
    """signed in, without breaks"""


_STAFFED = frozenset(set(AgentState) - {AgentState.OFFLINE, AgentState.BREAK})


class Table:
    """Give ``watch`` to a World; afterwards ``rows`` are in the order of arrival.

    ``agent_time`` maps the number of an interval (``seconds`` long, counted from ``start``) to the agents' time in it.
    """

    def __init__(self, start: float, seconds: float) -> None:
        self.start = start
        self.seconds = seconds
        self.rows: list[Row] = []
        self.agent_time: dict[int, AgentTime] = {}
        self._open: dict[str, Row] = {}
        self._agents: dict[str, tuple[str, float, Row | None]] = {}
        self.watch: Watch = {
            facts.ContactOpened: self._opened,
            facts.Queued: self._queued,
            facts.Overflowed: self._overflowed,
            facts.Dequeued: self._dequeued,
            facts.CallbackPromised: self._promised,
            facts.Connected: self._connected,
            facts.TalkOver: self._talked,
            facts.ContactOver: self._over,
            facts.AgentStateChanged: self._agent,
        }

    def close(self, at: float) -> None:
        """Count the states in which agents are at ``at``, the end of the simulated time."""
        for agent, (state, since, row) in self._agents.items():
            self._spend(state, since, at, row)
            self._agents[agent] = (state, at, row)

    def _opened(self, fact: facts.ContactOpened) -> None:
        row = Row(fact.contact, fact.number, fact.at)
        self.rows.append(row)
        self._open[fact.contact] = row

    def _queued(self, fact: facts.Queued) -> None:
        row = self._open[fact.contact]
        if not row.queued_at:
            row.queue, row.queued_at = fact.queue, fact.at

    def _overflowed(self, fact: facts.Overflowed) -> None:
        self._open[fact.contact].overflowed = True

    def _dequeued(self, fact: facts.Dequeued) -> None:
        self._open[fact.contact].left_at = fact.at

    def _promised(self, fact: facts.CallbackPromised) -> None:
        self._open[fact.contact].promised = True

    def _connected(self, fact: facts.Connected) -> None:
        row = self._open[fact.contact]
        row.agent = fact.agent
        row.answered_at = row.answered_at or fact.at

    def _talked(self, fact: facts.TalkOver) -> None:
        self._open[fact.contact].talk += fact.seconds

    def _over(self, fact: facts.ContactOver) -> None:
        row = self._open.pop(fact.contact)
        row.ended_at, row.outcome, row.cause = fact.at, fact.outcome, fact.cause

    def _agent(self, fact: facts.AgentStateChanged) -> None:
        before = self._agents.get(fact.agent)
        if before is not None:
            self._spend(before[0], before[1], fact.at, before[2])
        self._agents[fact.agent] = (fact.state, fact.at, self._open.get(fact.contact))

    def _spend(self, state: str, since: float, until: float, row: Row | None) -> None:
        if state not in _STAFFED:
            return
        if state == AgentState.WRAP_UP and row is not None:
            row.wrap_up += until - since
        while since < until:
            interval = int((since - self.start) // self.seconds)
            part = min(until, self.start + (interval + 1) * self.seconds) - since
            spent = self.agent_time.get(interval)
            if spent is None:
                spent = self.agent_time[interval] = AgentTime()
            spent.staffed += part
            if state == AgentState.TALKING:
                spent.talk += part
            elif state == AgentState.WRAP_UP:
                spent.wrap_up += part
            if since + part <= since:
                return  # less than the clock can tell apart
            since += part
