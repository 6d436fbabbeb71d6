"""A call among ourselves, as the core remembers it while it lives, and how facts change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kaska.core import facts

if TYPE_CHECKING:
    from kaska.core.state import State

BY, TO = "by", "to"
"""the two sides: who calls, and whom"""
RECENT_TALKS = 2_000
"""so many that are over are remembered, so that a late signal does not make another one"""


@dataclass(slots=True)
class Side:
    """``agent`` "" is somebody at another site. ``leg`` "" = not dialled yet. ``cause`` (Q.850) once it is over."""

    agent: str
    number: str
    leg: str = ""
    endpoint: str = ""
    up: bool = False
    over: bool = False
    cause: int = 0

    @property
    def alive(self) -> bool:
        return bool(self.leg) and not self.over


@dataclass(slots=True)
class Before:
    """What an agent was doing when a call among ourselves took him: he goes on with it afterwards. ``left``: seconds
    until it would have ended by itself, 0.0 = it would not."""

    state: str
    reason: str
    left: float
    contact: str


@dataclass(slots=True)
class InsideTalk:
    """Times are seconds since the epoch, 0.0 = not set. ``rings_until``: of the leg that is ringing.

    ``hand``: who calls dialled by himself, or came by the line of another site; his leg was there first.
    """

    id: str
    by: Side
    to: Side
    trunk: str
    hand: bool
    started_at: float
    rings_until: float = 0.0
    connected_at: float = 0.0
    result: str = ""
    """how it ends; "" while it goes on"""
    before: dict[str, Before] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.by, self.to

    def side_of(self, leg: str) -> Side | None:
        return next((side for side in self.sides if leg and side.leg == leg), None)

    def side_of_agent(self, agent: str) -> Side | None:
        return next((side for side in self.sides if agent and side.agent == agent), None)

    def other(self, side: Side) -> Side:
        return self.to if side is self.by else self.by

    def rings(self, side: Side) -> bool:
        """His telephone rings: we dialled it, and it is not answered."""
        return side.alive and not side.up and (side is self.to or not self.hand)

    def legs(self) -> Iterator[Side]:
        """Sides whose leg is believed to exist in the switch."""
        return (side for side in self.sides if side.alive)


def asked(state: State, fact: facts.InsideAsked) -> None:
    by, to = Side(fact.by, fact.caller), Side(fact.to, fact.number)
    state.inside[fact.talk] = InsideTalk(fact.talk, by, to, fact.trunk, fact.hand, fact.at)


def leg_started(state: State, fact: facts.InsideLegStarted) -> None:
    talk = state.inside[fact.talk]
    side = talk.by if fact.side == BY else talk.to
    side.leg, side.endpoint = fact.leg, fact.endpoint
    talk.rings_until = fact.until
    agent = state.agents.get(side.agent)
    if agent is not None:
        left = max(agent.until - fact.at, 0.0) if agent.until else 0.0
        talk.before[agent.id] = Before(agent.state.value, agent.reason, left, agent.contact)


def leg_up(state: State, fact: facts.InsideLegUp) -> None:
    talk = state.inside[fact.talk]
    side = talk.side_of(fact.leg)
    if side is not None:
        side.up = True
        talk.rings_until = 0.0


def met(state: State, fact: facts.InsideMet) -> None:
    state.inside[fact.talk].connected_at = fact.at


def leg_over(state: State, fact: facts.InsideLegOver) -> None:
    side = state.inside[fact.talk].side_of(fact.leg)
    if side is not None:
        side.over, side.cause = True, fact.cause


def ending(state: State, fact: facts.InsideEnding) -> None:
    talk = state.inside[fact.talk]
    talk.result = talk.result or fact.result
    talk.rings_until = 0.0


def over(state: State, fact: facts.InsideOver) -> None:
    del state.inside[fact.talk]
    state.inside_recent[fact.talk] = fact.at
    while len(state.inside_recent) > RECENT_TALKS:
        del state.inside_recent[next(iter(state.inside_recent))]


EVOLVE: dict[type[facts.Fact], Callable[[State, Any], None]] = {
    facts.InsideAsked: asked,
    facts.InsideLegStarted: leg_started,
    facts.InsideLegUp: leg_up,
    facts.InsideMet: met,
    facts.InsideLegOver: leg_over,
    facts.InsideEnding: ending,
    facts.InsideOver: over,
}
